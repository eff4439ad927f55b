"""Months: their names in eight languages and Russian, and the year of a day without one.

Responsibility: parse a month's name, and complete a day and month to a date.
Decision: names are compared without case, accents and full stop, so that one table serves all.
Must not depend on: datelines or records.
"""

import unicodedata
from datetime import date

# A day further than this from the reference is in the year before or after it.
_MAX_DAYS = 300

_NAMES = """
1 january jan enero ene janvier janv januar janner janeiro gennaio gen
1 января янв январь يناير
2 february feb febrero fevrier fevr fev februar feber fevereiro febbraio febb
2 февраля фев февраль فبراير شباط
3 march mar marzo mars marz mrz marco
3 марта мар март مارس آذار
4 april apr abril abr avril avr aprile
4 апреля апр апрель أبريل نيسان
5 may mayo mai maio maggio mag magg
5 мая май مايو أيار
6 june jun junio juin juni junho giugno giu
6 июня июн июнь يونيو حزيران
7 july jul julio juillet juil juli julho luglio lug lugl
7 июля июл июль يوليو تموز
8 august aug agosto ago agto aout aou
8 августа авг август أغسطس آب
9 september sep sept septiembre setiembre set septembre setembro settembre sett
9 сентября сен сент сентябрь سبتمبر أيلول
10 october oct octubre octobre oktober okt outubro out ottobre ott
10 октября окт октябрь أكتوبر
11 november nov noviembre novembre novembro
11 ноября ноя нояб ноябрь نوفمبر
12 december dec diciembre dic decembre dezember dez dezembro dicembre
12 декабря дек декабрь ديسمبر
1 янв январь января
2 фев февр февраль февраля
3 мар март марта
4 апр апрель апреля
5 май мая
6 июн июнь июня
7 июл июль июля
8 авг август августа
9 сен сент сентябрь сентября
10 окт октябрь октября
11 ноя нояб ноябрь ноября
12 дек декабрь декабря
"""


def _fold(name: str) -> str:
    """The name without case, accents and full stop, as it is looked up."""
    parts = unicodedata.normalize("NFKD", name.casefold().rstrip("."))
    return "".join(part for part in parts if not unicodedata.combining(part))


_MONTHS: dict[str, int] = {
    _fold(name): int(number)
    for number, *names in (line.split() for line in _NAMES.strip().splitlines())
    for name in names
}


def parse_month(name: str) -> int | None:
    """Return 1 to 12 for the name of a month, full or short; None for other words."""
    return _MONTHS.get(_fold(name))


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_nearest_date(month: int, day: int, *, reference: date) -> date | None:
    """Return the day in the reference's year, or in the nearest year if over 300 days away.

    With a reference of 2 January, `31 December` is two days before it; 29 February is in the
    nearest year that has one, at most four years away.
    """
    years = range(max(1, reference.year - 4), min(9999, reference.year + 4) + 1)
    dates = [candidate for year in years if (candidate := make_date(year, month, day))]
    same = next((one for one in dates if one.year == reference.year), None)
    if same and abs((same - reference).days) <= _MAX_DAYS:
        return same
    return min(dates, key=lambda one: abs((one - reference).days), default=None)


def find_last_date(month: int, day: int, *, until: date) -> date | None:
    """Return the last such day up to and including another one; None if there was none."""
    years = range(until.year, max(0, until.year - 9), -1)
    dates = (candidate for year in years if (candidate := make_date(year, month, day)))
    return next((one for one in dates if one <= until), None)
