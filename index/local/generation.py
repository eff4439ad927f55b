"""A generation opened for searching: its files, verified and mapped.

Responsibility: verify a generation and open its doc values, lexical index, vectors and stories.
Decision: everything that a search needs hangs on one immutable value, so that a switch to the next
generation is one assignment. It is closed by dropping the last reference to it: nothing in it
refers back to it, so its files are unmapped when the last request that uses it ends.
Must not depend on: requests or results.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.lexical.ports import LexicalEngine, LexicalIndex
from index.local.field_filters import DocValueFilters
from index.ports import ModelUnavailableError
from index.ranking.candidates import Refs
from index.ranking.scores import NearestPassage
from index.semantic.multi_vectors import MultiVectors
from index.semantic.ports import Models, QueryEncoder
from index.storage.chains import Chains, open_chains
from index.storage.checksums import Checksums
from index.storage.doc_values import DocValues, open_doc_values
from index.storage.generation import (
    OTHER_VERSION,
    GenerationError,
    Manifest,
    damage_error,
    os_error,
    read_manifest,
    verify,
)
from index.storage.layout import COLUMNS, FORMAT, LEXICAL, SEMANTIC, STORIES
from index.storage.segments import list_segments, read_live_rows
from index.stories.assignment import RowStatistics
from index.stories.store import StoryStore, open_story_store
from index.text.analysis import analyzer_languages


@dataclass(frozen=True, slots=True, eq=False)
class SemanticIndex:
    """Vectors, and the encoder of the queries that they are compared with; see `SemanticSearch`."""

    vectors: MultiVectors
    encoder: QueryEncoder

    def encode(self, text: str) -> NDArray[np.float32] | None:
        """The vector of a query, (dim,) float32; None if the model cannot read it."""
        return self.encoder.encode_query(text) if self.encoder.can_read(text) else None

    def similarity(
        self, best: Refs, weights: NDArray[np.float32], refs: Refs
    ) -> NDArray[np.float32]:
        """Weighted mean similarity of `refs` to the `best` articles, (refs,) float32."""
        return self.vectors.compute_similarity(best, weights, refs)

    def nearest_passages(
        self, refs: Refs, vector: NDArray[np.float32]
    ) -> tuple[NearestPassage, ...]:
        """For each article its passage that is most similar to a query."""
        return tuple(self.vectors.find_nearest(row, vector) for row in refs.tolist())


@dataclass(frozen=True, slots=True, eq=False)
class OpenGeneration:
    """One open generation.

    Attributes:
        filters, version_filters: Fields of a query by the latest version of each chain, and by each
            version itself.
        semantic: None where it cannot be searched by meaning.
        languages: The languages whose analyzers are applied to queries.
        problem: Why it cannot be searched by meaning, or only in part; empty otherwise.
    """

    manifest: Manifest
    doc_values: DocValues
    chains: Chains
    lexical: LexicalIndex
    semantic: SemanticIndex | None
    stories: StoryStore
    statistics: RowStatistics
    filters: DocValueFilters
    version_filters: DocValueFilters
    languages: tuple[str, ...]
    problem: str


def open_generation(
    home: Path,
    name: str,
    *,
    lexical: LexicalEngine,
    models: Models,
    checksums: Checksums | None = None,
) -> OpenGeneration:
    """Verify and open a generation; files that `checksums` knows are not read again to verify them.

    Raises:
        GenerationError: It is damaged, or was built by another version or engine.
    """
    try:
        manifest = read_manifest(home, name)
        if (manifest.format, manifest.engine) != (FORMAT, lexical.name):
            raise GenerationError(
                f"The index in {home} was built by another version of Dateline."
                " Run `dateline reindex` to build it again from the archive.",
                reason=OTHER_VERSION,
            )
        folder = verify(home, manifest, checksums, needs_file=lexical.needs_file)
        return _open(folder, manifest, lexical, models)
    except OSError as error:
        raise os_error(home, error) from error
    except (KeyError, ValueError) as error:
        raise damage_error(home, f"generation {name} cannot be opened ({error!r})") from error


def _open(
    folder: Path, manifest: Manifest, lexical: LexicalEngine, models: Models
) -> OpenGeneration:
    rows = read_live_rows(folder)
    doc_values = open_doc_values(folder / COLUMNS)
    chains = open_chains(folder / COLUMNS)
    languages = analyzer_languages(doc_values.language_names)
    stories = open_story_store(folder / STORIES)
    semantic, problem = None, manifest.model_problem
    if manifest.unread:
        count = sum(manifest.unread.values())
        found = "1 article has no embeddings; only keyword search finds it."
        if count > 1:
            found = f"{count:,} articles have no embeddings; only keyword search finds them."
        problem = f"{found} {problem}"
        problem = problem.strip()
    if manifest.model_key:
        try:
            encoder = models.load_query_encoder(manifest.model_key)
            semantic = SemanticIndex(MultiVectors(list_segments(folder, SEMANTIC, rows)), encoder)
        except ModelUnavailableError as error:
            problem = str(error)
    return OpenGeneration(
        manifest=manifest,
        doc_values=doc_values,
        chains=chains,
        lexical=lexical.open(list_segments(folder, LEXICAL, rows), languages),
        semantic=semantic,
        stories=stories,
        statistics=RowStatistics.read(folder / STORIES),
        filters=DocValueFilters(doc_values, stories, chains.heads),
        version_filters=DocValueFilters(doc_values, stories),
        languages=languages,
        problem=problem,
    )
