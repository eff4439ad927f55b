"""Facets of the results.

Responsibility: link to the results with each value alone, or without it.
Decision: a value is excluded by a clause of the query language, so that a reader sees it and can
remove it; an active filter is always listed, even with no results.
Must not depend on: HTML.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from index.types.search import SearchResults
from web.i18n.formatting import format_language, format_source
from web.pages.search_form import Parameters, SearchForm

_MAX_VALUES = 24
"""Values of one facet on a page: enough of a long list, and a light page."""
_MAX_VISIBLE = 8
"""Values outside the "More" panel. Only these have links of their own to exclude them; with links
for all 24 sources, languages and places a page would be 40 kB instead of 29."""
_SYNTAX = re.compile(r'["“”„‟*?]')
"""Characters that end a phrase of the query language, or mean something within it."""
_CLAUSE = re.compile(r'-?[a-z]+:(?:"[^"]*"|\S+)')
_LANGUAGE_TAG = re.compile("[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetLink:
    """One value of a facet.

    Attributes:
        value: As in the index.
        name: As shown to readers.
        selected: True if it is a filter of the search.
        count: Number of articles; None if it was not counted.
        only: Parameters of the page with this value alone; None if that is the current page or
            cannot be searched for.
        exclude: Parameters of the page without this value; None as for `only`.
    """

    value: str
    name: str
    selected: bool = False
    count: int | None = None
    only: Parameters | None = None
    exclude: Parameters | None = None


def list_sources(results: SearchResults | None, form: SearchForm) -> tuple[FacetLink, ...]:
    """The sources of the results, most frequent first, and the selected ones."""
    counts = _read_counts(results, "source")
    return _list_filter_values(
        counts, results, form, name="source", selected=form.sources, format_value=format_source
    )


def list_languages(results: SearchResults | None, form: SearchForm) -> tuple[FacetLink, ...]:
    """The languages of the results, most frequent first, and the selected ones."""
    counts = _read_counts(results, "language")
    return _list_filter_values(
        counts, results, form, name="lang", selected=form.languages, format_value=format_language
    )


def list_places(results: SearchResults | None, form: SearchForm) -> tuple[FacetLink, ...]:
    """The places that the results were filed from, most frequent first."""
    return _list_clause_values(results, form, "place")


def list_names(results: SearchResults | None, form: SearchForm) -> tuple[FacetLink, ...]:
    """The people, places and organisations named in the results, most frequent first."""
    return _list_clause_values(results, form, "name")


def list_years(results: SearchResults | None, form: SearchForm) -> tuple[FacetLink, ...]:
    """The years of the results, newest first; empty if there is only one."""
    counts: Counter[int] = Counter()
    for bucket in results.histogram.buckets if results else ():
        counts[bucket.start.year] += bucket.count
    years = [(year, count) for year, count in sorted(counts.items(), reverse=True) if count]
    if len(years) < 2:
        return ()
    return tuple(
        FacetLink(
            value=f"{year:04}",
            name=str(year),
            count=count,
            only=form.parameters_with(from_=f"{year:04}-01-01", to=f"{year:04}-12-31"),
            exclude=_add_clause(results, form, f"-date:{year:04}")
            if position < _MAX_VISIBLE
            else None,
        )
        for position, (year, count) in enumerate(years[:_MAX_VALUES])
    )


def format_clause(field: str, value: str) -> str:
    """A clause of the query language that matches a value; empty if none can.

    Without a field it is a phrase.
    """
    if field == "lang":
        return f"lang:{value}" if _LANGUAGE_TAG.fullmatch(value) else ""
    words = " ".join(_SYNTAX.sub(" ", value).split())
    return f'{field}{":" if field else ""}"{words}"' if re.search(r"\w", words) else ""


def _read_counts(results: SearchResults | None, field: str) -> dict[str, int]:
    facets = results.facets if results else ()
    return {v.value: v.count for facet in facets if facet.field == field for v in facet.values}


def _list_clause_values(
    results: SearchResults | None, form: SearchForm, field: str
) -> tuple[FacetLink, ...]:
    """The values of a facet that only the query language can filter by."""
    counts = list(_read_counts(results, field).items())[:_MAX_VALUES]
    links = []
    for position, (value, count) in enumerate(counts):
        clause = format_clause(field, value)
        visible = position < _MAX_VISIBLE
        links.append(
            FacetLink(
                value=value,
                name=value,
                count=count,
                only=_add_clause(results, form, clause) if clause else None,
                exclude=_add_clause(results, form, f"-{clause}") if clause and visible else None,
            )
        )
    return tuple(links)


def _list_filter_values(
    counts: dict[str, int],
    results: SearchResults | None,
    form: SearchForm,
    *,
    name: str,
    selected: tuple[str, ...],
    format_value: Callable[[str], str],
) -> tuple[FacetLink, ...]:
    """The values of a facet with a filter parameter; a single value needs no links."""
    values = dict.fromkeys([*list(counts)[:_MAX_VALUES], *selected])
    linked: set[str] = set(list(values)[:_MAX_VISIBLE]) if len(counts) > 1 else set()
    links = []
    for value in values:
        clause = format_clause(name, value) if value in linked and value not in selected else ""
        links.append(
            FacetLink(
                value=value,
                name=format_value(value),
                selected=value in selected,
                count=counts.get(value),
                only=form.parameters_without(name) | {name: [value]} if value in linked else None,
                exclude=_add_clause(results, form, f"-{clause}") if clause else None,
            )
        )
    return tuple(links)


def _add_clause(results: SearchResults | None, form: SearchForm, clause: str) -> Parameters | None:
    """The first page of the repaired query with one more clause; None if it has that already."""
    text = (results.repaired if results else "") or form.text
    positive = clause.removeprefix("-")
    if {positive, f"-{positive}"} & {*_CLAUSE.findall(text)}:
        return None
    return form.parameters_with(q=f"{text} {clause}".strip())
