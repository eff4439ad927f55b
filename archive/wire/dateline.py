"""The dateline: `Moscow, July 15 (EFE).- ` at the start of a story, as place, day and agency.

Responsibility: recognise a dateline, parse it and split it from its paragraph.
Decision: brackets and a dash are not enough. The text before them must look like a place, and a
place in capitals, a day or a known agency must confirm it; otherwise the sentence stays unchanged.
Must not depend on: the year of a day without one, or the text after the dateline.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from archive.values.months import parse_month
from archive.wire.agencies import is_agency

_WORD = r"[^\W\d_]+"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.?º|ª|°|\.)?"
_DAY_LAST = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_OF = r"(?:de\s+|del\s+|di\s+|d['\u2019])?"
_DATES = (
    re.compile(rf"(?:^|[\s,])(?P<month>{_WORD})\.?\s+{_DAY_LAST}(?:,?\s+{_YEAR})?\.?,?$"),
    re.compile(rf"(?:^|[\s,]){_DAY}\s*{_OF}(?P<month>{_WORD})\.?(?:,?\s+{_OF}{_YEAR})?,?$"),
)
_WEEKDAY_BEFORE = re.compile(rf"(?:,\s*|^){_WORD}day$|,\s*{_WORD}tag$")
_DASH = r"(?:\.?\s?(?:--|[-\u2013\u2014\u2015]))"
_HEAD = re.compile(
    r"(?P<lead>[^()\n]{0,90}?)\s*"
    r"(?:\(\s?(?P<agency>[^()\n]{1,40}?)\s?\)|/(?P<wire>[A-Z][A-Za-z -]{2,30})/)"
    rf"\s*(?P<dash>{_DASH}|(?=[A-Z]))\s*(?P<rest>\S.*|$)",
    re.S,
)
_BARE = re.compile(rf"(?P<lead>[^()\n]{{3,60}}?)\s+{_DASH}\s+(?P<rest>\S.*)", re.S)
_BYLINE = re.compile(r"(?:By|Por|Von|Par|Di|De)\s+(?P<by>[^\W\d_].{2,120}?)\s+(?=[^\W\d_a-z]{2})")
_PARTICLES = frozenset(
    {"de", "del", "della", "di", "do", "da", "dos", "das", "du", "des", "la", "le"}
    | {"les", "el", "los", "las", "of", "the", "on", "upon", "sur", "am", "an", "im"}
    | {"bei", "der", "den", "in", "and", "y", "e", "et", "und", "al", "au", "aux"}
)
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?")
_LONG_DASH = re.compile("[\u2013\u2014\u2015]")
_MAX_PLACE_WORDS = 8
_MAX_CHARACTERS = 400
_NEVER_FIRST_IN_PLACE = frozenset({"The", "By", "Por", "Von", "Par"})
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.)+|\b[A-Z]\w{1,4}\.")
_NOT_IN_PLACES = re.compile(r"""[\d.:;!?"“”«»]""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A parsed dateline.

    Attributes:
        printed: The text, including the dash.
        located: The place, in title case if it was in capitals; empty if missing.
        agency: The text in the brackets; empty if missing.
        month: 1 to 12; None if missing.
        day: 1 to 31; None if missing.
        year: Four digits; None if missing.
        by: A byline on the same line before the dateline, without "By".
    """

    printed: str
    located: str = ""
    agency: str = ""
    month: int | None = None
    day: int | None = None
    year: int | None = None
    by: str = ""


def split_dateline(paragraph: str) -> tuple[Dateline | None, str]:
    """Return the dateline at the start of a paragraph, and the rest; (None, paragraph) if none."""
    head = paragraph[:_MAX_CHARACTERS]
    byline = _BYLINE.match(head)
    parsed = _parse_after_byline(head, byline["by"]) if byline else None
    parsed = parsed or _parse(head)
    if parsed is None:
        return None, paragraph
    dateline, length = parsed
    return dateline, paragraph[length:].lstrip()


@lru_cache(maxsize=4096)
def to_title_case(place: str) -> str:
    """Convert `SAN FRANCISCO/NEW YORK` to `San Francisco/New York`.

    Only words in capitals change, so `ANCHORAGE, Alaska` becomes `Anchorage, Alaska`; initials
    such as `D.C.` stay.
    """
    return "/".join(_convert_place(one.strip()) for one in place.split("/"))


def _convert_place(place: str) -> str:
    words = re.split(r"([\s,'\u2019-]+)", place)
    return "".join(_convert_word(word, first=number == 0) for number, word in enumerate(words))


def _convert_word(word: str, *, first: bool) -> str:
    if not word.isupper() or _INITIALS.fullmatch(word) or word in ("US", "UN", "UK", "DC"):
        return word
    lower = word.lower()
    return lower if lower in _PARTICLES and not first else word[0] + lower[1:]


def _parse_after_byline(head: str, name: str) -> tuple[Dateline, int] | None:
    """A dateline in capitals after a byline on the same line: `By Jo Doe LONDON (X) - `."""
    start = head.index(name)
    for gap in re.finditer(r"\s(?=[^\W\d_a-z]{2,})", head[: start + 130]):
        by = head[start : gap.start()]
        parsed = _parse(head[gap.end() :]) if len(by.split()) > 1 else None
        if parsed and parsed[0].located:
            length = gap.end() + parsed[1]
            return replace(parsed[0], by=by.strip(" ,")), length
    return None


def _parse(head: str) -> tuple[Dateline, int] | None:
    """A dateline at the very start, and its length including the space after it."""
    if "(" not in head and "/" not in head and "-" not in head and not _LONG_DASH.search(head):
        return None
    match = _HEAD.match(head)
    if match and (dateline := _parse_with_agency(match)):
        return dateline, match.start("rest")
    match = _BARE.match(head)
    if match and (dateline := _parse_without_agency(match)):
        return dateline, match.start("rest")
    return None


def _parse_with_agency(match: re.Match[str]) -> Dateline | None:
    agency, dash = match["agency"] or match["wire"], match["dash"]
    place, month, day, year = _split_day(match["lead"].strip())
    known, capitals = is_agency(agency), _in_capitals(place)
    if match["rest"][:1].islower() or (place and not _is_place(place)):
        return None
    if not dash and not (known and (capitals or not place)):
        return None
    confirmed = known or capitals or month is not None or (place and dash.startswith("."))
    if not confirmed or not _is_agency_like(agency) or _is_spelled_out(place, agency):
        return None
    return _create_dateline(match, place=place, agency=agency, days=(month, day, year))


def _parse_without_agency(match: re.Match[str]) -> Dateline | None:
    place, month, day, year = _split_day(match["lead"].strip())
    if month is None or not _is_place(place) or not _in_capitals(place) or len(place) < 3:
        return None
    return _create_dateline(match, place=place, agency="", days=(month, day, year))


def _create_dateline(
    match: re.Match[str],
    *,
    place: str,
    agency: str,
    days: tuple[int | None, int | None, int | None],
) -> Dateline:
    return Dateline(
        printed=match.string[: match.start("rest")].strip(),
        located=to_title_case(" ".join(place.split())),
        agency=agency,
        month=days[0],
        day=days[1],
        year=days[2],
    )


def _split_day(lead: str) -> tuple[str, int | None, int | None, int | None]:
    """Place, month, day and year of the text before the brackets."""
    for pattern in _DATES:
        match = pattern.search(lead)
        month = parse_month(match["month"]) if match else None
        if match and month and 1 <= int(match["day"]) <= 31:
            place = _WEEKDAY_BEFORE.sub("", lead[: match.start()].rstrip(" ,")).rstrip(" ,")
            year = int(match["year"]) if match["year"] else None
            return place, month, int(match["day"]), year
    return lead.rstrip(" ,"), None, None, None


@lru_cache(maxsize=4096)
def _is_place(place: str) -> bool:
    """Whether every word could be part of a place's name, and the first one could begin it."""
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


def _is_spelled_out(place: str, agency: str) -> bool:
    """Whether the brackets only abbreviate the name: `Associated Press (AP) - `."""
    initials = "".join(word[:1] for word in re.split(r"[\s-]+", place))
    return len(initials) > 1 and initials.casefold() == agency.casefold()


def _is_agency_like(agency: str) -> bool:
    plain = re.fullmatch(r"[^\W\d_][\w&/! -]*", agency)
    return is_agency(agency) or bool(plain and agency[0].isupper() and len(agency.split()) <= 3)


def _in_capitals(place: str) -> bool:
    """Whether the place, up to the state or country after a comma, is in capitals."""
    return place.split(",")[0].isupper()
