"""JSON: one object a line, or a file of objects with or without an array around them.

Decision: lines are read line by line, so that one bad line costs one article; only a file that is
no JSON Lines is read as a stream of values, where the first error ends it.
Must not know what the fields mean.
"""

import codecs
import json
from collections.abc import Iterator
from typing import IO

from archive.report import Rejection
from archive.sources.lines import TOO_LONG, numbered_lines
from archive.sources.records import MOST_BYTES, Piece, Pieces, RecordPiece

_CHUNK = 1024 * 1024
_BAD_JSON = (ValueError, RecursionError)


def read_json_lines(stream: IO[bytes], name: str, *, first: bytes = b"") -> Pieces:
    """A piece for every line that is not blank, a rejection for every one that is no object."""
    for number, line in numbered_lines(stream, first):
        if line is None:
            yield Rejection(where=f"{name}:{number}", reason=TOO_LONG)
        elif line.strip():
            yield _line_piece(line, where=f"{name}:{number}")


def read_json(stream: IO[bytes], name: str, *, first: bytes = b"") -> Pieces:
    """JSON Lines if the first line is a whole object, else an array, or objects in a row."""
    if _is_json_lines(first):
        return read_json_lines(stream, name, first=first)
    return _read_values(stream, name, first=first)


def _is_json_lines(first: bytes) -> bool:
    line, newline, _ = first.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if line.startswith(b"{") and not newline:
        return True  # one object, or a first line longer than what was sniffed
    try:
        return isinstance(json.loads(line), dict)
    except _BAD_JSON:
        return False


def _line_piece(line: bytes, *, where: str) -> Piece:
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        return Rejection(where=where, reason=f"not UTF-8 ({error.reason} at byte {error.start})")
    try:
        value = json.loads(text)
    except _BAD_JSON as error:
        return Rejection(where=where, reason=f"not valid JSON ({_why(error)})")
    return _value_piece(value, raw=text, where=where)


def _value_piece(value: object, *, raw: str, where: str) -> Piece:
    if not isinstance(value, dict):
        kind = type(value).__name__
        return Rejection(where=where, reason=f"a JSON {kind} and no object with named fields")
    return RecordPiece(where=where, raw=raw, values=value)


def _why(error: BaseException) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)[:200]


def _read_values(stream: IO[bytes], name: str, *, first: bytes) -> Pieces:
    for number, (text, value, error) in enumerate(_values(stream, first), start=1):
        where = f"{name}#{number}"
        if error:
            yield Rejection(where=where, reason=f"{error}; the rest of the file was not read")
        else:
            yield _value_piece(value, raw=text, where=where)


def _values(stream: IO[bytes], first: bytes) -> Iterator[tuple[str, object, str]]:
    """(text, value, error) of every value between brackets and commas; ends at the first error."""
    decoder, decode = json.JSONDecoder(), codecs.getincrementaldecoder("utf-8-sig")()
    held, chunk, needed = "", first, 0
    try:
        while True:
            held += decode.decode(chunk, final=not chunk)
            start = 0
            while len(held) >= needed or not chunk:
                start = _next_value(held, start)
                if start == len(held):
                    break
                try:
                    value, end = decoder.raw_decode(held, start)
                except json.JSONDecodeError as error:
                    if not chunk or len(held) - start > MOST_BYTES:
                        yield "", None, f"not valid JSON ({error})"
                        return
                    break
                yield held[start:end], value, ""
                start = end
            held, needed = held[start:], 0 if start else 2 * len(held)
            if not chunk:
                return
            chunk = stream.read(_CHUNK)
    except (ValueError, RecursionError) as error:
        yield "", None, f"cannot be read ({_why(error)})"


def _next_value(held: str, start: int) -> int:
    """Where the next value begins, past white space, commas and the array's own brackets."""
    while start < len(held) and (held[start].isspace() or held[start] in "[],"):
        start += 1
    return start
