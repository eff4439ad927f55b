"""Opening what a person names: a file, a pipe or standard input.

Responsibility: open it as a stream of bytes that never waits without end.
Decision: a pipe that sends nothing is refused after some seconds, but standard input is waited for:
a person who writes `-` sees what it waits for. Devices are refused, since many have no end.
Must not depend on: what the bytes mean.
"""

import errno
import io
import os
import select
import stat
import sys
from pathlib import Path
from typing import IO, Any, cast

from archive.limits import IDLE_SECONDS
from archive.sources.opening.decompression import Budget

STANDARD_INPUT = Path("-")

_UNREADABLE = (
    (stat.S_ISSOCK, "it is a socket"),
    (stat.S_ISCHR, "it is a device"),
    (stat.S_ISBLK, "it is a device"),
    (stat.S_ISDIR, "it is a folder"),
)


def open_stream(path: Path, budget: Budget) -> IO[bytes]:
    """Open a path, or standard input if it is `-`; the caller closes the stream.

    What is there to read is added to `budget.taken`, at once or as it arrives.

    Raises:
        OSError: It cannot be opened, or is a socket or a device. Reading raises TimeoutError if it
            is a pipe that sends nothing.
    """
    if path == STANDARD_INPUT:
        return io.BufferedReader(_StandardInput(budget))
    status = path.stat()
    mode = status.st_mode
    for is_kind, reason in _UNREADABLE:
        if is_kind(mode):
            raise OSError(errno.EINVAL, reason, str(path))
    if stat.S_ISFIFO(mode):
        return io.BufferedReader(_Pipe(path, budget))
    budget.taken += status.st_size
    return path.open("rb")


class _StandardInput(io.RawIOBase):
    """Standard input, which stays open when this is closed."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = cast("io.BufferedReader", sys.stdin.buffer).read1(len(buffer))
        self._budget.taken += len(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)


class _Pipe(io.RawIOBase):
    """A named pipe. Opening it does not wait for a writer, and reading not for ever."""

    def __init__(self, path: Path, budget: Budget) -> None:
        self._budget = budget
        self._descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        ready, _, _ = select.select([self._descriptor], [], [], IDLE_SECONDS)
        if not ready:
            reason = (
                f"it is a pipe that sent nothing for {IDLE_SECONDS:.0f} seconds; - waits longer"
            )
            raise TimeoutError(errno.ETIMEDOUT, reason)
        chunk = os.read(self._descriptor, len(buffer))
        self._budget.taken += len(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        if not self.closed:
            os.close(self._descriptor)
        super().close()
