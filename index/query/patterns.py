"""Patterns: prefixes, wildcards and fuzzy words.

Responsibility: compile a pattern into a test of folded words.
Decision: a `*` never backtracks, so that matching takes linear time for every pattern.
Must not depend on: where the words come from.
"""

import re
from collections.abc import Callable

from index.query.tree import Fuzzy, Pattern, Prefix, Wildcard
from index.text.edit_distance import compute_edit_distance


def compile_pattern(pattern: Pattern) -> Callable[[str], bool]:
    """Compile a pattern into a function that says whether it matches a folded word."""
    match pattern:
        case Prefix(folded, _):
            return lambda word: word.startswith(folded)
        case Wildcard(text, _):
            expression = re.compile(_to_expression(text), re.DOTALL)
            return lambda word: expression.fullmatch(word) is not None
        case Fuzzy(folded, edits, _):
            return lambda word: (
                word[:1] == folded[:1] and compute_edit_distance(folded, word, edits) <= edits
            )


def extract_literal_prefix(pattern: Wildcard) -> str:
    """The letters of a wildcard before its first `*` or `?`."""
    return re.split("[*?]", pattern.pattern, maxsplit=1)[0]


def get_beginning(pattern: Pattern) -> str:
    """What every word that a pattern matches begins with; at least one letter."""
    match pattern:
        case Prefix(folded, _):
            return folded
        case Wildcard():
            return extract_literal_prefix(pattern)
        case Fuzzy(folded, _, _):
            return folded[:1]


def _to_expression(pattern: str) -> str:
    """The regular expression of a wildcard; each `*` matches as little as the next piece allows."""
    first, *rest = pattern.split("*")
    if not rest:
        return _escape_piece(first)
    *middle, last = rest
    gaps = "".join(f"(?>.*?{_escape_piece(piece)})" for piece in middle)
    return f"{_escape_piece(first)}{gaps}.*{_escape_piece(last)}"


def _escape_piece(text: str) -> str:
    return "".join("." if char == "?" else re.escape(char) for char in text)
