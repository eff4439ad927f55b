"""CSV: one article a row, for spreadsheets.

Decision: a cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP's
advice); the other formats give texts as they are.
Must not know how anything was found.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from web.api.presenters import whole_article_json
from web.exports.export import Export, cleaned

COLUMNS = (
    *("id", "version", "headline", "by", "source", "located", "dateline", "first_created"),
    *("version_created", "language", "slugline", "urgency", "subjects", "people", "places"),
    *("organisations", "url", "ed_note", "body"),
)
_BEGINS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def write_csv(export: Export) -> Iterator[str]:
    """A header, then the articles; lists are joined with `; `, lines end in CR LF."""
    yield _row(COLUMNS)
    for article in export.articles:
        told = whole_article_json(cleaned(article))
        yield _row([_cell(told[column]) for column in COLUMNS])


def _row(cells: tuple[str, ...] | list[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text
