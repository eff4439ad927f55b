"""The query as a frozen tree: what an article must have, and what it is ranked by.

Decision: spans do not count when trees are compared, so that two texts that ask the same are equal.
Must not know how a query is typed, nor how it is answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from index.types.search import Span

TEXT_FIELDS = ("title", "body", "by", "place", "source")
"""Fields whose values are analysed as words."""
VALUE_FIELDS = ("lang", "story", "id")
"""Fields whose values are taken as they stand."""
NAME_FIELD = "name"
"""The field of whom an article names."""
RANKED_FIELDS = ("title", "body")
"""Fields whose words an article is ranked by, and which join the embedded text."""
MIN_BOOST, MAX_BOOST = 0.1, 10.0


@dataclass(frozen=True, slots=True)
class Empty:
    """Asks for nothing: the empty query, or what is left of a value that is an error."""

    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Word:
    """One word to find, as a reader typed it; `folded` is its accent-free lower-case form."""

    folded: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to find side by side and in order, as written.

    With `slop` > 0: all of them, in any order, within len(words) + slop places.
    """

    words: tuple[Word, ...]
    span: Span = field(compare=False)
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `folded`."""

    folded: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words of a pattern: `?` is one letter, `*` any number; it begins with fixed letters."""

    pattern: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within `edits` changes of `folded`, with the same first letter."""

    folded: str
    edits: int
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Value:
    """A value taken as it stands: a language, an id."""

    text: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class NameValue(Value):
    """Somebody or something named, `text` in folded words or a pattern's signs.

    The whole name where `leaf` is a phrase, else any name with such a word.
    """

    leaf: "Word | Phrase | Pattern"


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days, UTC, both included; None is open. No undated article is within any range."""

    first: date | None
    last: date | None
    span: Span = field(compare=False)


Pattern = Prefix | Wildcard | Fuzzy
Leaf = Word | Phrase | Prefix | Wildcard | Fuzzy | Value | DateRange | Empty


@dataclass(frozen=True, slots=True)
class Boost:
    """A leaf whose score counts `factor` times; never around anything else."""

    node: Leaf
    factor: float


@dataclass(frozen=True, slots=True)
class Must:
    """A word that every answer has. Only in a query's outermost `And`: elsewhere all words are."""

    node: "Word | Boost"


@dataclass(frozen=True, slots=True)
class And:
    """All of these. In a query's outermost one, a bare word may be missing (see `Must`)."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """Every article but these."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Field:
    """What is in it is looked for in one field; a field within it has its own."""

    name: str
    node: "Node"


Node = Leaf | Boost | Must | And | Or | Not | Field


def is_optional(node: Node) -> bool:
    """Whether this is a bare word, which may be missing from an answer where few have all."""
    return isinstance(node, Word) or (isinstance(node, Boost) and isinstance(node.node, Word))


def strip_must(node: Node) -> Node:
    """The node without `Must`, for where every word must be there anyway."""
    match node:
        case Must(inner):
            return inner
        case And(nodes) | Or(nodes):
            return replace(node, nodes=tuple(strip_must(each) for each in nodes))
        case Not(inner) | Field(_, inner):
            return replace(node, node=strip_must(inner))
    return node


def apply_boost(node: Node, factor: float) -> Node:
    """The node with every leaf that can be ranked by counted `factor` times as much."""
    match node:
        case Boost(leaf, before):
            return Boost(leaf, min(max(before * factor, MIN_BOOST), MAX_BOOST))
        case Must(inner):
            raised = apply_boost(inner, factor)
            return Must(raised) if isinstance(raised, Word | Boost) else raised
        case And(nodes) | Or(nodes):
            return replace(node, nodes=tuple(apply_boost(each, factor) for each in nodes))
        case Field(_, inner):
            return replace(node, node=apply_boost(inner, factor))
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return Boost(node, factor)
    return node


def to_name_filter(node: Node) -> Field:
    """Words, a phrase or a pattern as whom an article names; a filter has no weight."""
    leaf = node.node if isinstance(node, Boost) else node
    match leaf:
        case Phrase(words, span, _):
            return Field(NAME_FIELD, NameValue(" ".join(word.folded for word in words), span, leaf))
        case Word(text, span) | Prefix(text, span) | Wildcard(text, span) | Fuzzy(text, _, span):
            return Field(NAME_FIELD, NameValue(text, span, leaf))
    raise AssertionError(leaf)


def truncate_phrase(node: Node, count: int) -> Node:
    """A phrase's first words, whatever its weight."""
    if isinstance(node, Boost):
        inner = truncate_phrase(node.node, count)
        return replace(node, node=inner)  # type: ignore[arg-type]
    return replace(node, words=node.words[:count])  # type: ignore[union-attr, arg-type]


@dataclass(frozen=True, slots=True)
class LeafInContext:
    """A leaf of a tree with all that is said above it."""

    leaf: Leaf
    field: str | None = None
    factor: float = 1.0
    negated: bool = False


_OUTSIDE = LeafInContext(Empty())


def iter_leaves(node: Node, at: LeafInContext = _OUTSIDE) -> Iterator[LeafInContext]:
    """Every leaf in order of the query, excluded ones too; `at` is what is said above the node."""
    match node:
        case And(nodes) | Or(nodes):
            for each in nodes:
                yield from iter_leaves(each, at)
        case Not(inner):
            yield from iter_leaves(
                inner, LeafInContext(at.leaf, at.field, at.factor, not at.negated)
            )
        case Field(name, inner):
            yield from iter_leaves(inner, LeafInContext(at.leaf, name, at.factor, at.negated))
        case Boost(leaf, factor):
            yield LeafInContext(leaf, at.field, factor, at.negated)
        case Must(inner):
            yield from iter_leaves(inner, at)
        case _:
            yield LeafInContext(node, at.field, at.factor, at.negated)
