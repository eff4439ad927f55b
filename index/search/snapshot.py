"""A generation opened for searching: its parts, checked and mapped.

Decision: everything that a search needs hangs on one immutable value, so that a switch to the next
generation is one assignment.
Must not know requests or results.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.lexical.ports import LexicalEngine
from index.ports import ModelUnavailableError
from index.search.field_filters import DocValueFilters
from index.search.retrieve import Retrievers
from index.semantic.multi_vectors import MultiVectors
from index.semantic.passages import PassageScheme
from index.semantic.ports import Models
from index.semantic.recall import is_exact
from index.storage.checksums import Checksums
from index.storage.doc_values import open_doc_values
from index.storage.generation import GenerationError, Manifest, read_manifest, verify
from index.storage.segments import parts, read_rows
from index.stories.store import StoryStore, open_story_store
from index.text.analysis import LANGUAGES, normalize_language
from index.types.search import Mode, Vectors

COLUMNS, LEXICAL, SEMANTIC, STORIES = "columns", "lexical", "semantic", "stories"
FORMAT = "9"


@dataclass(frozen=True, slots=True, eq=False)
class OpenGeneration:
    """One open generation; `problem` says why it cannot be searched by meaning."""

    manifest: Manifest
    retrievers: Retrievers
    story_store: StoryStore
    languages: tuple[str, ...]
    problem: str

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The modes that it answers."""
        return ("hybrid", "lexical", "semantic") if self.retrievers.encoder else ("lexical",)

    @property
    def vectors(self) -> Vectors | None:
        """What its vectors are of; None where there are none."""
        recall, rows = self.manifest.recall, self.manifest.recall_rows
        if recall is None:
            return None
        first = PassageScheme.from_name(self.manifest.scheme).limit
        exact = is_exact(self.manifest.rows)
        return Vectors(first_passages=first, exact=exact, recall=recall, recall_articles=rows)

    @property
    def built(self) -> datetime:
        """When it was published, UTC."""
        return datetime.fromisoformat(self.manifest.built)


def open_generation(
    home: Path,
    name: str,
    *,
    lexical: LexicalEngine,
    models: Models,
    checksums: Checksums | None = None,
) -> OpenGeneration:
    """Verify and open a generation; of what `checksums` knows nothing is read to verify it.

    Raises:
        GenerationError: It is damaged, or was built by another version or engine.
    """
    manifest = read_manifest(home, name)
    if (manifest.format, manifest.engine) != (FORMAT, lexical.name):
        raise GenerationError(
            f"The index {name} in {home} was built by another version of Dateline."
            " Run `dateline reindex` to build it again from the archive."
        )
    folder = verify(home, manifest, checksums, opened=lexical.needs_file)
    rows = read_rows(folder, manifest.segments)
    doc_values = open_doc_values(folder / COLUMNS)
    languages = analysed_languages(doc_values.language_names)
    vectors, encoder, problem = None, None, manifest.model_problem
    if manifest.unread:
        count = sum(manifest.unread.values())
        problem = f"{count} articles are found by words only. {problem}".strip()
    if manifest.model_key:
        try:
            encoder = models.query_encoder(manifest.model_key)
            vectors = MultiVectors(parts(folder, SEMANTIC, rows))
        except ModelUnavailableError as error:
            problem = str(error)
    story_store = open_story_store(folder / STORIES)
    words = lexical.open(parts(folder, LEXICAL, rows), languages)
    retrievers = Retrievers(
        doc_values, words, vectors, encoder, DocValueFilters(doc_values, story_store)
    )
    return OpenGeneration(manifest, retrievers, story_store, languages, problem)


def analysed_languages(language_names: tuple[str, ...]) -> tuple[str, ...]:
    """The analysers' languages among BCP 47 tags; English where there is none of them."""
    found = {normalize_language(name) for name in language_names}
    return tuple(language for language in LANGUAGES if language in found) or ("en",)


def date_range(published: NDArray[np.int64]) -> tuple[int, int] | None:
    """The earliest and the latest known second of a column; None where no row is dated."""
    dated = published[published != np.iinfo(np.int64).min]
    return (int(dated.min()), int(dated.max())) if len(dated) else None
