"""Tables: CSV and TSV files with a row of names at the top.

Decision: the first row must name a headline or a body, else the file is refused as a whole, for
every row would be. Must not know what the fields mean.
"""

import csv
import json
from collections.abc import Iterator
from typing import IO

from archive.report import Rejection
from archive.sources.lines import decode_leniently, numbered_lines
from archive.sources.records import MOST_BYTES, Piece, Pieces, RecordPiece
from archive.values.field_names import known_fields


def read_table(stream: IO[bytes], name: str, *, first: bytes = b"", tabs: bool = False) -> Pieces:
    """A piece for every row under the names; `where` is the row's last line.

    Columns are parted by tabs, or by semicolons where the row of names has more of them than
    commas.
    """
    csv.field_size_limit(MOST_BYTES)
    head = decode_leniently(first.partition(b"\n")[0])
    delimiter = "\t" if tabs else ";" if head.count(";") > head.count(",") else ","
    rows = csv.reader(_lines(stream, first), delimiter=delimiter)
    try:
        names = next(rows, [])
        if not known_fields(names) & {"headline", "body"}:
            reason = "the first row names neither a headline nor a body column"
            yield Rejection(where=f"{name}:1", reason=reason)
            return
        for row in rows:
            if any(value.strip() for value in row):
                yield _piece(names, row, where=f"{name}:{rows.line_num}")
    except csv.Error as error:
        reason = f"not a readable table ({error}); the rest of the file was not read"
        yield Rejection(where=f"{name}:{rows.line_num}", reason=reason)


def _lines(stream: IO[bytes], first: bytes) -> Iterator[str]:
    for _, line in numbered_lines(stream, first):
        if line is None:
            raise csv.Error("a line is too long")
        yield decode_leniently(line)


def _piece(names: list[str], row: list[str], *, where: str) -> Piece:
    if len(row) > len(names):
        reason = f"{len(row)} columns under {len(names)} names; is a quotation mark missing?"
        return Rejection(where=where, reason=reason)
    values = dict(zip(names, row, strict=False))
    return RecordPiece(where=where, raw=json.dumps(values, ensure_ascii=False), values=values)
