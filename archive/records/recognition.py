"""Recognition: the records in a value of JSON, with the names that Dateline knows.

Responsibility: apply shapes and envelopes to a value, and note which names were not understood.
Decision: one pass over a file notes its names, so that a file has one remark and not one for each
article.
Must not depend on: files, or what is done with a value.
"""

import json
from collections.abc import Iterator, Mapping

from archive.ingest_types import IngestOptions, RawRecord, Rejection, Remark, SourceItem
from archive.records.ninjs import is_ninjs, read_ninjs
from archive.records.shapes.envelopes import find_records
from archive.records.shapes.publishers import read_shape
from archive.values.field_names import find_unknown, normalize_name

_ID = "_id"
_MAX_NAMES = 12
_MAX_SEEN = 1000
_JSON_TYPES = {
    "list": "array", "str": "string", "int": "number", "float": "number", "bool": "boolean",
    "NoneType": "null",
}  # fmt: skip


class FileNames:
    """The names in the records of one file."""

    def __init__(self, name: str, options: IngestOptions) -> None:
        self._name = name
        self._map = options.field_map
        self._seen: dict[str, None] = {}

    def add(self, values: Mapping[str, object]) -> None:
        """Note the names of a record."""
        if len(self._seen) < _MAX_SEEN:
            self._seen.update(dict.fromkeys(values))

    def finish(self) -> Iterator[Remark]:
        """Yield a remark if there are names that were not understood."""
        unknown = find_unknown(self._seen, self._map)
        if unknown:
            more = f" and {len(unknown) - _MAX_NAMES} more" if len(unknown) > _MAX_NAMES else ""
            value = ", ".join(name[:40] for name in unknown[:_MAX_NAMES]) + more
            yield Remark(code="unknown-fields", where=self._name, value=value)


def read_value(
    value: object, *, raw: str, where: str, names: FileNames, base: str = "", first: int = 1
) -> Iterator[SourceItem]:
    """Yield the records of a value of JSON: itself at `where`, or those in an envelope.

    A record of an envelope has its own text as raw text, and is at `base#number`, counted from
    `first`; the base is `where` by default.
    """
    if not isinstance(value, dict):
        kind = _JSON_TYPES[type(value).__name__]
        yield Rejection(where=where, reason=f"expected a JSON object, not a JSON {kind}")
        return
    records = find_records(value)
    if records is None:
        yield _to_record(value, raw=raw, where=where, names=names)
        return
    for number, (key, record) in enumerate(records, start=first):
        place = f"{base or where}#{number}"
        if not isinstance(record, Mapping):
            yield Rejection(where=place, reason="expected a JSON object in the list of articles")
            continue
        if key and not any(normalize_name(name) in ("id", "uri", "guid") for name in record):
            record = {_ID: key, **record}
        text = json.dumps(record, ensure_ascii=False)
        yield _to_record(record, raw=text, where=place, names=names)


def _to_record(value: Mapping[str, object], *, raw: str, where: str, names: FileNames) -> RawRecord:
    values = read_shape(value)
    if is_ninjs(values):
        values = read_ninjs(values)
    names.add(values)
    return RawRecord(where=where, raw=raw, values=values)
