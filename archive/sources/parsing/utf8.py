"""UTF-8: a text file of any encoding as a stream of UTF-8 with newlines.

Responsibility: convert the encoding and the line ends of a text while it is read.
Decision: each chunk of whole lines is read as UTF-8 if it is, else in the encoding of the first
chunk that was not. So a guess is only made of bytes that need one, however late they come.
Must not depend on: what the text says.
"""

import codecs
import io
from collections.abc import Callable
from typing import IO, Any

from archive.ingest_types import Rejection, Remark, SourceItems
from archive.limits import MAX_ARTICLE_BYTES
from archive.sources.encodings import (
    UnknownEncodingError,
    decode_text,
    find_encoding,
)

_CHUNK = 256 * 1024
_MAX_BAD_LINES = 0.1
_WIDE = ("utf-16", "utf-32")


def read_utf8(
    read: Callable[[IO[bytes], str], SourceItems],
    stream: IO[bytes],
    name: str,
    *,
    head: bytes = b"",
    declared: str = "",
) -> SourceItems:
    """Yield the items that `read` finds in the stream as UTF-8, and a remark on a guess.

    `head` is what was already read from the stream. Where the encoding is not clear, a rejection
    ends the items.
    """
    text = Utf8Stream(stream, head, declared=declared)
    try:
        yield from read(io.BufferedReader(text, _CHUNK), name)
    except UnknownEncodingError as error:
        yield Rejection(where=name, reason=str(error))
    if text.guessed:
        yield Remark(code="encoding-guessed", where=name, value=text.guessed)


class Utf8Stream(io.RawIOBase):
    """A stream as UTF-8 without a byte order mark, with newlines where lines end in `CR` alone.

    Attributes:
        guessed: The name of the encoding that was guessed; empty if none was.
    """

    def __init__(self, stream: IO[bytes], head: bytes = b"", *, declared: str = "") -> None:
        # One read of what is there, so that damage further on does not cost it.
        self._read_some = getattr(stream, "read1", stream.read)
        self._rest = head
        self._declared = declared
        self._decoder: codecs.IncrementalDecoder | None = None
        self._is_first = True
        self._failure: Exception | None = None
        self._has_lone_returns = False
        self._ready = memoryview(b"")
        self.guessed = ""

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer and return the number of bytes; 0 at the end.

        Raises:
            UnknownEncodingError: The encoding is not clear.
        """
        while not self._ready:
            chunk = self._read_chunk()
            if not chunk and not self._decoder:
                return 0
            self._ready = memoryview(self._convert(chunk))
            if not chunk:
                self._decoder = None
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _read_chunk(self) -> bytes:
        """The next bytes, to the end of a line or of a letter if one ends in them.

        What fails is raised once everything before it was read.
        """
        if self._failure:
            raise self._failure
        chunk, self._rest = self._rest, b""
        while len(chunk) < MAX_ARTICLE_BYTES:
            try:
                more = self._read_some(_CHUNK)
            except Exception as error:
                if not chunk:
                    raise
                self._failure = error
                return chunk
            chunk += more
            end = len(chunk) if not more else _find_end(chunk)
            if end or not more:
                chunk, self._rest = chunk[:end], chunk[end:]
                break
        return chunk

    def _convert(self, chunk: bytes) -> bytes:
        if self._is_first:
            self._begin(chunk)
        if self._decoder:
            converted = self._decoder.decode(chunk, final=not chunk).encode(errors="replace")
        else:
            converted = self._convert_lines(chunk)
        if self._is_first:
            converted = converted.removeprefix(codecs.BOM_UTF8)
            self._has_lone_returns = b"\r" in converted and b"\n" not in converted
            self._is_first = False
        return converted.replace(b"\r", b"\n") if self._has_lone_returns else converted

    def _begin(self, chunk: bytes) -> None:
        """Convert all of a text in UTF-16 or UTF-32 by one decoder: its lines are not bytes."""
        if b"\0" in chunk[:64]:
            encoding, _ = find_encoding(chunk[: len(chunk) // 4 * 4], declared=self._declared)
            if encoding.startswith(_WIDE):
                self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def _convert_lines(self, chunk: bytes) -> bytes:
        if not self._declared and b"\x1b$" not in chunk and _is_utf8(chunk):
            return chunk
        try:
            decoded = decode_text(chunk, declared=self._declared or self.guessed)
        except UnknownEncodingError:
            if _has_few_bad_lines(chunk):
                self.guessed = self.guessed or "utf-8"
                return chunk
            raise
        if decoded.is_guessed:
            self.guessed = self.guessed or decoded.encoding
        return decoded.text.encode(errors="replace")


def _find_end(chunk: bytes) -> int:
    """Where the last line of the bytes ends, or the last letter of UTF-8; 0 if neither does."""
    if b"\0" in chunk[:64]:
        return len(chunk)
    if end := chunk.rfind(b"\n") + 1:
        return end
    try:
        return codecs.utf_8_decode(chunk, "strict", False)[1]
    except UnicodeDecodeError:
        return 0


def _has_few_bad_lines(chunk: bytes) -> bool:
    """Whether the text is UTF-8 but for single lines, each of which costs only itself."""
    lines = chunk.splitlines()
    bad = sum(not _is_utf8(line) for line in lines)
    return bad <= _MAX_BAD_LINES * len(lines)


def _is_utf8(chunk: bytes) -> bool:
    try:
        chunk.decode()
    except UnicodeDecodeError:
        return False
    return True
