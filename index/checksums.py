"""Checksums of the files of generations, each file read once however many folders it is linked in.

Decision: a file is known by its inode, size and time of change: generations are never written to,
so a hard link to a file that was read is that file.
Must not know manifests or what the files hold.
"""

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

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

    def of(self, folder: Path, parts: Collection[str] = ()) -> dict[str, str]:
        """Checksums of all files below a folder, or below these folders in it, by relative path.

        What is not among them is forgotten: an inode is used again some day.
        """
        found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
        files = {
            name: _identity(path)
            for name, path in found.items()
            if (not parts or name.split("/")[0] in parts) and path.is_file()
        }
        known, told = self._known, {}
        for name, identity in files.items():
            told[name] = known.get(identity) or _sha256(folder / name)
        self._known = {identity: told[name] for name, identity in files.items()}
        return told


def _identity(path: Path) -> _Identity:
    told = path.stat()
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
