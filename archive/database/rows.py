"""Conversion between an article and a row of SQLite, without loss.

Responsibility: name the columns, convert values both ways and compute fingerprints.
Decision: one column per field, with the field's own name, so that people can read the archive with
`sqlite3`; tuples are JSON, datetimes ISO 8601 in UTC, and only `raw` is compressed.
Must not depend on: connections, transactions or which version is the newest.
"""

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime

from archive.article import Article

_DATES = frozenset({"first_created", "version_created", "embargoed"})
_TUPLES = frozenset({"subjects", "people", "places", "organisations"})
_NOT_FINGERPRINTED = frozenset({"uri", "raw", "version", "version_created"})

# 108 µs for a 2.7 kB record, against 93 at level 1 for 4 % more bytes (one core).
_RAW_LEVEL = 6

COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Article))
READ_COLUMNS: tuple[str, ...] = tuple(name for name in COLUMNS if name != "raw")
"""All but the original text, which only `dateline show --raw` needs: decompressing it took two
thirds of every read (400 articles 29 ms of CPU with it, 10 without)."""
_FINGERPRINTED: tuple[str, ...] = tuple(c for c in COLUMNS if c not in _NOT_FINGERPRINTED)

_COLUMN_TYPES = {
    "version": "INTEGER NOT NULL",
    "date_inferred": "INTEGER NOT NULL",
    "urgency": "INTEGER",
    "first_created": "TEXT",
    "version_created": "TEXT",
    "embargoed": "TEXT",
    "raw": "BLOB NOT NULL",
}


def build_column_definitions() -> str:
    """Return the article's columns in the syntax of `CREATE TABLE`."""
    return ", ".join(f"{name} {_COLUMN_TYPES.get(name, 'TEXT NOT NULL')}" for name in COLUMNS)


def compute_fingerprint(article: Article) -> bytes:
    """Return the SHA-256 of all fields except `uri`, `raw`, `version` and `version_created`.

    Two filings of one uri with the same fingerprint are the same version: a new headline, body,
    byline, date or note makes a new version; a new filing time or raw form does not.
    """
    values = (str(_to_sql(name, getattr(article, name))) for name in _FINGERPRINTED)
    return hashlib.sha256("".join(f"{len(one)}:{one}" for one in values).encode()).digest()


def article_to_row(article: Article, *, uri: str, version: int) -> tuple[object, ...]:
    """Return the article's values in the order of `COLUMNS`, with the given uri and version."""
    replaced: dict[str, object] = {"uri": uri, "version": version}
    return tuple(
        replaced[name] if name in replaced else _to_sql(name, getattr(article, name))
        for name in COLUMNS
    )


def row_to_article(row: Sequence[object]) -> Article:
    """Return the article of a row, whose values are in the order of `READ_COLUMNS`."""
    values = {name: _from_sql(name, value) for name, value in zip(READ_COLUMNS, row, strict=True)}
    return Article(**values)  # type: ignore[arg-type]


def decompress_raw(value: bytes) -> str:
    """Return the original text of a row's `raw`."""
    return zlib.decompress(value).decode()


def format_time(when: datetime | None) -> str | None:
    """Return the value of a column for a time; None if it is unknown."""
    return when.astimezone(UTC).isoformat() if when else None


def parse_time(value: str | None) -> datetime | None:
    """Return the time of a column's value; None if it is unknown."""
    return datetime.fromisoformat(value) if value else None


def _to_sql(name: str, value: object) -> object:
    if name in _DATES and isinstance(value, datetime):
        return format_time(value)
    if name in _TUPLES:
        return json.dumps(value, ensure_ascii=False) if value else "[]"
    if name == "raw":
        return zlib.compress(str(value).encode(), _RAW_LEVEL)
    return value


def _from_sql(name: str, value: object) -> object:
    if name in _DATES and isinstance(value, str):
        return parse_time(value)
    if name in _TUPLES and isinstance(value, str):
        return tuple(json.loads(value))
    if name == "date_inferred":
        return bool(value)
    return value
