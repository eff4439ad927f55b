"""Options around the search box.

Responsibility: list search modes, sort orders and active filters.
Decision: an unavailable mode stays visible, with the reason.
Must not depend on: HTML.
"""

from dataclasses import dataclass

from index.types.search import Mode, Sort
from index.types.status import Status
from web.i18n.formatting import format_language, format_source, format_typed_day
from web.i18n.translation import gettext, gettext_noop
from web.pages.search_form import Parameters, SearchForm

MODE_NAMES: dict[Mode, str] = {
    "hybrid": gettext_noop("Hybrid"),
    "lexical": gettext_noop("Keyword"),
    "semantic": gettext_noop("Semantic"),
}
SORT_NAMES: dict[Sort, str] = {
    "relevance": gettext_noop("Most relevant"),
    "newest": gettext_noop("Newest first"),
    "oldest": gettext_noop("Oldest first"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One mode or sort order of a search."""

    value: str
    name: str
    selected: bool
    available: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveFilter:
    """A filter of the search, and the parameters of the page without it."""

    name: str
    without: Parameters


def select_default_mode(status: Status) -> Mode:
    """Hybrid if it is available, else the first mode that is."""
    return "hybrid" if "hybrid" in status.modes or not status.modes else status.modes[0]


def list_modes(status: Status, selected: str) -> tuple[Option, ...]:
    """The three modes, available or not."""
    return tuple(
        Option(
            value=mode,
            name=gettext(name),
            selected=mode == selected,
            available=mode in status.modes,
        )
        for mode, name in MODE_NAMES.items()
    )


def list_sorts(form: SearchForm) -> tuple[Option, ...]:
    """The three sort orders; the value of the default one is empty."""
    selected = form.request.sort if form.request else "relevance"
    return tuple(
        Option(
            value="" if value == "relevance" else value,
            name=gettext(name),
            selected=value == selected,
        )
        for value, name in SORT_NAMES.items()
    )


def explain_unavailable_modes(status: Status) -> str:
    """Why some modes are unavailable; empty if all are available."""
    if all(mode in status.modes for mode in MODE_NAMES):
        return ""
    if status.model_problem:
        return gettext("Semantic search is unavailable: %(why)s", why=status.model_problem)
    return gettext("Semantic search will be available when all articles are embedded.")


def list_active_filters(form: SearchForm) -> tuple[ActiveFilter, ...]:
    """The filters of the search: dates, sources, languages, places."""
    dates = [
        ("from", gettext("From"), form.date_from),
        ("to", gettext("To"), form.date_to),
    ]
    filters = [
        ActiveFilter(name=f"{word} {format_typed_day(day)}", without=form.parameters_without(name))
        for name, word, day in dates
        if day
    ]
    for name, values, format_value in (
        ("source", form.sources, format_source),
        ("lang", form.languages, format_language),
        ("place", form.places, str),
    ):
        filters += [
            ActiveFilter(
                name=format_value(value), without=form.parameters_without(name, value=value)
            )
            for value in values
        ]
    return tuple(filters)
