"""The query tree: which articles match, and which words rank them.

Responsibility: define the nodes of a query, and walk and rewrite trees of them.
Decision: nodes are frozen and comparison ignores spans, so that two texts with the same meaning
have equal trees.
Must not depend on: the query syntax, or how a query is answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from index.types.fields import Span

TEXT_FIELDS = ("title", "body", "by", "place", "source")
"""Fields whose values are analysed as words."""
NEAR_FIELD = "near"
"""The field of a place and a distance from it."""
VALUE_FIELDS = ("lang", "story", "id", NEAR_FIELD)
"""Fields whose values are not words: compared verbatim, or a place."""
QUOTE_FIELDS = ("said", "quote")
"""The fields of who said a quote, and of its words."""
NAME_FIELDS = ("name", *QUOTE_FIELDS)
"""Fields of filters by words, patterns or phrases; `name` is what an article names."""
RANKED_FIELDS = ("title", "body")
"""Fields whose words rank articles and are part of the embedded text."""
MIN_BOOST, MAX_BOOST = 0.1, 10.0


@dataclass(frozen=True, slots=True)
class Empty:
    """No condition: the empty query, or the place of a value that is an error."""

    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What is left of a query that only has signs to search for. It matches nothing."""

    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the query.

    Attributes:
        folded: Its own form, in lower case without accents.
        also: Its other forms, as `COVID-19` is `covid19`; an article with any form has the word.
        capitals: Its form as an acronym: `US` beside `us`; empty for most words. It does not count
            in comparisons, because it depends on whether all the query is in capitals.
    """

    folded: str
    span: Span = field(compare=False)
    also: tuple[str, ...] = ()
    capitals: str = field(default="", compare=False)

    @property
    def forms(self) -> tuple[str, ...]:
        """All forms; its own is the first, and that of an acronym the last."""
        return (self.folded, *self.also, *([self.capitals] if self.capitals else ()))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand next to each other, in this order, in the form in which they were typed.

    With `slop` > 0: all of the words, in any order, within len(words) + slop positions.
    """

    words: tuple[Word, ...]
    span: Span = field(compare=False)
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Matches words that begin with `folded`."""

    folded: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Matches words of a pattern: `?` is one letter, `*` any number. It begins with letters."""

    pattern: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Matches words within `edits` edits of `folded` that have the same first letter."""

    folded: str
    edits: int
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Value:
    """A value that is compared verbatim: a language or an id."""

    text: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class NameValue(Value):
    """A name that an article mentions, or who said a quote, or words in it.

    `text` has folded words, or a pattern with its signs. If `leaf` is a phrase, it is the complete
    name; otherwise any name with a matching word.
    """

    leaf: "Word | Phrase | Pattern"


@dataclass(frozen=True, slots=True)
class QuoteValue(Value):
    """Articles with a quote that all clauses of `node` are true of."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class NearValue(Value):
    """Articles that were filed from at most `km` kilometres from a place.

    `text` has both, as they are written in a query.
    """

    place: str
    km: float


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days in UTC, both included; None is open. Articles without a date match no range.

    With `undated`, only articles without a date match.
    """

    first: date | None
    last: date | None
    span: Span = field(compare=False)
    undated: bool = False


Pattern = Prefix | Wildcard | Fuzzy
Leaf = Word | Phrase | Prefix | Wildcard | Fuzzy | Value | DateRange | Empty | Unreadable


@dataclass(frozen=True, slots=True)
class Boost:
    """A leaf whose score is multiplied by `factor`; its node is always a leaf."""

    node: Leaf
    factor: float


@dataclass(frozen=True, slots=True)
class Must:
    """A required word. Only in the outermost `And`: everywhere else, every word is required."""

    node: "Word | Boost"


@dataclass(frozen=True, slots=True)
class And:
    """All of the nodes. In the outermost `And`, words are optional unless they are in a `Must`."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the nodes."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that the node does not match."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Field:
    """The node, matched in one field; a `Field` inside it replaces the field."""

    name: str
    node: "Node"


Node = Leaf | Boost | Must | And | Or | Not | Field


def is_optional(node: Node) -> bool:
    """Whether a node is an optional word, which relaxation may drop."""
    return isinstance(node, Word) or (isinstance(node, Boost) and isinstance(node.node, Word))


def strip_must(node: Node) -> Node:
    """Remove every `Must` from a node whose words are all required anyway."""
    match node:
        case Must(inner):
            return inner
        case And(nodes) | Or(nodes):
            return replace(node, nodes=tuple(strip_must(child) for child in nodes))
        case Not(inner) | Field(_, inner):
            return replace(node, node=strip_must(inner))
    return node


def apply_boost(node: Node, factor: float) -> Node:
    """Multiply the weight of every leaf that has a score by `factor`."""
    match node:
        case Boost(leaf, previous):
            return Boost(leaf, min(max(previous * factor, MIN_BOOST), MAX_BOOST))
        case Must(inner):
            boosted = apply_boost(inner, factor)
            return Must(boosted) if isinstance(boosted, Word | Boost) else boosted
        case And(nodes) | Or(nodes):
            return replace(node, nodes=tuple(apply_boost(child, factor) for child in nodes))
        case Field(_, inner):
            return replace(node, node=apply_boost(inner, factor))
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return Boost(node, factor)
    return node


def truncate_phrase(node: Node, count: int) -> Node:
    """Reduce a phrase, weighted or not, to its first `count` words."""
    if isinstance(node, Boost):
        inner = truncate_phrase(node.node, count)
        return replace(node, node=inner)  # type: ignore[arg-type]
    return replace(node, words=node.words[:count])  # type: ignore[union-attr, arg-type]


def strip_forms(node: Node) -> Node:
    """Reduce the words of a leaf, weighted or not, to their own forms."""
    match node:
        case Boost(leaf, _):
            return replace(node, node=strip_forms(leaf))  # type: ignore[arg-type]
        case Word():
            return replace(node, also=(), capitals="")
        case Phrase(words):
            own = (replace(word, also=(), capitals="") for word in words)
            return replace(node, words=tuple(own))
    return node


@dataclass(frozen=True, slots=True)
class LeafInContext:
    """A leaf with the field, weight and negation that the nodes above it give it."""

    leaf: Leaf
    field: str | None = None
    factor: float = 1.0
    negated: bool = False


_NO_CONTEXT = LeafInContext(Empty())


def iter_leaves(node: Node, context: LeafInContext = _NO_CONTEXT) -> Iterator[LeafInContext]:
    """Every leaf in query order, negated ones included; `context` is what the nodes above give."""
    match node:
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from iter_leaves(child, context)
        case Not(inner):
            yield from iter_leaves(
                inner,
                LeafInContext(context.leaf, context.field, context.factor, not context.negated),
            )
        case Field(_, QuoteValue(node=inner)):
            yield from iter_leaves(inner, context)
        case Field(name, inner):
            yield from iter_leaves(
                inner, LeafInContext(context.leaf, name, context.factor, context.negated)
            )
        case Boost(leaf, factor):
            yield LeafInContext(leaf, context.field, factor, context.negated)
        case Must(inner):
            yield from iter_leaves(inner, context)
        case _:
            yield LeafInContext(node, context.field, context.factor, context.negated)
