"""A labelled folder made searchable apart from the archive, with its embeddings kept.

Decision: indexed by the same ingest and reindex as an archive, in a folder named by its content.
Must not know measures.
"""

import hashlib
import json
import lzma
from collections.abc import Callable, Iterator
from gzip import open as open_gzip
from pathlib import Path
from typing import IO, Any

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, ingest
from index.evaluation.retrieval_metrics import EvaluationError
from index.indexing.reindex import Reindexer
from index.lexical.ports import LexicalEngine
from index.local.engine import open_engine
from index.search.engine import SearchEngine
from index.semantic.ports import Models

FOLDER = "evaluate"
_WHOLE = "ingested"
NAMES = ("articles.jsonl", "articles.jsonl.gz", "articles.jsonl.xz")


def prepare_collection(
    folder: Path,
    home: Path,
    *,
    lexical: LexicalEngine,
    models: Models,
    progress: Callable[[str, int, int], None],
) -> SearchEngine:
    """An engine over a folder's articles; embeds only what was never embedded.

    Raises:
        EvaluationError: The folder has no articles.
    """
    source, place = find_articles_file(folder), locate_archive(folder, home)
    with ArticleStore.open(place) as store:
        # An interrupted ingest leaves a part; taking all in again adds only what is missing.
        if not (place / _WHOLE).exists():
            ingest(store, [source], IngestOptions())
            (place / _WHOLE).touch()
        if not store.count():
            raise EvaluationError(f"{source} holds no article.")
    builder = Reindexer(place, lexical=lexical, models=models, embeddings=home)
    # Always built anew: what is measured is the code as it is now. Embeddings are reused.
    builder.run(force=True, progress=progress)
    return open_engine(place, lexical=lexical, models=models)


def locate_archive(folder: Path, home: Path) -> Path:
    """Where a labelled folder's own archive lies, by its content."""
    content = find_articles_file(folder).read_bytes()
    return home / FOLDER / hashlib.sha256(content).hexdigest()[:16]


def find_articles_file(folder: Path) -> Path:
    """The folder's articles.jsonl, compressed or not.

    Raises:
        EvaluationError: There is none.
    """
    for name in NAMES:
        if (folder / name).is_file():
            return folder / name
    raise EvaluationError(f"{folder} has none of {', '.join(NAMES)}.")


def read_story_labels(folder: Path) -> dict[str, str]:
    """The `story` label of each article that has one, by article id.

    Raises:
        EvaluationError: No article has one.
    """
    labels = {}
    for record in read_records(folder):
        if record.get("story") is not None:
            labels[str(record["id"])] = str(record["story"])
    if not labels:
        raise EvaluationError(f"No article in {folder} has a `story` label.")
    return labels


def read_records(folder: Path) -> Iterator[dict[str, Any]]:
    """The folder's records that ingest would accept as well; it reports the others.

    Raises:
        EvaluationError: It has no articles.
    """
    with _open(find_articles_file(folder)) as lines:
        for line in lines:
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict) and "id" in record:
                yield record


def _open(path: Path) -> IO[str]:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    if path.suffix == ".gz":
        return open_gzip(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")
