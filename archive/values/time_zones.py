"""Zones: the offset from UTC that a time states, as a number or by name.

Responsibility: turn `+02:00`, `-0500`, `Z`, `CEST` and `Europe/Madrid` into an offset.
Decision: only names that news and mail use for one zone, and the American ones of RFC 822. `BST`,
`IST` and `AST` are several: such a name is left out, so that the time is taken for UTC and the
article keeps its day, and `has_open_zone` says that this was assumed.
Must not depend on: what a time is of.
"""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOURS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "WAT": 1, "CET": 1, "CEST": 2,
    "MET": 1, "MEZ": 1, "MEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3, "IDT": 3,
    "SAST": 2, "CAT": 2, "MSD": 4, "NPT": 5.75, "EAT": 3, "PKT": 5, "ICT": 7, "WIB": 7,
    "HKT": 8, "SGT": 8, "PHT": 8, "WITA": 8, "WIT": 9, "AWST": 8,
    "JST": 9, "KST": 9, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "NST": -3.5, "NDT": -2.5, "ADT": -3, "BRT": -3, "BRST": -2, "ART": -3, "UYT": -3, "CLT": -4,
    "CLST": -3, "VET": -4, "COT": -5, "PET": -5, "EDT": -4, "EST": -5, "CDT": -5,
    "CST": -6, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "AKDT": -8, "AKST": -9, "HST": -10,
}  # fmt: skip
_OPEN = frozenset({"ADST", "AMT", "AST", "BST", "ECT", "GST", "IST", "SST", "WST"})
_LAST_NAME = re.compile(r"\d\s*\(?([A-Z]{3,4})\)?(?:\s+\d{4})?$")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\-\u2212])(\d{1,2}):?(\d\d)?(?:\s*[\[(].*[\])])?")


def has_open_zone(date: str) -> bool:
    """Return whether a date names a zone that has several meanings, such as `IST`."""
    match = _LAST_NAME.search(date)
    return match is not None and match[1] in _OPEN


def parse_zone(stated: str) -> tzinfo:
    """Return the zone; UTC if the text is empty, or the name has several meanings.

    Raises:
        ValueError: It is no zone.
    """
    plain = stated.strip().strip("()")
    if not plain or plain in _OPEN:
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
    raise ValueError(f"{plain} is no zone")
