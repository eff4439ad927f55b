"""The date in a title: `November 1 as it happened`, `Summary for 3 May 2021`.

Responsibility: find the day of a title that names its own.
Decision: a date in a title is often that of an event long ago, so it counts only in the title of a
digest or a live report, or alone before or after a colon, a bar or a dash. A title that is nothing
but a date is the heading of a page.
Must not depend on: the year of a day without one.
"""

import re

from archive.ingest_types import PrintedDay
from archive.values.months import make_date, parse_month

_WORD = r"[^\W\d_]{3,}"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_OF = r"(?:(?:of|de|del|di)\s+|d['\u2019])?"
_FORMS = (
    rf"(?P<month>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?",
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|°|\.)?\s+{_OF}(?P<month>{_WORD})\.?"
    rf"(?:,?\s+{_OF}{_YEAR})?",
    rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
    rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}",
)
_PATTERNS = tuple(re.compile(rf"(?<![\w.-]){form}(?![\w-])") for form in _FORMS)
_DIGEST = (
    r"(?:as it happened|live|blog|briefing|bulletin|diary|digest|front pages|headlines|highlights|"
    r"in brief|in pictures|minute by minute|news|newsletter|recap|review|round-?up|schedule|"
    r"summary|top stories|updates?|"
    r"agenda|boletín|en directo|minuto a minuto|noticias|portadas|resumen|titulares|última hora|"
    r"actualités|en direct|journal|l['\u2019]essentiel|résumé|revue de presse|"
    r"live-?ticker|nachrichten|newsticker|presseschau|rückblick|ticker|überblick|zusammenfassung|"
    r"ao vivo|boletim|destaques|resumo|"
    r"diretta|notizie|rassegna(?: stampa)?|riassunto)"
)
_IS_DIGEST = re.compile(rf"\b{_DIGEST}\b", re.I)
_PREPOSITION = r"(?:for|of|de|del|do|du|pour le|para el|vom|für den|di|per il)"
_WEEKDAY = (
    r"(?:\w+day|\w+tag|mittwoch|lunes|martes|miércoles|jueves|viernes|s[áa]bado|domingo|\w+di|"
    r"dimanche|\w+-feira|luned[ìi]|marted[ìi]|mercoled[ìi]|gioved[ìi]|venerd[ìi]|sabato|domenica)"
)
_EDGE_BEFORE = re.compile(
    rf"(?:^|[:|(]|\s[-\u2013\u2014])\s*(?:{_WEEKDAY},?\s+)?(?:el\s+|le\s+)?$", re.I
)
_EDGE_AFTER = re.compile(r"\s*(?:$|[:|)]|[-\u2013\u2014]\s)")
# `News summary for` and `: evening briefing`; a longer text is a sentence.
_DIGEST_BEFORE = re.compile(
    rf"(?:^|[:|(]|\s[-\u2013\u2014])\s*(?:\w+\s+){{0,2}}{_DIGEST}(?:\s+{_PREPOSITION})?,?\s+"
    rf"(?:{_WEEKDAY},?\s+)?$",
    re.I,
)
_DIGEST_AFTER = re.compile(
    rf",?\s+(?:\w+\s+){{0,1}}{_DIGEST}\s*(?:$|[:|)]|[-\u2013\u2014]\s)", re.I
)
_WEEKDAYS = re.compile(_WEEKDAY, re.I)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_MAX_CHARACTERS = 300


def find_title_day(title: str) -> PrintedDay | None:
    """Return the day that the title names as its own, with its year if it has one; else None.

    A title with several dates names none.
    """
    if len(title) > _MAX_CHARACTERS or not any(map(str.isdigit, title)):
        return None
    matches = (match for pattern in _PATTERNS for match in pattern.finditer(title))
    found = [(day, match) for match in matches if (day := _read(match))]
    if len(found) != 1:
        return None
    day, match = found[0]
    before, after = title[: match.start()], title[match.end() :]
    is_first, is_last = bool(_EDGE_BEFORE.search(before)), bool(_EDGE_AFTER.match(after))
    if is_first and is_last:
        is_part = bool(_LETTERS.search(_WEEKDAYS.sub("", before + after)))
        return day if is_part and (day.year or _IS_DIGEST.search(title)) else None
    is_digest = (is_first and _DIGEST_AFTER.match(after)) or (
        is_last and _DIGEST_BEFORE.search(before)
    )
    return day if is_digest else None


def _read(match: re.Match[str]) -> PrintedDay | None:
    text = match["month"]
    month = int(text) if text.isdigit() else parse_month(text)
    year = int(match["year"]) if match["year"] else None
    # 2000 has a 29 February.
    if not month or not make_date(year or 2000, month, int(match["day"])):
        return None
    return PrintedDay(month=month, day=int(match["day"]), year=year, is_title=True)
