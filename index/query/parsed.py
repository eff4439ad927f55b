"""A parsed query: its tree, and what retrievers, snippets and pages read from it.

Decision: the tree is the only truth; everything else is read from it.
Must not know the grammar, indexes or articles.
"""

from dataclasses import dataclass, field

from index.query.embedding_text import build_embedding_text
from index.query.tree import (
    RANKED_FIELDS,
    And,
    Empty,
    Fuzzy,
    LeafInContext,
    Must,
    Node,
    Not,
    Pattern,
    Phrase,
    Prefix,
    Wildcard,
    Word,
    is_optional,
    iter_leaves,
)
from index.types.search import Notice

MAX_QUERY_LENGTH = 2_000
"""Code points that are read; the web refuses more, a terminal's query is cut with a notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuery:
    """A query: what an article must have, and what it is ranked by.

    Attributes:
        tree: Nothing where nothing is asked for.
        plain: Whether it is words alone, which are embedded as they were typed.
        repaired: The query as it was taken, where that is not as it was typed; else empty.
        error: Why the query cannot be answered at all, with its span; None where it can.
        ranked: The leaves that an article is ranked by: neither excluded nor filters.
    """

    input: str
    tree: Node = field(default_factory=Empty)
    is_plain: bool = False
    notices: tuple[Notice, ...] = ()
    repaired: str = ""
    error: Notice | None = None
    ranked_leaves: tuple[LeafInContext, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # Asked for by each who answers the query, and a tenth of a short one's cost.
        object.__setattr__(self, "ranked_leaves", select_ranked_leaves(self.tree))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for at all."""
        return isinstance(self.tree, Empty)

    @property
    def clauses(self) -> tuple[Node, ...]:
        """What stands side by side."""
        if isinstance(self.tree, And):
            return self.tree.nodes
        return () if self.is_empty else (self.tree,)

    @property
    def optional_words(self) -> tuple[Word, ...]:
        """Bare words: an article should have all of them, most will do."""
        leafs = (
            placed.leaf
            for node in self.clauses
            if is_optional(node)
            for placed in iter_leaves(node)
        )
        return tuple(leaf for leaf in leafs if isinstance(leaf, Word))

    @property
    def mandatory_clauses(self) -> tuple[Node, ...]:
        """The clauses that every answer meets, exclusions among them."""
        return tuple(node for node in self.clauses if not is_optional(node))

    @property
    def required_clauses(self) -> tuple[Node, ...]:
        """What every answer has."""
        found = (node for node in self.mandatory_clauses if not isinstance(node, Not))
        return tuple(node.node if isinstance(node, Must) else node for node in found)

    @property
    def excluded_clauses(self) -> tuple[Node, ...]:
        """What no answer has."""
        return tuple(node.node for node in self.mandatory_clauses if isinstance(node, Not))

    @property
    def highlight_words(self) -> tuple[Word, ...]:
        """Every word that a match may show, phrases' words included, in order of the query."""
        found: list[Word] = []
        for placed in self.ranked_leaves:
            if isinstance(placed.leaf, Phrase):
                found += placed.leaf.words
            elif isinstance(placed.leaf, Word):
                found.append(placed.leaf)
        return tuple(sorted(found, key=lambda word: word.span))

    @property
    def embedding_text(self) -> str:
        """The text that is embedded: the query without operators, filters and exclusions.

        Made when it is asked for: search by words never does, and it would be a tenth of its cost.
        """
        return build_embedding_text(
            self.input[:MAX_QUERY_LENGTH], self.highlight_words, plain=self.is_plain
        )

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """Every pattern whose words a match may show."""
        leafs = (placed.leaf for placed in self.ranked_leaves)
        return tuple(leaf for leaf in leafs if isinstance(leaf, Prefix | Wildcard | Fuzzy))


def select_ranked_leaves(node: Node) -> tuple[LeafInContext, ...]:
    """The leaves below a node that an article is ranked by."""
    return tuple(
        placed
        for placed in iter_leaves(node)
        if not placed.negated
        and placed.field in (None, *RANKED_FIELDS)
        and isinstance(placed.leaf, Word | Phrase | Prefix | Wildcard | Fuzzy)
    )
