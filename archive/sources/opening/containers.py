"""Archives of files: zip and tar.

Responsibility: give the files in an archive as streams, one after another.
Decision: a member's name is only ever a name in reports. Nothing is written where it says, links
are not followed, and what expands beyond measure ends the archive.
Must not depend on: what is in the members.
"""

import io
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from archive.limits import MAX_MEMBERS, MAX_SPOOLED_BYTES
from archive.sources.opening.decompression import Budget, DecompressionError, SteadyReader

_IN_MEMORY = 16 * 1024 * 1024
_TAR_MAGIC = slice(257, 262)
_ENCRYPTED = 1
_LEAST_HEADER = 30
_ERRORS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError)


class ContainerError(Exception):
    """The archive, or the rest of it, cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in an archive.

    Attributes:
        name: Its path in the archive, as written there.
        stream: Its bytes; None if they cannot be read. Valid until the next member.
        reason: Why they cannot be read.
    """

    name: str
    stream: IO[bytes] | None = None
    reason: str = ""


def is_zip(head: bytes) -> bool:
    """Return whether content is a zip archive, with members or empty."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_tar(head: bytes) -> bool:
    """Return whether content is a tar archive, in the format of POSIX or GNU."""
    return head[_TAR_MAGIC] == b"ustar"


def list_zip(stream: IO[bytes], head: bytes, budget: Budget) -> Iterator[Member]:
    """Yield the files of a zip archive in their order there.

    Raises:
        ContainerError: The archive is damaged, or expands beyond measure.
    """
    with _make_seekable(stream, head) as file:
        try:
            archive = zipfile.ZipFile(file)
        except (*_ERRORS, OSError) as error:
            raise ContainerError(f"the zip archive is damaged ({error})") from error
        members = archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise ContainerError(f"{len(members):,} files; the limit is {MAX_MEMBERS:,}")
        _require_apart(members)
        for member in members:
            if not member.is_dir():
                yield _open_member(archive, member, budget)


def list_tar(stream: IO[bytes], head: bytes, budget: Budget) -> Iterator[Member]:
    """Yield the files of a tar archive in their order there.

    Raises:
        ContainerError: The archive is damaged.
        DecompressionError: It was compressed, and is damaged.
    """
    count = 0
    try:
        with tarfile.open(fileobj=_Prefixed(head, stream), mode="r|") as archive:
            for member in archive:
                archive.members = []  # type: ignore[attr-defined]  # only grows
                count += 1
                if count > MAX_MEMBERS:
                    raise ContainerError(f"more than {MAX_MEMBERS:,} files, the limit")
                if member.isreg() and (content := archive.extractfile(member)):
                    yield Member(name=member.name, stream=SteadyReader(content))  # type: ignore[arg-type]
                elif not member.isdir():
                    yield Member(name=member.name, reason="it is a link or a device")
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise ContainerError(f"the tar archive is damaged or truncated ({error})") from error


def _require_apart(members: list[zipfile.ZipInfo]) -> None:
    """Raise unless each member has bytes of its own: thousands could share those of one bomb."""
    end = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset < end:
            raise ContainerError("the zip archive is damaged (its files overlap)")
        end = member.header_offset + _LEAST_HEADER + member.compress_size


def _open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> Member:
    if member.flag_bits & _ENCRYPTED:
        return Member(name=member.filename, reason="it is encrypted; unpack it first")
    try:
        content = archive.open(member)
    except (*_ERRORS, OSError) as error:
        return Member(name=member.filename, reason=f"it cannot be unpacked ({error})")
    return Member(name=member.filename, stream=SteadyReader(_Counted(content, budget)))


class _Counted(io.RawIOBase):
    """A member of a zip archive; what is wrong with it is a `DecompressionError`."""

    def __init__(self, content: IO[bytes], budget: Budget) -> None:
        self._content = content
        self._budget = budget

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer and return the number of bytes; 0 at the end.

        Raises:
            DecompressionError: The member is damaged, or expands beyond measure.
        """
        try:
            chunk = self._content.read(len(buffer))
        except (*_ERRORS, OSError) as error:
            raise DecompressionError(f"zip: damaged ({error})") from error
        self._budget.give(len(chunk))
        buffer[: len(chunk)] = chunk
        return len(chunk)


class _Prefixed(io.RawIOBase):
    """A stream with its first bytes, which were already read, before it."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes; b"" at the end."""
        if self._head:
            chunk, self._head = self._head[:size], self._head[size:]
            return chunk
        return self._stream.read(size)


@contextmanager
def _make_seekable(stream: IO[bytes], head: bytes) -> Iterator[IO[bytes]]:
    """The stream from its beginning, or a copy of it without a name if it cannot go back."""
    if stream.seekable():
        stream.seek(0)
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        size = copy.write(head)
        while chunk := stream.read(1024 * 1024):
            size += copy.write(chunk)
            if size > MAX_SPOOLED_BYTES:
                raise ContainerError("the zip archive within is too large; unpack it first")
        copy.seek(0)
        yield copy
