"""Numbers: one form for the ways in which they are written.

Responsibility: tell thousands marks from decimal marks, and give a number's forms.
Decision: `1,500.75` and `1.500,75` are `1500.75`, and `2,7` is `2.7`. A query does not say how it
writes numbers, so 2,400 and 2.400 in it have both forms; an article's language tells.
Must not depend on: tokens or texts.
"""

import re

_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_POINT_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_APOSTROPHE_GROUPS = re.compile(r"\d{1,3}(?:'\d{3})+(?:[.,]\d+)?")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")


def read_number(written: str, *, is_query: bool) -> tuple[str, ...]:
    """The forms of a number, the likeliest first; none if it is a list of numbers: `1,2,3`.

    Args:
        written: Digits with marks between them. In an article, a language that groups by points
            has been rewritten: `2.400` as `2400`.
        is_query: Whether one comma or point may be either mark.
    """
    if _COMMA_GROUPS.fullmatch(written):
        is_clear = not is_query or written.count(",") > 1 or "." in written
        decimal = () if is_clear else (written.replace(",", "."),)
        return (written.replace(",", ""), *decimal)
    if _POINT_GROUPS.fullmatch(written):
        grouped = written.replace(".", "").replace(",", ".")
        if written.count(".") > 1 or "," in written:
            return (grouped,)
        return (written, grouped) if is_query else (written,)
    if _APOSTROPHE_GROUPS.fullmatch(written):
        return (written.replace("'", "").replace(",", "."),)
    if _DECIMAL_COMMA.fullmatch(written):
        return (written.replace(",", "."),)
    return () if "," in written or "'" in written else (written,)
