"""Lines that begin with a day, as news databases print them: `March 2, 2031 Sunday 9:05 AM GMT`.

Responsibility: recognise such a line and give its day, and its time if it names the zone.
Decision: a time without a zone is left out, because databases print the local time of a publisher.
Must not depend on: any format.
"""

import re

from archive.formats.text.lines import format_time
from archive.values.months import parse_month

_WORD = r"[^\W\d_]{2,12}"
_OF = r"(?:de\s+|del\s+)?"
_DAY_LINE = re.compile(
    rf"\s*(?:{_WORD}\.?,?\s+)??(?:(?P<month>{_WORD})\.?\s+(?P<day>\d{{1,2}}),?"
    rf"|(?P<day2>\d{{1,2}})(?:\.|er|st|nd|rd|th)?\s+{_OF}(?P<month2>{_WORD})\.?,?)"
    rf"\s+{_OF}(?P<year>\d{{4}})\b(?P<rest>.*)"
)
_TIME = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?:GMT|UTC)\b"
)
_MAX_CHARACTERS = 100


def parse_day_line(line: str, clock: str = "") -> str:
    """Return ISO 8601 for a line that begins with a day; empty if it does not.

    `clock` is a line with the time, if that is a line of its own.
    """
    match = _DAY_LINE.fullmatch(line.rstrip()) if len(line) <= _MAX_CHARACTERS else None
    month = parse_month(match["month"] or match["month2"]) if match else None
    if match is None or month is None:
        return ""
    day = int(match["day"] or match["day2"])
    return format_time(int(match["year"]), month, day, _parse_clock(clock or match["rest"]))


def _parse_clock(text: str) -> str:
    match = _TIME.search(text)
    if match is None:
        return ""
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "Pp" else 0)
    return f"{hour:02}{match['minute']}"
