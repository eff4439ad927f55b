"""WARC: pages that a web archive captured.

Responsibility: recognise WARC and ARC, and turn each captured HTML page into a record.
Decision: warcio reads the records, compressed or not. What is no page - requests, pictures, pages
that the server refused, revisits - is counted in one remark.
Must not depend on: how the article of a page is found.
"""

import io
import re
from collections import Counter
from typing import IO, Any

from archive.formats.web.pages import read_content
from archive.ingest_types import Rejection, Remark, SourceItems
from archive.limits import MAX_ARTICLE_BYTES

_BEGINS = re.compile(rb"\s*(?:WARC/\d|filedesc://)")
_HTML = re.compile(r"(?:text/html|application/xhtml\+xml)\b", re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_PAGE_TYPES = ("response", "resource", "conversion")
_CHUNK = 64 * 1024
_SECONDS = re.compile(r"\.\d+(?=Z$)")


def is_warc(head: bytes) -> bool:
    """Return whether content is WARC or ARC, decompressed."""
    return bool(_BEGINS.match(head))


def read_warc(stream: IO[bytes], name: str, *, head: bytes = b"") -> SourceItems:
    """Yield the record of each HTML page; `where` is the number of its record in the file.

    A damaged or truncated file gives a rejection where it breaks off, and the pages before it.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    joined = io.BufferedReader(_Joined(head, stream))
    skipped: Counter[str] = Counter()
    number, has_page = 1, False
    try:
        for record in ArchiveIterator(joined, arc2warc=True):
            for item in _read_record(record, f"{name}#{number}", skipped):
                has_page = True
                yield item
            number += 1
    except (
        ArchiveLoadFailed,
        AttributeError,
        EOFError,
        OSError,
        OverflowError,
        ValueError,
    ) as error:
        has_page = True
        reason = f"the WARC file is damaged or truncated here ({_explain(error)})"
        yield Rejection(where=f"{name}#{number}", reason=f"{reason}; the rest was not read")
    described = ", ".join(f"{count} {kind}" for kind, count in skipped.most_common())
    if not has_page:
        found = described or "no record"
        yield Rejection(where=name, reason=f"a WARC file without an HTML page: {found}")
    elif described:
        yield Remark(code="skipped-records", where=name, value=described)


def _read_record(record: Any, where: str, skipped: Counter[str]) -> SourceItems:
    if kind := _find_other_kind(record):
        _require_whole(record)
        skipped[kind] += 1
        return
    try:
        content = record.content_stream().read(MAX_ARTICLE_BYTES + 1)
    except AttributeError:  # of a decompressor that warcio looks for in vain
        coding = str(record.http_headers.get_header("Content-Encoding"))[:40]
        yield Rejection(
            where=where, reason=f"the page is compressed as {coding}, which is not read"
        )
        return
    if len(content) > MAX_ARTICLE_BYTES:
        reason = f"longer than {MAX_ARTICLE_BYTES // 1024 // 1024} MiB, the limit for an article"
        yield Rejection(where=where, reason=reason)
        return
    _require_whole(record)
    charset = _CHARSET.search(_get_content_type(record))
    yield from read_content(
        content,
        where,
        url=(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> "),
        captured=_SECONDS.sub("", record.rec_headers.get_header("WARC-Date") or ""),
        charset=charset[1] if charset else "",
    )


def _require_whole(record: Any) -> None:
    """Read a record to its end; raise `EOFError` if the file ends before it does."""
    while record.raw_stream.read(_CHUNK):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError("a record is shorter than it states")


def _find_other_kind(record: Any) -> str:
    """What a record is if it is no captured page; empty for a page."""
    if record.rec_type not in _PAGE_TYPES:
        return str(record.rec_type or "record of an unknown type")
    content_type = _get_content_type(record)
    if not _HTML.match(content_type):
        return content_type.partition(";")[0].strip().lower()[:40] or "record of an unknown type"
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    return "" if status == "200" else f"page with status {status[:3]}"


def _get_content_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "").strip()


def _explain(error: BaseException) -> str:
    if isinstance(error, AttributeError):  # warcio takes for granted that there is one
        return "a record of a page has no WARC-Target-URI"
    return " ".join(str(error).split())[:200] or type(error).__name__


class _Joined(io.RawIOBase):
    """A stream with what was already read from it in front."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer and return the number of bytes; 0 at the end."""
        chunk = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(chunk) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)
