"""Discovery: which files of a folder are read.

Responsibility: walk folders and consider every file.
Decision: nothing is passed over in silence. A file that is beside articles, such as a README, is
skipped by the name of its kind; any other file is read, or refused by the name of its kind.
Must not depend on: the content of an article.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG

from archive.ingest_types import FileKind, FoundFile, Rejection
from archive.sources.names import name_skipped, name_skipped_folder


def find_files(paths: Sequence[Path | FoundFile]) -> Iterator[FoundFile | FileKind | Rejection]:
    """Yield every file of the paths in order, those of a folder sorted by name.

    A file or folder that is skipped gives its kind; an empty folder, and one that may not be read,
    a rejection.
    """
    for path in paths:
        if isinstance(path, FoundFile):
            yield path
            continue
        if not path.is_dir():
            yield FoundFile(path=path, is_named=True)
            continue
        empty = True
        for file in walk_folder(path):
            empty = empty and isinstance(file, FileKind)
            yield file
        if empty:
            yield Rejection(where=str(path), reason="no files to read in this folder")


def walk_folder(folder: Path) -> Iterator[FoundFile | FileKind | Rejection]:
    """Yield every file in order, what is skipped, and a rejection for what may not be read."""
    failures: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=failures.append):
        entered = []
        for name in sorted(folders):
            path = Path(parent, name)
            if kind := name_skipped_folder(name) or ("linked folder" if path.is_symlink() else ""):
                yield _skip(path, kind)
            else:
                entered.append(name)
        folders[:] = entered
        # By stem: `rates.txt` was filed before `rates-update-1.txt`, although "-" sorts before ".".
        for name in sorted(names, key=lambda name: (name.split(".")[0], name)):
            yield _consider(Path(parent, name))
    for failure in failures:
        yield _reject_unreadable(Path(failure.filename), "folder", failure)


def make_file_key(path: Path) -> bytes | None:
    """Return 16 bytes that stay the same until the file is written again or moved; None if gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    state = f"{path.absolute()}\0{status.st_size}\0{status.st_mtime_ns}"
    return blake2b(state.encode(errors="surrogateescape"), digest_size=16).digest()


def read_day_written(path: Path) -> date | None:
    """Return the day, in UTC, on which a file was written last; None if it is gone."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    except (OSError, ValueError, OverflowError):
        return None


def _consider(path: Path) -> FoundFile | FileKind | Rejection:
    if kind := name_skipped(path.name):
        return _skip(path, kind)
    try:
        mode = path.stat().st_mode
        if not S_ISREG(mode):
            reason = "it is a pipe, a socket or a device; name it yourself to read it"
            return Rejection(where=str(path), reason=reason)
    except FileNotFoundError:
        reason = "it is a link to nothing" if path.is_symlink() else "it is gone"
        return Rejection(where=str(path), reason=reason)
    except OSError as error:
        return _reject_unreadable(path, "file", error)
    return FoundFile(path=path, is_named=False)


def _skip(path: Path, kind: str) -> FileKind:
    return FileKind(where=str(path), kind=kind, outcome="skipped")


def _reject_unreadable(path: Path, kind: str, error: OSError) -> Rejection:
    reason = f"cannot read the {kind} ({error.strerror or error})"
    return Rejection(where=str(path), reason=reason)
