"""Which words a pattern stands for.

Decision: a `*` never gives back what it took, so that no pattern can take more than linear time.
Must not know where the words come from.
"""

import re
from collections.abc import Callable

from index.query.tree import Fuzzy, Pattern, Prefix, Wildcard
from index.text.edit_distance import compute_edit_distance


def compile_pattern(pattern: Pattern) -> Callable[[str], bool]:
    """Whether a folded word is one that the pattern stands for."""
    match pattern:
        case Prefix(folded, _):
            return lambda word: word.startswith(folded)
        case Wildcard(text, _):
            expression = re.compile(_expression(text), re.DOTALL)
            return lambda word: expression.fullmatch(word) is not None
        case Fuzzy(folded, edits, _):
            return lambda word: (
                word[:1] == folded[:1] and compute_edit_distance(folded, word, edits) <= edits
            )


def extract_literal_prefix(pattern: Wildcard) -> str:
    """The letters before the first `*` or `?`."""
    return re.split("[*?]", pattern.pattern, maxsplit=1)[0]


def _expression(pattern: str) -> str:
    """A regular expression for a pattern; each `*` takes the least that lets the next piece be."""
    first, *rest = pattern.split("*")
    if not rest:
        return _piece(first)
    *middle, last = rest
    taken = "".join(f"(?>.*?{_piece(piece)})" for piece in middle)
    return f"{_piece(first)}{taken}.*{_piece(last)}"


def _piece(text: str) -> str:
    return "".join("." if char == "?" else re.escape(char) for char in text)
