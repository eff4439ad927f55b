"""Builds a segment: a Whoosh index, and the same postings as arrays beside it.

Responsibility: build a folder from articles.
Decision: postings are merged once, and each batch is written to both.
Must not depend on: how an index is searched.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.article import Article
from index.lexical.build.inverter import invert_articles
from index.lexical.build.merge import Batch, Merge
from index.lexical.build.postings_writer import PostingsWriter
from index.lexical.build.runs import InvertedRuns
from index.lexical.build.whoosh_writer import WhooshSegmentWriter
from index.lexical.schema import FIELDS
from index.lexical.segment_arrays import ARRAY_NAMES, HEADLINES, array_path
from index.storage.array_file import ArrayFileWriter


def build_segment(folder: Path, articles: Iterable[Article]) -> None:
    """Index articles in order into an empty folder; row n is the n-th article."""
    with TemporaryDirectory(prefix="runs-", dir=folder) as runs:
        inverted = invert_articles(Path(runs), articles)
        whoosh = WhooshSegmentWriter(folder, inverted.lengths)
        try:
            with ArrayFileWriter(array_path(folder, whoosh.name), ARRAY_NAMES) as arrays:
                for field in FIELDS:
                    _write_field(arrays, whoosh, inverted, field)
                arrays.add(HEADLINES, inverted.headlines)
        except BaseException:
            whoosh.cancel()
            raise
        whoosh.commit()


def _write_field(
    arrays: ArrayFileWriter, whoosh: WhooshSegmentWriter, inverted: InvertedRuns, field: str
) -> None:
    """Write one field's postings, batch by batch, to both."""
    merge = Merge(inverted, field)
    writer = PostingsWriter(arrays, merge)

    def write_batches() -> Iterator[Batch]:
        for batch in merge.iter_batches():
            writer.add(batch)
            yield batch

    whoosh.add_field(field, write_batches())
    writer.finish(whoosh.read_lengths(field), inverted.lengths[field])
