"""The formats there are, by the ending of their address.

Decision: one table; routes, links and documentation are made from it or tested against it.
Must not know any search.
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
    """One way out; a `feed` holds the newest articles only, and opens where it is asked for."""

    ending: str
    name: str
    content_type: str
    write: Callable[[Export], Iterator[str]]
    feed: bool = False


_ALL = (
    Format(ending="csv", name="CSV", content_type="text/csv", write=write_csv),
    Format(ending="json", name="JSON", content_type="application/json", write=write_json),
    Format(
        ending="jsonl",
        name="JSON Lines",
        content_type="application/x-ndjson",
        write=write_json_lines,
    ),
    Format(ending="ninjs", name="ninjs", content_type="application/json", write=write_ninjs),
    Format(
        ending="ris",
        name="RIS",
        content_type="application/x-research-info-systems",
        write=write_ris,
    ),
    Format(ending="bib", name="BibTeX", content_type="application/x-bibtex", write=write_bibtex),
    Format(
        ending="atom", name="Atom", content_type="application/atom+xml", write=write_atom, feed=True
    ),
    Format(
        ending="rss", name="RSS", content_type="application/rss+xml", write=write_rss, feed=True
    ),
)
FORMATS = {each.ending: each for each in _ALL}
