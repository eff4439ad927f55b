"""Text in UTF-16 and UTF-32, read as UTF-8.

Responsibility: recode a stream while it is read, so that readers can split its bytes into lines.
Decision: only encodings whose line ends are not single bytes are recoded; the others are decoded
where a text is complete.
Must not depend on: any format.
"""

import codecs
import io
from typing import IO, Any

from archive.sources.encodings import UnknownEncodingError, find_encoding

_WIDEST = 4
_CHUNK = 64 * 1024


def recode(stream: IO[bytes], head: bytes) -> tuple[IO[bytes], bytes]:
    """Return the stream and what was already read from it, as UTF-8 without a byte order mark.

    Bytes that are not valid in their encoding become replacement characters.
    """
    head = head.removeprefix(codecs.BOM_UTF8)
    if b"\0" not in head:
        return stream, head
    try:
        encoding, _ = find_encoding(head[: len(head) // _WIDEST * _WIDEST])
    except UnknownEncodingError:
        return stream, head
    if not encoding.startswith(("utf-16", "utf-32")):
        return stream, head
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    first = decoder.decode(head).removeprefix("\ufeff").encode("utf-8", "replace")
    return io.BufferedReader(_Recoded(stream, decoder)), first


class _Recoded(io.RawIOBase):
    """What a decoder makes of a stream, as UTF-8."""

    def __init__(self, stream: IO[bytes], decoder: codecs.IncrementalDecoder) -> None:
        self._stream = stream
        self._decoder = decoder
        self._buffered = b""
        self._is_over = False

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer and return the number of bytes; 0 at the end."""
        while not self._buffered and not self._is_over:
            chunk = self._stream.read(_CHUNK)
            self._is_over = not chunk
            text = self._decoder.decode(chunk, final=self._is_over)
            self._buffered = text.encode("utf-8", "replace")
        size = min(len(buffer), len(self._buffered))
        buffer[:size], self._buffered = self._buffered[:size], self._buffered[size:]
        return size
