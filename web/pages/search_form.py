"""The search form: what a reader typed, what is wrong with it, and the addresses it can lead to.

Decision: the form keeps every value as typed, so that a mistake is shown back beside its field;
a search exists only when nothing is wrong. Parameters it does not know are ignored.
Must not know Flask, templates or how a search is answered.
"""

from dataclasses import dataclass, field, replace
from typing import Annotated

from msgspec import Meta
from werkzeug.datastructures import MultiDict

from index.types.search import Mode, SearchRequest, Snippet, Span
from web.http.parameters import read_valid
from web.http.search_parameters import MAX_QUERY_LENGTH, SearchParameters, search_request

STORIES_PER_PAGE = 10
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


class _FormParameters(SearchParameters, frozen=True, kw_only=True):
    page: Annotated[int, Meta(ge=1, le=100_000)] = 1


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
    given = MultiDict(form.address())
    given.setdefault("mode", default_mode)
    if args.get("page"):
        given["page"] = args["page"]
    parameters, errors = read_valid(_FormParameters, given)
    form.errors = {name: str(error) for name, error in errors.items()}
    form.text = form.text[:MAX_QUERY_LENGTH]
    form.page = parameters.page
    if not errors:
        form.request = replace(
            search_request(parameters),
            offset=(form.page - 1) * STORIES_PER_PAGE,
            limit=STORIES_PER_PAGE,
        )
    return form
