"""JSON: one object per line, or a file of objects with or without something around them.

Responsibility: split JSON files into records.
Decision: JSON Lines are read line by line, so that a bad line costs one article; any other file is
read as a stream of values, which goes on at the next object after damage.
Must not depend on: what the fields mean.
"""

import json
import re
from collections.abc import Mapping
from typing import IO

from archive.ingest_types import IngestOptions, Rejection, SourceItems
from archive.records.recognition import FileNames, read_value
from archive.records.shapes.envelopes import ENVELOPES
from archive.sources.lines import TOO_LONG, read_lines
from archive.sources.parsing.json_repair import parse_json
from archive.sources.parsing.json_values import iter_values
from archive.sources.parsing.utf8 import read_utf8

# Comments, an assignment or a call may be before the first value. Also with the names that Python
# and JavaScript write, so that a reader says what is wrong.
_START = re.compile(
    rb"(?:\s|//[^\n]*\n|/\*[^*]*\*/|#[^\n]*\n)*"
    rb"(?:\)\]\}',?\s*|(?:(?:var|let|const)\s+)?[\w.$]+\s*=\s*|[\w.$]+\(\s*)?"
    rb"(?:\{\s*(?:[\"'}]|\w+\s*:)|\[\s*[{\]])"
)
_LIST = re.compile(rb'"([\w@]+)"\s*:\s*\[\s*[{\]]')
_JSON_ERRORS = (ValueError, RecursionError)
_ACTIONS = frozenset({"index", "create", "update", "delete"})
_NO_OPTIONS = IngestOptions()


def read_json_lines(
    stream: IO[bytes], name: str, *, head: bytes = b"", options: IngestOptions = _NO_OPTIONS
) -> SourceItems:
    """Yield a record for each line with an object, and a rejection for other lines but blank ones.

    `head` is what was already read from the stream; `name` begins each item's `where`. A line can
    be an envelope with several records. The action lines of Elasticsearch's bulk format give the
    next record its id.
    """
    names = FileNames(name, options)

    def read(text: IO[bytes], name: str) -> SourceItems:
        yield from _read_lines(text, name, names)
        yield from names.finish()

    return read_utf8(read, stream, name, head=head, declared=options.encoding)


def read_json(
    stream: IO[bytes], name: str, *, head: bytes = b"", options: IngestOptions = _NO_OPTIONS
) -> SourceItems:
    """Read JSON Lines if the first line is a complete object, else values of any arrangement."""
    if is_json_lines(head):
        return read_json_lines(stream, name, head=head, options=options)
    names = FileNames(name, options)

    def read(text: IO[bytes], name: str) -> SourceItems:
        count = 0
        for raw, value, error in iter_values(text, ENVELOPES):
            where = f"{name}#{count + 1}"
            items = (
                iter([Rejection(where=where, reason=error)])
                if error
                else read_value(
                    value, raw=raw, where=where, names=names, base=name, first=count + 1
                )
            )
            for item in items:
                count += 1
                yield item
        yield from names.finish()

    return read_utf8(read, stream, name, head=head, declared=options.encoding)


def is_json_lines(head: bytes) -> bool:
    """Return whether content with these first bytes has one object in each line.

    A damaged first line costs only itself: the second one says that there is an object a line.
    """
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]
    if not lines or not is_json(lines[0]) or not lines[0].lstrip().startswith(b"{"):
        return False
    if len(lines) == 1:
        # A single object, or a first line that is longer than the head; an envelope of one line can
        # be longer than a line may be.
        return not any(
            match[1].decode().casefold() in ENVELOPES for match in _LIST.finditer(lines[0])
        )
    try:
        return isinstance(json.loads(lines[0]), dict)
    except _JSON_ERRORS:
        is_open = lines[0].rstrip().endswith((b"{", b"[", b":", b","))
        return not is_open and lines[1].lstrip().startswith((b'{"', b"{'"))


def is_json(head: bytes) -> bool:
    """Return whether content with these first bytes is an object or an array of objects."""
    return bool(_START.match(head.removeprefix(b"\xef\xbb\xbf")))


def _read_lines(stream: IO[bytes], name: str, names: FileNames) -> SourceItems:
    action: Mapping[str, object] | None = None
    for number, line in read_lines(stream):
        where = f"{name}:{number}"
        if line is None:
            yield Rejection(where=where, reason=TOO_LONG)
            continue
        if not line.strip() or line.startswith((b"//", b"#")):
            continue
        value, text, error = _parse_line(line)
        if error:
            yield Rejection(where=where, reason=error)
        elif (found := _find_action(value)) is not None:
            action = found
            continue
        else:
            yield from read_value(_add_id(value, action), raw=text, where=where, names=names)
        action = None


def _parse_line(line: bytes) -> tuple[object, str, str]:
    """The value of a line, its text, and why it has none."""
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        return None, "", f"not valid UTF-8 ({error.reason} at byte {error.start})"
    try:
        return parse_json(text.rstrip(",")), text, ""
    except _JSON_ERRORS as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
        return None, "", f"not valid JSON ({reason})"


def _find_action(value: object) -> Mapping[str, object] | None:
    """What an action line of the bulk format says of the next line; None for other lines."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    name, action = next(iter(value.items()))
    if name not in _ACTIONS or not isinstance(action, dict):
        return None
    return (
        action
        if all(key.startswith("_") or key in ("routing", "pipeline") for key in action)
        else None
    )


def _add_id(value: object, action: Mapping[str, object] | None) -> object:
    if not action or not isinstance(value, dict):
        return value
    inner = value.get("doc") if len(value) == 1 else None
    record = inner if isinstance(inner, dict) else value
    return record if "_id" in record else {"_id": action.get("_id"), **record}
