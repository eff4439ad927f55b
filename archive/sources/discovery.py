"""Finding: which files of the named paths are read, and as what.

Decision: a folder gives only files of known endings; a file that is named itself is always read, by
its ending or, without a known one, by its first character. Must not know what is in an article.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.report import Rejection
from archive.sources.decompression import COMPRESSED, DAMAGED, open_bytes
from archive.sources.jsonlines import read_json, read_json_lines
from archive.sources.lines import is_binary, sniff
from archive.sources.records import Pieces
from archive.sources.tables import read_table
from archive.sources.wiretext import read_wire_text

KNOWN = frozenset({".txt", ".jsonl", ".ndjson", ".json", ".csv", ".tsv"})
# Companions of collections for research, and of repositories: no articles.
_LEFT_OUT_STEMS = ("readme", "license", "licence", "qrels.")
_LEFT_OUT_NAMES = frozenset({"queries.jsonl", "qrels"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file to be read."""

    path: Path


def find_files(paths: Sequence[Path]) -> Iterator[FoundFile | Rejection]:
    """The files of the paths, in their order, each folder's sorted by name; a rejection for an
    empty folder."""
    for path in paths:
        if not path.is_dir():
            yield FoundFile(path=path)
            continue
        empty = True
        for found in _walk(path):
            empty = False
            yield FoundFile(path=found)
        if empty:
            endings = " ".join(sorted(KNOWN))
            reason = f"nothing to read in this folder (endings known: {endings}, also compressed)"
            yield Rejection(where=str(path), reason=reason)


def is_taken(path: Path) -> bool:
    """Whether a file met in a folder is read."""
    name = path.name.lower()
    if (
        name.startswith(".")
        or name.startswith(_LEFT_OUT_STEMS)
        or plain_name(name) in (_LEFT_OUT_NAMES)
    ):
        return False
    return Path(plain_name(name)).suffix in KNOWN


def plain_name(name: str) -> str:
    """The file's name in lower case, without the ending of a compression."""
    lower = name.lower()
    ending = Path(lower).suffix
    return lower.removesuffix(ending) if ending in COMPRESSED else lower


def read_file(path: Path) -> Pieces:
    """The pieces of one file. What cannot be read is a rejection, after whatever came before it."""
    try:
        with open_bytes(path) as stream:
            first = sniff(stream)
            if is_binary(first):
                yield Rejection(where=str(path), reason="a binary file, no text")
                return
            ending = Path(plain_name(path.name)).suffix
            if ending in (".jsonl", ".ndjson"):
                yield from read_json_lines(stream, str(path), first=first)
            elif ending == ".json":
                yield from read_json(stream, str(path), first=first)
            elif ending in (".csv", ".tsv"):
                yield from read_table(stream, str(path), first=first, tabs=ending == ".tsv")
            elif ending != ".txt" and first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
                yield from read_json_lines(stream, str(path), first=first)
            else:
                yield from read_wire_text(stream, str(path), first=first)
    except DAMAGED as error:
        reason = f"the compressed file is damaged or cut off ({error}); what came before was taken"
        yield Rejection(where=str(path), reason=reason)
    except OSError as error:
        yield Rejection(where=str(path), reason=f"cannot be read ({error})")


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # By stem: `rates.txt` was filed before `rates-update-1.txt`, whatever '.' and '-' say.
        for name in sorted(names, key=lambda name: (name.split(".")[0], name)):
            path = Path(parent, name)
            if is_taken(path) and path.is_file():
                yield path
