"""Wire text: the articles of a plain text file, separated by `NNNN`, form feeds or lines of `=`.

Responsibility: split a text file into the texts of its articles.
Decision: the text between two separators is kept complete; `archive.wire` interprets it.
Must not depend on: headlines or datelines.
"""

import re
from typing import IO

from archive.ingest_types import IngestOptions, RawText, Rejection, SourceItems
from archive.limits import MAX_ARTICLE_BYTES, MAX_ARTICLE_LINES, LimitError
from archive.sources.lines import TOO_LONG, read_lines
from archive.sources.parsing.utf8 import read_utf8

_NO_OPTIONS = IngestOptions()
_SEPARATOR = re.compile(rb"\s*(?:NNNN|={8,})\s*")


def read_wire_text(
    stream: IO[bytes],
    name: str,
    *,
    head: bytes = b"",
    options: IngestOptions = _NO_OPTIONS,
    limit: int = MAX_ARTICLE_BYTES,
) -> SourceItems:
    """Yield the text of each article that is not blank.

    `head` is what was already read from the stream. An article longer than `limit` bytes is
    rejected.
    """

    def read(text: IO[bytes], name: str) -> SourceItems:
        return _split(text, name, limit)

    return read_utf8(read, stream, name, head=head, declared=options.encoding)


def _split(stream: IO[bytes], name: str, limit: int) -> SourceItems:
    article = _ArticleLines(name, limit)
    for number, line in read_lines(stream, limit=limit):
        if line is None:
            article.reject(number)
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


class _ArticleLines:
    """Collects the lines of one article, at most `limit` bytes."""

    def __init__(self, name: str, limit: int) -> None:
        self._name = name
        self._limit = limit
        self._reset()

    def _reset(self) -> None:
        self._lines: list[bytes] = []
        self._size = 0
        self._count = 0
        self._start = 0
        self._rejected = False

    def add(self, line: bytes, number: int) -> None:
        """Add a line; blank lines before the article are skipped.

        Raises:
            LimitError: These are more lines than any article has.
        """
        self._count += 1
        if self._count > MAX_ARTICLE_LINES:
            raise LimitError(f"more than {MAX_ARTICLE_LINES:,} lines in one article")
        if not self._start:
            if not line.strip():
                return
            self._start = number
        self._size += len(line)
        if self._size > self._limit:
            self.reject(number)
        elif not self._rejected:
            self._lines.append(line)

    def reject(self, number: int) -> None:
        """Drop this article's lines; `finish` reports it."""
        self._start = self._start or number
        self._rejected = True
        self._lines.clear()

    def finish(self) -> SourceItems:
        """Yield the article or its rejection, or nothing if it is blank; begin the next one."""
        where = f"{self._name}:{self._start}"
        if self._rejected:
            yield Rejection(where=where, reason=TOO_LONG)
        elif self._lines:
            yield RawText(where=where, raw=b"".join(self._lines).decode(errors="replace"))
        self._reset()
