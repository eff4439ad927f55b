"""Zones: the offset from UTC that a time states, as a number or by name.

Responsibility: turn `+02:00`, `-0500`, `Z`, `CEST` and `Europe/Madrid` into an offset.
Decision: only names that news and mail use for one zone; `IST` and `AST` are several, and a time
with one of them is not read. `BST` is British and `CST` American, as RFC 822 has it.
Must not depend on: what a time is of.
"""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOURS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2,
    "MET": 1, "MEZ": 1, "MEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3, "IDT": 3,
    "SAST": 2, "EAT": 3, "PKT": 5, "ICT": 7, "WIB": 7, "HKT": 8, "SGT": 8, "PHT": 8, "AWST": 8,
    "JST": 9, "KST": 9, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "NST": -3.5, "NDT": -2.5, "ADT": -3, "BRT": -3, "ART": -3, "EDT": -4, "EST": -5, "CDT": -5,
    "CST": -6, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "AKDT": -8, "AKST": -9, "HST": -10,
}  # fmt: skip
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\-\u2212])(\d{1,2}):?(\d\d)?(?:\s*[\[(].*[\])])?")


def parse_zone(stated: str) -> tzinfo:
    """Return the zone; UTC if the text is empty.

    Raises:
        ValueError: It is no zone, or could be several.
    """
    plain = stated.strip().strip("()")
    if not plain:
        return UTC
    if (hours := _HOURS.get(plain.upper())) is not None:
        return timezone(timedelta(hours=hours))
    if match := _OFFSET.fullmatch(plain):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(offset if match[1] == "+" else -offset)
    if "/" in plain:
        try:
            return ZoneInfo(plain)
        except (ZoneInfoNotFoundError, OSError) as error:
            raise ValueError(f"no zone is called {plain}") from error
    raise ValueError(f"{plain} is no zone, or several")
