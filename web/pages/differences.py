"""Differences between two versions of a text, by paragraphs and within them by words.

Responsibility: say which paragraphs were added, removed and changed, and which words of them.
Decision: `difflib` compares paragraphs first and words only within those that changed, so that a
long text is compared in milliseconds and a moved sentence does not mark the whole page.
Must not depend on: articles, HTML or requests.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

Kind = Literal["same", "added", "removed", "changed"]
_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
_MAX_WORDS = 4_000
"""Longer paragraphs are compared as a whole: comparing words takes time with their square."""
_LEAST_ALIKE = 0.4
"""Share of words that two paragraphs have in common if one is a new wording of the other."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph that both versions have, or only the later or the earlier one."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A paragraph of one or both versions.

    Attributes:
        pieces: Its text in order; of a changed paragraph both what was removed and what was added.
    """

    kind: Kind
    pieces: tuple[Piece, ...]


def compare_texts(earlier: Sequence[str], later: Sequence[str]) -> tuple[Difference, ...]:
    """The paragraphs of both versions in the order of the later one.

    The pieces that are not `removed` are the later version, those that are not `added` the earlier.
    """
    return tuple(_compare(earlier, later))


def _compare(earlier: Sequence[str], later: Sequence[str]) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, earlier, later, autojunk=False)
    for tag, first, last, start, stop in matcher.get_opcodes():
        if tag == "equal":
            yield from (_whole("same", text) for text in later[start:stop])
        else:
            yield from _pair(earlier[first:last], later[start:stop])


def _pair(removed: Sequence[str], added: Sequence[str]) -> Iterator[Difference]:
    """Paragraphs that changed, in pairs; those that are not alike are removed and added."""
    for before, after in zip_longest(removed, added):
        if before is None or after is None:
            yield _whole("added", after) if before is None else _whole("removed", before)
            continue
        pieces = _compare_words(before, after)
        if pieces is None:
            yield _whole("removed", before)
            yield _whole("added", after)
        else:
            yield Difference("changed", pieces)


def _compare_words(before: str, after: str) -> tuple[Piece, ...] | None:
    """The pieces of two wordings of one paragraph; None if they are two paragraphs."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if max(len(old), len(new)) > _MAX_WORDS:
        return None
    words, new_words = ([word for word in each if word[0].isalnum()] for each in (old, new))
    if SequenceMatcher(None, words, new_words, autojunk=False).ratio() < _LEAST_ALIKE:
        return None
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    pieces = []
    for tag, first, last, start, stop in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(new[start:stop])))
            continue
        if last > first:
            pieces.append(Piece("removed", "".join(old[first:last])))
        if stop > start:
            pieces.append(Piece("added", "".join(new[start:stop])))
    return tuple(pieces)


def _whole(kind: Literal["same", "added", "removed"], text: str) -> Difference:
    return Difference(kind, (Piece(kind, text),))
