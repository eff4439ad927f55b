"""Field names: an article's fields in records of many publishers.

Responsibility: map a record's names to the article's fields, and choose between several values.
Decision: names are compared without case, accents, `_`, `-`, `.`, `:` and spaces; the first name
with a value wins, but a text that is a fragment of another never does, and a summary is a body only
if there is no other.
Must not depend on: what is done with a value.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from archive.values.dates import parse_datetime
from archive.values.field_aliases import ALIASES, HARMLESS
from archive.values.flattening import is_empty, to_text

_SEPARATORS = re.compile(r"[\s_\-.:@\ufeff]+")
_PREFIX = re.compile(r"^_source\.|^_source_")
# What NewsAPI puts at the end of a text that it cut.
_CUT_OFF = re.compile(r"\s*\[\+\d+ chars\]\s*$")
_CUT_OFF_END = "chars]"
_MIN_BODY = 40
"""A shorter value under a name for a body, beside a longer one, is a label or an id."""
_MUCH_LONGER = 2


@lru_cache(maxsize=4096)
def normalize_name(name: str) -> str:
    """Return the form of a name that is compared: `Publication-Date` is `publicationdate`."""
    plain = _SEPARATORS.sub("", _PREFIX.sub("", name.strip().casefold()))
    if plain.isascii():
        return plain
    parts = unicodedata.normalize("NFKD", plain)
    return unicodedata.normalize(
        "NFC", "".join(part for part in parts if not "\u0300" <= part <= "\u036f")
    )


_RANKS: dict[str, tuple[str, int]] = {}
for _field, _names in ALIASES.items():
    for _rank, _alias in enumerate(_names):
        _RANKS.setdefault(normalize_name(_alias), (_field, _rank))
ARTICLE_FIELDS = tuple(field for field in ALIASES if field not in ("summary", "status", "section"))
"""What a person can name a column for; the other groups of names only help to fill these."""
_HARMLESS = frozenset(map(normalize_name, HARMLESS))


def recognize_fields(names: Iterable[str]) -> frozenset[str]:
    """Return the article's fields among these names; a summary counts as a body."""
    matches = (_RANKS.get(normalize_name(name)) for name in names)
    found = {match[0] for match in matches if match}
    return frozenset("body" if field == "summary" else field for field in found)


def find_unknown(names: Iterable[str], field_map: Mapping[str, str]) -> list[str]:
    """Return the names that are no field, not mapped to one and not known to say nothing."""
    return [
        name
        for name in names
        if name not in field_map
        and (plain := normalize_name(name))
        and plain not in _RANKS
        and plain not in _HARMLESS
    ]


def pick_fields(
    record: Mapping[str, object], field_map: Mapping[str, str] | None = None
) -> dict[str, object]:
    """Return a record's values by the article's field names, without empty and unknown ones.

    `field_map` has the field of names that a person explained; they come before all others.
    """
    candidates: dict[str, list[tuple[int, object]]] = {}
    explained = field_map or {}
    for name, field, rank in _match_names(tuple(record)):
        if name not in explained and not is_empty(value := record[name]):
            candidates.setdefault(field, []).append((rank, value))
    for name, field in explained.items():
        if not is_empty(value := record.get(name)):
            candidates.setdefault(field, []).append((-1, value))
    summary = candidates.pop("summary", None)
    if summary and "body" not in candidates:
        candidates["body"] = summary
    return {field: _choose(field, values) for field, values in candidates.items()}


@lru_cache(maxsize=256)
def _match_names(names: tuple[str, ...]) -> tuple[tuple[str, str, int], ...]:
    """The name, field and rank of each name that is a field.

    The records of a file mostly have the same names, which are looked up once.
    """
    found = ((name, _RANKS.get(normalize_name(name))) for name in names)
    return tuple((name, *match) for name, match in found if match)


def _choose(field: str, values: list[tuple[int, object]]) -> object:
    """The value of the best name, unless another one is plainly better."""
    if len(values) == 1:
        best = values[0][1]
    else:
        ordered = [value for _, value in sorted(values, key=lambda one: one[0])]
        # A name that a person mapped is right.
        best = ordered[0] if min(values)[0] < 0 else _choose_better(field, ordered)
    # The expression would look at each blank of a long text, so the end is looked at first.
    is_cut = field == "body" and isinstance(best, str) and _CUT_OFF_END in best[-100:]
    return _CUT_OFF.sub("", str(best)) if is_cut else best


def _choose_better(field: str, ordered: list[object]) -> object:
    best = ordered[0]
    if field == "body":
        length = len(to_text(best))
        longest = max(ordered, key=lambda value: len(to_text(value)))
        is_fragment = length < _MIN_BODY or len(to_text(longest)) > _MUCH_LONGER * length
        return longest if is_fragment else best
    if field in ("first_created", "version_created"):
        return next((value for value in ordered if parse_datetime(value)), best)
    if field == "source":
        return next((value for value in ordered if not is_address(to_text(value))), best)
    return best


def is_address(text: str) -> bool:
    """Return whether a text is a URL."""
    return text[:8].lower().startswith(("http://", "https://"))
