"""Pieces: what a source yields before it is an article.

Decision: a source yields good pieces and rejections in one stream, so that neither stops the other.
Must not know formats.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.report import Rejection

# An article is refused above this: the longest real one seen is below 1 MiB.
MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPiece:
    """A record with named values, and the text that it was read from."""

    where: str
    raw: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """The plain text of one article."""

    where: str
    raw: str


Piece = RecordPiece | TextPiece | Rejection
Pieces = Iterator[Piece]
