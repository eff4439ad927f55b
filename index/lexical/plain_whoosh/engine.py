"""The lexical engine that lets Whoosh search; slow, and the same results as the array engine.

Responsibility: build segments, and open their Whoosh indexes as one index.
Decision: both engines build and read the same folders, so the engine is a setting of the server and
not of the index (docs/decisions/0018-plain-whoosh-engine.md).
Must not depend on: embeddings, stories or the query syntax.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from archive.article import Article
from index.lexical.build.segment import build_segment
from index.lexical.engine import INDEX_KIND
from index.lexical.plain_whoosh.index import PlainWhooshIndex
from index.lexical.plain_whoosh.live_index import LiveIndex
from index.storage.segments import Segment


class PlainWhooshEngine:
    """A `LexicalEngine` that reads one posting after another."""

    name = INDEX_KIND

    def needs_file(self, path: str) -> bool:
        """As in `LexicalEngine`: all files, Whoosh's own as well, which contain pickles."""
        return True

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        """As in `LexicalEngine`."""
        build_segment(folder, articles)

    def open(self, segments: Sequence[Segment], languages: Sequence[str]) -> PlainWhooshIndex:
        """As in `LexicalEngine`."""
        return PlainWhooshIndex(LiveIndex(segments), tuple(languages))
