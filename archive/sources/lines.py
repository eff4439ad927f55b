"""Numbered lines of bytes, none of them longer than an article may be.

Responsibility: read lines in bounded memory.
Decision: a line that is too long is skipped to its end and reported, never held in memory.
Must not depend on: file formats.
"""

from collections.abc import Iterator
from typing import IO

from archive.limits import MAX_ARTICLE_BYTES

_BOM = b"\xef\xbb\xbf"

TOO_LONG = f"longer than {MAX_ARTICLE_BYTES // 1024 // 1024} MiB, the limit for an article"


def read_lines(
    stream: IO[bytes], head: bytes = b"", *, limit: int = MAX_ARTICLE_BYTES
) -> Iterator[tuple[int, bytes | None]]:
    """Yield (number from 1, line with its newline); None for a line longer than `limit` bytes.

    `head` is what was already read from the stream; a byte order mark is dropped.
    """
    number, head = 0, head.removeprefix(_BOM)
    while True:
        line, head = _read_line(stream, head, limit)
        if not line:
            return
        number += 1
        if number == 1:
            line = line.removeprefix(_BOM)
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        else:
            yield number, line


def _read_line(stream: IO[bytes], head: bytes, limit: int) -> tuple[bytes, bytes]:
    """The next line, from the head first, and what remains of the head."""
    if head:
        end = head.find(b"\n") + 1
        if end:
            return head[:end], head[end:]
        return head + stream.readline(max(1, limit + 1 - len(head))), b""
    return stream.readline(limit + 1), b""
