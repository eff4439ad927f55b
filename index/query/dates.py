"""Days as a reader writes them in a query: `2020-06`, `>2020`, `[a TO b]`, `last-week`.

Decision: a day that is not in the calendar is an error and never widened; weeks begin on Monday.
Must not know articles or where the text stands in a query.
"""

import calendar
import re
from datetime import date, timedelta

from index.types.notices import make_notice

Period = tuple[date | None, date | None]
"""First and last day, both included; None is open."""

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")
_RANGE = re.compile(r"\[\s*(?:(\S+)\s+)?to(?:\s+(\S+?))?\s*\]", re.IGNORECASE)
_COMPARED = re.compile(r"(>=|<=|>|<|=)\s*(.*)", re.DOTALL)
_LAST = re.compile(r"last-([0-9]{1,4})-(day|week|month|year)s?")
_OPEN = {"", "*"}
_ONE_DAY = timedelta(days=1)


class DateError(ValueError):
    """A date that cannot be read or is not in the calendar; `notice` is for the reader."""

    def __init__(self, name: str, *values: object) -> None:
        self.notice = make_notice(f"date/{name}", None, *values)
        super().__init__(self.notice.message)


def parse_period(text: str, today: date) -> Period:
    """The days that a date clause's value names.

    Raises:
        DayError: It names none, or its end comes before its start.
    """
    text = text.strip()
    try:
        first, last = _read(text, today)
    except OverflowError as error:
        raise DateError("beyond", text) from error
    if first and last and first > last:
        raise DateError("backwards", text, last, first)
    return first, last


def _read(text: str, today: date) -> Period:
    if text.startswith("["):
        return _between(text, today)
    if compared := _COMPARED.fullmatch(text):
        return _compared(compared[1], compared[2], today)
    return _named(text, today)


def _between(text: str, today: date) -> Period:
    found = _RANGE.fullmatch(text)
    if not found:
        raise DateError("range", text)
    first, last = found[1] or "", found[2] or ""
    return (
        None if first in _OPEN else _named(first, today)[0],
        None if last in _OPEN else _named(last, today)[1],
    )


def _compared(sign: str, text: str, today: date) -> Period:
    first, last = _named(text, today)
    if sign == "=":
        return first, last
    if sign == ">=":
        return first, None
    if sign == "<=":
        return None, last
    return (last + _ONE_DAY, None) if sign == ">" else (None, first - _ONE_DAY)


def _named(text: str, today: date) -> tuple[date, date]:
    """First and last day of one year, month, day or named period."""
    if found := _ISO.fullmatch(text):
        return _in_calendar(text, int(found[1]), found[2], found[3])
    word = text.casefold()
    if word in {"today", "yesterday"}:
        day = today if word == "today" else today - _ONE_DAY
        return day, day
    if word.startswith(("this-", "last-")) and word[5:] in {"week", "month", "year"}:
        return _unit(word[5:], today, back=int(word.startswith("last-")))
    if (found := _LAST.fullmatch(word)) and int(found[1]):
        return _last(int(found[1]), found[2], today)
    raise DateError("none", text)


def _in_calendar(text: str, year: int, month: str | None, day: str | None) -> tuple[date, date]:
    try:
        first = date(year, int(month or 1), int(day or 1))
    except ValueError as error:
        raise DateError("calendar", text) from error
    if day:
        return first, first
    if not month:
        return first, date(year, 12, 31)
    return _whole_month(first)


def _whole_month(first: date) -> tuple[date, date]:
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _month_on(day: date, months: int) -> date:
    """The first day of the month so many months on."""
    number = day.year * 12 + day.month - 1 + months
    if not 12 <= number < 12 * 10_000:
        raise OverflowError(number)
    return date(number // 12, number % 12 + 1, 1)


def _unit(unit: str, today: date, *, back: int) -> tuple[date, date]:
    """This week, month or year, or the one before."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday(), weeks=back)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return _whole_month(_month_on(today, -back))
    return date(today.year - back, 1, 1), date(today.year - back, 12, 31)


def _last(count: int, unit: str, today: date) -> tuple[date, date]:
    """So many days, weeks, months or years up to today, today included."""
    if unit in {"day", "week"}:
        days = count * (7 if unit == "week" else 1)
        return today - timedelta(days=days - 1), today
    first, last = _whole_month(_month_on(today, -count * (12 if unit == "year" else 1)))
    return first.replace(day=min(today.day, last.day)) + _ONE_DAY, today
