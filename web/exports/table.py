"""Exports as CSV.

Responsibility: write one article per row, for spreadsheets.
Decision: a cell that a spreadsheet would run as a formula gets a leading apostrophe, as OWASP
advises; the other formats leave texts as they are. `dateline ingest` reads the rows back.
Must not depend on: how an article was retrieved.
"""

import csv
import json
from collections.abc import Iterator
from io import StringIO

from web.api.schema.articles import version_json
from web.exports.export import Export, clean_article

COLUMNS = (
    *("id", "version", "headline", "by", "source", "located", "dateline", "first_created"),
    *("date_inferred", "version_created", "embargoed", "pub_status", "language"),
    *("slugline", "urgency"),
    *("subjects", "people", "places", "organisations", "url", "ed_note", "body"),
)
_SEPARATOR = "; "
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def write_csv(export: Export) -> Iterator[str]:
    """A header row, then one row per article; lines end in CR LF.

    Lists are joined with `; `; a list with that in an item is written as JSON.
    """
    yield _row(COLUMNS)
    for article in export.articles:
        values = version_json(clean_article(article))
        yield _row([_cell(values[column]) for column in COLUMNS])


def _row(cells: tuple[str, ...] | list[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = _join(value) if isinstance(value, tuple) else str(value)
    # A text that begins with apostrophes gets one more, so that reading it back can remove one.
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA_STARTS) else text


def _join(items: tuple[str, ...]) -> str:
    joined = _SEPARATOR.join(items)
    is_plain = tuple(joined.split(_SEPARATOR)) == items and not joined.startswith("[")
    return joined if is_plain or not items else json.dumps(items, ensure_ascii=False)
