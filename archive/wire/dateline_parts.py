"""The parts of a dateline: its place, and its day.

Responsibility: part `MOSCOW, Russia, 2nd March, 2031` into place and day; say what can be a place.
Decision: a day counts only at the end of the text, in the orders and languages that agencies use.
Must not depend on: agencies, or the punctuation between the parts of a dateline.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.values.months import parse_month

_WORD = r"[^\W\d_]+"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.?º|ª|°|\.)?"
_DAY_LAST = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_OF = r"(?:de\s+|del\s+|di\s+|d['\u2019])?"
_DATES = (
    re.compile(rf"(?:^|[\s,])(?P<month>{_WORD})\.?\s+{_DAY_LAST}(?:,?\s+{_YEAR})?\.?,?$"),
    re.compile(
        rf"(?:^|[\s,])(?:le\s+|il\s+|den\s+)?{_DAY}\s*{_OF}(?P<month>{_WORD})\.?"
        rf"(?:,?\s+{_OF}{_YEAR})?,?$"
    ),
    re.compile(rf"(?:^|[\s,]){_DAY}(?P<month>\d{{1,2}})\.\s?{_YEAR},?$"),
)
# `MADRID, 2 (EUROPA PRESS)`: the day alone, after a comma.
_DAY_ALONE = re.compile(r",\s*(?P<day>\d{1,2})$")
_WEEKDAY_BEFORE = re.compile(
    r"(?:,\s*|^)(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)"
    r"tag|mittwoch|sonnabend|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche|luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]"
    r"|venerd[iì]|sabato|domenica|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?),?$",
    re.I,
)
_COUNTRY = re.compile(r"\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]")
_PARTICLES = frozenset(
    {"de", "del", "della", "di", "do", "da", "dos", "das", "du", "des", "la", "le"}
    | {"les", "el", "los", "las", "of", "the", "on", "upon", "sur", "am", "an", "im"}
    | {"bei", "der", "den", "in", "and", "y", "e", "et", "und", "al", "au", "aux", "a.m.", "pri"}
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?|EE\.\s?UU\.?")
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_a-z]\.)+|\b[^\W\d_a-z]\w{1,4}\.|a\.M\.")
_NOT_IN_PLACES = re.compile(r"""[\d.:;!?"“”«»]""")
_NEVER_FIRST_IN_PLACE = frozenset({"The", "By", "Por", "Von", "Par", "On", "In", "Since", "Until"})
_MAX_PLACE_WORDS = 8
# EFE names the newsroom where a story has no place: `Redacción deportes`.
_NEWSROOM = re.compile(r"(?:Redacci[oó]n|Reda[cç][cç]?[aã]o|R[eé]daction|Redazione)\b", re.I)


@dataclass(frozen=True, slots=True)
class Day:
    """A printed day; None for what is missing."""

    month: int | None = None
    day: int | None = None
    year: int | None = None


def split_day(lead: str) -> tuple[str, Day]:
    """Part the text before the agency into a place, still as printed, and a day.

    The country that EFE puts in brackets follows the place after a comma: `Brenwick (Reino Unido)`
    is `Brenwick, Reino Unido`.
    """
    lead = _COUNTRY.sub(r", \1", lead).strip()
    for pattern in _DATES:
        match = pattern.search(lead)
        month = _parse_month(match["month"]) if match else None
        if match and month and 1 <= int(match["day"]) <= 31:
            place = lead[: match.start()].rstrip(" ,")
            place = _WEEKDAY_BEFORE.sub("", place).rstrip(" ,")
            year = int(match["year"]) if match["year"] else None
            return _end_place(place), Day(month, int(match["day"]), year)
    alone = _DAY_ALONE.search(lead)
    if alone and 1 <= int(alone["day"]) <= 31:
        return lead[: alone.start()], Day(day=int(alone["day"]))
    place, comma, last = lead.rstrip(" ,").rpartition(",")
    if comma and parse_month(last.strip()):  # `LONDON, Jul (Reuters) - `: the day was forgotten.
        return place, Day()
    return _end_place(lead.rstrip(" ,")), Day()


def _parse_month(text: str) -> int | None:
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else None
    return parse_month(text)


def _end_place(place: str) -> str:
    """The place without a full stop after it: `Moscow` of `Moscow. March 2. INTERFAX - `."""
    return place[:-1] if re.search(r"\w{4,}\.$", place) and "," not in place else place


def is_newsroom(place: str) -> bool:
    """Return whether an agency's newsroom stands where the place should: `Redacción deportes`."""
    return bool(_NEWSROOM.match(place))


@lru_cache(maxsize=4096)
def is_place(place: str) -> bool:
    """Return whether every word could be part of a place's name, and the first one begin it."""
    words = [word for part in re.split(r"[\s/]+", place) if (word := part.strip(","))]
    if (
        not words
        or len(words) > _MAX_PLACE_WORDS
        or _NOT_IN_PLACES.search(_ABBREVIATION.sub("", place))
    ):
        return False
    if words[0] in _NEVER_FIRST_IN_PLACE and words[1:2] != ["Hague"]:
        return False
    return place[0].isupper() and all(
        word[0].isupper() or word.casefold() in _PARTICLES or "'" in word for word in words
    )


def is_in_capitals(place: str) -> bool:
    """Return whether the place, up to the state or country after a comma, is in capitals."""
    return place.split(",")[0].isupper()


@lru_cache(maxsize=4096)
def to_title_case(place: str) -> str:
    """Convert `SAN FRANCISCO/NEW YORK` to `San Francisco/New York`.

    Only words in capitals change, so `ANCHORAGE, Alaska` becomes `Anchorage, Alaska`; initials
    such as `D.C.` stay.
    """
    return "/".join(_convert_place(one.strip()) for one in place.split("/"))


def _convert_place(place: str) -> str:
    city, comma, region = place.partition(",")
    words = re.split(r"([\s'\u2019-]+)", city)
    city = "".join(_convert_word(word, first=number == 0) for number, word in enumerate(words))
    # A state is often two letters, as in `TORONTO, ON`.
    parts = re.split(r"([\s,'\u2019-]+)", region)
    region = "".join(p if len(p) == 2 else _convert_word(p, first=False) for p in parts)
    return f"{city}{comma}{region}"


def _convert_word(word: str, *, first: bool) -> str:
    if not word.isupper() or _INITIALS.fullmatch(word) or word in ("US", "UN", "UK", "DC", "EEUU"):
        return word
    lower = word.lower()
    return lower if lower in _PARTICLES and not first else word[0] + lower[1:]
