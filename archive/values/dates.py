"""Dates from the values of records, headers and file names.

Responsibility: parse a date in any supported form.
Decision: a time without a zone is UTC, a day is its midnight, and what cannot be parsed is None: an
article with an odd date is still an article.
Must not depend on: which field a value came from.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from archive.values.months import make_date, parse_month

_WORD = r"[^\W\d_]+"
_TIME = r"(?:,?\s+(?:at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::\d\d)?(?:\s*(?:UTC|GMT|Z))?)?"
_WEEKDAY = rf"(?:{_WORD}\.?,?\s+)??"
_WORDED = (
    re.compile(
        rf"{_WEEKDAY}(?P<month>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?"
        rf"\s+(?P<year>\d{{4}}){_TIME}"
    ),
    re.compile(
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|\.?º|ª|°|\.)?\s+(?:de\s+|d['\u2019])?"
        rf"(?P<month>{_WORD})\.?,?\s+(?:de\s+|del\s+)?(?P<year>\d{{4}}){_TIME}"
    ),
)
_NUMERIC = re.compile(r"(\d{1,4})([./])(\d{1,2})\2(\d{1,4})")
_EMAIL = re.compile(r"(?:[A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{1,2}:\d\d.*")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:\d\d)?)?")
_EPOCH = re.compile(r"-?\d{9,16}(?:\.\d+)?")
_DAY_IN_NAME = re.compile(r"(?<!\d)((?:1[6-9]|20)\d\d)(-?)(\d\d)\2(\d\d)(?!\d)")

# Above 1e11 an epoch is in milliseconds, above 1e14 in microseconds: seconds reach the year 5138.
_EPOCH_UNITS = ((1e14, 1e6), (1e11, 1e3), (0.0, 1.0))


def to_midnight(day: date) -> datetime:
    """Return the start of the day in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def parse_datetime(value: object) -> datetime | None:
    """Return the time a value states, in UTC; None if it is not a date, impossible or ambiguous.

    Supported are ISO 8601, `2023-07-15 10:30`, `20230715`, epoch seconds, milliseconds and
    microseconds, RFC 2822, `July 15, 2023` and `15 July 2023` in six languages, `2023/07/15`,
    `15.07.2023`, and `15/07/2023` where it is clear which number is the day. Never raises.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if not text or len(text) > 100:
        return None
    for parse in _PARSERS:
        try:
            parsed = parse(text)
            if parsed:
                return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError, OSError):
            continue
    return None


def parse_day_in_name(name: str) -> date | None:
    """Return the day in a file name, as `2023-07-15` or `20230715`; None if there is none."""
    for match in _DAY_IN_NAME.finditer(name):
        if day := make_date(int(match[1]), int(match[3]), int(match[4])):
            return day
    return None


def _parse_compact(text: str) -> datetime | None:
    match = _COMPACT.fullmatch(text)
    if not match or not 1400 <= int(match[1]) <= 2999:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in match.groups())
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def _parse_epoch(text: str) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    number = float(text)
    unit = next(unit for minimum, unit in _EPOCH_UNITS if abs(number) >= minimum)
    return datetime.fromtimestamp(number / unit, UTC)


def _parse_iso(text: str) -> datetime | None:
    return None if text.isdigit() else datetime.fromisoformat(text)


def _parse_worded(text: str) -> datetime | None:
    for pattern in _WORDED:
        match = pattern.fullmatch(text)
        month = parse_month(match["month"]) if match else None
        if match and month:
            hour, minute = int(match["hour"] or 0), int(match["minute"] or 0)
            return datetime(int(match["year"]), month, int(match["day"]), hour, minute, tzinfo=UTC)
    return None


def _parse_numeric(text: str) -> datetime | None:
    match = _NUMERIC.fullmatch(text)
    if not match:
        return None
    first, middle, last = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        return datetime(first, middle, last, tzinfo=UTC)
    if len(match[4]) != 4:
        return None
    if match[2] == "." or first > 12 or first == middle:
        return datetime(last, middle, first, tzinfo=UTC)
    return datetime(last, first, middle, tzinfo=UTC) if middle > 12 else None


def _parse_email(text: str) -> datetime | None:
    return parsedate_to_datetime(text) if _EMAIL.fullmatch(text) else None


_PARSERS: tuple[Callable[[str], datetime | None], ...] = (
    _parse_iso,
    _parse_compact,
    _parse_epoch,
    _parse_worded,
    _parse_numeric,
    _parse_email,
)
