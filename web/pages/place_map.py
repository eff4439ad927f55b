"""The map of the results: where they were filed from.

Responsibility: place the locations of the results on an outline of the world, with their links.
Decision: drawn on the server as SVG, from an outline of our own (`world_outline.txt`, from Natural
Earth, public domain): it needs no script and asks no third party for anything.
Must not depend on: HTML, or how places are resolved.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index.types.search import LocationCount, SearchResults
from web.pages.search_form import Parameters, SearchForm

WIDTH, TOP, HEIGHT = 360, 5, 143
"""One unit is a degree; x is the longitude plus 180, y is 90 minus the latitude."""
_SMALLEST, _LARGEST = 2.0, 9.0
"""Radii in degrees: the area of a circle grows with the number of articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoint:
    """One place of the results.

    Attributes:
        name: As shown to readers: `Moscow, Russia`.
        count: How many of the results were filed from it.
        x, y, radius: In units of the map.
        selected: Whether it is the place filter of the search.
        only: Parameters of the page with the results from this place.
    """

    name: str
    count: int
    x: float
    y: float
    radius: float
    selected: bool
    only: Parameters


def list_map_points(results: SearchResults | None, form: SearchForm) -> tuple[MapPoint, ...]:
    """The places of the results that have coordinates, largest first, so that none is hidden."""
    counts = [
        value
        for facet in (results.facets if results else ())
        if facet.field == "location"
        for value in facet.values
        if isinstance(value, LocationCount)
    ]
    most = max((value.count for value in counts), default=1)
    return tuple(
        MapPoint(
            name=value.value,
            count=value.count,
            x=round(value.longitude + 180, 1),
            y=round(90 - value.latitude, 1),
            radius=round(max(_SMALLEST, _LARGEST * (value.count / most) ** 0.5), 1),
            selected=value.value in form.places,
            only=form.parameters_without("place") | {"place": [value.value]},
        )
        for value in counts
        if value.latitude is not None and value.longitude is not None
    )


@lru_cache(maxsize=1)
def read_outline() -> str:
    """Return the outline of the land as the data of an SVG path."""
    return (files("web.pages") / "world_outline.txt").read_text(encoding="utf-8").strip()
