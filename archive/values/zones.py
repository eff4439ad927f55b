"""Names of time zones, such as `CEST`, as offsets.

Responsibility: replace the name of a zone at the end of a date by its offset from UTC.
Decision: only names with one meaning are in the table: `IST`, `BST` and `AST` are used in several
parts of the world.
Must not depend on: where a date came from.
"""

import re

_OFFSETS = """
+0000 WET UT
+0100 CET MET WEST WAT
+0200 CEST MEST EET CAT SAST
+0300 EEST MSK EAT TRT
+0400 MSD
+0500 PKT
+0545 NPT
+0700 WIB ICT
+0800 HKT SGT WITA AWST PHT
+0900 JST KST WIT
+0930 ACST
+1000 AEST
+1030 ACDT
+1100 AEDT
+1200 NZST
+1300 NZDT
-0200 BRST
-0230 NDT
-0300 BRT ART CLST UYT ADT
-0330 NST
-0400 CLT EDT VET
-0500 EST CDT COT PET
-0600 CST MDT
-0700 MST PDT
-0800 PST AKDT
-0900 AKST
-1000 HST
"""
_BY_NAME = {
    name: offset
    for offset, *names in (line.split() for line in _OFFSETS.strip().splitlines())
    for name in names
}
_LAST_WORD = re.compile(r"(?<=[\d ])([A-Z]{2,4})$")


def replace_zone(date: str) -> str:
    """Return `Sun, 02 Mar 2031 08:00:00 CEST` with `+0200`; other dates unchanged."""
    match = _LAST_WORD.search(date.strip())
    offset = _BY_NAME.get(match[1]) if match else None
    return f"{date.strip()[: match.start()].rstrip()} {offset}" if match and offset else date
