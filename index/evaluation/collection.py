"""A labelled folder as a searchable collection.

Responsibility: index a labelled folder in an archive of its own.
Decision: the folder is indexed by the same ingest and reindex as any archive, in a folder that is
named by its content. Its embeddings are cached with those of the user's archive.
Must not depend on: measures.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, ingest
from index.evaluation.labelled_folder import EvaluationError, find_articles_file
from index.indexing.reindex import Reindexer
from index.lexical.ports import LexicalEngine
from index.local.engine import open_engine
from index.search.engine import SearchEngine
from index.semantic.ports import Models

FOLDER = "evaluate"
_INGESTED_MARK = "ingested"


def prepare_collection(
    folder: Path,
    home: Path,
    *,
    lexical: LexicalEngine,
    models: Models,
    progress: Callable[[str, int, int], None],
) -> SearchEngine:
    """Index a folder's articles and open an engine; articles that are cached are not embedded.

    Raises:
        EvaluationError: The folder has no articles.
    """
    source, archive = find_articles_file(folder), locate_archive(folder, home)
    with ArticleStore.open(archive) as store:
        # After an interrupted ingest, another one adds only what is missing.
        if not (archive / _INGESTED_MARK).exists():
            ingest(store, [source], IngestOptions())
            (archive / _INGESTED_MARK).touch()
        if not store.count():
            raise EvaluationError(f"{source} has no articles.")
    reindexer = Reindexer(archive, lexical=lexical, models=models, embeddings=home)
    # Always rebuilt, so that the current code is measured. Embeddings are reused.
    reindexer.run(force=True, progress=progress)
    return open_engine(archive, lexical=lexical, models=models)


def locate_archive(folder: Path, home: Path) -> Path:
    """The folder of a labelled folder's own archive, named by its content."""
    content = find_articles_file(folder).read_bytes()
    return home / FOLDER / hashlib.sha256(content).hexdigest()[:16]
