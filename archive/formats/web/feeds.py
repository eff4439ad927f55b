"""Feeds: RSS, Atom, RDF and the exports of WordPress.

Responsibility: recognise a feed, and turn each of its entries into a record.
Decision: feedparser reads every version and damaged feeds too; it is given bytes, never an address.
A long feed is given to it in parts, each with the head of the feed, so that memory is bounded.
Must not depend on: the network.
"""

import codecs
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import IO

from archive.formats.web.entries import FeedDefaults, SkippedEntryError, map_entry, read_defaults
from archive.formats.xml.parsing import decode_head, find_root
from archive.ingest_types import RawRecord, Rejection, Remark, SourceItems
from archive.limits import MAX_ARTICLE_BYTES
from archive.sources.encodings import UnknownEncodingError, find_encoding, name_encoding

_PART_BYTES = 256 * 1024
"""Feeds up to this are parsed at once, longer ones in such parts."""
_ENTRY = re.compile(rb"<(?:item|entry)[\s>]")
_ENTRY_END = re.compile(rb"</(?:item|entry)\s*>")
_ROOT_END = re.compile(
    rb"</(?:rss|(?:\w+:)?feed|(?:\w+:)?RDF)\s*>\s*(?:<!--.{0,2000})?\Z", re.I | re.S
)
_ROOT = re.compile(rb"<((?:\w+:)?(?:rss|feed|RDF))[\s>]", re.I)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)""")
_RDF_FEED = re.compile(r"purl\.org/rss/1\.0|my\.netscape\.com/rdf")
_ENTRY_BYTES_SEEN = 4096


class _BrokenFeedError(ValueError):
    """The feed cannot be divided; the message says why."""


def is_feed(head: bytes) -> bool:
    """Return whether content is RSS, Atom or RDF with a channel."""
    root = find_root(head).casefold()
    if root == "rdf":
        return bool(_RDF_FEED.search(decode_head(head)))
    return root == "rss" or (root == "feed" and "atom" in decode_head(head).casefold())


def read_feed(stream: IO[bytes], name: str, *, head: bytes = b"") -> SourceItems:
    """Yield a record for each entry; `where` is its number in the feed.

    Of a feed that breaks off the entries are read, and a rejection says so. Entries of WordPress
    that are no articles, such as pictures, are counted in one remark.
    """
    data = head + stream.read(max(0, _PART_BYTES - len(head)))
    declared = _DECLARED.search(data, 0, 200)
    try:
        encoding, is_guessed = find_encoding(
            data, declared=declared[1].decode() if declared else ""
        )
    except UnknownEncodingError as error:
        yield Rejection(where=name, reason=str(error))
        return
    if is_guessed:
        yield Remark(code="encoding-guessed", where=name, value=name_encoding(encoding))
    reading = _Feed(name)
    try:
        for part in _split(_recode(data, stream, encoding)):
            yield from reading.read_part(part)
    except _BrokenFeedError as error:
        yield Rejection(where=f"{name}#{reading.count + 1}", reason=str(error))
        return
    yield from reading.finish()


class _Feed:
    """Reads the parts of one feed."""

    def __init__(self, name: str) -> None:
        self.count = 0
        self._name = name
        self._skipped: Counter[str] = Counter()
        self._defaults: FeedDefaults | None = None
        self._end = b""

    def read_part(self, part: bytes) -> SourceItems:
        """Yield the records of a part, which is a feed with some of the entries."""
        import feedparser

        parsed = feedparser.parse(
            io.BytesIO(part),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        self._end = part[-_ENTRY_BYTES_SEEN:]
        if self._defaults is None:
            self._defaults = read_defaults(parsed.feed, part)
        for entry in parsed.entries:
            self.count += 1
            try:
                values = map_entry(entry, self._defaults)
            except SkippedEntryError as error:
                self._skipped[str(error)] += 1
                continue
            raw = _describe(entry)
            yield RawRecord(where=f"{self._name}#{self.count}", raw=raw, values=values)

    def finish(self) -> SourceItems:
        """Yield what is to be said about the whole feed."""
        if not self.count:
            reason = "the feed has no entries, or is damaged so much that none can be read"
            yield Rejection(where=self._name, reason=reason)
        elif not _ROOT_END.search(self._end):
            reason = "the feed breaks off here; its last entry may be incomplete"
            yield Rejection(where=f"{self._name}#{self.count}", reason=reason)
        if self._skipped:
            described = ", ".join(f"{count} {kind}" for kind, count in self._skipped.items())
            yield Remark(code="skipped-records", where=self._name, value=described)


def _recode(data: bytes, stream: IO[bytes], encoding: str) -> Iterator[bytes]:
    """The feed in UTF-8, in chunks."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    chunk = data
    while chunk:
        yield decoder.decode(chunk).encode("utf-8", errors="replace")
        chunk = stream.read(_PART_BYTES)
    yield decoder.decode(b"", final=True).encode("utf-8", errors="replace")


def _split(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The feed, or parts of a long one that are feeds themselves."""
    buffer, chunk = next(chunks, b""), next(chunks, b"")
    first, root = _ENTRY.search(buffer), _ROOT.search(buffer)
    if not chunk or not first or not root:
        rest = b"".join(_limit(chunks, len(buffer) + len(chunk)))
        yield buffer + chunk + rest
        return
    opening = buffer[: first.start()]
    channel = b"</channel>" if b"<channel" in opening and b"</channel" not in opening else b""
    closing = channel + b"</" + root[1] + b">"
    buffer = buffer[first.start() :] + chunk
    while True:
        ends = [match.end() for match in _ENTRY_END.finditer(buffer)]
        chunk = next(chunks, b"")
        if not chunk:
            yield opening + buffer
            return
        if ends:
            yield opening + buffer[: ends[-1]] + closing
            buffer = buffer[ends[-1] :]
        elif len(buffer) > MAX_ARTICLE_BYTES:
            raise _BrokenFeedError("an entry is longer than 32 MiB, the limit for an article")
        buffer += chunk


def _limit(chunks: Iterator[bytes], size: int) -> Iterator[bytes]:
    for chunk in chunks:
        size += len(chunk)
        if size > MAX_ARTICLE_BYTES:
            raise _BrokenFeedError("no entry begins in the first 32 MiB of the feed")
        yield chunk


def _describe(entry: object) -> str:
    """The entry as JSON, with what feedparser found in it."""
    import json

    return json.dumps(entry, ensure_ascii=False, default=str)
