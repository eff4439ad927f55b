"""The first bytes of a file, from which its kind is recognised.

Responsibility: read them, convert them to UTF-8 and tell text from other bytes.
Decision: UTF-16 and UTF-32 are converted before any test, so that each test knows only ASCII.
Must not depend on: any format.
"""

import codecs
from typing import IO, Protocol

HEAD_BYTES = 4096
# The share of control bytes above which a file is not text: random bytes have 10 %.
_MAX_CONTROL_SHARE = 0.05
# Also SOH, STX and ETX, which enclose the parts of wire messages.
_TEXT_CONTROLS = frozenset(b"\x01\x02\x03\t\n\r\f\x13\x16\x1a\x1b\x1e")
# UTF-32 first: its mark begins with that of UTF-16.
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
)
_SAMPLE = 64


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes; none at the end."""
        ...


def read_head(stream: IO[bytes]) -> bytes:
    """Read and return the stream's first bytes, up to 4 KiB."""
    return read_up_to(stream, HEAD_BYTES)


def read_up_to(stream: Readable, size: int) -> bytes:
    """Read and return `size` bytes, or all there are if that is fewer."""
    parts = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def normalize_head(head: bytes) -> bytes:
    """Return the first bytes of a text as UTF-8 without a byte order mark; other bytes as given."""
    for mark, encoding, width in _WIDE:
        if head.startswith(mark):
            return _convert(head.removeprefix(mark), encoding, width)
    if encoding := _find_wide_encoding(head[:_SAMPLE]):
        return _convert(head, encoding, 2)
    return head.removeprefix(codecs.BOM_UTF8)


def is_binary(head: bytes) -> bool:
    """Return whether a normalized head is not text."""
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
    return controls > _MAX_CONTROL_SHARE * len(head)


def _find_wide_encoding(sample: bytes) -> str:
    """UTF-16 without a byte order mark, if every second byte is zero; else empty."""
    even, odd = sample[0::2], sample[1::2]
    if len(odd) < 4:
        return ""
    if not any(odd) and all(even):
        return "utf-16-le"
    return "utf-16-be" if not any(even) and all(odd) else ""


def _convert(head: bytes, encoding: str, width: int) -> bytes:
    whole = head[: len(head) // width * width]
    return whole.decode(encoding, errors="ignore").encode("utf-8", errors="ignore")
