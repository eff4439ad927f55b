"""Decompression: the bytes of gzip, bzip2, xz and zstandard streams.

Responsibility: recognise a compression by its first bytes, and decompress in bounded memory.
Decision: everything before a damage is delivered, down to the last byte that can be recovered; only
then is the damage an error. A stream that expands beyond measure is an error too.
Must not depend on: what the bytes mean.
"""

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import IO, Any, NamedTuple

from archive.limits import FREE_EXPANSION, MAX_EXPANSION

MAGIC_BYTES = 10

_CHUNK = 1024
"""Bytes that are fed to a decoder at once, and lost with a damage."""
_OUTPUT = 256 * 1024
_XZ_MEMORY = 256 * 1024 * 1024
_WINDOW = 128 * 1024 * 1024


class DecompressionError(OSError):
    """The compressed bytes are damaged, truncated, or expand beyond measure."""


class _Compression(NamedTuple):
    """How to recognise and decompress one kind."""

    name: str
    magic: bytes
    create: Callable[[], Any]
    has_limit: bool = True


def _create_zstandard() -> Any:
    import zstandard

    return zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()


# zstandard cannot limit its output, but a byte of input gives at most 32 KiB.
_COMPRESSIONS = (
    _Compression("gzip", b"\x1f\x8b\x08", lambda: zlib.decompressobj(31)),
    _Compression("bzip2", b"BZh", bz2.BZ2Decompressor),
    _Compression("xz", b"\xfd7zXZ\0", lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY)),
    _Compression("zstandard", b"\x28\xb5\x2f\xfd", _create_zstandard, has_limit=False),
)


class Budget:
    """How much one file may expand to, with everything that is packed in what is packed in it.

    Attributes:
        taken: Bytes of the file itself that were read so far.
    """

    def __init__(self, taken: int = 0) -> None:
        self.taken = taken
        self._given = 0

    def give(self, count: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            DecompressionError: The file has expanded beyond measure.
        """
        self._given += count
        if self._given > FREE_EXPANSION + MAX_EXPANSION * self.taken:
            raise DecompressionError(f"it expands to more than {MAX_EXPANSION} times its size")


def decompress(stream: IO[bytes], head: bytes, budget: Budget) -> "IO[bytes] | None":
    """Return the decompressed stream; None if it is not compressed.

    `head` is what was already read from the stream, at least `MAGIC_BYTES` if there are as many.
    Reading raises `DecompressionError` where the compressed bytes are damaged.
    """
    for compression in _COMPRESSIONS:
        is_it = head.startswith(compression.magic)
        if is_it and (compression.name != "bzip2" or head[4:10] in (b"1AY&SY", b"\x17rE8P\x90")):
            return SteadyReader(_Decompressor(stream, head, compression, budget))
    return None


class SteadyReader(io.BufferedReader):
    """Returns what is there before the next error, rather than losing it to the error."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return at most `size` bytes, which can be fewer before the end; b"" at the end."""
        if size is None or size < 0:
            return super().read(size)
        return self.read1(size)


class _Decompressor(io.RawIOBase):
    """The decompressed bytes of the streams in a file, one after another."""

    def __init__(
        self, source: IO[bytes], head: bytes, compression: _Compression, budget: Budget
    ) -> None:
        self._source = source
        self._compression = compression
        self._input = head
        self._decoder: Any = None
        self._output = b""
        self._budget = budget
        self._failure = ""

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer and return the number of bytes; 0 at the end.

        Raises:
            DecompressionError: What follows is damaged, missing or too much.
        """
        while not self._output:
            if self._failure:
                raise DecompressionError(f"{self._compression.name}: {self._failure}")
            if not self._advance():
                return 0
        size = min(len(buffer), len(self._output))
        buffer[:size], self._output = self._output[:size], self._output[size:]
        return size

    def _advance(self) -> bool:
        """Decompress some more; return False at the end."""
        is_ended = not self._fill()
        if self._decoder is None:
            self._input = self._input.lstrip(b"\0")  # padding between streams
            if not self._input:
                return not is_ended
            self._decoder = self._compression.create()
        try:
            self._output = self._decode()
        except Exception as error:  # each library has errors of its own
            self._failure = f"damaged ({error})"
            return True
        self._budget.give(len(self._output))
        if is_ended and self._decoder and not self._output:
            self._failure = "truncated"
        return True

    def _fill(self) -> bool:
        """Read more if nothing is left to decompress; return False if there is no more."""
        if self._input or not getattr(self._decoder, "needs_input", True):
            return True
        self._input = self._source.read(_CHUNK)
        return bool(self._input)

    def _decode(self) -> bytes:
        """The next output of the decoder; at its end, what follows is kept for the next one."""
        limit = (_OUTPUT,) if self._compression.has_limit else ()
        output: bytes = self._decoder.decompress(self._input, *limit)
        self._input = getattr(self._decoder, "unconsumed_tail", b"")
        if self._decoder.eof:
            self._input = self._decoder.unused_data
            self._decoder = None
        return output
