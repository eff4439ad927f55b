"""The choices around the box: modes, orders, and the filters now in force.

Decision: a mode that cannot be used stays visible, with the reason.
Must not know HTML.
"""

from dataclasses import dataclass

from index.types.search import Mode, Sort
from index.types.status import Status
from web.i18n.formatting import language_name, source_name, typed_day
from web.i18n.translation import gettext, later
from web.pages.search_form import Address, SearchForm

MODE_NAMES: dict[Mode, str] = {
    "hybrid": later("Words and meaning"),
    "lexical": later("Words"),
    "semantic": later("Meaning"),
}
SORT_NAMES: dict[Sort, str] = {
    "relevance": later("Best first"),
    "newest": later("Newest first"),
    "oldest": later("Oldest first"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One button to press, or order to choose."""

    value: str
    name: str
    chosen: bool
    usable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveFilter:
    """A filter in force, and the parameters of the page without it."""

    name: str
    address_without: Address


def default_mode(status: Status) -> Mode:
    """Words and meaning together where both can be had, else what there is."""
    return "hybrid" if "hybrid" in status.modes or not status.modes else status.modes[0]


def mode_choices(status: Status, chosen: str) -> tuple[Choice, ...]:
    """All three modes, those that cannot be used marked so."""
    return tuple(
        Choice(value=mode, name=gettext(name), chosen=mode == chosen, usable=mode in status.modes)
        for mode, name in MODE_NAMES.items()
    )


def sort_choices(form: SearchForm) -> tuple[Choice, ...]:
    """The three orders."""
    chosen = form.request.sort if form.request else "relevance"
    return tuple(
        Choice(
            value="" if value == "relevance" else value, name=gettext(name), chosen=value == chosen
        )
        for value, name in SORT_NAMES.items()
    )


def mode_gap(status: Status) -> str:
    """Why some modes cannot be used; empty where all can."""
    if all(mode in status.modes for mode in MODE_NAMES):
        return ""
    if status.model_problem:
        return gettext("Searching by meaning is off: %(why)s", why=status.model_problem)
    return gettext("Searching by meaning joins when its vectors are done.")


def active_filters(form: SearchForm) -> tuple[ActiveFilter, ...]:
    """The filters in force, each with the way out of it."""
    dates = [
        ("from", gettext("From"), form.date_from),
        ("to", gettext("To"), form.date_to),
    ]
    found = [
        ActiveFilter(name=f"{word} {typed_day(typed)}", address_without=form.address_without(name))
        for name, word, typed in dates
        if typed
    ]
    for name, values, words in (
        ("source", form.sources, source_name),
        ("lang", form.languages, language_name),
        ("place", form.places, str),
    ):
        found += [
            ActiveFilter(name=words(value), address_without=form.address_without(name, value=value))
            for value in values
        ]
    return tuple(found)
