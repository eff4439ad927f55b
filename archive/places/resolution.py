"""Resolution: what the place of a dateline means.

Responsibility: decide the country and the coordinates of the places that an article was filed from.
Decision: a state or country that is printed decides. Otherwise the candidate with the highest sum
counts: its population, whether it is a capital, whether the text names its country, and whether it
is the agency's own country, whose towns an agency prints without it.
Must not depend on: the store, or the index.
"""

import math
import re
from functools import lru_cache

from archive.article import Article
from archive.places.countries import (
    Region,
    find_regions,
    get_country_names,
    get_region_name,
)
from archive.places.gazetteer import Place, fold_place, get_gazetteer

MAX_PLACES = 4
"""Places of one dateline: none of 94,000 of a wire has more."""
_READ_CHARACTERS = 2_000
_LEAST_POPULATION = 1_000
_LARGE = 500_000
# A million people count as much as ten times ten thousand: the unit is a factor of ten.
_CAPITAL, _MAIN_NAME, _NAMED_COUNTRY, _OWN_COUNTRY = 1.0, 0.5, 2.0, 1.2
_AGENCIES = {
    "AR": "telam|télam",
    "BR": "folhapress|agencia brasil|agência brasil|agencia estado|agência estado",
    "CA": "canadian press",
    "DE": "dpa|epd|kna|dapd|ddp",
    "ES": "efe|europa press|colpisa|servimedia",
    "FR": "afp",
    "IN": "pti|ians|ani|press trust of india",
    "IT": "ansa|adnkronos|agi|askanews|italpress|lapresse",
    "MX": "notimex",
    "PT": "lusa",
    "US": "ap|associated press|upi",
}
_COUNTRY_OF_AGENCY = {
    name: country for country, names in _AGENCIES.items() for name in names.split("|")
}


def resolve_places(article: Article) -> tuple[Place, ...]:
    """Return the places that an article was filed from, in the order of its dateline.

    A place that the gazetteer lacks, with a country that is printed, has this country and the
    coordinates NaN. A place of which nothing is known is left out.
    """
    if not article.located:
        return ()
    whole = _read_place(article.located)
    if "/" not in article.located or get_gazetteer().find(article.located):
        found = [_choose(whole, article)]
    else:
        found = [_choose(_read_place(part), article) for part in article.located.split("/")]
    places = dict.fromkeys(place for place in found if place)
    return tuple(places)[:MAX_PLACES]


def find_place(text: str) -> Place | None:
    """Return what a place means without an article: `London`, `London, Ontario`, `Londres`.

    The result has coordinates; None if the gazetteer has no such place.
    """
    name, regions = _read_place(text)
    candidates = _list_candidates(name, regions)
    return max(candidates, key=lambda place: _rate(place, name), default=None)


def get_label(place: Place) -> str:
    """Return a place with its state (in the United States) or country: `Moscow, Russia`."""
    region = get_region_name(Region(place.country, place.region))
    return place.name if place.name == region or not place.name else f"{place.name}, {region}"


@lru_cache(maxsize=16_384)
def _read_place(text: str) -> tuple[str, tuple[Region, ...]]:
    """The name, and the regions that may be meant after a comma; none if none is printed."""
    name, *others = (part.strip() for part in text.split(","))
    for other in reversed(others):
        if regions := find_regions(other):
            return name, regions
    return name, ()


@lru_cache(maxsize=16_384)
def _list_candidates(name: str, regions: tuple[Region, ...]) -> tuple[Place, ...]:
    found = get_gazetteer().find(name)
    if not regions:
        return found
    return tuple(
        place
        for place in found
        if any(_is_in(place, region) for region in regions)
        and (place.country != "US" or _is_known_as(place, name))
    )


def _is_known_as(place: Place, name: str) -> bool:
    """Whether a place is usually called so: `Newtown` is an old name of Hartford."""
    return place.population >= _LARGE or fold_place(place.name) == fold_place(name)


def _is_in(place: Place, region: Region) -> bool:
    return place.country == region.country and region.state in ("", place.region)


def _choose(read: tuple[str, tuple[Region, ...]], article: Article) -> Place | None:
    name, regions = read
    candidates = _list_candidates(name, regions)
    countries = [] if regions else [one for one in find_regions(name) if not one.state]
    if countries:
        # `México` is the city of a Mexican agency; `Peru` is no town in Illinois.
        codes = {region.country for region in countries}
        candidates = tuple(
            place
            for place in candidates
            if place.country in codes
            and (place.is_capital or fold_place(place.name) == fold_place(name))
        )
    if not candidates:
        return _locate_country(name, regions or tuple(countries))
    if len(candidates) == 1:
        return candidates[0]
    return max(candidates, key=lambda place: _rate(place, name, article))


def _locate_country(name: str, regions: tuple[Region, ...]) -> Place | None:
    """A place of which only the country is known."""
    codes = {region.country for region in regions}
    if len(codes) != 1:
        return None
    (code,) = codes
    is_country = any(not region.state for region in find_regions(name))
    state = regions[0].state if len(regions) == 1 else ""
    name = get_region_name(Region(code)) if is_country else name
    return Place(name, code, state, math.nan, math.nan, 0)


def _rate(place: Place, name: str, article: Article | None = None) -> float:
    """How likely a candidate is; `article` gives what its text and its agency say."""
    rating = math.log10(max(place.population, _LEAST_POPULATION))
    rating += _CAPITAL * place.is_capital
    rating += _MAIN_NAME * (fold_place(place.name) == fold_place(name))
    if article:
        rating += _NAMED_COUNTRY * _names_country(article, place.country)
        rating += _OWN_COUNTRY * (_find_country_of_agency(article) == place.country)
    return rating


def _names_country(article: Article, country: str) -> bool:
    text = f"{article.headline} {' '.join(article.places)} {article.body[:_READ_CHARACTERS]}"
    return bool(_compile_names(country).search(text))


@lru_cache(maxsize=512)
def _compile_names(country: str) -> re.Pattern[str]:
    """The names of a country as whole words, with a capital as they are written."""
    names = sorted(get_country_names(country), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


def _find_country_of_agency(article: Article) -> str:
    """The country of the agency that the dateline names, or else the source; empty if unknown."""
    printed = re.search(r"[(/]([^()/\n]{2,30})[)/]", article.dateline)
    for name in (printed[1] if printed else "", article.source):
        if country := _COUNTRY_OF_AGENCY.get(name.casefold().removeprefix("agencia ")):
            return country
    return ""
