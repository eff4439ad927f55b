"""Reading one file: unpacked as often as it is packed, by the reader of its kind.

Responsibility: open a file, decompress and unpack it, recognise what is in it, and yield its items.
Decision: the files in an archive are read like files in a folder, one after another, with their
path in the archive in `where`. A damage costs what it damages.
Must not depend on: the content of an article.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO

from archive.ingest_types import (
    FileItems,
    FileKind,
    FoundFile,
    IngestOptions,
    Rejection,
    SourceItems,
)
from archive.isolation import read_isolated
from archive.limits import MAX_NESTING, LimitError
from archive.sources.head import read_head
from archive.sources.kind import Kind
from archive.sources.kinds import recognize
from archive.sources.names import name_skipped, name_skipped_folder, strip_compression_suffix
from archive.sources.opening.containers import ContainerError
from archive.sources.opening.decompression import Budget, DecompressionError, decompress
from archive.sources.opening.line_ends import translate_line_ends
from archive.sources.opening.streams import STANDARD_INPUT, open_stream

_TOO_NESTED = f"packed more than {MAX_NESTING} times; unpack it first"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a stream comes from.

    Attributes:
        where: Its path, with the path in an archive after that of the archive.
        name: The last part of the path, without the suffix of a compression.
        is_named: As in `FoundFile`.
        depth: How often it was packed.
        budget: That of the file on disk.
    """

    where: str
    name: str
    is_named: bool
    depth: int
    budget: Budget


def read_file(file: FoundFile, options: IngestOptions) -> FileItems:
    """Yield the kind of a file, then its items, and a rejection where it becomes unreadable.

    Of an archive, its own kind and then the kind and the items of each file in it.
    """
    where = "standard input" if file.path == STANDARD_INPUT else str(file.path)
    name = "" if file.path == STANDARD_INPUT else strip_compression_suffix(file.path.name)
    budget = Budget()
    place = _Place(where=where, name=name, is_named=file.is_named, depth=0, budget=budget)
    try:
        stream = open_stream(file.path, budget)
    except OSError as error:
        yield from _refuse(where, "unreadable file", _describe(error))
        return
    with stream:
        yield from _guard(_read_stream(stream, place, options), where)


def _read_stream(stream: IO[bytes], place: _Place, options: IngestOptions) -> FileItems:
    head = read_head(stream)
    while unpacked := decompress(stream, head, place.budget):
        place = replace(place, depth=place.depth + 1)
        if place.depth > MAX_NESTING:
            yield from _refuse(place.where, "compressed file", _TOO_NESTED)
            return
        stream, head = unpacked, read_head(unpacked)
    stream, head = translate_line_ends(stream, head)
    kind = recognize(head, place.name, is_named=place.is_named)
    if kind.unpack:
        yield from _read_members(kind, stream, head, place, options)
    elif kind.read:
        yield FileKind(where=place.where, kind=kind.name, outcome="read")
        yield from read_items(kind, stream, head, place.where, options)
    else:
        yield from _refuse(place.where, kind.name, f"{kind.name}: not read. {kind.advice}")


def read_items(
    kind: Kind, stream: IO[bytes], head: bytes, where: str, options: IngestOptions
) -> SourceItems:
    """Yield the items of a stream of a kind that is read, in a process of its own if need be.

    `head` is what was already read from the stream; `where` begins each item's `where`.
    """
    if kind.is_isolated:
        yield from read_isolated(kind, stream, where, head=head, options=options)
    else:
        yield from kind.read_items(stream, where, head=head, options=options)


def _read_members(
    kind: Kind, stream: IO[bytes], head: bytes, place: _Place, options: IngestOptions
) -> FileItems:
    if place.depth >= MAX_NESTING:
        yield from _refuse(place.where, kind.name, _TOO_NESTED)
        return
    yield FileKind(where=place.where, kind=kind.name, outcome="read")
    assert kind.unpack
    for member in kind.unpack(stream, head, place.budget):
        where = f"{place.where}/{member.name}"
        *folders, name = PurePosixPath(member.name.replace("\\", "/")).parts or ("",)
        skipped = next(filter(None, map(name_skipped_folder, folders)), "") or name_skipped(name)
        if skipped:
            yield FileKind(where=where, kind=skipped, outcome="skipped")
        elif member.stream is None:
            yield from _refuse(where, "file in an archive", member.reason)
        else:
            inner = replace(
                place,
                where=where,
                name=strip_compression_suffix(name),
                is_named=False,
                depth=place.depth + 1,
            )
            yield from _guard(_read_stream(member.stream, inner, options), where)


def _guard(items: FileItems, where: str) -> FileItems:
    """The items, and a rejection where reading fails: a file that cannot be read costs itself."""
    begun = False
    try:
        for item in items:
            begun = True
            yield item
    except DecompressionError as error:
        reason = (
            f"the compressed file is damaged or truncated ({error});"
            " only the articles before the damage were read"
        )
    except LimitError as error:
        reason = f"{error}; the rest of the file was not read"
    except ContainerError as error:
        reason = f"{error}; only the files before it were read"
    except OSError as error:
        reason = _describe(error)
    except Exception as error:  # hostile input can break a library in any way
        reason = f"it cannot be read ({type(error).__name__}: {str(error)[:200]})"
    else:
        return
    if begun:
        yield Rejection(where=where, reason=reason)
    else:
        yield from _refuse(where, "unreadable file", reason)


def _refuse(where: str, kind: str, reason: str) -> Iterator[FileKind | Rejection]:
    yield FileKind(where=where, kind=kind, outcome="refused")
    yield Rejection(where=where, reason=reason)


def _describe(error: OSError) -> str:
    return f"cannot read the file ({error.strerror or error})"
