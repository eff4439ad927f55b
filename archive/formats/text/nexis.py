"""Nexis: what LexisNexis and Nexis Uni export as text, many articles in a file.

Responsibility: recognise such a file, and split it into articles.
Decision: both layouts are split alike: the older one at `1 of 20 DOCUMENTS`, Nexis Uni at `End of
Document`; what stands on a cover sheet is no article.
Must not depend on: what an article's text means.
"""

import re
from collections.abc import Iterator, Sequence
from typing import IO

from archive.formats.splitting import Boundaries, Piece, read_pieces
from archive.formats.text.nexis_article import parse_article
from archive.ingest_types import RawRecord, Rejection, SourceItem, SourceItems
from archive.limits import MAX_ARTICLE_BYTES

_COUNT = (
    r"[ \t\f]*(?:\d+ (?:of|von|de|di|sur) \d+ DOC?K?UMENT[A-Z]*"
    r"|(?:Dokument|Document|Documento) \d+ (?:von|de|of|di) \d+)[ \t\r]*$"
)
_SEPARATOR = re.compile(_COUNT)
_SEPARATOR_BYTES = re.compile(_COUNT.encode())
_END = re.compile(r"\s*End of Document\s*$")
_END_BYTES = re.compile(rb"\s*End of Document\s*$")
_BOUNDARIES = Boundaries(
    starts=lambda line: _SEPARATOR_BYTES.match(line) is not None,
    ends=lambda line: _END_BYTES.match(line) is not None,
)
_COVER = re.compile(
    rb"^[ \t]*(?:Download Request:|Time Of Request:|Job Number:|User Name:|Client/Matter:)", re.M
)
_COVER_MORE = re.compile(
    rb"^[ \t]*(?:Terms:|Source:|Send To:|Search Terms:|Search Type:|Documents? \(\d+\))", re.M
)
_IS_CLASSIC = re.compile(rb"\s*" + _COUNT.encode(), re.M)
_SPACE = rb"(?:[ \t]|\xc2\xa0)*"
_LENGTH = re.compile(rb"^Length:" + _SPACE + rb"[\d,.]+ words" + _SPACE + rb"\r?$", re.M)
_BODY_LINE = re.compile(rb"^Body" + _SPACE + rb"\r?$", re.M)


def is_nexis(head: bytes) -> bool:
    """Return whether content is an export of Nexis: its cover sheet, or its first article."""
    return bool(
        _IS_CLASSIC.match(head)
        or (_COVER.search(head) and (_COVER_MORE.search(head) or _BODY_LINE.search(head)))
        or (_LENGTH.search(head) and _BODY_LINE.search(head))
    )


def read_nexis(
    stream: IO[bytes], name: str, *, head: bytes = b"", limit: int = MAX_ARTICLE_BYTES
) -> SourceItems:
    """Yield a record for each article, and a rejection for text that is no article.

    `head` is what was already read from the stream.
    """
    for piece in read_pieces(stream, name, head=head, boundaries=_BOUNDARIES, limit=limit):
        if isinstance(piece, Piece):
            lines = piece.text.splitlines()
            yield from _read_article(lines, piece.where, piece.text, lines_are_paragraphs=False)
        else:
            yield piece


def read_nexis_paragraphs(paragraphs: Sequence[str], name: str) -> SourceItems:
    """Yield a record for each article of a document whose paragraphs are given, one text each."""
    article: list[str] = []
    start = 1
    for number, line in enumerate(paragraphs, start=1):
        if _SEPARATOR.match(line):
            yield from _finish(article, f"{name}:{start}")
            article, start = [], number
        article.append(line)
        if _END.match(line):
            yield from _finish(article, f"{name}:{start}")
            article, start = [], number + 1
    yield from _finish(article, f"{name}:{start}")


def _finish(lines: list[str], where: str) -> Iterator[SourceItem]:
    if any(line.strip() for line in lines):
        yield from _read_article(lines, where, "\n".join(lines), lines_are_paragraphs=True)


def _read_article(
    lines: list[str], where: str, raw: str, *, lines_are_paragraphs: bool
) -> Iterator[SourceItem]:
    plain = [line.replace("\xa0", " ").replace("\f", "") for line in lines]
    is_numbered = any(_SEPARATOR.match(line) for line in plain[:1])
    values = parse_article(
        [line for line in plain if not _SEPARATOR.match(line) and not _END.match(line)],
        is_numbered=is_numbered,
        lines_are_paragraphs=lines_are_paragraphs,
    )
    if values:
        yield RawRecord(where=where, raw=raw, values=values)
    elif not _COVER.search(raw.encode()):
        yield Rejection(where=where, reason="no article of Nexis: it has no line with a date")
