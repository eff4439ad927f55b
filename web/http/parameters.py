"""Reads one value of a request at a time, and refuses what it cannot take literally.

Decision: nothing is guessed or widened; a value is right, or a `ParameterError` names it and says
what to write instead. The API reads all of them here; the page's form uses the same readers.
Must not know how errors are shown.
"""

import re
from datetime import date
from typing import get_args

from werkzeug.datastructures import MultiDict

from index.types.search import Grouping, Mode, SearchRequest, Sort, Span
from index.types.stories import StoriesRequest
from web.i18n.formatting import number
from web.i18n.translation import gettext, later

MAX_QUERY_LENGTH = 2_000
MAX_PAGE_SIZE = 100
DEFAULT_PAGE_SIZE = 10
VERSIONS = ("newest", "list")
NO_FACETS = "none"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class ParameterError(ValueError):
    """A parameter that cannot be taken, told for the reader; `span` is within its text."""

    def __init__(self, name: str, message: str, *, span: Span | None = None) -> None:
        super().__init__(message)
        self.name = name
        self.span = span


def read_text(value: str) -> str:
    """The query's text, at most `MAX_QUERY_LENGTH` code points."""
    if len(value) > MAX_QUERY_LENGTH:
        message = gettext(
            "The query has %(count)s characters; %(most)s is the most.",
            count=number(len(value)),
            most=number(MAX_QUERY_LENGTH),
        )
        raise ParameterError("q", message, span=(MAX_QUERY_LENGTH, len(value)))
    return value


def read_mode(value: str) -> Mode:
    """One of the three modes."""
    for mode in get_args(Mode):
        if value == mode:
            return mode  # type: ignore[no-any-return]
    raise ParameterError(
        "mode", gettext("“%(value)s” is not a mode; use hybrid, lexical or semantic.", value=value)
    )


def read_sort(value: str) -> Sort:
    """One of the three orders."""
    for sort in get_args(Sort):
        if value == sort:
            return sort  # type: ignore[no-any-return]
    raise ParameterError(
        "sort",
        gettext("“%(value)s” is not an order; use relevance, newest or oldest.", value=value),
    )


def read_day(name: str, value: str) -> date:
    """A day that exists, written as 2023-07-15."""
    if not _DAY.fullmatch(value):
        message = later("“%(value)s” is not a day; write it as year-month-day, such as 2023-07-15.")
        raise ParameterError(name, gettext(message, value=value))
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ParameterError(
            name, gettext("“%(value)s” is not in the calendar.", value=value)
        ) from error


def read_number(name: str, value: str, *, most: int) -> int:
    """A whole number from 1 to `most`, in plain digits."""
    plain = value.isascii() and value.isdigit() and len(value) <= len(str(most))
    if not plain or not 1 <= int(value) <= most:
        message = gettext(
            "“%(value)s” will not do for %(name)s; use a whole number from 1 to %(most)s.",
            value=value,
            name=name,
            most=number(most),
        )
        raise ParameterError(name, message)
    return int(value)


def check_period(first: date | None, last: date | None) -> None:
    """Refuse a period that ends before it starts."""
    if first and last and first > last:
        message = later("The last day, %(last)s, comes before the first, %(first)s.")
        raise ParameterError("to", gettext(message, last=last, first=first))


def read_search(args: MultiDict[str, str]) -> SearchRequest:
    """A search as the JSON API takes it, but for its `cursor`.

    Raises:
        ParameterError: The first thing that is wrong.
    """
    first, last = _read_period(args)
    return SearchRequest(
        text=read_text(args.get("q", "")),
        mode=read_mode(args.get("mode", "hybrid")),
        date_from=first,
        date_to=last,
        sources=tuple(args.getlist("source")),
        languages=tuple(args.getlist("lang")),
        places=tuple(args.getlist("place")),
        group=read_group(args.get("group", "story")),
        sort=read_sort(args.get("sort", "relevance")),
        weaker=read_switch("weaker", args.get("weaker", "0")),
        limit=_read_page_size(args),
        explain=read_switch("explain", args.get("explain", "0")),
    )


def read_stories(args: MultiDict[str, str]) -> StoriesRequest:
    """A list of stories as the JSON API takes it, but for its `cursor`.

    Raises:
        ParameterError: The first thing that is wrong.
    """
    first, last = _read_period(args)
    return StoriesRequest(
        date_from=first,
        date_to=last,
        sources=tuple(args.getlist("source")),
        languages=tuple(args.getlist("lang")),
        places=tuple(args.getlist("place")),
        least=read_number("least", args.get("least", "1"), most=MAX_PAGE_SIZE),
        limit=_read_page_size(args),
    )


def _read_period(args: MultiDict[str, str]) -> tuple[date | None, date | None]:
    first = read_day("from", args["from"]) if "from" in args else None
    last = read_day("to", args["to"]) if "to" in args else None
    check_period(first, last)
    return first, last


def _read_page_size(args: MultiDict[str, str]) -> int:
    size = args.get("page_size", str(DEFAULT_PAGE_SIZE))
    return read_number("page_size", size, most=MAX_PAGE_SIZE)


def check_names(
    args: MultiDict[str, str],
    *,
    single: frozenset[str] = frozenset(),
    repeatable: frozenset[str] = frozenset(),
) -> None:
    """Refuse a parameter that is unknown, or given twice where it counts once."""
    for name in args:
        if name not in single | repeatable:
            raise ParameterError(name, f"There is no parameter “{name}” here.")
        if name in single and len(args.getlist(name)) > 1:
            raise ParameterError(name, f"“{name}” is given more than once.")


def read_group(value: str) -> Grouping:
    """By story, or each article alone."""
    for group in get_args(Grouping):
        if value == group:
            return group  # type: ignore[no-any-return]
    raise ParameterError("group", f"“{value}” is not a grouping; use story or none.")


def read_versions(value: str) -> bool:
    """Whether each article is to come with the list of its versions."""
    if value not in VERSIONS:
        raise ParameterError("versions", f"“{value}” will not do for versions; use newest or list.")
    return value == "list"


def read_facets(values: list[str], known: tuple[str, ...]) -> tuple[str, ...]:
    """What to count by: all that is known unless told, nothing for `none` alone."""
    for value in values:
        if value not in {*known, NO_FACETS}:
            told = f"“{value}” is not counted by; use {', '.join(known)} or {NO_FACETS}."
            raise ParameterError("facets", told)
    if NO_FACETS in values and len(set(values)) > 1:
        raise ParameterError("facets", f"{NO_FACETS} stands alone among facets.")
    return tuple(name for name in known if name in values or not values)


def read_switch(name: str, value: str) -> bool:
    """1 for yes, 0 for no."""
    if value not in {"0", "1"}:
        raise ParameterError(
            name,
            gettext("“%(value)s” will not do for %(name)s; use 0 or 1.", value=value, name=name),
        )
    return value == "1"
