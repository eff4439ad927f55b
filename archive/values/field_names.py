"""Field names: the names under which records of many publishers have an article's fields.

Responsibility: map a record's names to the article's fields, and flatten its values to text.
Decision: one table of names, compared without case, `_`, `-` and spaces; the first name with a
value wins.
Must not depend on: what is done with a value.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

# Not `story` for a body: research collections use it for the label of an event.
ALIASES: dict[str, tuple[str, ...]] = {
    "uri": ("uri", "id", "guid", "_id", "docno"),
    "url": ("canonical_url", "url", "link"),
    "headline": ("headline", "title", "head"),
    "body": ("body", "body_text", "story_text", "text", "content", "article"),
    "first_created": (
        "first_created", "date", "published", "publication_date", "pub_date", "datePublished",
        "timestamp",
    ),
    "version_created": ("version_created", "dateModified", "modified", "updated"),
    "source": ("source", "publisher", "agency", "outlet"),
    "language": ("language", "lang", "inLanguage"),
    "by": ("byline", "by", "author", "authors"),
    "dateline": ("dateline",),
    "located": ("located", "location"),
    "slugline": ("slugline", "slug"),
    "subjects": ("subjects", "keywords", "tags"),
    "section": ("section",),
    "people": ("people",),
    "places": ("places",),
    "organisations": ("organisations", "organizations"),
    "ed_note": ("ed_note", "editornote", "correction"),
    "pub_status": ("pub_status", "publication_status", "publishing_status"),
    "status": ("status",),
    "urgency": ("urgency",),
}  # fmt: skip

_SPLIT = re.compile(r"\s*[,;|]\s*")
_TEXT_KEYS = ("name", "value", "#text", "text", "$t", "$oid")


@lru_cache(maxsize=1024)
def normalize_name(name: str) -> str:
    """Return the form of a name that is compared: `Publication-Date` is `publicationdate`."""
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "").strip("\ufeff")


_FIELD_RANKS: dict[str, tuple[str, int]] = {
    normalize_name(alias): (field, rank)
    for field, aliases in ALIASES.items()
    for rank, alias in enumerate(aliases)
}


def recognize_fields(names: list[str]) -> frozenset[str]:
    """Return the article's fields among these names."""
    matches = (_FIELD_RANKS.get(normalize_name(name)) for name in names)
    return frozenset(match[0] for match in matches if match)


def pick_fields(record: Mapping[str, object]) -> dict[str, object]:
    """Return a record's values by the article's field names, without empty and unknown ones."""
    best: dict[str, tuple[int, object]] = {}
    for name, value in record.items():
        match = _FIELD_RANKS.get(normalize_name(name))
        if match is None or value is None or value in ("", [], {}):
            continue
        field, rank = match
        if field not in best or rank < best[field][0]:
            best[field] = (rank, value)
    return {field: value for field, (_, value) in best.items()}


def to_text(value: object, *, between: str = ", ") -> str:
    """Return a value as text: lists joined by `between`, `{"name": ...}` as the name."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        texts = (value[key] for key in _TEXT_KEYS if isinstance(value.get(key), str))
        return next(texts, "").strip()
    if isinstance(value, list | tuple):
        parts = (to_text(item, between=between) for item in value if not isinstance(item, list))
        return between.join(part for part in parts if part)
    return ""


def to_texts(value: object) -> tuple[str, ...]:
    """Return the items of a list, or the parts of a text between commas, semicolons and bars."""
    if isinstance(value, list | tuple):
        parts = [to_text(item) for item in value if not isinstance(item, list)]
    else:
        parts = _SPLIT.split(to_text(value))
    return tuple(dict.fromkeys(part for part in parts if part))
