"""Countries and states: what names mean them, in the six languages.

Responsibility: find the countries and states that a name means, and the names of a country.
Decision: CLDR's names, which Babel carries, and a short list of what agencies write besides them.
Must not depend on: cities, datelines or articles.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from archive.places.gazetteer import fold_place

_LANGUAGES = ("en", "es", "fr", "de", "pt", "it")
_ALIASES = {
    "US": "USA|U.S.|EE.UU.|EEUU|EE UU|EUA|America|United States of America"
    "|Estados Unidos de América|Etats Unis|Vereinigte Staaten von Amerika|Stati Uniti d'America",
    "GB": "UK|U.K.|Britain|Great Britain|Gran Bretaña|Inglaterra|England|Scotland|Wales|Escocia"
    "|Northern Ireland|Irlanda del Norte|Grande-Bretagne|Angleterre|Großbritannien|Grã-Bretanha"
    "|Gran Bretagna|Inghilterra|Escócia|Écosse|Schottland|Scozia|Gales",
    "RU": "Russian Federation|Federación Rusa|Federación de Rusia",
    "CZ": "Czech Republic|República Checa|République tchèque|Tschechische Republik"
    "|República Tcheca|Repubblica Ceca",
    "NL": "Holland|Holanda|Hollande|The Netherlands|Olanda",
    "CI": "Ivory Coast|Cote d'Ivoire",
    "CD": "Democratic Republic of Congo|DR Congo|DRC|Democratic Republic of the Congo|RDC",
    "CG": "Congo|Republic of Congo",
    "KR": "Korea|Republic of Korea|Corea",
    "MM": "Burma|Birmania|Birmanie|Birma",
    "MK": "Macedonia|Macédoine|Mazedonien",
    "TR": "Turkey",
    "AE": "UAE|U.A.E.|Emirates|Emiratos Árabes|EAU",
    "PS": "Palestinian Territories|Palestine|Palestina|West Bank|Cisjordania|Gaza Strip",
    "CN": "P.R. China|People's Republic of China|República Popular China",
    "HK": "Hong Kong",
    "MO": "Macau|Macao",
    "TL": "East Timor|Timor Oriental|Timor-Leste",
    "SZ": "Swaziland",
    "CV": "Cape Verde",
    "VA": "Vatican|Vaticano|Vatikan|Holy See",
    "BA": "Bosnia|Bosnia-Herzegovina|Bosnie|Bosnien",
    "TT": "Trinidad",
    "AG": "Antigua",
    "SY": "Syrian Arab Republic",
    "BY": "Byelorussia|Bielorrusia|Biélorussie|Weißrussland|Bielorussia",
}
_US_STATES = {
    "AL": "Alabama|Ala.",
    "AK": "Alaska",
    "AZ": "Arizona|Ariz.",
    "AR": "Arkansas|Ark.",
    "CA": "California|Calif.|Cal.|Kalifornien|Californie",
    "CO": "Colorado|Colo.",
    "CT": "Connecticut|Conn.",
    "DE": "Delaware|Del.",
    "DC": "District of Columbia|D.C.",
    "FL": "Florida|Fla.|Floride",
    "GA": "Georgia|Ga.|Géorgie",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois|Ill.",
    "IN": "Indiana|Ind.",
    "IA": "Iowa|Ia.",
    "KS": "Kansas|Kan.|Kans.",
    "KY": "Kentucky|Ky.",
    "LA": "Louisiana|La.|Luisiana|Louisiane",
    "ME": "Maine",
    "MD": "Maryland|Md.",
    "MA": "Massachusetts|Mass.",
    "MI": "Michigan|Mich.",
    "MN": "Minnesota|Minn.",
    "MS": "Mississippi|Miss.|Misisipi",
    "MO": "Missouri|Mo.|Misuri",
    "MT": "Montana|Mont.",
    "NE": "Nebraska|Neb.|Nebr.",
    "NV": "Nevada|Nev.",
    "NH": "New Hampshire|N.H.|Nuevo Hampshire",
    "NJ": "New Jersey|N.J.|Nueva Jersey",
    "NM": "New Mexico|N.M.|N. Mex.|Nuevo México",
    "NY": "New York|N.Y.|Nueva York",
    "NC": "North Carolina|N.C.|Carolina del Norte|Caroline du Nord",
    "ND": "North Dakota|N.D.|Dakota del Norte",
    "OH": "Ohio",
    "OK": "Oklahoma|Okla.",
    "OR": "Oregon|Ore.|Oregón",
    "PA": "Pennsylvania|Pa.|Penn.|Pensilvania|Pennsylvanie",
    "RI": "Rhode Island|R.I.",
    "SC": "South Carolina|S.C.|Carolina del Sur|Caroline du Sud",
    "SD": "South Dakota|S.D.|Dakota del Sur",
    "TN": "Tennessee|Tenn.|Tennesse",
    "TX": "Texas|Tex.|Tejas",
    "UT": "Utah",
    "VT": "Vermont|Vt.",
    "VA": "Virginia|Va.|Virginie",
    "WA": "Washington|Wash.|Washington State",
    "WV": "West Virginia|W.Va.|W. Va.",
    "WI": "Wisconsin|Wis.|Wisc.",
    "WY": "Wyoming|Wyo.",
}
_OTHER_STATES = {
    ("CA", "01"): "Alberta|AB|Alta.",
    ("CA", "02"): "British Columbia|BC|B.C.|Colombie-Britannique",
    ("CA", "03"): "Manitoba|MB|Man.",
    ("CA", "04"): "New Brunswick|NB|N.B.|Nouveau-Brunswick",
    ("CA", "05"): "Newfoundland|NL|N.L.|Nfld.|Newfoundland and Labrador|Terre-Neuve",
    ("CA", "07"): "Nova Scotia|NS|N.S.|Nouvelle-Écosse",
    ("CA", "08"): "Ontario|ON|Ont.",
    ("CA", "09"): "Prince Edward Island|PE|PEI|P.E.I.",
    ("CA", "10"): "Quebec|QC|Que.|Québec",
    ("CA", "11"): "Saskatchewan|SK|Sask.",
    ("GB", "ENG"): "England|Inglaterra|Angleterre|Inghilterra",
    ("GB", "SCT"): "Scotland|Escocia|Écosse|Schottland|Scozia|Escócia",
    ("GB", "WLS"): "Wales|Gales|Pays de Galles|Galles",
    ("GB", "NIR"): "Northern Ireland|Irlanda del Norte|Irlande du Nord|Nordirland",
    ("AU", "02"): "New South Wales|NSW",
    ("AU", "04"): "Queensland|QLD",
    ("AU", "05"): "South Australia",
    ("AU", "06"): "Tasmania",
    ("AU", "07"): "Victoria",
    ("AU", "08"): "Western Australia",
}


_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"})
_REMARK = re.compile(r" SAR China| \([^()]*\)")


@dataclass(frozen=True, slots=True)
class Region:
    """A country, or a state of one: codes as in `Place`; `state` is empty for a country."""

    country: str
    state: str = ""


@lru_cache(maxsize=1)
def _get_regions() -> dict[str, tuple[Region, ...]]:
    """What each folded name means; `georgia` is a country and a state."""
    regions: dict[str, dict[Region, None]] = {}
    for code in list_countries():
        for name in get_country_names(code):
            regions.setdefault(fold_place(name), {})[Region(code)] = None
    for state, names in _US_STATES.items():
        for name in (state, *names.split("|")):
            regions.setdefault(fold_place(name), {})[Region("US", state)] = None
    for (country, state), names in _OTHER_STATES.items():
        for name in names.split("|"):
            regions.setdefault(fold_place(name), {})[Region(country, state)] = None
    return {name: tuple(found) for name, found in regions.items()}


def find_regions(name: str) -> tuple[Region, ...]:
    """Return the countries and states that a name means, in any of the six languages."""
    return _get_regions().get(fold_place(name), ())


@lru_cache(maxsize=1)
def list_countries() -> tuple[str, ...]:
    """Return the code of every country and territory."""
    codes = map(str, Locale("en").territories)
    return tuple(code for code in codes if len(code) == 2 and code not in _NO_COUNTRIES)


@lru_cache(maxsize=512)
def get_country_names(code: str) -> tuple[str, ...]:
    """Return the names of a country in the six languages, the English one first."""
    names = [str(Locale(language).territories.get(code, "")) for language in _LANGUAGES]
    plain = [name.replace("’", "'").replace(" & ", " and ") for name in names]
    # CLDR's English is "Hong Kong SAR China" and "Myanmar (Burma)".
    short = [_REMARK.sub("", name) for name in plain]
    return tuple(dict.fromkeys(filter(None, (*short, *plain, *_ALIASES.get(code, "").split("|")))))


def get_region_name(region: Region) -> str:
    """Return the name of a state of the United States, or else of the country, in English."""
    if region.country == "US" and region.state in _US_STATES:
        return _US_STATES[region.state].split("|")[0]
    names = get_country_names(region.country)
    return names[0] if names else region.country
