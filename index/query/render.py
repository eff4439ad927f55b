"""Rendering of a query tree as query text.

Responsibility: write a tree as a query, with the words as the reader typed them.
Decision: the rendered query parses to the same tree, so that a repaired query can be shown, edited
and sent.
Must not depend on: the parser.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.query.lexer import OPERATORS, QUOTES
from index.query.quotes import split_quotes
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
    NearValue,
    Node,
    Not,
    Or,
    Phrase,
    Value,
    Word,
)
from index.query.word_parser import default_edits
from index.text.normalizing import protect_query


def render(node: Node, text: str) -> str:
    """Render a tree as a query; `text` is the query that the tree's spans refer to."""
    node = split_quotes(node)
    if isinstance(node, And):
        return " ".join(render(child, text) for child in _join_compounds(node.nodes, text))
    if isinstance(node, Or):
        return " OR ".join(_render_operand(child, text) for child in node.nodes)
    return _render_unit(node, text)


def _render_operand(node: Node, text: str) -> str:
    """Render an operand of OR. AND binds tighter than OR and needs no brackets."""
    if isinstance(node, And):
        return " AND ".join(
            _render_unit(child, text) for child in _join_compounds(node.nodes, text)
        )
    return _render_unit(node, text)


def _render_unit(node: Node, text: str) -> str:
    """Render a node so that a sign, a field or AND can precede it."""
    match node:
        case And() | Or():
            return f"({render(node, text)})"
        case Not(inner):
            return f"-{_render_unit(inner, text)}"
        case Must(inner):
            return f"+{_render_unit(inner, text)}"
        case Field(name, Value()):
            return f"{name}:{_render_leaf(node.node, text)}"  # type: ignore[arg-type]
        case Field(name, inner):
            return f"{name}:{_render_in_field(inner, text)}"
        case Boost(leaf, factor):
            written = _render_leaf(leaf, text)
            # 10^2 is a number; the brackets make it a weight.
            written = f"({written})" if written.isdigit() else written
            return f"{written}^{factor:g}"
    return _render_leaf(node, text)


def _render_in_field(node: Node, text: str) -> str:
    written = _render_unit(node, text)
    return f"({written})" if isinstance(node, Not) else written


def _render_leaf(leaf: Leaf, text: str) -> str:
    match leaf:
        case Empty():
            return ""
        case Phrase(words, _, slop):
            inner = _render_phrase(words, text)
            return f'"{inner}"' + (f"~{slop}" if slop else "")
        case Fuzzy(folded, edits, span):
            is_default = edits == default_edits(folded)
            return text[slice(*span)] + ("~" if is_default else f"~{edits}")
        case DateRange(span=span):
            return f"date:{_close_quotation(text[slice(*span)])}"
        case NameValue(_, _, inner):
            return _render_leaf(inner, text)
        case NearValue(written):
            return written
        case Value(_, span):
            return _close_quotation(text[slice(*span)])
        case Word(_, span):
            written = text[slice(*span)]
            return written.lower() if written in OPERATORS else written
    return text[slice(*leaf.span)]


def _render_phrase(words: Sequence[Word], text: str) -> str:
    """The words of a phrase as typed, with a space wherever they are apart."""
    written, end = "", words[0].span[0]
    for before, word in pairwise((None, *words)):
        assert word is not None
        if before and not (word.span[0] <= end or _are_compound(before, word, text)):
            written, end = written + " ", word.span[0]
        written += text[end : word.span[1]]
        end = word.span[1]
    return written


def _join_compounds(nodes: Sequence[Node], text: str) -> Sequence[Node]:
    """Nodes with the parts of a compound, such as COVID-19, as one word of its whole span."""
    joined: list[Node] = []
    for node in nodes:
        before, word = _get_word(joined[-1]) if joined else None, _get_word(node)
        if before and word and _are_compound(before, word, text):
            span = (before.span[0], word.span[1])
            joined[-1] = _replace_word(joined[-1], replace(before, span=span))
        else:
            joined.append(node)
    return joined


def _are_compound(one: Word, other: Word, text: str) -> bool:
    """Whether two words of a query are parts of one compound, whose form both have."""
    between = text[one.span[1] : other.span[0]]
    is_close = bool(between) and not any(char.isspace() for char in between)
    return is_close and bool(one.also) and one.also[-1:] == other.also[-1:]


def _get_word(node: Node) -> Word | None:
    """The word of a node that is one, weighted or required or neither."""
    while isinstance(node, Must | Boost):
        node = node.node
    return node if isinstance(node, Word) else None


def _replace_word(node: Node, word: Word) -> Node:
    if isinstance(node, Must | Boost):
        return replace(node, node=_replace_word(node.node, word))  # type: ignore[arg-type]
    return word


def _close_quotation(written: str) -> str:
    """Close the quotation mark of a value that begins with one."""
    if written[0] not in QUOTES:
        return written
    inner = re.split(f"[{QUOTES}]", protect_query(written))[1]
    return f'"{inner}"'
