"""Exports as CSV.

Responsibility: write one article per row, for spreadsheets.
Decision: a cell that a spreadsheet would run as a formula gets a leading apostrophe, as OWASP
advises; the other formats leave texts as they are.
Must not depend on: how an article was retrieved.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from web.api.schema.articles import version_json
from web.exports.export import Export, clean_article

COLUMNS = (
    *("id", "version", "headline", "by", "source", "located", "dateline", "first_created"),
    *("version_created", "language", "slugline", "urgency", "subjects", "people", "places"),
    *("organisations", "url", "ed_note", "body"),
)
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def write_csv(export: Export) -> Iterator[str]:
    """A header row, then one row per article; lists are joined with `; `, lines end in CR LF."""
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
    text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
