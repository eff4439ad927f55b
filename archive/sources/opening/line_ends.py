"""Lines that end with a carriage return alone, as old Macs and some exports wrote them.

Responsibility: give every reader of text the line ends that it knows.
Decision: only if the first bytes of a text have returns and no newline, so that no other file is
changed; a PDF is left alone, since it names positions in its own bytes.
Must not depend on: any format but PDF.
"""

import codecs
import io
from typing import IO, Any

_CHUNK = 64 * 1024


def translate_line_ends(stream: IO[bytes], head: bytes) -> tuple[IO[bytes], bytes]:
    """Return a stream and what was already read from it, with newlines if it has only returns."""
    if b"\r" not in head or b"\n" in head or b"\0" in head or head.startswith(b"%PDF-"):
        return stream, head
    # Latin-1 maps each byte to one character and back.
    decoder = io.IncrementalNewlineDecoder(
        codecs.getincrementaldecoder("latin-1")(), translate=True
    )
    first = decoder.decode(head).encode("latin-1")
    return io.BufferedReader(_Translated(stream, decoder)), first


class _Translated(io.RawIOBase):
    """A stream with the line ends that a decoder makes of its own."""

    def __init__(self, stream: IO[bytes], decoder: io.IncrementalNewlineDecoder) -> None:
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
            self._buffered = text.encode("latin-1")
        size = min(len(buffer), len(self._buffered))
        buffer[:size], self._buffered = self._buffered[:size], self._buffered[size:]
        return size
