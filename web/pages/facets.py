"""What was found, by source, language, place, name and year, each alone or left out.

Decision: leaving out is said in the query language, so that a reader sees it and can take it back;
a filter in force is always shown, even with nothing counted.
Must not know HTML.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from index.types.search import SearchResults
from web.i18n.formatting import language_name, source_name
from web.pages.search_form import Address, SearchForm

_MOST = 24
"""Values of one kind on a page: the most frequent of a long list are enough, and light."""
_SHOWN = 8
"""Values that stand in the open; those behind "More" have no ways of their own, which would make a
page over 24 sources, languages and places 40 kB instead of 29."""
_QUOTED = re.compile(r'["“”„‟*?]')
"""What would end a phrase of the query language, or mean something within it."""
_TERM = re.compile(r'-?[a-z]+:(?:"[^"]*"|\S+)')
_TAG = re.compile("[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetLink:
    """One value of what was found.

    Attributes:
        count: None where nothing was counted.
        only, without: Parameters of the page of it alone, and of the page without it; None where
            there is no such page, or it is this one.
    """

    value: str
    name: str
    chosen: bool = False
    count: int | None = None
    only: Address | None = None
    without: Address | None = None


def sources(results: SearchResults | None, form: SearchForm) -> tuple[FacetLink, ...]:
    """The sources found, most frequent first, and those chosen."""
    counts = _counts(results, "source")
    return _ticked(counts, results, form, name="source", chosen=form.sources, told=source_name)


def languages(results: SearchResults | None, form: SearchForm) -> tuple[FacetLink, ...]:
    """The languages found, most frequent first, and those chosen."""
    counts = _counts(results, "language")
    return _ticked(counts, results, form, name="lang", chosen=form.languages, told=language_name)


def places(results: SearchResults | None, form: SearchForm) -> tuple[FacetLink, ...]:
    """The places that articles were filed from, most frequent first."""
    return _listed(results, form, "place")


def names(results: SearchResults | None, form: SearchForm) -> tuple[FacetLink, ...]:
    """Whom the articles name, most frequent first."""
    return _listed(results, form, "name")


def years(results: SearchResults | None, form: SearchForm) -> tuple[FacetLink, ...]:
    """The years of what was found, newest first; none where there is but one."""
    counts: Counter[int] = Counter()
    for bucket in results.histogram.buckets if results else ():
        counts[bucket.start.year] += bucket.count
    found = [(year, count) for year, count in sorted(counts.items(), reverse=True) if count]
    if len(found) < 2:
        return ()
    return tuple(
        FacetLink(
            value=f"{year:04}",
            name=str(year),
            count=count,
            only=form.address_with(from_=f"{year:04}-01-01", to=f"{year:04}-12-31"),
            without=_with(results, form, f"date:{year:04}") if place < _SHOWN else None,
        )
        for place, (year, count) in enumerate(found[:_MOST])
    )


def term(field: str, value: str) -> str:
    """A value as the query language asks for it; empty where it cannot be asked for.

    Without a field it is a phrase.
    """
    if field == "lang":
        return f"lang:{value}" if _TAG.fullmatch(value) else ""
    words = " ".join(_QUOTED.sub(" ", value).split())
    return f'{field}{":" if field else ""}"{words}"' if re.search(r"\w", words) else ""


def _counts(results: SearchResults | None, field: str) -> dict[str, int]:
    facets = results.facets if results else ()
    return {v.value: v.count for facet in facets if facet.field == field for v in facet.values}


def _listed(results: SearchResults | None, form: SearchForm, field: str) -> tuple[FacetLink, ...]:
    """Values that are asked for in the query language."""
    found = list(_counts(results, field).items())[:_MOST]
    return tuple(
        FacetLink(
            value=value,
            name=value,
            count=count,
            only=_with(results, form, asked, sign="") if (asked := term(field, value)) else None,
            without=_with(results, form, asked) if asked and place < _SHOWN else None,
        )
        for place, (value, count) in enumerate(found)
    )


def _ticked(
    counts: dict[str, int],
    results: SearchResults | None,
    form: SearchForm,
    *,
    name: str,
    chosen: tuple[str, ...],
    told: Callable[[str], str],
) -> tuple[FacetLink, ...]:
    """Values that can be ticked, those chosen among them; one alone needs no way to it."""
    shown = dict.fromkeys([*list(counts)[:_MOST], *chosen])
    ways: set[str] = set(list(shown)[:_SHOWN]) if len(counts) > 1 else set()
    return tuple(
        FacetLink(
            value=value,
            name=told(value),
            chosen=value in chosen,
            count=counts.get(value),
            only=form.address_without(name) | {name: [value]} if value in ways else None,
            without=_with(results, form, asked)
            if value in ways and value not in chosen and (asked := term(name, value))
            else None,
        )
        for value in shown
    )


def _with(
    results: SearchResults | None, form: SearchForm, asked: str, *, sign: str = "-"
) -> Address | None:
    """The first page of the query, as it was taken, and one term more; None where it has that."""
    text = (results.repaired if results else "") or form.text
    if {asked, f"-{asked}"} & {*_TERM.findall(text)}:
        return None
    return form.address_with(q=f"{text} {sign}{asked}".strip())
