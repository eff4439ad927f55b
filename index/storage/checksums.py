"""Checksums of the files of generations, each file read once however many folders it is linked in.

Decision: a file is known by its inode, size and time of change: generations are never written to,
so a hard link to a file that was read is that file. Files are read side by side, on all cores.
Must not know manifests or what the files hold.
"""

import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from index.arrays.cpu import cores

_CHUNK = 1 << 20
_Identity = tuple[int, int, int, int]


class Checksums:
    """SHA-256, hex, of files; safe to share between threads."""

    def __init__(self) -> None:
        self._known: dict[_Identity, str] = {}

    def trust(self, folder: Path, files: Mapping[str, str]) -> None:
        """Take over what a manifest says: a damaged file then keeps its right checksum."""
        for name, checksum in files.items():
            path = folder / name
            if path.is_file():
                self._known[_identity(path)] = checksum

    def of(self, folder: Path, wanted: Callable[[str], bool] = lambda name: True) -> dict[str, str]:
        """Checksums of all files below a folder by relative path; "" of those that are not wanted.

        What is not among them is forgotten: an inode is used again some day.
        """
        found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
        files = {name: path for name, path in found.items() if path.is_file()}
        read = {name: _identity(path) for name, path in files.items() if wanted(name)}
        known = self._known
        missing = [name for name, identity in read.items() if identity not in known]
        with ThreadPoolExecutor(cores()) as pool:
            fresh = dict(
                zip(missing, pool.map(_sha256, [files[name] for name in missing]), strict=True)
            )
        told = {name: fresh.get(name) or known[identity] for name, identity in read.items()}
        self._known = {identity: told[name] for name, identity in read.items()}
        return {name: told.get(name, "") for name in files}


def _identity(path: Path) -> _Identity:
    told = path.stat()
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
