"""Checksums of the files of generations, each file read once however many folders link to it.

Responsibility: compute SHA-256 checksums, and remember them.
Decision: a file is identified by its device, inode, size and time of change. Generations are never
modified, so a hard link to a file that was read is the same file. Files are read on all cores.
Must not depend on: manifests or what the files contain.
"""

import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from index.arrays.cpu import count_cores

_CHUNK = 1 << 20
_Identity = tuple[int, int, int, int]


class Checksums:
    """SHA-256, hex, of files; safe to share between threads."""

    def __init__(self) -> None:
        self._known: dict[_Identity, str] = {}

    def trust(self, folder: Path, files: Mapping[str, str]) -> None:
        """Remember the checksums of a manifest; a damaged file then keeps its correct checksum."""
        for name, checksum in files.items():
            path = folder / name
            if path.is_file():
                self._known[_identify(path)] = checksum

    def compute(
        self, folder: Path, needs_file: Callable[[str], bool] = lambda name: True
    ) -> dict[str, str]:
        """The checksums of all files below a folder, by relative path.

        Checksums of files in other folders are forgotten, because an inode can be reused.

        Args:
            needs_file: Whether a file, by relative path, is to be read; the others get "".
        """
        paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
        files = {name: path for name, path in paths.items() if path.is_file()}
        identities = {name: _identify(path) for name, path in files.items() if needs_file(name)}
        known = self._known
        unknown = [name for name, identity in identities.items() if identity not in known]
        with ThreadPoolExecutor(count_cores()) as pool:
            hashes = pool.map(_hash_file, [files[name] for name in unknown])
            computed = dict(zip(unknown, hashes, strict=True))
        checksums = {
            name: computed.get(name) or known[identity] for name, identity in identities.items()
        }
        self._known = {identity: checksums[name] for name, identity in identities.items()}
        return {name: checksums.get(name, "") for name in files}


def _identify(path: Path) -> _Identity:
    status = path.stat()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _hash_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
