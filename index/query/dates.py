"""Dates in a query: `2020-06`, `>2020`, `[a TO b]`, `last-week`.

Responsibility: parse the value of a date clause into a first and a last day.
Decision: a date that is not in the calendar is an error and is never widened to one that is; weeks
begin on Monday.
Must not depend on: articles, or the position of the value in the query.
"""

import calendar
import re
from datetime import date, timedelta

from index.types.notices import make_notice

Period = tuple[date | None, date | None]
"""The first and the last day, both included; None is open."""

_NO_DATE = "none"
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")
_RANGE = re.compile(r"\[\s*(?:(\S+)\s+)?to(?:\s+(\S+?))?\s*\]", re.IGNORECASE)
_COMPARED = re.compile(r"(>=|<=|>|<|=)\s*(.*)", re.DOTALL)
_LAST = re.compile(r"last-([0-9]{1,4})-(day|week|month|year)s?")
_OPEN = {"", "*"}
_ONE_DAY = timedelta(days=1)


class DateError(ValueError):
    """A date that is unreadable or not in the calendar; `notice` tells the reader why."""

    def __init__(self, name: str, *values: object) -> None:
        self.notice = make_notice(f"date/{name}", None, *values)
        super().__init__(self.notice.message)


def parse_period(text: str, today: date) -> Period:
    """Parse the value of a date clause.

    Args:
        text: The value as typed.
        today: The day, in UTC, from which `today`, `yesterday` and `last-week` count.

    Raises:
        DateError: The value is not a date, or its last day comes before its first.
    """
    text = text.strip()
    try:
        first, last = _parse(text, today)
    except OverflowError as error:
        raise DateError("beyond", text) from error
    if first and last and first > last:
        raise DateError("backwards", text, last, first)
    return first, last


def parse_days(text: str, today: date) -> tuple[date | None, date | None, bool]:
    """Parse the value of a date clause: a period, and whether it asks for articles without a date.

    Raises:
        DateError: As `parse_period`.
    """
    if text.strip().casefold() == _NO_DATE:
        return None, None, True
    return *parse_period(text, today), False


def _parse(text: str, today: date) -> Period:
    if text.startswith("["):
        return _parse_range(text, today)
    if comparison := _COMPARED.fullmatch(text):
        return _parse_comparison(comparison[1], comparison[2], today)
    return _parse_period_name(text, today)


def _parse_range(text: str, today: date) -> Period:
    match = _RANGE.fullmatch(text)
    if not match:
        raise DateError("range", text)
    first, last = match[1] or "", match[2] or ""
    return (
        None if first in _OPEN else _parse_period_name(first, today)[0],
        None if last in _OPEN else _parse_period_name(last, today)[1],
    )


def _parse_comparison(sign: str, text: str, today: date) -> Period:
    first, last = _parse_period_name(text, today)
    if sign == "=":
        return first, last
    if sign == ">=":
        return first, None
    if sign == "<=":
        return None, last
    return (last + _ONE_DAY, None) if sign == ">" else (None, first - _ONE_DAY)


def _parse_period_name(text: str, today: date) -> tuple[date, date]:
    """The first and last day of one year, month, day or named period."""
    if match := _ISO.fullmatch(text):
        return _parse_iso(text, int(match[1]), match[2], match[3])
    word = text.casefold()
    if word in {"today", "yesterday"}:
        day = today if word == "today" else today - _ONE_DAY
        return day, day
    if word.startswith(("this-", "last-")) and word[5:] in {"week", "month", "year"}:
        return _get_unit(word[5:], today, back=int(word.startswith("last-")))
    if (match := _LAST.fullmatch(word)) and int(match[1]):
        return _get_last_units(int(match[1]), match[2], today)
    raise DateError("none", text)


def _parse_iso(text: str, year: int, month: str | None, day: str | None) -> tuple[date, date]:
    try:
        first = date(year, int(month or 1), int(day or 1))
    except ValueError as error:
        raise DateError("calendar", text) from error
    if day:
        return first, first
    if not month:
        return first, date(year, 12, 31)
    return _get_month(first)


def _get_month(first: date) -> tuple[date, date]:
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _add_months(day: date, months: int) -> date:
    """The first day of the month that is `months` after a day's month."""
    number = day.year * 12 + day.month - 1 + months
    if not 12 <= number < 12 * 10_000:
        raise OverflowError(number)
    return date(number // 12, number % 12 + 1, 1)


def _get_unit(unit: str, today: date, *, back: int) -> tuple[date, date]:
    """The current week, month or year, or with `back=1` the previous one."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday(), weeks=back)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return _get_month(_add_months(today, -back))
    return date(today.year - back, 1, 1), date(today.year - back, 12, 31)


def _get_last_units(count: int, unit: str, today: date) -> tuple[date, date]:
    """The last `count` days, weeks, months or years, today included."""
    if unit in {"day", "week"}:
        days = count * (7 if unit == "week" else 1)
        return today - timedelta(days=days - 1), today
    first, last = _get_month(_add_months(today, -count * (12 if unit == "year" else 1)))
    return first.replace(day=min(today.day, last.day)) + _ONE_DAY, today
