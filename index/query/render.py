"""A tree written as a query again, in the reader's own words.

Decision: what is written reads back as the same tree, so that a repaired query can be sent.
Must not know how a query is read.
"""

import re

from index.query.lexer import OPERATORS, QUOTES
from index.query.tree import (
    And,
    Boost,
    DateRange,
    Empty,
    Field,
    Fuzzy,
    Leaf,
    Must,
    NameValue,
    Node,
    Not,
    Or,
    Phrase,
    Value,
    Word,
)
from index.query.word_parser import default_edits


def render(node: Node, text: str) -> str:
    """The query that asks for this tree; `text` is what the tree's spans point into."""
    if isinstance(node, And):
        return " ".join(render(each, text) for each in node.nodes)
    if isinstance(node, Or):
        return " OR ".join(_operand(each, text) for each in node.nodes)
    return _unit(node, text)


def _operand(node: Node, text: str) -> str:
    """A node between ORs: AND binds tighter, so that only an OR within needs brackets."""
    if isinstance(node, And):
        return " AND ".join(_unit(each, text) for each in node.nodes)
    return _unit(node, text)


def _unit(node: Node, text: str) -> str:
    """A node that a sign, a field or AND can stand before."""
    match node:
        case And() | Or():
            return f"({render(node, text)})"
        case Not(inner):
            return f"-{_unit(inner, text)}"
        case Must(inner):
            return f"+{_unit(inner, text)}"
        case Field(name, Value()):
            return f"{name}:{_leaf(node.node, text)}"  # type: ignore[arg-type]
        case Field(name, inner):
            return f"{name}:{_in_field(inner, text)}"
        case Boost(leaf, factor):
            written = _leaf(leaf, text)
            # 10^2 would be the number: brackets tell the weight from it.
            written = f"({written})" if written.isdigit() else written
            return f"{written}^{factor:g}"
    return _leaf(node, text)


def _in_field(node: Node, text: str) -> str:
    written = _unit(node, text)
    return f"({written})" if isinstance(node, Not) else written


def _leaf(leaf: Leaf, text: str) -> str:
    match leaf:
        case Empty():
            return ""
        case Phrase(words, _, slop):
            inner = " ".join(text[slice(*word.span)] for word in words)
            return f'"{inner}"' + (f"~{slop}" if slop else "")
        case Fuzzy(folded, edits, span):
            usual = edits == default_edits(folded)
            return text[slice(*span)] + ("~" if usual else f"~{edits}")
        case DateRange(_, _, span):
            return f"date:{_closed(text[slice(*span)])}"
        case NameValue(_, _, inner):
            return _leaf(inner, text)
        case Value(_, span):
            return _closed(text[slice(*span)])
        case Word(_, span):
            written = text[slice(*span)]
            return written.lower() if written in OPERATORS else written
    return text[slice(*leaf.span)]


def _closed(written: str) -> str:
    """A value with its quotation mark closed, where it has one."""
    if written[0] not in QUOTES:
        return written
    inner = re.split(f"[{QUOTES}]", written)[1]
    return f'"{inner}"'
