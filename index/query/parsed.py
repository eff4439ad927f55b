"""A parsed query, as retrievers, snippets and pages use it.

Responsibility: give the clauses, words and patterns of a query tree.
Decision: the tree is the single source; everything else is derived from it.
Must not depend on: the grammar, indexes or articles.
"""

from dataclasses import dataclass, field

from index.query.embedding_text import build_embedding_text
from index.query.pasted import may_be_headline
from index.query.tree import (
    RANKED_FIELDS,
    And,
    Empty,
    Fuzzy,
    LeafInContext,
    Node,
    Pattern,
    Phrase,
    Prefix,
    Unreadable,
    Wildcard,
    Word,
    is_optional,
    iter_leaves,
)
from index.types.search import Notice

MAX_QUERY_LENGTH = 2_000
"""Code points of a query that are parsed; the web refuses longer ones, others get a notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuery:
    """A parsed query: which articles match, and which words rank them.

    Attributes:
        input: The query as typed.
        tree: `Empty` if the query has no condition.
        only_words: Whether the query has only words, which are embedded as they were typed.
        notices: How the query was interpreted.
        repaired: The query as it was interpreted, if that differs from `input`; otherwise empty.
        error: Why the query cannot be answered, with its span; None if it can.
        ranked_leaves: The leaves that rank articles: neither excluded nor filters.
    """

    input: str
    tree: Node = field(default_factory=Empty)
    only_words: bool = False
    notices: tuple[Notice, ...] = ()
    repaired: str = ""
    error: Notice | None = None
    ranked_leaves: tuple[LeafInContext, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # Every retriever reads it, and it takes a tenth of the time of a short query.
        object.__setattr__(self, "ranked_leaves", select_ranked_leaves(self.tree))

    @property
    def is_empty(self) -> bool:
        """Whether the query has no condition."""
        return isinstance(self.tree, Empty)

    @property
    def finds_nothing(self) -> bool:
        """Whether the query has nothing that can be searched for."""
        return any(isinstance(node, Unreadable) for node in self.clauses)

    @property
    def clauses(self) -> tuple[Node, ...]:
        """The nodes of the outermost `And`."""
        if isinstance(self.tree, And):
            return self.tree.nodes
        return () if self.is_empty else (self.tree,)

    @property
    def optional_words(self) -> tuple[Word, ...]:
        """The optional words."""
        optional = (node for node in self.clauses if is_optional(node))
        leaves = (item.leaf for node in optional for item in iter_leaves(node))
        return tuple(leaf for leaf in leaves if isinstance(leaf, Word))

    @property
    def mandatory_clauses(self) -> tuple[Node, ...]:
        """The clauses that every matching article meets: required and excluded clauses."""
        return tuple(node for node in self.clauses if not is_optional(node))

    @property
    def highlight_words(self) -> tuple[Word, ...]:
        """The words to highlight, words of phrases included, in query order."""
        words: list[Word] = []
        for item in self.ranked_leaves:
            if isinstance(item.leaf, Phrase):
                words += item.leaf.words
            elif isinstance(item.leaf, Word):
                words.append(item.leaf)
        return tuple(sorted(words, key=lambda word: word.span))

    @property
    def embedding_text(self) -> str:
        """The text that is embedded: the query without operators, filters and excluded words.

        Computed on demand: lexical search does not use it, and it would add a tenth to its time.
        """
        return build_embedding_text(
            self.input[:MAX_QUERY_LENGTH], self.highlight_words, only_words=self.only_words
        )

    @property
    def may_be_headline(self) -> bool:
        """Whether the query looks like a pasted headline.

        An article with exactly this headline matches even if a sign in it would exclude it.
        """
        return may_be_headline(self.input, self.tree)

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """The patterns whose expansions are highlighted."""
        leaves = (item.leaf for item in self.ranked_leaves)
        return tuple(leaf for leaf in leaves if isinstance(leaf, Prefix | Wildcard | Fuzzy))


def select_ranked_leaves(node: Node) -> tuple[LeafInContext, ...]:
    """Select the leaves of a node that rank articles."""
    return tuple(
        item
        for item in iter_leaves(node)
        if not item.negated
        and item.field in (None, *RANKED_FIELDS)
        and isinstance(item.leaf, Word | Phrase | Prefix | Wildcard | Fuzzy)
    )
