"""Discovery: which files to read, and in which format.

Responsibility: walk folders, choose files and pass each to the reader of its format.
Decision: in a folder only files with known suffixes are read; a file that is named explicitly is
always read, by its suffix or, if that is unknown, by its first character.
Must not depend on: the content of an article.
"""

import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path

from archive.ingest_types import Rejection, SourceItems
from archive.sources.decompression import COMPRESSED_SUFFIXES, DECOMPRESSION_ERRORS, open_bytes
from archive.sources.jsonlines import read_json, read_json_lines
from archive.sources.lines import is_binary, read_head
from archive.sources.tables import read_table
from archive.sources.wiretext import read_wire_text

SUFFIXES = frozenset({".txt", ".jsonl", ".ndjson", ".json", ".ninjs", ".csv", ".tsv"})
_JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*[{\]])")
# Files beside the articles of research collections and repositories.
_SKIPPED_PREFIXES = ("readme", "license", "licence", "qrels.")
_SKIPPED_NAMES = frozenset({"queries.jsonl", "qrels"})


def find_files(paths: Sequence[Path]) -> Iterator[Path | Rejection]:
    """Yield the files of the paths in order, those of a folder sorted by name.

    A folder without files to read gives a rejection.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        empty = True
        for file in _walk(path):
            empty = False
            yield file
        if empty:
            suffixes = ", ".join(sorted(SUFFIXES))
            reason = (
                f"no files to read in this folder; supported are {suffixes}, also with .gz, .xz"
                " or .zst"
            )
            yield Rejection(where=str(path), reason=reason)


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


def is_ingestible(path: Path) -> bool:
    """Return whether a file found in a folder is read."""
    name = path.name.lower()
    plain = strip_compression_suffix(name)
    if name.startswith((".", *_SKIPPED_PREFIXES)) or plain in _SKIPPED_NAMES:
        return False
    return Path(plain).suffix in SUFFIXES


def strip_compression_suffix(name: str) -> str:
    """Return the file name in lower case, without the suffix of a compression."""
    lower = name.lower()
    suffix = Path(lower).suffix
    return lower.removesuffix(suffix) if suffix in COMPRESSED_SUFFIXES else lower


def read_file(path: Path) -> SourceItems:
    """Yield the items of one file, and a rejection where it becomes unreadable."""
    try:
        with open_bytes(path) as stream:
            head = read_head(stream)
            if is_binary(head):
                yield Rejection(where=str(path), reason="this is a binary file, not text")
                return
            suffix = Path(strip_compression_suffix(path.name)).suffix
            if suffix in (".jsonl", ".ndjson"):
                yield from read_json_lines(stream, str(path), head=head)
            elif suffix in (".json", ".ninjs"):
                yield from read_json(stream, str(path), head=head)
            elif suffix in (".csv", ".tsv"):
                yield from read_table(stream, str(path), head=head, tabs=suffix == ".tsv")
            elif suffix != ".txt" and _JSON_START.match(head):
                yield from read_json(stream, str(path), head=head)
            else:
                yield from read_wire_text(stream, str(path), head=head)
    except DECOMPRESSION_ERRORS as error:
        reason = (
            f"the compressed file is damaged or truncated ({error});"
            " only the articles before the damage were read"
        )
        yield Rejection(where=str(path), reason=reason)
    except OSError as error:
        yield _reject_unreadable(path, "file", error)


def _walk(folder: Path) -> Iterator[Path | Rejection]:
    """Yield the files to read, and a rejection for each folder or file that may not be read."""
    failures: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # By stem: `rates.txt` was filed before `rates-update-1.txt`, although "-" sorts before ".".
        for name in sorted(names, key=lambda name: (name.split(".")[0], name)):
            path = Path(parent, name)
            try:
                if is_ingestible(path) and path.is_file():
                    yield path
            except OSError as error:
                yield _reject_unreadable(path, "file", error)
    for failure in failures:
        yield _reject_unreadable(Path(failure.filename), "folder", failure)


def _reject_unreadable(path: Path, kind: str, error: OSError) -> Rejection:
    reason = f"cannot read the {kind} ({error.strerror or error})"
    return Rejection(where=str(path), reason=reason)
