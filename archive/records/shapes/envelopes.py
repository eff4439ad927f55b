"""Envelopes: objects around records, as programming interfaces and exports write them.

Responsibility: find the records in an object, or say that it is a record itself.
Decision: an object is an envelope only if it has no text of its own and what is in it looks like
articles, so that an article with related articles stays one article.
Must not depend on: which publisher wrote it.
"""

from collections.abc import Mapping
from itertools import islice

from archive.records.shapes.columns import read_columns
from archive.records.shapes.publishers import read_shape
from archive.values.field_aliases import ALIASES
from archive.values.field_names import normalize_name, recognize_fields

ENVELOPES = frozenset("""
articles article items item results result docs documents rows data response hits posts entries
entry stories story news value values records feed channel rss newsitems edges nodes children
listing list content contents payload body @graph objects elements pages newslist newsArticles
search_results searchresults
""".split())  # fmt: skip
"""Names under which records are."""

_MAX_DEPTH = 6
_SAMPLE = 5
_BODY_NAMES = frozenset(map(normalize_name, ALIASES["body"]))
Record = tuple[str, object]
"""The key of a record in a keyed object, or empty; and the record."""


def find_records(value: Mapping[str, object]) -> list[Record] | None:
    """Return the records of an envelope, in order; None if the object is a record itself."""
    if not _may_be_envelope(value) or not _may_be_envelope(read_shape(value)):
        return None
    if (columns := read_columns(value)) is not None:
        return [("", row) for row in columns]
    if (listed := _find_listed(value, _MAX_DEPTH)) is not None:
        return [("", record) for record in listed]
    return _find_keyed(value)


def looks_like_article(value: object) -> bool:
    """Return whether a value is an object with a headline or a body."""
    if not isinstance(value, Mapping):
        return False
    return bool(recognize_fields(list(read_shape(value))) & {"headline", "body"})


def _may_be_envelope(value: Mapping[str, object]) -> bool:
    """Whether the object has lists or objects, and no text that is a body."""
    is_nested = False
    for name, one in value.items():
        if isinstance(one, str):
            if one and normalize_name(name) in _BODY_NAMES:
                return False
        elif isinstance(one, list | dict):
            is_nested = is_nested or bool(one)
    return is_nested


def _find_listed(value: Mapping[str, object], depth: int) -> list[object] | None:
    """The records under a name for records, or the only list of articles in the object."""
    if not depth:
        return None
    for name, one in value.items():
        if name.casefold() in ENVELOPES and (found := _read_listed(one, depth)) is not None:
            return found
    lists = [one for one in value.values() if isinstance(one, list) and _has_articles(one)]
    if len(lists) == 1 and not looks_like_article(value):
        return lists[0]
    return None


def _read_listed(value: object, depth: int) -> list[object] | None:
    if isinstance(value, list):
        return value if _has_articles(value) else None
    if not isinstance(value, Mapping):
        return None
    if (found := _find_listed(value, depth - 1)) is not None:
        return found
    if (columns := read_columns(value)) is not None:
        return list(columns)
    if looks_like_article(value) and _has_text(value):
        return [value]
    keyed = _find_keyed(value)
    return [record for _, record in keyed] if keyed else None


def _has_articles(values: list[object]) -> bool:
    objects = [one for one in values[:_SAMPLE] if isinstance(one, Mapping)]
    return len(objects) > 0 and any(map(looks_like_article, objects))


def _has_text(value: Mapping[str, object]) -> bool:
    fields = recognize_fields(list(read_shape(value)))
    return {"headline", "body"} <= fields


def _find_keyed(value: Mapping[str, object]) -> list[Record] | None:
    """The values of an object whose keys are ids."""
    sample = list(islice(value.values(), _SAMPLE))
    if sample and all(looks_like_article(one) for one in sample):
        fields = recognize_fields(list(value))
        if not fields & {"headline", "body"}:
            return list(value.items())
    return None
