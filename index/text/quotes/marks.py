"""Quotation marks: where a text quotes.

Responsibility: pair the quotation marks of a text, of all shapes; leave out what has no pair.
Decision: a mark opens or closes by what stands beside it, as one sign does both in different
languages. A quotation ends with its paragraph, unless the next one repeats the opening mark.
Must not depend on: languages, names or who speaks.
"""

import re
from typing import NamedTuple

_CLOSERS = {
    '"': '"“”',
    "“": '”"',
    "„": '“”"',
    "‟": '”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "”": "”",
    "``": "''”\"",
    "‘": "’",
}
"""What closes a quotation, by what opened it."""
_PLAIN_MARK = re.compile('["“”„‟«»‹›]')
_MARK = re.compile("``|''|[\"“”„‟«»‹›‘]|(?<=[.,!?…])’(?!\\w)|(?<=\\w)’(?=[.,;:?!)])")
"""With the marks that are mostly apostrophes, which take longer to find."""
_INWARD = frozenset("“„‟«‹‘")
"""Marks that open wherever they stand, unless they close."""
_SENTENCE_ENDS = frozenset(".!?…")
_LONGEST = 3_000
"""Code points of one paragraph of a quotation; a longer one lacks its closing mark."""

Span = tuple[int, int]


class Quotation(NamedTuple):
    """A text between quotation marks.

    Attributes:
        left, right: Its span with the marks.
        pieces: The spans without marks and surrounding blanks, one for each paragraph.
    """

    left: int
    right: int
    pieces: tuple[Span, ...]


def find_quotations(text: str) -> list[Quotation]:
    """The quotations of a text, in order; those within another one are part of it."""
    is_plain = "‘" not in text and "``" not in text
    if is_plain and not _PLAIN_MARK.search(text):
        return []
    pairing = _Pairing(text)
    for match in (_PLAIN_MARK if is_plain else _MARK).finditer(text):
        pairing.read(match.start(), match[0])
    return pairing.found


class _Pairing:
    """Pairs the marks of a text, in one pass."""

    def __init__(self, text: str) -> None:
        self.found: list[Quotation] = []
        self._text = text
        self._opener = ""
        self._left = 0
        self._begins: list[int] = []
        self._ends: list[int] = []
        self._depth = 0

    def read(self, place: int, mark: str) -> None:
        """Take the next mark."""
        if self._opener and self._is_lost(place):
            self._opener = ""
        if not self._opener:
            self._open(place, mark)
        elif self._continues(place, mark):
            self._ends.append(place)
            self._begins.append(place + len(mark))
        elif mark in _CLOSERS[self._opener] and self._can_close(place, mark):
            self._close(place, mark)
        elif mark == self._opener and self._can_open(place, mark):
            if mark == '"':
                self._open(place, mark)  # The one before was never closed.
            else:
                self._depth += 1

    def _is_lost(self, place: int) -> bool:
        """Whether the open quotation cannot reach this place: its paragraph is over."""
        between = self._text[self._begins[-1] : place]
        head, is_broken, rest = between.rpartition("\n")
        return len(between) > _LONGEST or bool(is_broken and (rest.strip() or "\n" in head.strip()))

    def _continues(self, place: int, mark: str) -> bool:
        """Whether a mark only says that the quotation goes on in a new paragraph."""
        if mark != self._opener and (mark not in "»”" or mark not in _CLOSERS[self._opener]):
            return False
        before = self._text[self._begins[-1] : place]
        last = before.rstrip()
        is_next_paragraph = "\n" in before[len(last) :]
        is_next_sentence = len(last) < len(before) and last[-1:] in _SENTENCE_ENDS
        if mark != self._opener:
            return is_next_paragraph and self._opens_word(place + len(mark))
        return (is_next_paragraph or (is_next_sentence and mark in '"“')) and self._can_open(
            place, mark
        )

    def _opens_word(self, after: int) -> bool:
        return after < len(self._text) and not self._text[after].isspace()

    def _can_open(self, place: int, mark: str) -> bool:
        if mark in _INWARD or mark == "``":
            return True
        before = self._text[place - 1] if place else " "
        is_left_free = before.isspace() or before in "([{-–—/'‘’"
        return is_left_free and self._opens_word(place + len(mark))

    def _can_close(self, place: int, mark: str) -> bool:
        if mark in "»”›''":
            return True
        if mark == "“" and self._opener == '"':
            return False
        before = self._text[place - 1]
        return not before.isspace() or not self._opens_word(place + len(mark))

    def _open(self, place: int, mark: str) -> None:
        if mark in {"''", "’"} or mark not in _CLOSERS or not self._can_open(place, mark):
            return
        if mark == "‘" and place and self._text[place - 1].isalnum():
            return
        self._opener, self._left, self._depth = mark, place, 0
        self._begins, self._ends = [place + len(mark)], []

    def _close(self, place: int, mark: str) -> None:
        if self._depth:
            self._depth -= 1
            return
        self._ends.append(place)
        spans = (self._strip(*span) for span in zip(self._begins, self._ends, strict=True))
        pieces = tuple(span for span in spans if span[0] < span[1])
        if pieces:
            self.found.append(Quotation(self._left, place + len(mark), pieces))
        self._opener = ""

    def _strip(self, start: int, end: int) -> Span:
        """A span without the blanks at both ends."""
        piece = self._text[start:end]
        return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
