"""JSON: one object per line, or a file of objects with or without an array around them.

Responsibility: split JSON files into records.
Decision: JSON Lines are read line by line, so that a bad line costs one article; any other file is
read as a stream of values, which ends at the first error.
Must not depend on: what the fields mean.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO

from archive.ingest_types import (
    MAX_ARTICLE_BYTES,
    RawRecord,
    Rejection,
    SourceItem,
    SourceItems,
)
from archive.sources.lines import TOO_LONG, read_lines

_CHUNK = 1024 * 1024
# Also with the names that Python and JavaScript write, so that a reader says what is wrong.
_START = re.compile(rb"\s*(?:\{\s*(?:[\"'}]|\w+\s*:)|\[\s*[{\]])")
_JSON_ERRORS = (ValueError, RecursionError)
_JSON_TYPES = {
    "list": "array", "str": "string", "int": "number", "float": "number", "bool": "boolean",
    "NoneType": "null",
}  # fmt: skip


def read_json_lines(stream: IO[bytes], name: str, *, head: bytes = b"") -> SourceItems:
    """Yield a record for each line with an object, and a rejection for other lines but blank ones.

    `head` is what was already read from the stream; `name` begins each item's `where`.
    """
    for number, line in read_lines(stream, head):
        if line is None:
            yield Rejection(where=f"{name}:{number}", reason=TOO_LONG)
        elif line.strip():
            yield _parse_line(line, where=f"{name}:{number}")


def read_json(stream: IO[bytes], name: str, *, head: bytes = b"") -> SourceItems:
    """Read JSON Lines if the first line is a complete object, else an array or a row of objects."""
    if is_json_lines(head):
        return read_json_lines(stream, name, head=head)
    return _read_values(stream, name, head=head)


def is_json_lines(head: bytes) -> bool:
    """Return whether content with these first bytes has one object in each line.

    A damaged first line costs only itself: the second one says that there is an object a line.
    """
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]
    if not lines or not is_json(lines[0]) or not lines[0].lstrip().startswith(b"{"):
        return False
    if len(lines) == 1:
        return True  # a single object, or a first line that is longer than the head
    try:
        return isinstance(json.loads(lines[0]), dict)
    except _JSON_ERRORS:
        is_open = lines[0].rstrip().endswith((b"{", b"[", b":", b","))
        return not is_open and lines[1].lstrip().startswith(b'{"')


def is_json(head: bytes) -> bool:
    """Return whether content with these first bytes is an object or an array of objects."""
    return bool(_START.match(head.removeprefix(b"\xef\xbb\xbf")))


def _parse_line(line: bytes, *, where: str) -> SourceItem:
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        reason = f"not valid UTF-8 ({error.reason} at byte {error.start})"
        return Rejection(where=where, reason=reason)
    try:
        value = json.loads(text)
    except _JSON_ERRORS as error:
        return Rejection(where=where, reason=f"not valid JSON ({_explain(error)})")
    return _to_item(value, raw=text, where=where)


def _to_item(value: object, *, raw: str, where: str) -> SourceItem:
    if not isinstance(value, dict):
        kind = _JSON_TYPES[type(value).__name__]
        return Rejection(where=where, reason=f"expected a JSON object, not a JSON {kind}")
    return RawRecord(where=where, raw=raw, values=value)


def _explain(error: BaseException) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]


def _read_values(stream: IO[bytes], name: str, *, head: bytes) -> SourceItems:
    for number, (text, value, error) in enumerate(_parse_values(stream, head), start=1):
        where = f"{name}#{number}"
        if error:
            yield Rejection(where=where, reason=f"{error}; the rest of the file was not read")
        else:
            yield _to_item(value, raw=text, where=where)


def _parse_values(stream: IO[bytes], head: bytes) -> Iterator[tuple[str, object, str]]:
    """Yield (text, value, error) of each value in an array or a row; end at the first error."""
    decoder, decode = json.JSONDecoder(), codecs.getincrementaldecoder("utf-8-sig")()
    buffer, chunk, needed = "", head, 0
    try:
        while True:
            buffer += decode.decode(chunk, final=not chunk)
            start = 0
            while len(buffer) >= needed or not chunk:
                start = _find_next_value(buffer, start)
                if start == len(buffer):
                    break
                try:
                    value, end = decoder.raw_decode(buffer, start)
                except json.JSONDecodeError as error:
                    if not chunk or len(buffer) - start > MAX_ARTICLE_BYTES:
                        yield "", None, f"not valid JSON ({error})"
                        return
                    break
                yield buffer[start:end], value, ""
                start = end
            # An incomplete value is tried again only when twice as much of it is there, so that a
            # long one costs linear time.
            buffer, needed = buffer[start:], 0 if start else 2 * len(buffer)
            if not chunk:
                return
            chunk = stream.read(_CHUNK)
    except (ValueError, RecursionError) as error:
        yield "", None, f"not readable as JSON ({_explain(error)})"


def _find_next_value(buffer: str, start: int) -> int:
    """Return where the next value begins, after white space, commas and the array's brackets."""
    while start < len(buffer) and (buffer[start].isspace() or buffer[start] in "[],"):
        start += 1
    return start
