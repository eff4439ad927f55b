"""Opening a file as a stream of bytes, decompressed if its suffix says so.

Responsibility: read plain, gzip, xz and zstandard files alike.
Decision: a truncated stream is an error, even where the library does not report it.
Must not depend on: what the bytes mean.
"""

import gzip
import io
import lzma
import zlib
from pathlib import Path
from typing import IO, Any

COMPRESSED_SUFFIXES = frozenset({".gz", ".xz", ".zst"})
DECOMPRESSION_ERRORS = (gzip.BadGzipFile, EOFError, lzma.LZMAError, zlib.error)

_CHUNK = 32 * 1024


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file, decompressed if its suffix is .gz, .xz or .zst; the caller closes it.

    Reading raises one of `DECOMPRESSION_ERRORS` if the compressed bytes are damaged or truncated.
    """
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return io.BufferedReader(gzip.open(path, "rb"))
    if suffix == ".xz":
        return lzma.open(path, "rb")
    if suffix == ".zst":
        return io.BufferedReader(_ZstandardReader(path), _CHUNK)
    return path.open("rb")


class _ZstandardReader(io.RawIOBase):
    """Reads the frames of a zstandard file, one after another.

    The library's own reader ends silently at a truncated frame; this one raises.
    """

    def __init__(self, path: Path) -> None:
        import zstandard

        self._file = path.open("rb")
        self._library = zstandard
        self._frame: Any = None
        self._buffered = b""

    def readable(self) -> bool:
        """Return True."""
        return True

    def close(self) -> None:
        """Close the file as well."""
        self._file.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer and return the number of bytes; 0 at the end.

        Raises:
            EOFError: A frame is damaged or truncated.
        """
        while not self._buffered and self._decompress_next():
            pass
        size = min(len(buffer), len(self._buffered))
        buffer[:size], self._buffered = self._buffered[:size], self._buffered[size:]
        return size

    def _decompress_next(self) -> bool:
        """Decompress the next chunk; return False at the end of the file."""
        unused = self._frame.unused_data if self._frame and self._frame.eof else b""
        chunk = unused or self._file.read(_CHUNK)
        if not chunk:
            if self._frame and not self._frame.eof:
                raise EOFError("the zstandard file is truncated")
            return False
        if self._frame is None or self._frame.eof:
            self._frame = self._library.ZstdDecompressor().decompressobj()
        try:
            self._buffered = self._frame.decompress(chunk)
        except self._library.ZstdError as error:
            raise EOFError(f"the zstandard file is damaged ({error})") from error
        return True
