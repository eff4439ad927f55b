"""The header block: `Id:`, `Date:`, `Source:` and so on in lines before the headline.

Decision: a block is a header only if every line of it is a known key and a colon, so that no
headline with a colon is eaten. Must not know what values mean.
"""

import re
from dataclasses import dataclass

_LINE = re.compile(r"(?P<key>[A-Za-z]{2,10})\s*:\s*(?P<value>.*)")
KEYS = frozenset({"id", "date", "source", "language", "slug", "url", "byline", "note"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The values of a header block, each empty where it is not given."""

    id: str = ""
    date: str = ""
    source: str = ""
    language: str = ""
    slug: str = ""
    url: str = ""
    byline: str = ""
    note: str = ""


def split_header(found: list[list[str]]) -> tuple[Header, list[list[str]]]:
    """The header of an article's blocks, empty where the first one is none, and the other blocks.

    A key given twice keeps its last value. A single `Note:` line is taken for a headline.
    """
    lines = [_LINE.fullmatch(line) for line in found[0]] if found else []
    values = {line["key"].lower(): line["value"].strip() for line in lines if line}
    if not lines or not all(lines) or not values.keys() <= KEYS or values.keys() == {"note"}:
        return Header(), found
    return Header(**values), found[1:]
