"""Fields: the names under which records of many makers hold what an article needs.

Decision: one table of names, compared without case, `_`, `-` and spaces; the first name that has a
value wins. Must not know what is done with a value.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

# `story` is no body: collections for research use it for the label of an event.
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
}  # fmt: skip

_SPLIT = re.compile(r"\s*[,;|]\s*")
_INSIDE = ("name", "value", "#text", "text", "$t", "$oid")


@lru_cache(maxsize=1024)
def fold_name(name: str) -> str:
    """The name as it is compared: `Publication-Date` is `publicationdate`."""
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "").strip("\ufeff")


_BY_NAME: dict[str, tuple[str, int]] = {
    fold_name(alias): (field, rank)
    for field, aliases in ALIASES.items()
    for rank, alias in enumerate(aliases)
}


def known_fields(names: list[str]) -> frozenset[str]:
    """Which of the article's fields these names hold."""
    return frozenset(found[0] for name in names if (found := _BY_NAME.get(fold_name(name))))


def pick_fields(record: Mapping[str, object]) -> dict[str, object]:
    """The record's values under the article's own field names; empty values and others left out."""
    best: dict[str, tuple[int, object]] = {}
    for name, value in record.items():
        found = _BY_NAME.get(fold_name(name))
        if found is None or value is None or value in ("", [], {}):
            continue
        field, rank = found
        if field not in best or rank < best[field][0]:
            best[field] = (rank, value)
    return {field: value for field, (_, value) in best.items()}


def as_text(value: object, *, between: str = ", ") -> str:
    """A value as text: numbers as written, lists joined, `{"name": ...}` as the name."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        inside = (value[key] for key in _INSIDE if isinstance(value.get(key), str))
        return next(inside, "").strip()
    if isinstance(value, list | tuple):
        plain = (as_text(one, between=between) for one in value if not isinstance(one, list))
        return between.join(part for part in plain if part)
    return ""


def as_texts(value: object) -> tuple[str, ...]:
    """A value as several texts: a list's, or those between commas, semicolons and bars."""
    if isinstance(value, list | tuple):
        parts = [as_text(one) for one in value if not isinstance(one, list)]
    else:
        parts = _SPLIT.split(as_text(value))
    return tuple(dict.fromkeys(part for part in parts if part))
