"""Records that Dateline exported: JSON Lines, JSON and CSV.

Responsibility: recognise such a record, and restore the article that it was written from.
Decision: every field is taken as it is. Its body has been read before, and reading it again could
take a paragraph for a byline or a sign-off.
Must not depend on: how an export is written.
"""

import json
import re
from collections.abc import Mapping

from archive.article import UNKNOWN_LANGUAGE, Article
from archive.values.dates import parse_datetime
from archive.values.flattening import to_text
from archive.values.identity import derive_uri
from archive.values.language import normalize_language
from archive.values.publication import parse_urgency, require_pub_status
from archive.wire.text import clean_text, split_blocks, to_single_line

_MARK = "date_inferred"
"""The field that only Dateline writes."""
_SEPARATOR = "; "
# An apostrophe in front keeps a spreadsheet from running a cell as a formula.
_PROTECTED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def is_exported(values: Mapping[str, object]) -> bool:
    """Return whether Dateline wrote this record."""
    return _MARK in values


def restore_article(values: Mapping[str, object], *, raw: str) -> Article:
    """Return the article that the record was written from, with `raw` as its original text.

    Its version is 1: the archive that stores it counts its own. A value that is missing or not
    readable is empty, as in `Article`.

    Raises:
        UnknownStatusError: Its publication status is not known.
    """
    is_table = isinstance(values[_MARK], str)

    def text(name: str) -> str:
        plain = to_text(values.get(name))
        return plain[1:] if is_table and _PROTECTED.match(plain) else plain

    def line(name: str) -> str:
        return to_single_line(text(name))

    def lines(name: str) -> tuple[str, ...]:
        value = values.get(name)
        items = _split_cell(text(name)) if is_table else value if isinstance(value, list) else ()
        return tuple(filter(None, (to_single_line(to_text(item)) for item in items)))

    headline, body, url = line("headline"), _clean_paragraphs(text("body")), line("url")
    return Article(
        uri=line("id") or derive_uri("", url=url, headline=headline, body=body),
        headline=headline,
        body=body,
        by=line("by"),
        dateline=line("dateline"),
        located=line("located"),
        source=line("source"),
        first_created=parse_datetime(values.get("first_created")),
        version_created=parse_datetime(values.get("version_created")),
        embargoed=parse_datetime(values.get("embargoed")),
        date_inferred=text(_MARK).casefold() == "true" or values[_MARK] is True,
        language=normalize_language(line("language")) or UNKNOWN_LANGUAGE,
        pub_status=require_pub_status(line("pub_status")),
        slugline=line("slugline"),
        ed_note=_clean_paragraphs(text("ed_note")),
        urgency=parse_urgency(line("urgency")),
        subjects=lines("subjects"),
        people=lines("people"),
        places=lines("places"),
        organisations=lines("organisations"),
        url=url,
        raw=raw,
    )


def _split_cell(cell: str) -> list[object]:
    """The items of a cell: a JSON list, or texts with `; ` between them."""
    if cell.startswith("["):
        try:
            items = json.loads(cell)
        except ValueError:
            items = None
        if isinstance(items, list):
            return items
    return list(cell.split(_SEPARATOR)) if cell else []


def _clean_paragraphs(text: str) -> str:
    return "\n\n".join(
        " ".join(" ".join(lines).split()) for lines in split_blocks(clean_text(text))
    )
