"""Dates: a moment out of what a record, a header or a file name says.

Decision: a time without a zone is UTC, a day is its midnight, and what cannot be read is None: an
article with an odd date is still an article. Must not know which field a value came from.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from archive.values.months import month_number, real_date

_WORD = r"[^\W\d_]+"
_TIME = r"(?:,?\s+(?:at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::\d\d)?(?:\s*(?:UTC|GMT|Z))?)?"
_WEEKDAY = rf"(?:{_WORD}\.?,?\s+)??"
_WRITTEN = (
    re.compile(
        rf"{_WEEKDAY}(?P<month>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?"
        rf"\s+(?P<year>\d{{4}}){_TIME}"
    ),
    re.compile(
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|\.?º|ª|°|\.)?\s+(?:de\s+|d['\u2019])?"
        rf"(?P<month>{_WORD})\.?,?\s+(?:de\s+|del\s+)?(?P<year>\d{{4}}){_TIME}"
    ),
)
_NUMBERED = re.compile(r"(\d{1,4})([./])(\d{1,2})\2(\d{1,4})")
_EMAIL = re.compile(r"(?:[A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{1,2}:\d\d.*")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:\d\d)?)?")
_EPOCH = re.compile(r"-?\d{9,16}(?:\.\d+)?")
_IN_NAME = re.compile(r"(?<!\d)((?:1[6-9]|20)\d\d)(-?)(\d\d)\2(\d\d)(?!\d)")

# An epoch above 1e11 is in milliseconds, above 1e14 in microseconds: seconds reach the year 5138.
_EPOCH_UNITS = ((1e14, 1e6), (1e11, 1e3), (0.0, 1.0))


def midnight(day: date) -> datetime:
    """The day's midnight in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def parse_moment(value: object) -> datetime | None:
    """The moment that a value says, in UTC; None for no date, an impossible or an ambiguous one.

    Read are ISO 8601, `2023-07-15 10:30`, `20230715`, epoch seconds, milliseconds and microseconds,
    RFC 2822, `July 15, 2023` and `15 July 2023` in six languages, `2023/07/15`, `15.07.2023`, and
    `15/07/2023` where day and month cannot be mixed up. Never raises.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if not text or len(text) > 100:
        return None
    for reader in _READERS:
        try:
            found = reader(text)
            if found:
                return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError, OSError):
            continue
    return None


def day_in_name(name: str) -> date | None:
    """The day in a file name, as `2023-07-15` or `20230715`; None without a possible one."""
    for found in _IN_NAME.finditer(name):
        if day := real_date(int(found[1]), int(found[3]), int(found[4])):
            return day
    return None


def _compact(text: str) -> datetime | None:
    found = _COMPACT.fullmatch(text)
    if not found or not 1400 <= int(found[1]) <= 2999:
        return None
    return datetime(*(int(part) for part in found.groups() if part))  # type: ignore[arg-type]


def _epoch(text: str) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    number = float(text)
    unit = next(unit for least, unit in _EPOCH_UNITS if abs(number) >= least)
    return datetime.fromtimestamp(number / unit, UTC)


def _iso(text: str) -> datetime | None:
    return None if text.isdigit() else datetime.fromisoformat(text)


def _written(text: str) -> datetime | None:
    for pattern in _WRITTEN:
        found = pattern.fullmatch(text)
        month = month_number(found["month"]) if found else None
        if found and month:
            hour, minute = int(found["hour"] or 0), int(found["minute"] or 0)
            return datetime(int(found["year"]), month, int(found["day"]), hour, minute)
    return None


def _numbered(text: str) -> datetime | None:
    found = _NUMBERED.fullmatch(text)
    if not found:
        return None
    first, middle, last = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4:
        return datetime(first, middle, last)
    if len(found[4]) != 4:
        return None
    if found[2] == "." or first > 12 or first == middle:
        return datetime(last, middle, first)
    return datetime(last, first, middle) if middle > 12 else None


def _email(text: str) -> datetime | None:
    return parsedate_to_datetime(text) if _EMAIL.fullmatch(text) else None


_READERS: tuple[Callable[[str], datetime | None], ...] = (
    _iso,
    _compact,
    _epoch,
    _written,
    _numbered,
    _email,
)
