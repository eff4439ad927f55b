"""Lines of agency text: indented paragraphs, years of two digits, datelines that stand alone.

Responsibility: the conventions that several wire formats share.
Decision: an indented line begins a paragraph only in a text without blank lines.
Must not depend on: any format.
"""

import re

from archive.values.months import make_date, parse_month
from archive.wire.dateline import split_dateline

_INDENTED = re.compile(r"\n(?=(?: {2,}|\t)\S)")
_BLANK_LINE = re.compile(r"\S[^\S\n]*\n[^\S\n]*\n+\s*\S")
_DASH = re.compile(r"(?:--?|[\u2013\u2014_])\s+")
_PLACE_END = re.compile(r"[,(\d]")
_CENTURY_PIVOT = 70
"""Two-digit years from here on are in the 1900s: no agency sent such messages before."""


def separate_indented(text: str) -> str:
    """Return the text with a blank line before each indented line, unless it has blank lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if _BLANK_LINE.search(text) else _INDENTED.sub("\n\n", text)


def expand_year(year: int) -> int:
    """Return the year of two digits, from 1970 to 2069; other years unchanged."""
    if year >= 100:
        return year
    return year + (1900 if year >= _CENTURY_PIVOT else 2000)


def format_time(year: int, month: int, day: int, clock: str = "") -> str:
    """Return ISO 8601 in UTC for a day and a time such as `0905`; empty if there is no such day."""
    date = make_date(expand_year(year), month, day)
    if date is None:
        return ""
    hour, minute = clock[:2], clock[-2:]
    if len(clock) == 4 and int(hour) < 24 and int(minute) < 60:
        return f"{date.isoformat()}T{hour}:{minute}:00Z"
    return date.isoformat()


def format_worded_day(day: str, month: str, year: str, clock: str = "") -> str:
    """Return ISO 8601 for a day whose month is a word; empty if it is none."""
    number = parse_month(month)
    return format_time(int(year), number, int(day), clock) if number else ""


def place_dateline(dateline: str, body: str) -> dict[str, str]:
    """Return the fields `body`, `dateline` and `located` of an article with a stated dateline.

    A dateline that can be read is put before the body, so that it is read there; of another one the
    place before the first comma or number counts.
    """
    stated = " ".join(dateline.split()).rstrip(" -\u2013\u2014_.")
    first = body.lstrip()
    if not stated or split_dateline(first)[0]:
        return {"body": body}
    rest = first[len(stated) :].lstrip() if first.startswith(stated) else ""
    if _DASH.match(rest):
        first = _DASH.sub("", rest)
    elif split_dateline(f"{stated} - {first}")[0]:
        return {"body": f"{stated} - {first}"}
    place = _PLACE_END.split(stated)[0].strip()
    located = place.title() if place.isupper() else place
    return {"body": first, "dateline": stated, "located": located}
