"""The search form.

Responsibility: hold the values as typed, their errors, and the URLs of related searches.
Decision: the form keeps every value as typed, so that an invalid one is shown next to its error; a
search request exists only without errors. Unknown parameters are ignored.
Must not depend on: Flask, templates or how a search is answered.
"""

from dataclasses import dataclass, field, replace
from typing import Annotated

from msgspec import Meta
from werkzeug.datastructures import MultiDict

from index.types.fields import Span
from index.types.search import Mode, SearchRequest, Snippet
from web.http.parameters import read_valid
from web.http.search_parameters import MAX_QUERY_LENGTH, SearchParameters, search_request
from web.i18n.translation import current_language

STORIES_PER_PAGE = 10
Parameters = dict[str, str | list[str]]
"""Query parameters of a page, as `url_for` takes them."""


@dataclass(slots=True, kw_only=True)
class SearchForm:
    """A form as typed.

    Attributes:
        request: The search; None if a value is invalid.
        errors: One message for each invalid parameter.
        marked_query: The query with its invalid part marked, if the search rejected it.
    """

    text: str = ""
    mode: str = ""
    date_from: str = ""
    date_to: str = ""
    sort: str = ""
    group: str = ""
    weaker: str = ""
    every_version: str = ""
    explain: str = ""
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    page: int = 1
    request: SearchRequest | None = None
    errors: dict[str, str] = field(default_factory=dict)
    marked_query: Snippet | None = None

    @property
    def has_filters(self) -> bool:
        """True if a date, source, language or place filter is set."""
        values = self.sources or self.languages or self.places
        return bool(self.date_from or self.date_to or values)

    def parameters(self, page: int = 1) -> Parameters:
        """The parameters of a page of this search, without empty ones."""
        values: Parameters = {
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
            "every_version": self.every_version,
            "explain": self.explain,
            "page": str(page) if page > 1 else "",
        }
        return {name: value for name, value in values.items() if value}

    def parameters_with(self, **values: str) -> Parameters:
        """The first page's parameters with these values; an empty value removes its parameter.

        Write `from_` for `from`.
        """
        changes = {name.rstrip("_"): value for name, value in values.items()}
        return {name: value for name, value in (self.parameters() | changes).items() if value}

    def parameters_without(self, *names: str, value: str | None = None) -> Parameters:
        """The first page's parameters without these, or without one value of a repeatable one."""
        parameters = self.parameters()
        for name in names:
            removed = parameters.pop(name, [])
            if value is not None and isinstance(removed, list):
                parameters[name] = [each for each in removed if each != value]
        return parameters

    def add_query_error(self, message: str, span: Span | None) -> None:
        """Record that the search rejected the query, and which part of it."""
        self.errors["q"] = message
        self.marked_query = Snippet(text=self.text, marks=(span,) if span else ())


class _FormParameters(SearchParameters, frozen=True, kw_only=True):
    page: Annotated[int, Meta(ge=1, le=100_000)] = 1


def read_form(args: MultiDict[str, str], default_mode: Mode) -> SearchForm:
    """The form in a page's parameters; its `request` is None if it has errors."""
    form = SearchForm(
        text=args.get("q", "").strip(),
        mode=args.get("mode", ""),
        date_from=args.get("from", "").strip(),
        date_to=args.get("to", "").strip(),
        sort=args.get("sort", ""),
        group=args.get("group", ""),
        weaker=args.get("weaker", ""),
        every_version=args.get("every_version", ""),
        explain=args.get("explain", ""),
        sources=tuple(dict.fromkeys(args.getlist("source"))),
        languages=tuple(dict.fromkeys(args.getlist("lang"))),
        places=tuple(dict.fromkeys(args.getlist("place"))),
    )
    typed = MultiDict(form.parameters())
    typed.setdefault("mode", default_mode)
    if args.get("page"):
        typed["page"] = args["page"]
    parameters, errors = read_valid(_FormParameters, typed)
    form.errors = {name: str(error) for name, error in errors.items()}
    form.text = form.text[:MAX_QUERY_LENGTH]
    form.page = parameters.page
    if not errors:
        form.request = replace(
            search_request(parameters),
            reader_language=current_language(),
            offset=(form.page - 1) * STORIES_PER_PAGE,
            limit=STORIES_PER_PAGE,
        )
    return form
