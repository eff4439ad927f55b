"""Months: names of months, in six languages, and the year that a day without one belongs to.

Decision: names are compared without case, accents and full stop, so one table does for all.
Must not know datelines or records.
"""

import unicodedata
from datetime import date

# A day further than this from the day of reference belongs to the year before or after it.
_MOST_DAYS = 300

_NAMES = """
1 january jan enero ene janvier janv januar janner janeiro gennaio gen
2 february feb febrero fevrier fevr fev februar feber fevereiro febbraio febb
3 march mar marzo mars marz mrz marco
4 april apr abril abr avril avr aprile
5 may mayo mai maio maggio mag magg
6 june jun junio juin juni junho giugno giu
7 july jul julio juillet juil juli julho luglio lug lugl
8 august aug agosto ago agto aout aou
9 september sep sept septiembre setiembre set septembre setembro settembre sett
10 october oct octubre octobre oktober okt outubro out ottobre ott
11 november nov noviembre novembre novembro
12 december dec diciembre dic decembre dezember dez dezembro dicembre
"""


def fold(name: str) -> str:
    """The name without case, accents and full stop, as it is looked up."""
    parts = unicodedata.normalize("NFKD", name.casefold().rstrip("."))
    return "".join(part for part in parts if not unicodedata.combining(part))


MONTHS: dict[str, int] = {
    fold(name): int(number)
    for number, *names in (line.split() for line in _NAMES.strip().splitlines())
    for name in names
}


def month_number(name: str) -> int | None:
    """1 to 12 for the name of a month, full or short; None for another word."""
    return MONTHS.get(fold(name))


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest_year(month: int, day: int, *, reference: date) -> date | None:
    """The day in the reference's year, or in the nearest one if it lies over 300 days away.

    A reference of 2 January makes `31 December` the day before it; a 29 February goes to the
    nearest year that has one, four years away at most.
    """
    years = range(max(1, reference.year - 4), min(9999, reference.year + 4) + 1)
    days = [found for year in years if (found := real_date(year, month, day))]
    same = next((found for found in days if found.year == reference.year), None)
    if same and abs((same - reference).days) <= _MOST_DAYS:
        return same
    return min(days, key=lambda found: abs((found - reference).days), default=None)
