"""Factiva: what Dow Jones Factiva exports as text, in either layout.

Responsibility: recognise such a file, and split it into articles.
Decision: an article ends at its line `Document ABC0000020310302e1`; the layout is recognised in
each article, by its tags (`HD`, `PD`) or by its line `120 words`.
Must not depend on: what an article's text means.
"""

import re
from collections.abc import Sequence
from typing import IO

from archive.formats.splitting import Boundaries, Piece, read_pieces
from archive.formats.text.day_lines import parse_day_line
from archive.formats.text.factiva_article import DOCUMENT_LINE, WORDS_LINE, parse_articles
from archive.ingest_types import RawRecord, Rejection, SourceItems
from archive.limits import MAX_ARTICLE_BYTES

_TAGS = re.compile(r"^[ \t]*(HD|BY|WC|PD|ET|SN|SC|LA|CY|LP|TD|NS|RE|AN)(?=[ \t]|\r?$)", re.M)
_MIN_TAGS = 4
_DOCUMENT_BYTES = re.compile(DOCUMENT_LINE.pattern.encode())
_BOUNDARIES = Boundaries(ends=lambda line: _DOCUMENT_BYTES.fullmatch(line.rstrip()) is not None)
_LINES_TO_DATE = 3


def is_factiva(head: bytes) -> bool:
    """Return whether content is an export of Factiva, tagged or as displayed."""
    text = head.decode("utf-8", errors="ignore")
    tags = set(_TAGS.findall(text))
    if len(tags) >= _MIN_TAGS and "HD" in tags and tags & {"PD", "LP", "SN"}:
        return True
    return _is_displayed(text.splitlines())


def _is_displayed(lines: list[str]) -> bool:
    """Whether there is a line `120 words` with the date below it."""
    filled = [line.strip() for line in lines if line.strip()]
    return any(
        WORDS_LINE.fullmatch(line)
        and number > 0
        and any(parse_day_line(one) for one in filled[number + 1 : number + _LINES_TO_DATE])
        for number, line in enumerate(filled)
    )


def read_factiva(
    stream: IO[bytes], name: str, *, head: bytes = b"", limit: int = MAX_ARTICLE_BYTES
) -> SourceItems:
    """Yield a record for each article, and a rejection for text that is no article.

    `head` is what was already read from the stream.
    """
    for piece in read_pieces(stream, name, head=head, boundaries=_BOUNDARIES, limit=limit):
        if isinstance(piece, Piece):
            yield from _read_lines(piece.text.splitlines(), piece.where, are_paragraphs=False)
        else:
            yield piece


def read_factiva_paragraphs(paragraphs: Sequence[str], name: str) -> SourceItems:
    """Yield a record for each article of a document whose paragraphs are given, one text each."""
    lines: list[str] = []
    start = 1
    for number, line in enumerate(paragraphs, start=1):
        lines.append(line)
        if DOCUMENT_LINE.fullmatch(line.strip()):
            yield from _read_lines(lines, f"{name}:{start}", are_paragraphs=True)
            lines, start = [], number + 1
    yield from _read_lines(lines, f"{name}:{start}", are_paragraphs=True)


def _read_lines(lines: list[str], where: str, *, are_paragraphs: bool) -> SourceItems:
    if not any(line.strip() for line in lines):
        return
    articles = parse_articles(lines, are_paragraphs=are_paragraphs)
    for article in articles:
        yield RawRecord(where=where, raw="\n".join(article.lines), values=article.values)
    if not articles and not is_closing(lines):
        reason = "no article of Factiva: it has neither a tag HD nor a line with the count of words"
        yield Rejection(where=where, reason=reason)


def is_closing(lines: list[str]) -> bool:
    """Return whether these are the lines below the last article: the search and its copyright."""
    text = " ".join(lines)
    return "Factiva" in text or "Dow Jones" in text or "Search Summary" in text
