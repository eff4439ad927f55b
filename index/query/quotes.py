"""Clauses about quotes: `said:lukashenko quote:nuclear` is about one quote that meets both.

Responsibility: join the clauses of a tree that are about quotes, and separate them again.
Decision: joined once, after parsing, so that every engine is asked for the rows of one value; what
is excluded is joined apart, because it is about quotes that an article must not have.
Must not depend on: how quotes are stored.
"""

from dataclasses import replace

from index.query.tree import QUOTE_FIELDS, And, Field, Node, Not, Or, QuoteValue


def join_quotes(node: Node) -> Node:
    """The tree with one `QuoteValue` for the clauses of an `And` that are about quotes."""
    match node:
        case Field(name, inner) if name in QUOTE_FIELDS:
            return _join((node,)) if not isinstance(inner, QuoteValue) else node
        case And(nodes):
            about = [each for each in nodes if _is_about_quotes(each)]
            others = [join_quotes(each) for each in nodes if each not in about]
            joined = (*others, _join(tuple(about))) if about else tuple(others)
            return joined[0] if len(joined) == 1 else And(joined)
        case Or(nodes):
            return Or(tuple(map(join_quotes, nodes)))
        case Not(inner):
            return Not(join_quotes(inner))
    return node


def split_quotes(node: Node) -> Node:
    """The tree with the clauses as they were parsed: what `join_quotes` joined, each alone."""
    match node:
        case Field(_, QuoteValue(node=inner)):
            return inner
        case And(nodes):
            flat: list[Node] = []
            for each in map(split_quotes, nodes):
                flat += each.nodes if isinstance(each, And) else (each,)
            return And(tuple(flat))
        case Or(nodes):
            return replace(node, nodes=tuple(map(split_quotes, nodes)))
        case Not(inner):
            return Not(split_quotes(inner))
    return node


def _is_about_quotes(node: Node) -> bool:
    """Whether every clause of a node is about quotes, and none is excluded."""
    match node:
        case And(nodes) | Or(nodes):
            return all(map(_is_about_quotes, nodes))
        case Field(name, inner):
            return name in QUOTE_FIELDS and not isinstance(inner, QuoteValue)
    return False


def _join(nodes: tuple[Node, ...]) -> Field:
    node = nodes[0] if len(nodes) == 1 else And(nodes)
    return Field(QUOTE_FIELDS[-1], QuoteValue("", (0, 0), node))
