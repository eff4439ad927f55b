"""Embargoes: until when a source forbids to publish what it has sent.

Responsibility: read the time of an embargo from a value, or from a note in the text.
Decision: a note counts only in capitals or brackets before the text, where agencies put it, since a
report about an embargo has the word too. A time that cannot be read is reported and never taken for
none, so that nothing is published early by mistake.
Must not depend on: which field a value came from, or what is done with an embargoed article.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.values.dates import parse_datetime
from archive.values.flattening import to_text
from archive.values.time_zones import has_open_zone, parse_zone

_WORD = (
    r"(?P<word>EMBARGO(?:ED)?|EMBARGAD[AO]|SPERRFRIST|SOUS EMBARGO|SOTTO EMBARGO|NOT FOR RELEASE|"
    r"NOT FOR PUBLICATION)"
)
_UNTIL = (
    r"(?P<until>UNTIL|TILL|BEFORE|FOR RELEASE(?: (?:AT|ON))?|HASTA(?: EL| LAS)?|ATÉ|"
    r"JUSQU['’](?:AU|À)|BIS(?: ZUM)?|FINO (?:AL|ALLE|A)|[:\u2013\u2014-])"
)
_NOTE = re.compile(
    rf"(?:^|[(\[*]\s*)[*\s]*(?:STRICTLY )?{_WORD}\s*{_UNTIL}\s*(?P<when>[^)\]*\n]{{2,80}})", re.M
)
_ANY_CASE = re.compile(
    rf"^\s*[(\[]\s*(?:strictly )?{_WORD}\s*{_UNTIL}\s*(?P<when>[^)\]\n]{{2,80}})[)\]]", re.M | re.I
)
# `*** EMBARGOED ***` on a line of its own.
_BARE = re.compile(
    r"^[ ]*(?:[(\[*]+[ ]*(?:STRICTLY )?(?:UNDER )?EMBARGO(?:ED)?[ ]*[)\]*]+|"
    r"(?:STRICTLY )?(?:EMBARGOED|EMBARGAD[AO]|SPERRFRIST))[ ]*$",
    re.M,
)
_PUNCTUATED = frozenset({"EMBARGOED", "EMBARGADO", "EMBARGADA", "SPERRFRIST"})
"""After these a colon is enough; `EMBARGO: oil is banned` is a report."""
_NO_ZONE = r"(?!SEPT|SAT|OCT|AUGT|AO[UÛ]T)"
_CLOCK = re.compile(
    r"(?:\bat\s+|\ba las\s+|\bum\s+|\bà\s+|\balle\s+)?\b(?:(?P<hour>[01]?\d|2[0-3])"
    r"(?:[:.h](?P<minute>[0-5]\d)(?::00)?(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"|\s*(?P<full_half>[ap])\.?m\b\.?)"
    r"|(?P<packed>(?:[01]\d|2[0-3])[0-5]\d)(?=\s*(?:GMT|UTC|Z\b|hrs|hours)))"
    r"(?:\s*(?:hrs|hours|Uhr|h))?"
    rf"\s*\(?(?P<zone>(?-i:{_NO_ZONE}(?:GMT|UTC|UT|Z|MSK|MEZ|MESZ|[A-Z]{{1,4}}T)\b|[+-]\d\d:?\d\d))?"
    r"\)?\s*(?:,|on\b|am\b|del?\b|le\b)?\s*",
    re.I,
)
_FIRST_SENTENCE = re.compile(r"[.;]\s+(?=[^\d]*$)")
_NOTE_CHARACTERS = 600
"""How far into a text a note is looked for."""
_NO_EMBARGO = frozenset({"", "none", "null", "nan", "no", "false", "0", "n/a", "-"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Embargo:
    """What a source says of an embargo.

    Attributes:
        until: When it ends; None if there is none, or its end cannot be read.
        unread: The words of an embargo whose end cannot be read; empty if there is none.
    """

    until: datetime | None = None
    unread: str = ""


def read_embargo(value: object, *texts: str) -> Embargo:
    """Return what the value of a field says, or else the first note in the texts.

    Notes look like `EMBARGOED UNTIL 00:01 GMT, 3 March 2031`. A time without a zone is UTC, and a
    day ends an embargo at its midnight in UTC.
    """
    if not isinstance(value, str) and (when := parse_datetime(value)):
        return Embargo(until=when)
    stated = "true" if value is True else " ".join(to_text(value).split())
    if stated.casefold() not in _NO_EMBARGO:
        when = parse_embargo(stated)
        return Embargo(until=when) if when else Embargo(unread=stated[:100])
    unread = ""
    for text in texts:
        found = _find_note(text[:_NOTE_CHARACTERS])
        if found.until:
            return found
        unread = unread or found.unread
    return Embargo(unread=unread)


def _find_note(opening: str) -> Embargo:
    unread = ""
    for pattern in (_NOTE, _ANY_CASE):
        for match in pattern.finditer(opening):
            if when := parse_embargo(match["when"]):
                return Embargo(until=when)
            is_stated = match["until"].strip().isalpha() or len(match["until"]) > 1
            if is_stated or match["word"].upper() in _PUNCTUATED:
                unread = unread or " ".join(match[0].split())
    if not unread and (bare := _BARE.search(opening)):
        unread = bare[0].strip()
    return Embargo(unread=unread[:100])


def parse_embargo(stated: str) -> datetime | None:
    """Return the time that a text states, in UTC; None if any part of it cannot be read."""
    plain = " ".join(stated.split()).strip(" .,;:")
    return _parse_time(plain) or _parse_time(_FIRST_SENTENCE.split(plain)[0].strip(" .,;:"))


def _parse_time(stated: str) -> datetime | None:
    # `IST` is several zones, and UTC may be hours too early.
    if any(has_open_zone(f"0 {word}") for word in re.findall(r"[A-Z]{3,4}", stated)):
        return None
    if when := parse_datetime(stated):
        return when
    clock = _CLOCK.search(stated)
    if clock is None:
        return None
    day = parse_datetime((stated[: clock.start()] + stated[clock.end() :]).strip(" ,;."))
    if day is None or day.time() != datetime.min.time():
        return None
    hour, minute = int(clock["hour"] or clock["packed"][:2]), clock["minute"]
    if half := (clock["half"] or clock["full_half"] or "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "p")
    try:
        zone = parse_zone(clock["zone"] or "")
    except ValueError:
        return None
    minutes = int(minute or (clock["packed"] or "00")[-2:])
    return day.replace(hour=hour, minute=minutes, tzinfo=zone).astimezone(UTC)
