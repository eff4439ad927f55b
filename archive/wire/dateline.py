"""The dateline: `Moscow, July 15 (EFE).- ` at the start of a story, as place, day and agency.

Responsibility: recognise a dateline, parse it and split it from its paragraph.
Decision: brackets and a dash are not enough. The text before them must look like a place, and a
place in capitals, a day or a known agency must confirm it; a place before a dash alone must be in
the gazetteer. Otherwise the sentence stays unchanged.
Must not depend on: the year of a day without one, or the text after the dateline.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from archive.places.gazetteer import get_gazetteer
from archive.wire.agencies import AGENCIES, is_agency
from archive.wire.dateline_parts import (
    Day,
    is_in_capitals,
    is_newsroom,
    is_place,
    split_day,
    to_title_case,
)

_LETTER = r"[^\W\d_]"
_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-я]"
# Associated Press wires have an underscore where pages have a dash.
_SIGN = r"(?:--|- -|[-\u2013\u2014\u2015_])"
_DASH = rf"(?:\.?\s?{_SIGN})"
_COUNTRY = r"\s?[(\[][^()\[\]\n]{2,40}[)\]](?:,[^()\[\]\n]{0,40}?)?"
_NAMES = "|".join(re.escape(name) for name in sorted(AGENCIES, key=len, reverse=True))
_WITH_AGENCY = re.compile(
    rf"(?P<lead>[^()\[\]\n]{{0,90}}?(?:{_COUNTRY})??)"
    rf"(?:\s*{_SIGN})?\s*"
    rf"(?:\(\s?(?P<agency>[^()\n]{{1,40}}?)\s?\)|/(?P<wire>{_NAMES})/)"
    rf"\s*(?P<dash>{_DASH}|[.:](?=\s)|(?={_CAPITAL}))\s*(?P<rest>\S.*|$)",
    re.S,
)
_AGENCY_FIRST = re.compile(
    rf"\((?P<agency>[^()\n]{{2,40}})\)\s*(?P<dash>{_SIGN})\s*(?P<lead>[^()\n]{{3,60}}?)"
    rf"\.?\s+{_SIGN}\s+(?P<rest>\S.*)",
    re.S,
)
# `Moscow. March 2. INTERFAX - `, `Riyadh, March 2, 2031, SPA -- `, and half a pair of brackets.
_BARE_AGENCY = re.compile(
    rf"(?P<lead>[^()\n]{{3,70}}?)[\s,]*(?:{_SIGN}\s*)?[\s(](?P<agency>{_NAMES})\)?"
    rf"\s*(?P<dash>{_DASH}|\.(?=\s))\s*(?P<rest>\S.*)",
    re.S,
)
_BARE = re.compile(rf"(?P<lead>[^()\n]{{3,60}}?)(?:\s*|\.\s?){_SIGN}\s+(?P<rest>\S.*)", re.S)
_BYLINE = re.compile(r"(?:By|Por|Von|Par|Di|De)\s+(?P<by>[^\W\d_].{2,120}?)\s+(?=[^\W\d_a-z]{2})")
_LEADING_SIGNS = re.compile(r"[-*•.\u2013\u2014\s]+(?=\S)")
_ANY_SIGN = re.compile("[-(/_\u2013\u2014\u2015]")
_MAX_CHARACTERS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A parsed dateline.

    Attributes:
        printed: The text, including the dash.
        located: The place, in title case if it was in capitals, and its state or country after a
            comma; empty if missing, or if it is a newsroom (`Redacción deportes`).
        agency: The agency as printed; empty if missing.
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
    if not _ANY_SIGN.search(head):
        return None, paragraph
    parsed = _parse_after_signs(head) or _parse_after_byline(head) or _parse(head)
    if parsed is None:
        return None, paragraph
    dateline, length = parsed
    return dateline, paragraph[length:].lstrip()


def is_certain(dateline: Dateline) -> bool:
    """Return whether a dateline is beyond doubt: a place in a known agency's usual form."""
    return bool(dateline.located and is_agency(dateline.agency))


def _parse_after_signs(head: str) -> tuple[Dateline, int] | None:
    """A certain dateline after stray signs: `- WASHINGTON (X) - `, `*By Jo Doe LONDON (X) - `."""
    signs = _LEADING_SIGNS.match(head)
    if not signs:
        return None
    rest = head[signs.end() :]
    parsed = _parse_after_byline(rest) or _parse(rest)
    return (parsed[0], signs.end() + parsed[1]) if parsed and is_certain(parsed[0]) else None


def _parse_after_byline(head: str) -> tuple[Dateline, int] | None:
    """A dateline in capitals after a byline on the same line: `By Jo Doe LONDON (X) - `."""
    byline = _BYLINE.match(head)
    if not byline:
        return None
    start = byline.start("by")
    for gap in re.finditer(r"\s(?=[^\W\d_a-z]{2,})", head[: start + 130]):
        by = head[start : gap.start()]
        parsed = _parse(head[gap.end() :]) if len(by.split()) > 1 else None
        if parsed and parsed[0].located:
            length = gap.end() + parsed[1]
            return replace(parsed[0], by=by.strip(" ,")), length
    return None


def _parse(head: str) -> tuple[Dateline, int] | None:
    """A dateline at the very start, and its length including the space after it."""
    for pattern, read in _FORMS:
        match = pattern.match(head)
        if match and (dateline := read(match)):
            return dateline, match.start("rest")
    return None


def _read_agency_first(match: re.Match[str]) -> Dateline | None:
    """`(ANSA) - ROMA, 02 MAR - `."""
    place, day = split_day(match["lead"])
    confirmed = is_in_capitals(place) or day.month is not None
    if not (is_agency(match["agency"]) and confirmed and is_place(place)):
        return None
    return _create(match, place=place, agency=match["agency"], day=day)


def _read_with_agency(match: re.Match[str]) -> Dateline | None:
    """`LONDON, March 2 (Reuters) - `, `MOSCOW, March 2. /TASS/. `."""
    agency = match["agency"] or match["wire"]
    place, day = split_day(match["lead"])
    if " - " in agency:  # `(Marketwired - March 2, 2031)`
        agency, _, printed = agency.partition(" - ")
        day = split_day(printed)[1]
    if is_newsroom(place):
        return _create(match, place="", agency=agency, day=day) if is_agency(agency) else None
    if (place and not is_place(place)) or not _is_agency_like(agency):
        return None
    if not _is_confirmed(match, place=place, agency=agency, day=day):
        return None
    return _create(match, place=place, agency=agency, day=day)


def _is_confirmed(match: re.Match[str], *, place: str, agency: str, day: Day) -> bool:
    """Whether capitals, a day or a known agency make what looks like a dateline one."""
    known, dash = is_agency(agency), match["dash"]
    if _is_spelled_out(place, agency):
        return False
    certain = known and (is_in_capitals(place) or not place or day.day is not None)
    if match["rest"][:1].islower():
        return certain
    if dash in ("", ":"):
        return certain or (known and _is_known(place))
    if known or dash == ".":
        return known
    return is_in_capitals(place) or day.month is not None or bool(place and dash[0] == ".")


def _read_bare_agency(match: re.Match[str]) -> Dateline | None:
    """`Moscow. March 2. INTERFAX - `, `ROMA, March 2 Reuters) - `."""
    place, day = split_day(match["lead"])
    if day.month is None or (place and not is_place(place)):
        return None
    return _create(match, place=place, agency=match["agency"], day=day)


def _read_bare(match: re.Match[str]) -> Dateline | None:
    """`SANTIAGO, Jan 2 - `, `KYIV \u2014 `, `Tokyo, July 7 - `: without an agency."""
    lead = match["lead"]
    if "," in lead and match.string[match.end("lead")] == ".":  # `NEWTOWN, Conn. - `
        lead += "."
    place, day = split_day(lead)
    if not is_place(place) or len(place) < 3:
        return None
    confirmations = (is_in_capitals(place), day.month is not None)
    if not any(confirmations) or (not all(confirmations) and not _is_known(place)):
        return None
    return None if match["rest"][:1].islower() else _create(match, place=place, agency="", day=day)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Dateline | None]], ...] = (
    (_AGENCY_FIRST, _read_agency_first),
    (_WITH_AGENCY, _read_with_agency),
    (_BARE_AGENCY, _read_bare_agency),
    (_BARE, _read_bare),
)


def _is_known(place: str) -> bool:
    """Whether the gazetteer has each of the places, so that `UPDATE - ` is none."""
    names = [part.split(",")[0].strip() for part in place.split("/")]
    return all(len(name) > 3 and get_gazetteer().find(name) for name in names)


def _create(match: re.Match[str], *, place: str, agency: str, day: Day) -> Dateline:
    return Dateline(
        printed=match.string[: match.start("rest")].strip(),
        located=to_title_case(" ".join(place.split())),
        agency=agency,
        month=day.month,
        day=day.day,
        year=day.year,
    )


def _is_spelled_out(place: str, agency: str) -> bool:
    """Whether the brackets only abbreviate the name: `Associated Press (AP) - `."""
    initials = "".join(word[:1] for word in re.split(r"[\s-]+", place))
    return len(initials) > 1 and initials.casefold() == agency.casefold()


def _is_agency_like(agency: str) -> bool:
    plain = re.fullmatch(rf"{_LETTER}[\w&/! -]*(?:\.(?:com|org|net))?", agency)
    return is_agency(agency) or bool(plain and agency[0].isupper() and len(agency.split()) <= 3)
