"""The search form: what a reader typed, what is wrong with it, and the addresses it can lead to.

Decision: the form keeps every value as typed, so that a mistake is shown back beside its field;
a search exists only when nothing is wrong. Parameters it does not know are ignored.
Must not know Flask, templates or how a search is answered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from index.types.search import Grouping, Mode, SearchRequest, Snippet, Sort, Span
from web.http.parameters import (
    MAX_QUERY_LENGTH,
    ParameterError,
    check_period,
    read_day,
    read_group,
    read_mode,
    read_number,
    read_sort,
    read_switch,
    read_text,
)

STORIES_PER_PAGE = 10
_MOST_PAGE = 100_000
_Value = TypeVar("_Value")
Address = dict[str, str | list[str]]
"""Parameters of a page's address, as `url_for` takes them."""


@dataclass(slots=True, kw_only=True)
class SearchForm:
    """A form as typed.

    Attributes:
        errors: One message for each parameter that cannot be taken.
        mistake: The query with what is wrong in it marked, where a search refused it.
    """

    text: str = ""
    mode: str = ""
    date_from: str = ""
    date_to: str = ""
    sort: str = ""
    group: str = ""
    weaker: str = ""
    explain: str = ""
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    page: int = 1
    request: SearchRequest | None = None
    errors: dict[str, str] = field(default_factory=dict)
    mistake: Snippet | None = None

    @property
    def filtered(self) -> bool:
        """True where a date, a source, a language or a place narrows the search."""
        ticked = self.sources or self.languages or self.places
        return bool(self.date_from or self.date_to or ticked)

    def address(self, page: int = 1) -> Address:
        """The parameters of this search's page, without those that say nothing."""
        values: Address = {
            "q": self.text,
            "mode": self.mode,
            "from": self.date_from,
            "to": self.date_to,
            "source": list(self.sources),
            "lang": list(self.languages),
            "place": list(self.places),
            "sort": self.sort,
            "group": self.group,
            "weaker": self.weaker,
            "explain": self.explain,
            "page": str(page) if page > 1 else "",
        }
        return {name: value for name, value in values.items() if value}

    def address_with(self, **values: str) -> Address:
        """The first page's parameters with other values; an empty one leaves its own out."""
        address = self.address() | {name.rstrip("_"): value for name, value in values.items()}
        return {name: value for name, value in address.items() if value}

    def refuse(self, message: str, span: Span | None) -> None:
        """Note that a search refused the query because of one part of it."""
        self.errors["q"] = message
        self.mistake = Snippet(text=self.text, marks=(span,) if span else ())

    def address_without(self, *names: str, value: str | None = None) -> Address:
        """The first page's parameters less those named, or less one value of a repeatable one."""
        address = self.address()
        for name in names:
            kept = address.pop(name, [])
            if value is not None and isinstance(kept, list):
                address[name] = [each for each in kept if each != value]
        return address


def read_form(args: MultiDict[str, str], default_mode: Mode) -> SearchForm:
    """The form in a page's address; its `request` is None where it has errors."""
    form = SearchForm(
        text=args.get("q", "").strip(),
        mode=args.get("mode", ""),
        date_from=args.get("from", "").strip(),
        date_to=args.get("to", "").strip(),
        sort=args.get("sort", ""),
        group=args.get("group", ""),
        weaker=args.get("weaker", ""),
        explain=args.get("explain", ""),
        sources=tuple(dict.fromkeys(args.getlist("source"))),
        languages=tuple(dict.fromkeys(args.getlist("lang"))),
        places=tuple(dict.fromkeys(args.getlist("place"))),
    )
    text = _attempt(form, lambda: read_text(form.text), form.text[:MAX_QUERY_LENGTH])
    mode = _attempt(form, lambda: read_mode(form.mode or default_mode), default_mode)
    group: Grouping = _attempt(form, lambda: read_group(form.group or "story"), "story")
    sort: Sort = _attempt(form, lambda: read_sort(form.sort or "relevance"), "relevance")
    weaker = _attempt(form, lambda: read_switch("weaker", form.weaker or "0"), False)
    explain = _attempt(form, lambda: read_switch("explain", form.explain or "0"), False)
    first, last = _period(form)
    typed_page = args.get("page", "") or "1"
    form.page = _attempt(form, lambda: read_number("page", typed_page, most=_MOST_PAGE), 1)
    form.text = text
    if not form.errors:
        form.request = SearchRequest(
            text=text,
            mode=mode,
            date_from=first,
            date_to=last,
            sources=form.sources,
            languages=form.languages,
            places=form.places,
            sort=sort,
            group=group,
            weaker=weaker,
            explain=explain,
            offset=(form.page - 1) * STORIES_PER_PAGE,
            limit=STORIES_PER_PAGE,
        )
    return form


def _period(form: SearchForm) -> tuple[date | None, date | None]:
    first = _attempt(form, lambda: _day_or_none("from", form.date_from), None)
    last = _attempt(form, lambda: _day_or_none("to", form.date_to), None)
    _attempt(form, lambda: check_period(first, last), None)
    return first, last


def _day_or_none(name: str, value: str) -> date | None:
    return read_day(name, value) if value else None


def _attempt(form: SearchForm, read: Callable[[], _Value], otherwise: _Value) -> _Value:
    try:
        return read()
    except ParameterError as error:
        form.errors.setdefault(error.name, str(error))
        return otherwise
