"""Wire text: the articles of a plain text file, parted by `NNNN`, form feeds or rules of `=`.

Decision: the text between two separators is kept whole and undecided; reading it is another room.
Must not know headlines or datelines.
"""

import re
from typing import IO

from archive.report import Rejection
from archive.sources.lines import TOO_LONG, decode_leniently, numbered_lines
from archive.sources.records import MOST_BYTES, Pieces, TextPiece

_SEPARATOR = re.compile(rb"\s*(?:NNNN|={8,})\s*")


def read_wire_text(
    stream: IO[bytes], name: str, *, first: bytes = b"", most: int = MOST_BYTES
) -> Pieces:
    """A piece for every article that is not blank; `where` is its first line that is not blank."""
    article = _Article(name, most)
    for number, line in numbered_lines(stream, first, most=most):
        if line is None:
            article.refuse(number)
        elif _SEPARATOR.fullmatch(line):
            yield from article.finish()
        elif b"\f" in line:
            *before, last = line.split(b"\f")
            for part in before:
                article.add(part, number)
                yield from article.finish()
            article.add(last, number)
        else:
            article.add(line, number)
    yield from article.finish()


class _Article:
    """The lines of one article while they come in, no more of them than `most` bytes."""

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._most = most
        self._reset()

    def _reset(self) -> None:
        self._lines: list[bytes] = []
        self._size = 0
        self._start = 0
        self._refused = False

    def add(self, line: bytes, number: int) -> None:
        """Take one line."""
        if not self._start:
            if not line.strip():
                return
            self._start = number
        self._size += len(line)
        if self._size > self._most:
            self.refuse(number)
        elif not self._refused:
            self._lines.append(line)

    def refuse(self, number: int) -> None:
        """Take no more of this article, and report it when it ends."""
        self._start = self._start or number
        self._refused = True
        self._lines.clear()

    def finish(self) -> Pieces:
        """Yield the article, or its rejection, or nothing where it was blank; start the next."""
        where = f"{self._name}:{self._start}"
        if self._refused:
            yield Rejection(where=where, reason=TOO_LONG)
        elif self._lines:
            yield TextPiece(where=where, raw=decode_leniently(b"".join(self._lines)))
        self._reset()
