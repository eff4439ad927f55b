"""Articles of a text file: the pieces between the lines that begin and end them.

Responsibility: split a stream into pieces in bounded memory, and decode each.
Decision: each piece is decoded alone, so that one article in another encoding costs only itself; a
guessed encoding is remarked on once a file.
Must not depend on: any format.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import IO

from archive.formats.recoding import recode
from archive.ingest_types import Rejection, Remark
from archive.limits import MAX_ARTICLE_BYTES, MAX_ARTICLE_LINES
from archive.sources.encodings import UnknownEncodingError, decode_text
from archive.sources.lines import TOO_LONG, read_lines

LineTest = Callable[[bytes], bool]
_TOO_LONG = f"{TOO_LONG}, or than {MAX_ARTICLE_LINES:,} lines"
_Lines = Iterable[tuple[int, bytes | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of a file.

    Attributes:
        where: `name:line` of its first line that is not blank.
        text: Decoded, with all its lines.
    """

    where: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """Where pieces begin and end.

    Attributes:
        starts: Whether a line is the first one of a piece.
        ends: Whether a line is the last one of a piece.
        cut: Where a line is two: its empty matches are treated as line ends.
    """

    starts: LineTest | None = None
    ends: LineTest | None = None
    cut: re.Pattern[bytes] | None = None


def read_pieces(
    stream: IO[bytes],
    name: str,
    *,
    head: bytes,
    boundaries: Boundaries,
    declared: str = "",
    limit: int = MAX_ARTICLE_BYTES,
) -> Iterator[Piece | Rejection | Remark]:
    """Yield the pieces that are not blank; a rejection for one that is too long or not decoded.

    `head` is what was already read from the stream; `declared` is the encoding that the file names.
    """
    is_remarked = False
    pieces = split_bytes(
        stream, name, head=head, boundaries=boundaries, limit=limit, max_lines=MAX_ARTICLE_LINES
    )
    for where, data in pieces:
        if data is None:
            yield Rejection(where=where, reason=_TOO_LONG)
            continue
        try:
            decoded = decode_text(data, declared=declared)
        except UnknownEncodingError as error:
            yield Rejection(where=where, reason=str(error))
            continue
        if decoded.is_guessed and not is_remarked:
            is_remarked = True
            yield Remark(code="encoding-guessed", where=where, value=decoded.encoding)
        yield Piece(where=where, text=decoded.text)


def split_bytes(
    stream: IO[bytes],
    name: str,
    *,
    head: bytes,
    boundaries: Boundaries,
    limit: int = MAX_ARTICLE_BYTES,
    max_lines: float = inf,
) -> Iterator[tuple[str, bytes | None]]:
    """Yield (where, bytes) of the pieces that are not blank; None for one that is too long."""
    stream, head = recode(stream, head)
    lines = _cut_lines(read_lines(stream, head, limit=limit), boundaries.cut)
    piece = _Collector(limit, max_lines)
    for number, line in lines:
        if line is not None and boundaries.starts and boundaries.starts(line):
            yield from piece.finish(name)
        piece.add(number, line)
        if line is not None and boundaries.ends and boundaries.ends(line):
            yield from piece.finish(name)
    yield from piece.finish(name)


def _cut_lines(lines: _Lines, cut: re.Pattern[bytes] | None) -> _Lines:
    for number, line in lines:
        if cut is None or line is None:
            yield number, line
        else:
            yield from ((number, part) for part in cut.split(line) if part)


class _Collector:
    """Collects the lines of one piece, at most `limit` bytes and `max_lines` lines."""

    def __init__(self, limit: int, max_lines: float) -> None:
        self._limit = limit
        self._max_lines = max_lines
        self._reset()

    def _reset(self) -> None:
        self._lines: list[bytes] | None = []
        self._count = 0
        self._start = 0
        self._size = 0

    def add(self, number: int, line: bytes | None) -> None:
        """Add a line; blank lines before the piece are skipped, None is one that is too long."""
        if not self._start:
            if line is not None and not line.strip():
                return
            self._start = number
        self._size += len(line) if line is not None else self._limit + 1
        self._count += 1
        if self._size > self._limit or self._count > self._max_lines:
            self._lines = None
        elif self._lines is not None and line is not None:
            self._lines.append(line)

    def finish(self, name: str) -> Iterator[tuple[str, bytes | None]]:
        """Yield the piece, or nothing if it is blank; begin the next one."""
        if self._start:
            yield f"{name}:{self._start}", None if self._lines is None else b"".join(self._lines)
        self._reset()
