"""Columns: tables in JSON, by column or with the names of the columns apart.

Responsibility: turn `{"title": {"0": ...}, "text": {"0": ...}}`, `{"title": [...], "text": [...]}`
and `{"columns": [...], "data": [[...]]}` into one object for each row.
Decision: columns count as such only if all of them have the same rows, and one of them is a
headline or a body.
Must not depend on: what the fields mean.
"""

from collections.abc import Iterator, Mapping

from archive.values.field_names import recognize_fields

_NAMES = ("columns", "header", "headers", "fields", "names")
_ROWS = ("data", "rows", "values", "records")


def read_columns(value: Mapping[str, object]) -> Iterator[dict[str, object]] | None:
    """Return the rows of a table in JSON, in order; None if the object is no table."""
    rows = _read_split(value)
    return rows if rows is not None else _read_columns(value)


def _read_split(value: Mapping[str, object]) -> Iterator[dict[str, object]] | None:
    names = next((value[name] for name in _NAMES if isinstance(value.get(name), list)), None)
    rows = next((value[name] for name in _ROWS if isinstance(value.get(name), list)), None)
    if not isinstance(names, list) or not isinstance(rows, list) or not rows:
        return None
    texts = [str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in names]
    if not isinstance(rows[0], list) or not _has_text_column(texts):
        return None
    return (dict(zip(texts, row, strict=False)) for row in rows if isinstance(row, list))


def _read_columns(value: Mapping[str, object]) -> Iterator[dict[str, object]] | None:
    columns = list(value.values())
    if not _has_text_column(list(value)):
        return None
    if all(isinstance(one, list) for one in columns):
        lengths = {len(one) for one in columns if isinstance(one, list)}
        if len(columns) < 2 or len(lengths) != 1 or _has_objects(columns):
            return None
        return (dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True))
    if all(isinstance(one, dict) and one for one in columns):
        first = columns[0]
        keys = list(first) if isinstance(first, dict) else []
        if not all(key.isdecimal() for key in keys):
            return None
        return (
            {name: one.get(key) for name, one in value.items() if isinstance(one, dict)}
            for key in keys
        )
    return None


def _has_text_column(names: list[str]) -> bool:
    return bool(recognize_fields(names) & {"headline", "body"})


def _has_objects(columns: list[object]) -> bool:
    return any(isinstance(one, list) and one and isinstance(one[0], dict) for one in columns)
