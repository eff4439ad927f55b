"""The places, names and sources beside an article or a story, each with the way to all about it.

Decision: a name that is a place stands there once, as a place; an article's names are those by
which its own name filter finds it.
Must not know Flask or HTML.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.article import Article
from index.types.search import FacetValue
from index.types.stories import Timeline
from web.pages.facets import FacetLink, term


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidebar:
    """What stands beside a text, most frequent first; what cannot be asked for is left out."""

    places: tuple[FacetLink, ...]
    names: tuple[FacetLink, ...]
    sources: tuple[FacetLink, ...] = ()


def article_sidebar(article: Article, named: tuple[str, ...]) -> Sidebar:
    """Where an article is from and about, and whom it names."""
    places = [place.strip() for place in (article.located, *article.places) if place.strip()]
    return Sidebar(
        places=_ways("place", ((place, None) for place in dict.fromkeys(places))),
        names=_ways("name", ((name, None) for name in _without(named, places))),
    )


def story_sidebar(line: Timeline) -> Sidebar:
    """Where a story happens, who is in it and who reports it.

    Its names are those of all its articles together, so that each is asked for as words.
    """
    places = [place.value for place in line.places]
    named = _without([name.value for name in line.names], places)
    return Sidebar(
        places=_counted("place", line.places),
        names=_ways("", ((name, None) for name in named)),
        sources=_counted("source", line.sources),
    )


def _without(named: Iterable[str], places: Iterable[str]) -> list[str]:
    known = {place.casefold() for place in places}
    return [name for name in named if name.casefold() not in known]


def _counted(field: str, values: Iterable[FacetValue]) -> tuple[FacetLink, ...]:
    return _ways(field, ((value.value, value.count) for value in values))


def _ways(field: str, values: Iterable[tuple[str, int | None]]) -> tuple[FacetLink, ...]:
    return tuple(
        FacetLink(value=value, name=value, count=count, only={"q": asked})
        for value, count in values
        if (asked := term(field, value))
    )
