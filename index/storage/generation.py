"""Generations: immutable built indexes, written next to the live one and switched to atomically.

Responsibility: draft, publish and verify generations, and tell which one is live.
Decision: a manifest with the SHA-256 of every file is written last, and verified before any file is
opened. One small file names the live generation and is replaced by rename.
Must not depend on: what a generation contains.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from archive.database.identity import Checkpoint
from index.ports import IndexUnavailableError
from index.storage.checksums import Checksums
from index.storage.durable import sync, write_durably

FOLDER, POINTER, MANIFEST = "generations", "CURRENT", "manifest.json"
OTHER_VERSION = "the index was built by another version of Dateline"
"""Why an index is built again, as a clause."""
_DRAFT = ".draft"
_NUMBERED = re.compile("([0-9]+)-")


class GenerationError(IndexUnavailableError):
    """A generation cannot be used, and the next reindex replaces it; the message says so.

    Attributes:
        reason: Why it is replaced, as a clause.
    """

    def __init__(self, message: str, *, reason: str = "the index cannot be used") -> None:
        super().__init__(message)
        self.reason = reason


class UnreadableGenerationError(GenerationError):
    """The system does not let this process read a generation, which may be intact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The description of a generation.

    Attributes:
        built: When it was published, ISO 8601, UTC.
        format: The version of the layout and analysis; another version means a rebuild.
        engine: The kind of lexical index.
        archive: The id of the archive that is indexed.
        sequence: The last sequence number of the archive that is indexed.
        versions: How many versions the archive had up to it.
        last_version: The digest of the last of them; see `Checkpoint`.
        rows: How many versions are indexed.
        articles: Of how many articles.
        released: The time until which embargoes were over, ISO 8601, UTC.
        segments: For each segment, the last sequence number of the archive that is in it.
        model: The name of the requested encoder; `model_problem` says why there are no vectors.
        model_key: The key of the vectors; empty without vectors.
        scheme: The passages that the vectors are of or, without vectors, will be of.
        recall: The share of the exact nearest articles that semantic search finds; None without
            vectors.
        recall_rows: How many rows there were when it was measured.
        unread: For each segment, how many articles have no vectors, if others have.
        files: SHA-256, hex, of every other file, by path relative to the generation.
        checksum: SHA-256, hex, of the manifest without this line.
    """

    id: str = ""
    built: str = ""
    format: str
    engine: str
    archive: str = ""
    sequence: int
    versions: int = 0
    last_version: str = ""
    rows: int
    articles: int = 0
    released: str = ""
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

    @property
    def checkpoint(self) -> Checkpoint:
        """What the archive held when it was indexed."""
        return Checkpoint(
            archive=self.archive,
            sequence=self.sequence,
            versions=self.versions,
            digest=self.last_version,
        )


def read_current_id(home: Path) -> str | None:
    """The name of the live generation, None if there is none."""
    # Called at every search. `open` takes half as long as the method of a path.
    try:
        with open(f"{home}/{FOLDER}/{POINTER}", encoding="utf-8") as file:  # noqa: PTH123
            name = file.read().strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise os_error(home, error) from error
    except ValueError:
        name = ""
    if not name or not name.isprintable() or "/" in name:
        raise damage_error(home, f"{POINTER} does not name a generation")
    return name


def damage_error(home: Path, what: str) -> GenerationError:
    """The error for damage to the index in `home`; `what` is a clause."""
    return GenerationError(
        f"The index in {home} is damaged: {what}."
        " Run `dateline reindex` to build it again from the archive.",
        reason=f"the index is damaged: {what}",
    )


def os_error(home: Path, error: OSError) -> GenerationError:
    """The error for a file of the index in `home` that the system did not open."""
    name = Path(os.fsdecode(error.filename)).name if error.filename else "a file"
    if isinstance(error, FileNotFoundError):
        return damage_error(home, f"{name} is missing")
    if isinstance(error, NotADirectoryError | IsADirectoryError):
        return damage_error(home, f"{name} is not what it should be ({error.strerror})")
    return UnreadableGenerationError(
        f"The index in {home} cannot be read ({name}: {error.strerror}). Check its permissions and"
        " its disk. If this persists, run `dateline reindex --force` to build it again from the"
        " archive."
    )


def read_manifest(home: Path, name: str) -> Manifest:
    """Read a manifest without verifying files.

    Raises:
        GenerationError: It is missing or unreadable.
    """
    folder = home / FOLDER / name
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        missing = f"{MANIFEST} of generation {name}" if folder.is_dir() else f"generation {name}"
        raise damage_error(home, f"{missing} is missing") from error
    except OSError as error:
        raise os_error(home, error) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise damage_error(home, f"{MANIFEST} of generation {name} is not valid") from error


def verify(
    home: Path,
    manifest: Manifest,
    checksums: Checksums | None = None,
    *,
    needs_file: Callable[[str], bool] = lambda name: True,
) -> Path:
    """The folder of a generation, after every file was found to be as it was written.

    Args:
        checksums: The checksums of known files, which are not read again.
        needs_file: Whether a file, by its path in the generation, will be opened. The others only
            have to exist.

    Raises:
        GenerationError: A file is missing, added or changed.
    """
    if manifest.checksum != _hash_manifest(manifest):
        raise damage_error(home, f"{MANIFEST} of generation {manifest.id} has changed")
    folder = home / FOLDER / manifest.id
    expected = {name: sha if needs_file(name) else "" for name, sha in manifest.files.items()}
    try:
        actual = _hash_files(folder, checksums or Checksums(), needs_file)
    except OSError as error:
        raise os_error(home, error) from error
    if actual != expected:
        raise damage_error(home, _describe_difference(manifest.id, expected, actual))
    return folder


def _describe_difference(name: str, expected: dict[str, str], actual: dict[str, str]) -> str:
    """A clause about the first file that differs from the manifest, and how many others do."""
    files = sorted(file for file in {*expected, *actual} if expected.get(file) != actual.get(file))
    first = files[0]
    verb = "is missing" if first not in actual else "has changed"
    if first not in expected:
        verb = "does not belong there"
    others = f" (and {len(files) - 1} more of its files differ)" if len(files) > 1 else ""
    return f"{first} of generation {name} {verb}{others}"


@contextmanager
def open_draft(home: Path) -> Iterator[Path]:
    """An empty folder to build in, which is removed afterwards unless it was published."""
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
        checksums: The checksums of files that are links to another generation's.
    """
    files = _hash_files(folder, checksums or Checksums())
    for path in files:
        sync(folder / path)
    name = _next_name(home, files)
    complete = replace(manifest, id=name, files=files, built=datetime.now(UTC).isoformat())
    complete = replace(complete, checksum=_hash_manifest(complete))
    write_durably(folder / MANIFEST, json.dumps(asdict(complete), indent=1, sort_keys=True))
    for inner in (*(path for path in folder.rglob("*") if path.is_dir()), folder):
        sync(inner)
    folder.rename(home / FOLDER / name)
    sync(home / FOLDER)
    try:
        previous = read_current_id(home)
    except GenerationError:
        previous = None
    _switch(home, name)
    _remove_others(home, {name, previous})
    return complete


def link_tree(source: Path, target: Path) -> None:
    """Hard-link a folder of immutable files; copy it on a file system without hard links."""
    shutil.copytree(source, target, copy_function=_link)


def _switch(home: Path, name: str) -> None:
    pointer = home / FOLDER / POINTER
    fresh = pointer.with_suffix(".new")
    write_durably(fresh, name + "\n")
    if pointer.is_dir():  # It was damaged: a file does not replace a folder.
        shutil.rmtree(pointer)
    fresh.rename(pointer)
    sync(home / FOLDER)


def _remove_others(home: Path, names: set[str | None]) -> None:
    """Remove all generations but `names`; a process may still be opening the previous one."""
    for path in (home / FOLDER).iterdir():
        if _NUMBERED.match(path.name) and path.name not in names:
            shutil.rmtree(path, ignore_errors=True)


def _next_name(home: Path, files: dict[str, str]) -> str:
    """A name that sorts after all others: a number and part of a hash of the contents."""
    matches = (_NUMBERED.match(path.name) for path in (home / FOLDER).iterdir())
    number = max((int(match[1]) for match in matches if match), default=0) + 1
    digest = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    return f"{number:06d}-{digest[:8]}"


def _hash_manifest(manifest: Manifest) -> str:
    values = json.dumps(asdict(replace(manifest, checksum="")), sort_keys=True)
    return hashlib.sha256(values.encode()).hexdigest()


def _hash_files(
    folder: Path, checksums: Checksums, needs_file: Callable[[str], bool] = lambda name: True
) -> dict[str, str]:
    hashes = checksums.compute(folder, needs_file)
    hashes.pop(MANIFEST, None)
    return hashes


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        return str(shutil.copy2(source, target))
    return target
