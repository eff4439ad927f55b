"""Tables: CSV, TSV and their kin, with a row of names or with names that a person gives.

Responsibility: split tables into records.
Decision: the names must include a headline or a body, else the whole file is rejected, because
every row would be. A first row that is data is never taken for names.
Must not depend on: what the fields mean.
"""

import json
import re
from typing import IO, NamedTuple

from archive.ingest_types import IngestOptions, RawRecord, Rejection, SourceItem, SourceItems
from archive.records.recognition import FileNames
from archive.sources.encodings import UnknownEncodingError, decode_text
from archive.sources.lines import read_lines
from archive.sources.parsing.table_rows import (
    DELIMITERS,
    Dialect,
    Lines,
    TableRow,
    has_backslashes,
    iter_rows,
    split_line,
)
from archive.sources.parsing.utf8 import read_utf8
from archive.values.field_names import find_unknown, recognize_fields

_MAX_NAME = 40
_SAMPLE_LINES = 200
_COMMENT = re.compile(r"\s*(?:#|//|--\s)")
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_DATA = re.compile(r"https?://|[.!?]\s+\w|[.!?]\s*$|^\d{2,}$|^\[.*\]$|\d{4}-\d\d-\d\d")
_NO_OPTIONS = IngestOptions()


def is_table(head: bytes) -> bool:
    """Return whether the first line names two fields of an article, and other columns if any."""
    try:
        text = decode_text(head[: head.rfind(b"\n") + 1] or head).text
    except UnknownEncodingError:
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and _SEPARATOR.fullmatch(lines[0]):
        return True
    line = next((line for line in lines if not _COMMENT.match(line)), "").strip()
    for delimiter in DELIMITERS:
        names = _strip(line.split(delimiter))
        if len(names) < 2 or max(map(len, names)) > _MAX_NAME:
            continue
        fields = recognize_fields(names)
        if len(fields) > 1 and fields & {"headline", "body"} and not _is_data(names):
            return True
    return False


def read_table(
    stream: IO[bytes], name: str, *, head: bytes = b"", options: IngestOptions = _NO_OPTIONS
) -> SourceItems:
    """Yield a record for each row; `where` is the row's first line.

    The separator is the one that gives the first row the most names of an article, or that of a
    line `sep=;`. Blank lines and comments before the first row are skipped. `head` is what was
    already read from the stream.
    """

    def read(text: IO[bytes], name: str) -> SourceItems:
        return _read(_iter_lines(text), name, options)

    return read_utf8(read, stream, name, head=head, declared=options.encoding)


class _Layout(NamedTuple):
    """How a table is arranged; `has_names`: the first row has them, and is no record."""

    names: list[str]
    dialect: Dialect
    has_names: bool


def _read(lines: Lines, name: str, options: IngestOptions) -> SourceItems:
    sample = _take_sample(lines)
    layout = _find_layout(sample, options)
    if isinstance(layout, str):
        number = sample[0][0] if sample else 1
        yield Rejection(where=f"{name}:{number}", reason=layout)
        return
    seen = FileNames(name, options)
    seen.add(dict.fromkeys(layout.names))
    rest = _chain(sample[1:] if layout.has_names else sample, lines)
    for row in iter_rows(rest, layout.dialect, columns=len(layout.names)):
        if row.error:
            yield Rejection(where=f"{name}:{row.line}", reason=row.error)
        elif any(value.strip() for value in row.values) and _strip(row.values) != layout.names:
            yield _to_item(layout.names, row, where=f"{name}:{row.line}")
    yield from seen.finish()


def _iter_lines(stream: IO[bytes]) -> Lines:
    for number, line in read_lines(stream):
        yield (
            number,
            None if line is None else line.decode("utf-8", errors="replace").replace("\0", ""),
        )


def _take_sample(lines: Lines) -> list[tuple[int, str]]:
    """The first lines, from the first one that is neither blank nor a comment."""
    sample: list[tuple[int, str]] = []
    for number, line in lines:
        if line is None:
            break
        if sample or (line.strip() and not _COMMENT.match(line)):
            sample.append((number, line))
        if len(sample) == _SAMPLE_LINES:
            break
    return sample


def _chain(first: list[tuple[int, str]], rest: Lines) -> Lines:
    yield from first
    yield from rest


def _find_layout(sample: list[tuple[int, str]], options: IngestOptions) -> _Layout | str:
    """The layout, or why the table cannot be read. Drops a line `sep=;` from the sample."""
    if not sample:
        return "the table has no rows"
    stated = ""
    if match := _SEPARATOR.fullmatch(sample[0][1].strip("\r\n")):
        stated = match[1]
        del sample[0]
        if not sample:
            return "the table has no rows"
    text = "".join(line for _, line in sample)
    backslashes = has_backslashes(text)
    rows = {
        delimiter: _strip(split_line(sample[0][1], Dialect(delimiter=delimiter)))
        for delimiter in (stated or _list_delimiters(sample[0][1]))
    }
    delimiter = max(rows, key=lambda one: (_count_fields(rows[one], options), len(rows[one])))
    dialect = Dialect(delimiter=delimiter, has_backslashes=backslashes)
    return _name_columns(rows[delimiter], dialect, options)


def _name_columns(first: list[str], dialect: Dialect, options: IngestOptions) -> _Layout | str:
    if options.columns:
        names = list(options.columns)
        is_header = [name.casefold() for name in first] == [name.casefold() for name in names]
        return _Layout(names, dialect, has_names=is_header)
    if _is_data(first):
        columns = ",".join(f"column{number}" for number in range(1, len(first) + 1))
        return (
            f"the first row is data, not the names of its {len(first)} columns;"
            f" name them with --columns {columns}, with headline and body among them"
        )
    if not _fields(first, options) & {"headline", "body"}:
        unknown = ", ".join(find_unknown(first, {})[:12]) or ", ".join(first[:12])
        return (
            "the first row must name a headline or a body column; it has"
            f" {unknown[:300]}: name one with --map headline=COLUMN or --map body=COLUMN"
        )
    return _Layout(first, dialect, has_names=True)


def _list_delimiters(line: str) -> list[str]:
    return [one for one in DELIMITERS if one in line] or [","]


def _fields(names: list[str], options: IngestOptions) -> frozenset[str]:
    mapped = {options.field_map[name] for name in names if name in options.field_map}
    return recognize_fields(names) | mapped


def _count_fields(names: list[str], options: IngestOptions) -> int:
    return len(_fields(names, options)) if len(names) > 1 else 0


def _is_data(row: list[str]) -> bool:
    """Whether a row has values that no column is named by."""
    return any(len(value) > _MAX_NAME or _DATA.search(value) for value in row)


def _strip(values: list[str]) -> list[str]:
    return [value.strip(" \t\r\n\"'\ufeff") for value in values]


def _to_item(names: list[str], row: TableRow, *, where: str) -> SourceItem:
    values = row.values
    while len(values) > len(names) and not values[-1].strip():
        values = values[:-1]
    if len(values) > len(names):
        reason = (
            f"{len(values)} values, but the table has {len(names)} columns;"
            " is a quotation mark missing?"
        )
        return Rejection(where=where, reason=reason)
    record = {name: value for name, value in zip(names, values, strict=False) if name}
    return RawRecord(where=where, raw=json.dumps(record, ensure_ascii=False), values=record)
