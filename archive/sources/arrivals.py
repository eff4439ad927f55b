"""Arrivals: the files of watched folders that are new and complete.

Responsibility: look at folders again and again, and say which files are ready to be read.
Decision: a file is complete once its size and time have stayed the same for two seconds; this needs
no library and works on network drives too. The archive says what was read before.
Must not depend on: the content of a file, or a clock of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from archive.ingest_types import FileKind, FoundFile, Rejection
from archive.sources.discovery import make_file_key, walk_folder

SETTLING_SECONDS = 2.0
"""Twice the interval of looking: a program that writes is seen to write at least once."""
_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".download", "~")
"""Ends of names that programs give to files until they are complete."""


class Arrived(NamedTuple):
    """What a look found.

    Attributes:
        files: Ready to be read, each once until it changes.
        problems: What cannot be read, each once until it goes away.
    """

    files: tuple[FoundFile, ...]
    problems: tuple[Rejection, ...]


class FolderArrivals:
    """The arrivals in folders. Memory grows by about 300 bytes for each file in them."""

    def __init__(self, folders: Sequence[Path], has_read: Callable[[bytes], bool]) -> None:
        """Watch folders; `has_read` says of the key of a file whether it was read before."""
        self._folders = tuple(folders)
        self._has_read = has_read
        self._done: dict[Path, bytes] = {}
        self._waiting: dict[Path, tuple[bytes, float]] = {}
        self._problems: dict[str, Rejection] = {}

    def look(self, now: float) -> Arrived:
        """Return the files that are ready at `now`, in seconds of a clock that never goes back."""
        files, problems = list[FoundFile](), dict[str, Rejection]()
        done, waiting = dict[Path, bytes](), dict[Path, tuple[bytes, float]]()
        for found in self._walk():
            if isinstance(found, Rejection):
                problems[found.where] = found
                continue
            path, key = found.path, _make_key(found.path)
            if key is None:
                continue
            if self._done.get(path) == key:
                done[path] = key
                continue
            seen, since = self._waiting.get(path, (b"", now))
            if seen != key:
                since = now
                if self._has_read(key):
                    done[path] = key
                    continue
            if now - since >= SETTLING_SECONDS:
                files.append(found)
                done[path] = key
            else:
                waiting[path] = key, since
        new = tuple(each for where, each in problems.items() if where not in self._problems)
        self._done, self._waiting, self._problems = done, waiting, problems
        return Arrived(tuple(files), new)

    def count_waiting(self) -> int:
        """Return how many files were not yet ready at the last look."""
        return len(self._waiting)

    def _walk(self) -> Iterator[FoundFile | Rejection]:
        for folder in self._folders:
            for found in walk_folder(folder):
                if not isinstance(found, FileKind):
                    yield found


def _make_key(path: Path) -> bytes | None:
    """The key of a file; None if it is gone, empty, or still has the name of an unfinished one."""
    if path.name.lower().endswith(_UNFINISHED):
        return None
    try:
        is_empty = path.stat().st_size == 0
    except OSError:
        return None
    return None if is_empty else make_file_key(path)
