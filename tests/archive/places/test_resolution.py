"""What the places of datelines mean: their countries, and where they are."""

import math

import pytest

from archive.places.countries import find_regions, get_country_names, list_countries
from archive.places.gazetteer import fold_place, get_gazetteer
from archive.places.resolution import find_place, get_label, resolve_places
from tests.archive.builders import an_article

RESOLVED = [
    ("Moscow", ["Moscow, Russia"]),
    ("Moscú, Rusia", ["Moscow, Russia"]),
    ("Moskau", ["Moscow, Russia"]),
    ("Mosca", ["Moscow, Russia"]),
    ("Moscou", ["Moscow, Russia"]),
    ("Moscow, Idaho", ["Moscow, Idaho"]),
    ("London", ["London, United Kingdom"]),
    ("London, Ontario", ["London, Canada"]),
    ("Austin, Texas", ["Austin, Texas"]),
    ("Portland, Ore/La Crosse, WI", ["Portland, Oregon", "La Crosse, Wisconsin"]),
    ("Cambridge, Mass.", ["Cambridge, Massachusetts"]),
    ("Tbilisi, Georgia", ["Tbilisi, Georgia"]),
    ("Augusta, Georgia", ["Augusta, Georgia"]),
    ("Washington", ["Washington, District of Columbia"]),
    ("Washington, D.C.", ["Washington, District of Columbia"]),
    ("Nueva York, EE.UU.", ["New York City, New York"]),
    ("Kiev", ["Kyiv, Ukraine"]),
    ("Rangoon", ["Yangon, Myanmar"]),
    ("Pekín", ["Beijing, China"]),
    ("Le Caire", ["Cairo, Egypt"]),
    ("Genf", ["Geneva, Switzerland"]),
    ("Frankfurt/Main", ["Frankfurt am Main, Germany"]),
    ("Sydney/Tokyo", ["Sydney, Australia", "Tokyo, Japan"]),
    ("México", ["Mexico City, Mexico"]),
    ("Kuwait", ["Kuwait City, Kuwait"]),
    ("Singapore", ["Singapore"]),
    ("United Nations", ["United Nations, New York"]),
    ("Davos, Switzerland", ["Davos, Switzerland"]),
    ("Santiago", ["Santiago, Chile"]),
    ("Brenwick, Reino Unido", ["Brenwick, United Kingdom"]),
    ("AND", []),
    ("Peru", ["Peru"]),
    ("Aboard Air Force One", []),
    ("", []),
]


@pytest.mark.parametrize(("located", "labels"), RESOLVED)
def test_places_of_datelines(located: str, labels: list[str]) -> None:
    places = resolve_places(an_article(located=located))
    assert [get_label(place) for place in places] == labels


def test_a_place_that_the_gazetteer_lacks_has_its_printed_country_alone() -> None:
    (place,) = resolve_places(an_article(located="Brenwick, Reino Unido"))
    assert (place.name, place.country) == ("Brenwick", "GB")
    assert math.isnan(place.latitude)
    (country,) = resolve_places(an_article(located="Rusia"))
    assert (country.name, country.country) == ("Russia", "RU")
    assert math.isnan(country.longitude)


@pytest.mark.parametrize(
    ("located", "fields", "country"),
    [
        ("Valencia", {"dateline": "Valencia, 2 mar (EFE).-"}, "ES"),
        ("Valencia", {"body": "El Gobierno de Venezuela."}, "VE"),
        ("Córdoba", {"source": "Europa Press"}, "ES"),
        ("Córdoba", {"headline": "Elecciones en Argentina"}, "AR"),
        ("San José", {"source": "EFE"}, "CR"),
        ("Birmingham", {}, "GB"),
        ("Birmingham, Ala.", {}, "US"),
    ],
)
def test_text_and_agency_decide_between_places_of_one_name(
    located: str, fields: dict[str, str], country: str
) -> None:
    (place,) = resolve_places(an_article(located=located, **fields))
    assert place.country == country


def test_a_place_of_a_query() -> None:
    place = find_place("Moscú")
    assert place is not None
    assert (place.country, round(place.latitude), round(place.longitude)) == ("RU", 56, 38)
    ontario = find_place("London, Ontario")
    assert ontario is not None
    assert ontario.country == "CA"
    assert find_place("Mosow") is None
    assert find_place("") is None


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("RU", {"Russia", "Rusia", "Russie", "Russland", "Rússia"}),
        ("US", {"United States", "Estados Unidos", "États-Unis", "Stati Uniti", "USA", "EE.UU."}),
        ("GB", {"United Kingdom", "Großbritannien", "Reino Unido", "UK", "Scotland"}),
    ],
)
def test_countries_have_their_names_in_six_languages(code: str, names: set[str]) -> None:
    assert names <= set(get_country_names(code))
    for name in names:
        assert code in {region.country for region in find_regions(name)}


def test_every_country_of_the_gazetteer_has_a_name() -> None:
    assert "AN" not in list_countries()
    places = get_gazetteer().find("Pristina")
    assert {place.country for place in places} <= set(list_countries())


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Saint-Étienne", "saint etienne"),
        ("Kraków", "krakow"),
        ("Łódź", "lodz"),
        ("N'Djamena", "ndjamena"),
    ],
)
def test_names_are_compared_without_accents_and_signs(name: str, folded: str) -> None:
    assert fold_place(name) == folded
