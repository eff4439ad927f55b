"""Lines: numbered lines of bytes, none of them longer than an article may be.

Decision: a line too long is skipped to its end and reported, and never held in memory whole.
Must not know formats.
"""

from collections.abc import Iterator
from typing import IO

from archive.sources.records import MOST_BYTES

_SNIFFED = 4096
# The share of control bytes above which a file is no text: evenly spread bytes have 10 %.
_MOST_CONTROLS = 0.05
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1a\x1b")
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"\xfd7zXZ", b"GIF8")
_BOM = b"\xef\xbb\xbf"

TOO_LONG = f"longer than {MOST_BYTES // 1024 // 1024} MiB, which no article is"


def numbered_lines(
    stream: IO[bytes], first: bytes = b"", *, most: int = MOST_BYTES
) -> Iterator[tuple[int, bytes | None]]:
    """(number from 1, line with its newline), or None for a line longer than `most` bytes.

    `first` is what was read from the stream before; a byte order mark is dropped.
    """
    number, ahead = 0, first.removeprefix(_BOM) if first else b""
    while True:
        line, ahead = _one_line(stream, ahead, most)
        if not line:
            return
        number += 1
        if number == 1:
            line = line.removeprefix(_BOM)
        if len(line) > most and not line.endswith(b"\n"):
            while (rest := stream.readline(most)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        else:
            yield number, line


def _one_line(stream: IO[bytes], ahead: bytes, most: int) -> tuple[bytes, bytes]:
    if ahead:
        end = ahead.find(b"\n") + 1
        if end:
            return ahead[:end], ahead[end:]
        return ahead + stream.readline(max(1, most + 1 - len(ahead))), b""
    return stream.readline(most + 1), b""


def sniff(stream: IO[bytes]) -> bytes:
    """The stream's first bytes, up to 4 kB, taken from it."""
    found = b""
    while len(found) < _SNIFFED and (more := stream.read(_SNIFFED - len(found))):
        found += more
    return found


def is_binary(head: bytes) -> bool:
    """Whether these first bytes are of no text file."""
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
    return head.startswith(_MAGIC) or controls > _MOST_CONTROLS * len(head)


def decode_leniently(line: bytes) -> str:
    """UTF-8, else Windows-1252, else Latin-1: old wire files have a few such bytes."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")
