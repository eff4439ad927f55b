"""Tables: CSV and TSV files whose first row has the column names.

Responsibility: split tables into records.
Decision: the first row must name a headline or a body, else the whole file is rejected, because
every row would be.
Must not depend on: what the fields mean.
"""

import csv
import json
from collections.abc import Iterator
from typing import IO

from archive.ingest_types import (
    MAX_ARTICLE_BYTES,
    RawRecord,
    Rejection,
    SourceItem,
    SourceItems,
)
from archive.sources.lines import decode_leniently, read_lines
from archive.values.field_names import recognize_fields

_DELIMITERS = (",", ";", "\t", "|")
_MAX_NAME = 40


def is_table(head: bytes) -> bool:
    """Return whether the first line names two fields of an article, and other columns if any."""
    line = decode_leniently(head.lstrip().partition(b"\n")[0]).strip()
    for delimiter in _DELIMITERS:
        names = [name.strip(" \t\r\"'") for name in line.split(delimiter)]
        if len(names) < 2 or max(map(len, names)) > _MAX_NAME:
            continue
        fields = recognize_fields(names)
        if len(fields) > 1 and fields & {"headline", "body"}:
            return True
    return False


def read_table(stream: IO[bytes], name: str, *, head: bytes = b"") -> SourceItems:
    """Yield a record for each row; `where` is the row's last line.

    Columns are separated by the comma, semicolon, tab or bar that is most frequent in the first
    row. `head` is what was already read from the stream.
    """
    csv.field_size_limit(MAX_ARTICLE_BYTES)
    header = decode_leniently(head.partition(b"\n")[0])
    delimiter = max(_DELIMITERS, key=header.count)
    rows = csv.reader(_decode_lines(stream, head), delimiter=delimiter)
    try:
        names = next(rows, [])
        if not recognize_fields(names) & {"headline", "body"}:
            reason = "the first row must name a headline or a body column"
            yield Rejection(where=f"{name}:1", reason=reason)
            return
        for row in rows:
            if any(value.strip() for value in row):
                yield _to_item(names, row, where=f"{name}:{rows.line_num}")
    except csv.Error as error:
        reason = f"not a valid table ({error}); the rest of the file was not read"
        yield Rejection(where=f"{name}:{rows.line_num}", reason=reason)


def _decode_lines(stream: IO[bytes], head: bytes) -> Iterator[str]:
    for _, line in read_lines(stream, head):
        if line is None:
            raise csv.Error("a line is too long")
        yield decode_leniently(line)


def _to_item(names: list[str], row: list[str], *, where: str) -> SourceItem:
    if len(row) > len(names):
        reason = (
            f"{len(row)} values, but the table has {len(names)} columns;"
            " is a quotation mark missing?"
        )
        return Rejection(where=where, reason=reason)
    values = dict(zip(names, row, strict=False))
    return RawRecord(where=where, raw=json.dumps(values, ensure_ascii=False), values=values)
