"""The export formats.

Responsibility: list the formats by extension.
Decision: one table; routes and links are made from it, and the documentation is tested against it.
Must not depend on: any search.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from web.exports.citations import write_bibtex, write_ris
from web.exports.documents import write_json, write_json_lines, write_ninjs
from web.exports.export import Export
from web.exports.feeds import write_atom, write_rss
from web.exports.table import write_csv


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One export format.

    Attributes:
        extension: End of its URL and of its file name.
        feed: True if it holds only the newest articles and opens in the browser.
    """

    extension: str
    name: str
    content_type: str
    write: Callable[[Export], Iterator[str]]
    feed: bool = False


_ALL = (
    Format(extension="csv", name="CSV", content_type="text/csv", write=write_csv),
    Format(extension="json", name="JSON", content_type="application/json", write=write_json),
    Format(
        extension="jsonl",
        name="JSON Lines",
        content_type="application/x-ndjson",
        write=write_json_lines,
    ),
    Format(extension="ninjs", name="ninjs", content_type="application/json", write=write_ninjs),
    Format(
        extension="ris",
        name="RIS",
        content_type="application/x-research-info-systems",
        write=write_ris,
    ),
    Format(extension="bib", name="BibTeX", content_type="application/x-bibtex", write=write_bibtex),
    Format(
        extension="atom",
        name="Atom",
        content_type="application/atom+xml",
        write=write_atom,
        feed=True,
    ),
    Format(
        extension="rss", name="RSS", content_type="application/rss+xml", write=write_rss, feed=True
    ),
)
FORMATS = {each.extension: each for each in _ALL}
