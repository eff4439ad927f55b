"""Generations: immutable built indexes, written beside the live one and switched to atomically.

Decision: a manifest with the SHA-256 of every file is written last and checked before anything is
opened; one small file names the live generation and is replaced by rename.
Must not know what is inside a generation.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from index.ports import IndexUnavailableError
from index.storage.checksums import Checksums

FOLDER, POINTER, MANIFEST = "generations", "CURRENT", "manifest.json"
_DRAFT = ".draft"


class GenerationError(IndexUnavailableError):
    """A generation is damaged or unreadable; the message says what to run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation is.

    Attributes:
        format: Layout and analysis of the files; another one means a rebuild.
        sequence: The archive's last sequence number that went in.
        segments: The archive's last sequence number that went into each.
        built: When it was published, ISO, UTC.
        model: Name of the encoder that was asked for; `model_problem` says why it has no vectors.
        model_key: Of its vectors; empty without vectors.
        scheme: Of which passages they are or, without vectors, are to be.
        recall: Share of the exact best that search by meaning gives; None without vectors.
        recall_rows: With how many rows that was measured.
        unread: How many articles of which segments have no vectors while others have.
        files: SHA-256, hex, of every other file, by path relative to the generation.
        checksum: SHA-256, hex, of the manifest without this line.
    """

    id: str = ""
    built: str = ""
    format: str
    engine: str
    sequence: int
    rows: int
    passages: int = 0
    stories: int = 0
    segments: dict[str, int] = field(default_factory=dict)
    model: str = ""
    model_key: str = ""
    scheme: str = ""
    recall: float | None = None
    recall_rows: int = 0
    unread: dict[str, int] = field(default_factory=dict)
    model_problem: str = ""
    files: dict[str, str] = field(default_factory=dict)
    checksum: str = ""


def current_id(home: Path) -> str | None:
    """Name of the live generation, None where there is none. One small read."""
    # Asked at every search: opened by `open`, which costs half of what a path does.
    try:
        with open(f"{home}/{FOLDER}/{POINTER}", encoding="utf-8") as file:  # noqa: PTH123
            return file.read().strip() or None
    except FileNotFoundError:
        return None


def read_manifest(home: Path, name: str) -> Manifest:
    """Read a manifest without checking files.

    Raises:
        GenerationError: It is missing or unreadable.
    """
    path = home / FOLDER / name / MANIFEST
    try:
        return Manifest(**json.loads(path.read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise GenerationError(
            f"The index in {path.parent} cannot be read ({error})."
            " Run `dateline reindex --force` to build it again from the archive."
        ) from error


def verify(
    home: Path,
    manifest: Manifest,
    checksums: Checksums | None = None,
    *,
    opened: Callable[[str], bool] = lambda name: True,
) -> Path:
    """Folder of a generation whose every file is as it was written.

    Args:
        checksums: Of files that are known already, which are not read again.
        opened: Says of a file, by its path in the generation, whether it will be opened. It is
            enough that the others are there: whoever opens one checks it.

    Raises:
        GenerationError: A file is missing, added or changed.
    """
    folder = home / FOLDER / manifest.id
    wanted = {path: told if opened(path) else "" for path, told in manifest.files.items()}
    found = _hashes(folder, checksums or Checksums(), opened)
    if manifest.checksum != _checksum(manifest) or found != wanted:
        raise GenerationError(
            f"Files of the index in {folder} are damaged: their checksums differ."
            " Run `dateline reindex --force` to build it again from the archive."
        )
    return folder


@contextmanager
def draft(home: Path) -> Iterator[Path]:
    """An empty folder to build in; it is gone afterwards unless it was published."""
    parent = home / FOLDER
    parent.mkdir(parents=True, exist_ok=True)
    folder = parent / _DRAFT
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(
    home: Path, folder: Path, manifest: Manifest, *, checksums: Checksums | None = None
) -> Manifest:
    """Make a draft the live generation: fsync, manifest, fsync, rename, switch.

    Args:
        checksums: Of the files that are linked from another generation.
    """
    files = _hashes(folder, checksums or Checksums())
    for path in files:
        _sync(folder / path)
    name = _next_name(home, files)
    complete = replace(manifest, id=name, files=files, built=datetime.now(UTC).isoformat())
    complete = replace(complete, checksum=_checksum(complete))
    _write(folder / MANIFEST, json.dumps(asdict(complete), indent=1, sort_keys=True))
    for inner in (*(path for path in folder.rglob("*") if path.is_dir()), folder):
        _sync(inner)
    folder.rename(home / FOLDER / name)
    _sync(home / FOLDER)
    previous = current_id(home)
    _switch(home, name)
    _tidy(home, {name, previous})
    return complete


def link_tree(source: Path, target: Path) -> None:
    """Hard-link a folder of immutable files; copies where the file system has no links."""
    shutil.copytree(source, target, copy_function=_link)


def _switch(home: Path, name: str) -> None:
    pointer = home / FOLDER / POINTER
    fresh = pointer.with_suffix(".new")
    _write(fresh, name + "\n")
    fresh.rename(pointer)
    _sync(home / FOLDER)


def _tidy(home: Path, kept: set[str | None]) -> None:
    """Remove every other generation; the one just left stays for readers who are opening it."""
    for path in (home / FOLDER).iterdir():
        if path.name[0].isdigit() and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _next_name(home: Path, files: dict[str, str]) -> str:
    """A name that sorts after every other: number, then part of a hash over the contents."""
    names = [path.name for path in (home / FOLDER).iterdir() if path.name[0].isdigit()]
    number = max((int(name.split("-")[0]) for name in names), default=0) + 1
    digest = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    return f"{number:06d}-{digest[:8]}"


def _checksum(manifest: Manifest) -> str:
    values = json.dumps(asdict(replace(manifest, checksum="")), sort_keys=True)
    return hashlib.sha256(values.encode()).hexdigest()


def _hashes(
    folder: Path, checksums: Checksums, opened: Callable[[str], bool] = lambda name: True
) -> dict[str, str]:
    found = checksums.of(folder, opened)
    found.pop(MANIFEST, None)
    return found


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        return str(shutil.copy2(source, target))
    return target


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    """fsync a file or a folder; folders cannot be opened for it on every system."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
