"""What every almanac knows: countries, large cities, days and months, and names with variants.

Responsibility: places and calendar words of a language; the one name of a country or an
organisation that has several.
Decision: from CLDR, which Babel carries, in the language of the article; besides them only places
that CLDR lacks and newspapers do not.
Must not depend on: articles.
"""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from index.text.folding import fold
from index.text.tokens import tokenize

_MORE_PLACES = (
    "Alabama, Alaska, Alberta, Amazon, Amazônia, Arizona, Atlanta, Barcelona, Bavaria, Bayern, "
    "Beijing, Bombay, Boston, Brasília, Britain, British Columbia, California, "
    "Castilla y León, Catalonia, Cataluña, Chechnya, Cologne, Colorado, Congo, Connecticut, "
    "Crimea, Dallas, Darfur, Delhi, England, Florida, Frankfurt, Frankfurt am Main, Galicia, "
    "Gaza, Genebra, Geneva, Genf, Genève, Ginebra, Ginevra, Großbritannien, Hamburg, Hawaii, "
    "Houston, Idaho, Illinois, Iowa, Kansas, Kashmir, Kentucky, Kurdistan, Köln, London, "
    "Londra, Londres, Louisiana, Mailand, Manhattan, Maryland, Massachusetts, Miami, Michigan, "
    "Middle East, Milan, Milano, Minnesota, Mississippi, Missouri, Moldau, Montana, Mumbai, "
    "Munich, München, Nairobi, Nebraska, Nevada, New Delhi, New Jersey, New Mexico, "
    "New South Wales, North Carolina, Northern Ireland, Nova York, Nueva York, Ohio, Oklahoma, "
    "Ontario, Oregon, Osaka, Pechino, Peking, Pekín, Pennsylvania, Pequim, Philadelphia, "
    "Polônia, Pékin, Quebec, Queensland, Rio de Janeiro, Ruhrgebiet, Sachsen, San Francisco, "
    "Scotland, Seattle, Sevilla, South Carolina, Tennessee, Texas, Tibet, Turkey, Utah, "
    "Valencia, Vatican, Vaticano, Vatikan, Virginia, Wales, Wall Street, Washington, "
    "West Bank, Wisconsin, Wyoming"
)
_VARIANTS = {
    "en": {
        "United States": ("US", "USA", "U.S.", "U.S.A.", "America"),
        "United Kingdom": ("UK", "U.K.", "Britain", "Great Britain"),
        "United Nations": ("UN", "U.N."),
        "European Union": ("EU", "E.U."),
    },
    "es": {
        "Estados Unidos": ("EEUU", "EE.UU.", "EE.UU", "EE. UU.", "EE UU", "EE. UU", "EUA"),
        "Naciones Unidas": ("ONU",),
        "Unión Europea": ("UE",),
    },
    "fr": {
        "États-Unis": ("USA",),
        "Nations unies": ("ONU", "Nations Unies"),
        "Union européenne": ("UE",),
    },
    "de": {
        "Vereinigte Staaten": ("USA", "US", "Vereinigten Staaten"),
        "Vereinte Nationen": ("UN", "UNO", "Vereinten Nationen"),
        "Europäische Union": ("EU", "Europäischen Union"),
        "Großbritannien": ("Vereinigtes Königreich", "Vereinigten Königreich"),
    },
    "pt": {
        "Estados Unidos": ("EUA", "E.U.A."),
        "Nações Unidas": ("ONU",),
        "União Europeia": ("UE", "União Européia"),
    },
    "it": {
        "Stati Uniti": ("USA", "Usa"),
        "Nazioni Unite": ("ONU", "Onu"),
        "Unione europea": ("UE", "Ue", "Unione Europea"),
    },
}
"""The variants of a name, as written, in each language."""


_REGIONS = ("Africa/", "America/", "Asia/", "Australia/", "Europe/")


@lru_cache(maxsize=64)
def get_places(language: str) -> frozenset[str]:
    """Countries, regions of the world and large cities, folded, in a language and in English."""
    names = {*_MORE_PLACES.split(", ")}
    zones = get_global("zone_territories")
    names |= {
        zone.rpartition("/")[2].replace("_", " ") for zone in zones if zone.startswith(_REGIONS)
    }
    for tag in {language, "en"}:
        if (locale := _find_locale(tag)) is not None:
            names |= {name for code, name in locale.territories.items() if code not in {"UN", "EU"}}
            names |= {zone["city"] for zone in locale.time_zones.values() if "city" in zone}
    return frozenset(fold(name.replace("’", "'")) for name in names) - {"center"}


@lru_cache(maxsize=64)
def get_joined_places(language: str) -> tuple[str, ...]:
    """Countries whose name has a function word that joins two names: Bosnia and Herzegovina."""
    locale = _find_locale(language)
    names = [] if locale is None else [*locale.territories.values(), "Castilla y León"]
    joints = (" and ", " y ", " et ", " und ", " e ", " & ")
    found = {name for name in names if any(joint in name for joint in joints)}
    return tuple(sorted(name.replace("&", "and") if language == "en" else name for name in found))


@lru_cache(maxsize=64)
def get_calendar_words(language: str) -> frozenset[str]:
    """Days of the week and months, folded, in a language and in English."""
    words = set()
    for tag in {language, "en"}:
        if (locale := _find_locale(tag)) is not None:
            words |= {*locale.months["format"]["wide"].values()}
            words |= {*locale.days["format"]["wide"].values()}
            words |= {*locale.months["stand-alone"]["wide"].values()}
    # Portuguese: "segunda" is written alone.
    parts = {part for word in words for part in (word, word.split("-")[0])}
    return frozenset(fold(part.rstrip(".")) for part in parts if not part.isdigit())


@lru_cache(maxsize=64)
def get_variants(language: str) -> dict[str, str]:
    """The name that stands for each variant, as written."""
    table = _VARIANTS.get(language, {})
    return {variant: name for name, variants in table.items() for variant in variants}


@lru_cache(maxsize=1)
def get_names_of_variants() -> dict[str, tuple[str, ...]]:
    """The names, in any language, that a variant stands for; all in folded words."""
    names: dict[str, dict[str, None]] = {}
    for table in _VARIANTS.values():
        for name, variants in table.items():
            for variant in variants:
                names.setdefault(_fold_words(variant), {})[_fold_words(name)] = None
    return {variant: tuple(found) for variant, found in names.items()}


def _fold_words(name: str) -> str:
    return " ".join(token.folded for token in tokenize(name))


@lru_cache(maxsize=64)
def _find_locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language) if language else None
    except (UnknownLocaleError, ValueError):
        return None
