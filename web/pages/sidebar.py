"""Links beside an article or a story.

Responsibility: link to searches for its places, names and sources.
Decision: a name that is also a place is listed once, as a place. An article's names are those that
the `name:` filter finds it by.
Must not depend on: Flask, HTML, or how stories are built.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.article import Article
from index.types.search import FacetValue
from index.types.stories import Timeline
from web.pages.facets import FacetLink, format_clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidebar:
    """Links to searches, most frequent first, without values that cannot be searched for."""

    places: tuple[FacetLink, ...]
    names: tuple[FacetLink, ...]
    sources: tuple[FacetLink, ...] = ()


def build_article_sidebar(article: Article, names: tuple[str, ...]) -> Sidebar:
    """The places that an article is from or about, and the names in it."""
    places = [place.strip() for place in (article.located, *article.places) if place.strip()]
    return Sidebar(
        places=_link_values("place", ((place, None) for place in dict.fromkeys(places))),
        names=_link_values("name", ((name, None) for name in _remove_places(names, places))),
    )


def build_story_sidebar(timeline: Timeline) -> Sidebar:
    """The places, names and sources of a story.

    The names are those of all its articles together, so each is searched for as a phrase.
    """
    places = [place.value for place in timeline.places]
    names = _remove_places([name.value for name in timeline.names], places)
    return Sidebar(
        places=_link_counts("place", timeline.places),
        names=_link_values("", ((name, None) for name in names)),
        sources=_link_counts("source", timeline.sources),
    )


def _remove_places(names: Iterable[str], places: Iterable[str]) -> list[str]:
    known = {place.casefold() for place in places}
    return [name for name in names if name.casefold() not in known]


def _link_counts(field: str, values: Iterable[FacetValue]) -> tuple[FacetLink, ...]:
    return _link_values(field, ((value.value, value.count) for value in values))


def _link_values(field: str, values: Iterable[tuple[str, int | None]]) -> tuple[FacetLink, ...]:
    return tuple(
        FacetLink(value=value, name=value, count=count, only={"q": clause})
        for value, count in values
        if (clause := format_clause(field, value))
    )
