"""Discovery: which files of a folder are read, and each file's items.

Responsibility: walk folders, consider every file, and pass each to the reader of its kind.
Decision: nothing is passed over in silence. A file that is beside articles, such as a README, is
skipped by the name of its kind; any other file is read, or refused by the name of its kind.
Must not depend on: the content of an article.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path

from archive.ingest_types import FileItems, FileKind, FoundFile, IngestOptions, Rejection
from archive.sources.decompression import COMPRESSED_SUFFIXES, DECOMPRESSION_ERRORS, open_bytes
from archive.sources.head import read_head
from archive.sources.kinds import recognize

# Files beside the articles of research collections and repositories, by how their names begin.
_SKIPPED_PREFIXES = {
    ".": "hidden file",
    "readme": "README",
    "license": "licence",
    "licence": "licence",
    "qrels.": "relevance judgements",
}
_SKIPPED_NAMES = {
    "queries.jsonl": "queries",
    "qrels": "relevance judgements",
    "thumbs.db": "hidden file",
    "desktop.ini": "hidden file",
}


def find_files(paths: Sequence[Path]) -> Iterator[FoundFile | FileKind | Rejection]:
    """Yield every file of the paths in order, those of a folder sorted by name.

    A file or folder that is skipped gives its kind; an empty folder, and one that may not be read,
    a rejection.
    """
    for path in paths:
        if not path.is_dir():
            yield FoundFile(path=path, is_named=True)
            continue
        empty = True
        for file in _walk(path):
            empty = empty and isinstance(file, FileKind)
            yield file
        if empty:
            yield Rejection(where=str(path), reason="no files to read in this folder")


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


def name_skipped(name: str) -> str:
    """Return the kind of a file that is skipped in a folder; empty if the file is considered."""
    plain = strip_compression_suffix(name)
    kinds = (kind for prefix, kind in _SKIPPED_PREFIXES.items() if plain.startswith(prefix))
    return _SKIPPED_NAMES.get(plain) or next(kinds, "")


def strip_compression_suffix(name: str) -> str:
    """Return the file name in lower case, without the suffix of a compression."""
    lower = name.lower()
    suffix = Path(lower).suffix
    return lower.removesuffix(suffix) if suffix in COMPRESSED_SUFFIXES else lower


def read_file(file: FoundFile, options: IngestOptions) -> FileItems:
    """Yield the kind of a file, then its items, and a rejection where it becomes unreadable."""
    path = file.path
    where = str(path)
    try:
        with open_bytes(path) as stream:
            head = read_head(stream)
            plain = strip_compression_suffix(path.name)
            kind = recognize(head, plain, is_named=file.is_named)
            if kind.read:
                yield FileKind(where=where, kind=kind.name, outcome="read")
                yield from kind.read_items(stream, where, head=head, options=options)
            else:
                yield FileKind(where=where, kind=kind.name, outcome="refused")
                yield Rejection(where=where, reason=f"{kind.name}: not read. {kind.advice}")
    except DECOMPRESSION_ERRORS as error:
        reason = (
            f"the compressed file is damaged or truncated ({error});"
            " only the articles before the damage were read"
        )
        yield Rejection(where=str(path), reason=reason)
    except OSError as error:
        yield _reject_unreadable(path, "file", error)


def _walk(folder: Path) -> Iterator[FoundFile | FileKind | Rejection]:
    """Yield every file, the folders that are skipped, and a rejection for what may not be read."""
    failures: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=failures.append):
        for name in sorted(name for name in folders if name.startswith(".")):
            yield _skip(Path(parent, name), "hidden folder")
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # By stem: `rates.txt` was filed before `rates-update-1.txt`, although "-" sorts before ".".
        for name in sorted(names, key=lambda name: (name.split(".")[0], name)):
            yield _consider(Path(parent, name))
    for failure in failures:
        yield _reject_unreadable(Path(failure.filename), "folder", failure)


def _consider(path: Path) -> FoundFile | FileKind | Rejection:
    if kind := name_skipped(path.name):
        return _skip(path, kind)
    try:
        if not path.is_file():
            return Rejection(where=str(path), reason="not a file; name it yourself to read it")
    except OSError as error:
        return _reject_unreadable(path, "file", error)
    return FoundFile(path=path, is_named=False)


def _skip(path: Path, kind: str) -> FileKind:
    return FileKind(where=str(path), kind=kind, outcome="skipped")


def _reject_unreadable(path: Path, kind: str, error: OSError) -> Rejection:
    reason = f"cannot read the {kind} ({error.strerror or error})"
    return Rejection(where=str(path), reason=reason)
