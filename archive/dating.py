"""Dating: complete the dates of a file's articles.

Responsibility: give each article of a file its date, or leave it without one, and say what was
assumed.
Decision: a year that is not printed comes from the nearest witness: the file's other articles, its
name, the day that the caller gives, and last the time at which the file was written. Articles wait,
in their order, until the first dated one of their file.
Must not depend on: how dates are printed, or the store.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from archive.article import Article
from archive.ingest_types import Draft, PrintedDay, Remark
from archive.values.dates import is_ambiguous, parse_datetime, to_midnight
from archive.values.months import find_last_date, find_nearest_date, make_date

# An article can be from the day after, in a time zone ahead of UTC.
_TOLERANCE = timedelta(days=1)
_MAX_WAITING = 500
"""Articles that wait for a dated one: 5 MB of usual length."""

Dated = tuple[Article, tuple[Remark, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDay:
    """What is known of the days of a file, apart from its articles.

    Attributes:
        named: The day in its name, or else the one that the caller gives.
        written: The day on which it was written last; it only completes a printed day.
        day_first: Whether the caller says that `03/04/2031` is in April; None if nobody does.
    """

    named: date | None = None
    written: date | None = None
    day_first: bool | None = None


class FileDating:
    """Dates the articles of one file, in their order."""

    def __init__(self, day: FileDay) -> None:
        self._day = day
        self._neighbour: date | None = None
        self._waiting: list[Draft] = []
        self._orders: set[bool] = set()

    def add(self, draft: Draft) -> Iterator[Dated]:
        """Yield the articles that can be dated now; `draft` may be among them."""
        self._neighbour = _find_certain_day(draft) or self._neighbour
        if draft.day_first is not None:
            self._orders.add(draft.day_first)
        if self._must_wait(draft) and len(self._waiting) < _MAX_WAITING:
            self._waiting.append(draft)
            return
        yield from self.finish()
        yield self._date(draft)

    def _must_wait(self, draft: Draft) -> bool:
        """Whether a later article may say what the file's dates mean."""
        if self._orders:
            return self._neighbour is None
        is_open = any(map(_is_order_open, (draft, *self._waiting[:1])))
        return self._neighbour is None or is_open

    def finish(self) -> Iterator[Dated]:
        """Yield the articles that still wait."""
        waiting, self._waiting = self._waiting, []
        yield from map(self._date, waiting)

    def _date(self, draft: Draft) -> Dated:
        article, remarks = draft.article, []
        if stated := self._read_by_order(draft):
            article = replace(article, first_created=stated, date_inferred=True)
            remarks.append(
                Remark(code="day-order-assumed", where=draft.where, value=draft.unread_date)
            )
        elif draft.unread_date:
            remarks.append(Remark(code="unread-date", where=draft.where, value=draft.unread_date))
        if article.first_created is None:
            day, is_inferred = self._choose_day(draft.printed)
            if day is None:
                remarks.append(Remark(code="no-date", where=draft.where))
            else:
                created = to_midnight(day)
                article = replace(article, first_created=created, date_inferred=is_inferred)
            if day and draft.printed and self._uses_file_time(draft.printed):
                remarks.append(
                    Remark(code="year-from-file", where=draft.where, value=str(day.year))
                )
        if draft.open_zone:
            article = replace(article, date_inferred=True)
            remarks.append(Remark(code="zone-left-out", where=draft.where, value=draft.open_zone))
        if draft.unread_embargo:
            remarks.append(
                Remark(code="unread-embargo", where=draft.where, value=draft.unread_embargo)
            )
        if draft.had_markup:
            remarks.append(Remark(code="markup-removed", where=draft.where))
        if not article.body and article.pub_status == "usable":
            remarks.append(Remark(code="no-body", where=draft.where))
        return article, tuple(remarks)

    def _read_by_order(self, draft: Draft) -> datetime | None:
        """A date whose day and month only the file or the caller can tell apart."""
        if not _is_order_open(draft):
            return None
        day_first = self._day.day_first if not self._orders else next(iter(self._orders))
        if day_first is None or len(self._orders) > 1:
            return None
        return parse_datetime(draft.unread_date, day_first=day_first)

    def _choose_day(self, printed: PrintedDay | None) -> tuple[date | None, bool]:
        """The day of an article without a stated date, and whether any of it was inferred."""
        if printed is None:
            return self._day.named, True
        if complete := _complete(printed):
            return complete, printed.is_title
        reference = self._neighbour or self._day.named
        if reference:
            return find_nearest_date(printed.month, printed.day, reference=reference), True
        if self._day.written is None:
            return None, False
        until = self._day.written + _TOLERANCE
        return find_last_date(printed.month, printed.day, until=until), True

    def _uses_file_time(self, printed: PrintedDay) -> bool:
        return not (_complete(printed) or self._neighbour or self._day.named)


def _is_order_open(draft: Draft) -> bool:
    return bool(draft.unread_date) and is_ambiguous(draft.unread_date)


def _find_certain_day(draft: Draft) -> date | None:
    """The day of an article if no part of it was inferred."""
    article, printed = draft.article, draft.printed
    if article.first_created:
        return None if article.date_inferred else article.first_created.date()
    return _complete(printed) if printed and not printed.is_title else None


def _complete(printed: PrintedDay) -> date | None:
    return make_date(printed.year, printed.month, printed.day) if printed.year else None
