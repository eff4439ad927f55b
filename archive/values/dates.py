"""Dates from the values of records, headers and file names.

Responsibility: parse a date in any supported form.
Decision: a time without a zone is UTC, a day is its midnight, and what cannot be parsed is None: an
article with an odd date is still an article. Whether `03/04/2031` is in March or April only the
other dates of a file or the caller can say.
Must not depend on: which field a value came from.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from archive.values.months import make_date, parse_month
from archive.values.time_zones import parse_zone

_WORD = r"[^\W\d_]+"
_ZONE = (
    r"(?P<zone>Z|\(?[A-Z]{2,5}\)?|[A-Z]\w+/[\w/+-]+"
    r"|(?:UTC|GMT)?\s*[+\-\u2212]\d{1,2}(?::?\d\d)?(?:\s*[\[(].*[\])])?)"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?::|\.|h)(?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?"
    rf"(?:\s*(?P<half>[AaPp])\.?\s?[Mm]\.?)?(?:\s*(?:Uhr|h))?(?:\s*{_ZONE})?"
)
_TIME = rf"(?:(?:,?\s+|T|\s*-\s+)(?:at\s+|à\s+|um\s+|a las\s+|alle\s+|às\s+|в\s+)?{_CLOCK})?"
_BEFORE = rf"(?:le\s+|el\s+)?(?:{_WORD}\.?,?\s+)??"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_FORMS = (
    rf"{_BEFORE}(?P<month>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"{_TIME}",
    rf"{_BEFORE}(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|\.?º|ª|°|\.)?(?:\s+|-)(?:de\s+|d['\u2019])?"
    rf"(?P<month>{_WORD})\.?,?(?:\s+|-)(?:de\s+|del\s+)?{_YEAR}(?:\s*г\.?)?{_TIME}",
    rf"(?:{_WORD},?\s+)?(?P<month>{_WORD})\s+(?P<day>\d{{1,2}})\s+{_CLOCK}\s+(?P<year>\d{{4}})",
    r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]"
    r"(?:\s*(?P<hour>\d{1,2})\s*[:时時点點]\s*(?P<minute>\d\d)(?:[:分](?P<second>\d\d))?[分秒]?)?",
    rf"(?P<year>\d{{4}})(?P<sign>[-./])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}}){_TIME}",
    rf"{_CLOCK},?\s+(?P<day>\d{{1,2}})\s+(?P<month>{_WORD})\s+(?P<year>\d{{4}})",
)
_PATTERNS = tuple(re.compile(form) for form in _FORMS)
_NUMERIC = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<sign>[-./])(?P<second_number>\d{{1,2}})(?P=sign){_YEAR}{_TIME}"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:\.0)?")
_EPOCH = re.compile(r"-?\d{9,16}(?:\.\d+)?|-?\d\.\d+e\+?\d{1,2}")
_SCRIPT = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")
_DAY_IN_NAME = re.compile(r"(?<!\d)((?:1[6-9]|20)\d\d)(-?)(\d\d)\2(\d\d)(?!\d)")

# Above 1e11 an epoch is in milliseconds, above 1e14 in microseconds: seconds reach the year 5138.
_EPOCH_UNITS = ((1e14, 1e6), (1e11, 1e3), (0.0, 1.0))
_FIRST_YEAR = 1000
"""Programs write the year 1 for no date."""
_LAST_SHORT_YEAR = 68
"""`68` is 2068 and `69` is 1969, as POSIX has it."""


def to_midnight(day: date) -> datetime:
    """Return the start of the day in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def parse_datetime(value: object, *, day_first: bool | None = None) -> datetime | None:
    """Return the time a value states, in UTC; None if it is not a date, impossible or ambiguous.

    Supported are ISO 8601 also with a zone after a blank, `20230715`, epoch seconds, milliseconds
    and microseconds, RFC 822 and 2822, ctime, `July 15, 2023, 10:30 p.m. EDT` and `15 July 2023` in
    eight languages, `2023年7月15日`, `2023/07/15`, `15.07.2023`, and `15/07/2023` where it is clear
    which number is the day, or `day_first` says it. Never raises.
    """
    value = _unwrap(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if not text or len(text) > 100:
        return None
    for parse in _PARSERS:
        try:
            parsed = parse(text, day_first)
            if parsed:
                utc = (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)
                return utc if utc.year >= _FIRST_YEAR else None
        except (ValueError, OverflowError, TypeError, IndexError, OSError):
            continue
    return None


def find_day_first(text: str) -> bool | None:
    """Return whether a date such as `15/07/2031` has its day first; None if it does not say."""
    match = _NUMERIC.fullmatch(text.strip()) if len(text) <= 100 else None
    if not match or match["sign"] == ".":
        return None
    first, second = int(match["first"]), int(match["second_number"])
    if max(first, second) > 31 or (first > 12) == (second > 12):
        return None
    return first > 12


def is_ambiguous(text: str) -> bool:
    """Return whether a text is a date for either order of day and month, and not the same one."""
    match = _NUMERIC.fullmatch(text.strip()) if len(text) <= 100 else None
    if not match or match["sign"] == "." or match["first"] == match["second_number"]:
        return False
    return parse_datetime(text, day_first=True) != parse_datetime(text, day_first=False)


def parse_day_in_name(name: str) -> date | None:
    """Return the day in a file name, as `2023-07-15` or `20230715`; None if there is none."""
    for match in _DAY_IN_NAME.finditer(name):
        if day := make_date(int(match[1]), int(match[3]), int(match[4])):
            return day
    return None


def _unwrap(value: object) -> object:
    """The date in a list of one, or in an object as MongoDB writes it."""
    for _ in range(3):
        if isinstance(value, Mapping):
            value = value.get("$date") or value.get("$numberLong")
        elif isinstance(value, list) and len(value) == 1:
            value = value[0]
    return value


def _parse_compact(text: str, _: bool | None) -> datetime | None:
    match = _COMPACT.fullmatch(text)
    if not match or not 1400 <= int(match[1]) <= 2999:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def _parse_epoch(text: str, _: bool | None) -> datetime | None:
    if script := _SCRIPT.fullmatch(text):
        return datetime.fromtimestamp(int(script[1]) / 1e3, UTC)
    if not _EPOCH.fullmatch(text):
        return None
    number = float(text)
    unit = next(unit for minimum, unit in _EPOCH_UNITS if abs(number) >= minimum)
    return datetime.fromtimestamp(number / unit, UTC)


def _parse_iso(text: str, _: bool | None) -> datetime | None:
    return None if text.isdigit() else datetime.fromisoformat(text)


def _parse_worded(text: str, _: bool | None) -> datetime | None:
    for pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            name = match["month"]
            month = int(name) if name.isdecimal() else parse_month(name)
            if month:
                return _combine(match, _complete_year(match["year"]), month, int(match["day"]))
    return None


def _parse_numeric(text: str, day_first: bool | None) -> datetime | None:
    match = _NUMERIC.fullmatch(text)
    if not match:
        return None
    first, second = int(match["first"]), int(match["second_number"])
    is_short = len(match["year"]) == 2
    if match["sign"] == "." or (first == second and not is_short):
        day_first = True
    elif (stated := find_day_first(text)) is not None and not (is_short and day_first is None):
        day_first = stated
    if day_first is None:
        return None
    day, month = (first, second) if day_first else (second, first)
    return _combine(match, _complete_year(match["year"]), month, day)


def _combine(match: re.Match[str], year: int, month: int, day: int) -> datetime:
    parts = match.groupdict()
    hour, half = int(parts.get("hour") or 0), (parts.get("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no hour of half a day")
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = parse_zone(parts.get("zone") or "")
    minute, second = int(parts.get("minute") or 0), int(parts.get("second") or 0)
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)


def _complete_year(stated: str) -> int:
    year = int(stated)
    if len(stated) == 4:
        return year
    return year + (2000 if year <= _LAST_SHORT_YEAR else 1900)


_PARSERS: tuple[Callable[[str, bool | None], datetime | None], ...] = (
    _parse_iso,
    _parse_compact,
    _parse_epoch,
    _parse_worded,
    _parse_numeric,
)
