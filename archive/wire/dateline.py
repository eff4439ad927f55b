"""The dateline: `Moscow, July 15 (EFE).- ` at the head of a story, read into place, day and agency.

Decision: a bracket and a dash are no proof; what precedes them must be a place, and one of a
capitalised place, a day or a known agency must confirm it, or the sentence is left alone.
Must not know the year of a day that has none, or what follows the dateline.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from archive.values.months import month_number
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
_MOST_WORDS = 8
_MOST_CHARACTERS = 400
_NEVER_FIRST = frozenset({"The", "By", "Por", "Von", "Par"})
_SHORT = re.compile(r"\b(?:[A-Z]\.)+|\b[A-Z]\w{1,4}\.")
_NOT_IN_PLACES = re.compile(r"""[\d.:;!?"“”«»]""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A dateline as read.

    Attributes:
        printed: As it stands in the text, dash included.
        located: The place, title-cased where it was in capitals; empty where there is none.
        agency: What stands in the brackets; empty where there are none.
        month, day, year: Each None where the dateline does not say it.
        by: A byline that ran into the dateline, without "By".
    """

    printed: str
    located: str = ""
    agency: str = ""
    month: int | None = None
    day: int | None = None
    year: int | None = None
    by: str = ""


def split_dateline(paragraph: str) -> tuple[Dateline | None, str]:
    """The dateline at the head of a paragraph, and what follows; (None, paragraph) without one."""
    head = paragraph[:_MOST_CHARACTERS]
    byline = _BYLINE.match(head)
    found = _read_after_byline(head, byline["by"]) if byline else None
    found = found or _read(head)
    if found is None:
        return None, paragraph
    dateline, length = found
    return dateline, paragraph[length:].lstrip()


@lru_cache(maxsize=4096)
def title_case(place: str) -> str:
    """`SAN FRANCISCO/NEW YORK` as `San Francisco/New York`; another spelling as it is.

    Only words of capitals change, so `ANCHORAGE, Alaska` becomes `Anchorage, Alaska`; initials
    such as `D.C.` stay.
    """
    return "/".join(_one_cased(one.strip()) for one in place.split("/"))


def _one_cased(place: str) -> str:
    words = re.split(r"([\s,'\u2019-]+)", place)
    return "".join(_cased(word, first=number == 0) for number, word in enumerate(words))


def _cased(word: str, *, first: bool) -> str:
    if not word.isupper() or _INITIALS.fullmatch(word) or word in ("US", "UN", "UK", "DC"):
        return word
    lower = word.lower()
    return lower if lower in _PARTICLES and not first else word[0] + lower[1:]


def _read_after_byline(head: str, name: str) -> tuple[Dateline, int] | None:
    """A dateline in capitals right after a byline in the same line: `By Jo Doe LONDON (X) - `."""
    start = head.index(name)
    for found in re.finditer(r"\s(?=[^\W\d_a-z]{2,})", head[: start + 130]):
        by = head[start : found.start()]
        read = _read(head[found.end() :]) if len(by.split()) > 1 else None
        if read and read[0].located:
            length = found.end() + read[1]
            return replace(read[0], by=by.strip(" ,")), length
    return None


def _read(head: str) -> tuple[Dateline, int] | None:
    """A dateline at the very start, and its length with the space after it."""
    if "(" not in head and "/" not in head and "-" not in head and not _LONG_DASH.search(head):
        return None
    found = _HEAD.match(head)
    if found and (dateline := _with_agency(found)):
        return dateline, found.start("rest")
    found = _BARE.match(head)
    if found and (dateline := _without_agency(found)):
        return dateline, found.start("rest")
    return None


def _with_agency(found: re.Match[str]) -> Dateline | None:
    agency, dash = found["agency"] or found["wire"], found["dash"]
    place, month, day, year = _split_day(found["lead"].strip())
    known, capitals = is_agency(agency), _in_capitals(place)
    if found["rest"][:1].islower() or (place and not _is_place(place)):
        return None
    if not dash and not (known and (capitals or not place)):
        return None
    proven = known or capitals or month is not None or (place and dash.startswith("."))
    if not proven or not _is_agency_like(agency) or _is_spelled_out(place, agency):
        return None
    return _dateline(found, place=place, agency=agency, days=(month, day, year))


def _without_agency(found: re.Match[str]) -> Dateline | None:
    place, month, day, year = _split_day(found["lead"].strip())
    if month is None or not _is_place(place) or not _in_capitals(place) or len(place) < 3:
        return None
    return _dateline(found, place=place, agency="", days=(month, day, year))


def _dateline(
    found: re.Match[str],
    *,
    place: str,
    agency: str,
    days: tuple[int | None, int | None, int | None],
) -> Dateline:
    return Dateline(
        printed=found.string[: found.start("rest")].strip(),
        located=title_case(" ".join(place.split())),
        agency=agency,
        month=days[0],
        day=days[1],
        year=days[2],
    )


def _split_day(lead: str) -> tuple[str, int | None, int | None, int | None]:
    """Place, month, day and year of what stands before the brackets."""
    for pattern in _DATES:
        found = pattern.search(lead)
        month = month_number(found["month"]) if found else None
        if found and month and 1 <= int(found["day"]) <= 31:
            place = _WEEKDAY_BEFORE.sub("", lead[: found.start()].rstrip(" ,")).rstrip(" ,")
            year = int(found["year"]) if found["year"] else None
            return place, month, int(found["day"]), year
    return lead.rstrip(" ,"), None, None, None


@lru_cache(maxsize=4096)
def _is_place(place: str) -> bool:
    """Whether every word could stand in the name of a place, and the first one opens it."""
    words = [word for part in re.split(r"[\s/]+", place) if (word := part.strip(","))]
    if not words or len(words) > _MOST_WORDS or _NOT_IN_PLACES.search(_SHORT.sub("", place)):
        return False
    if words[0] in _NEVER_FIRST and words[1:2] != ["Hague"]:
        return False
    return place[0].isupper() and all(
        word[0].isupper() or word.casefold() in _PARTICLES or "'" in word for word in words
    )


def _is_spelled_out(place: str, agency: str) -> bool:
    """Whether the brackets only repeat the initials: `Associated Press (AP) - `."""
    initials = "".join(word[:1] for word in re.split(r"[\s-]+", place))
    return len(initials) > 1 and initials.casefold() == agency.casefold()


def _is_agency_like(agency: str) -> bool:
    plain = re.fullmatch(r"[^\W\d_][\w&/! -]*", agency)
    return is_agency(agency) or bool(plain and agency[0].isupper() and len(agency.split()) <= 3)


def _in_capitals(place: str) -> bool:
    """Whether the place, up to the state or country after a comma, is in capitals."""
    return place.split(",")[0].isupper()
