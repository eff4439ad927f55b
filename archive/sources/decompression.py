"""Opening: a file as a stream of bytes, decompressed by its ending.

Decision: a stream that is cut off is an error, whatever the library says of it.
Must not know what the bytes mean.
"""

import gzip
import io
import lzma
import zlib
from pathlib import Path
from typing import IO, Any

COMPRESSED = frozenset({".gz", ".xz", ".zst"})
DAMAGED = (gzip.BadGzipFile, EOFError, lzma.LZMAError, zlib.error)

_CHUNK = 32 * 1024


def open_bytes(path: Path) -> IO[bytes]:
    """The file's bytes, decompressed where it ends in .gz, .xz or .zst; close it after use.

    Reading raises one of `DAMAGED` where the compressed bytes are damaged or cut off.
    """
    ending = path.suffix.lower()
    if ending == ".gz":
        return io.BufferedReader(gzip.open(path, "rb"))
    if ending == ".xz":
        return lzma.open(path, "rb")
    if ending == ".zst":
        return io.BufferedReader(_Zstandard(path), _CHUNK)
    return path.open("rb")


class _Zstandard(io.RawIOBase):
    """The frames of a zstandard file, one after another.

    The library's own reader ends without a word where a frame is cut off; this one raises.
    """

    def __init__(self, path: Path) -> None:
        import zstandard

        self._file = path.open("rb")
        self._library = zstandard
        self._frame: Any = None
        self._ready = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Close the file below too."""
        self._file.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer; 0 at the end.

        Raises:
            EOFError: A frame is damaged or cut off.
        """
        while not self._ready and self._advance():
            pass
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _advance(self) -> bool:
        """Decompress the next chunk; False at the end of the file."""
        left = self._frame.unused_data if self._frame and self._frame.eof else b""
        chunk = left or self._file.read(_CHUNK)
        if not chunk:
            if self._frame and not self._frame.eof:
                raise EOFError("the zstandard file is cut off")
            return False
        if self._frame is None or self._frame.eof:
            self._frame = self._library.ZstdDecompressor().decompressobj()
        try:
            self._ready = self._frame.decompress(chunk)
        except self._library.ZstdError as error:
            raise EOFError(f"the zstandard file is damaged ({error})") from error
        return True
