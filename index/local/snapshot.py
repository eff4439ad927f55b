"""A generation on this machine as the shared search code asks for it.

Responsibility: implement `Snapshot` over an open generation; a ref is a row.
Decision: what costs more than a request is computed once per generation and kept on the snapshot
that it belongs to, so that it goes when the generation goes.
Must not depend on: requests, the archive or pages.
"""

from datetime import UTC, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archive.database.identity import Checkpoint
from archive.places.resolution import find_place
from index.lexical.ports import LexicalIndex
from index.local.counts import count_facets, count_values, histogram
from index.local.generation import OpenGeneration, SemanticIndex
from index.local.related import RelatedArticles
from index.local.retrieve import find_candidates
from index.local.stories import LocalStories
from index.query import NearValue, ParsedQuery, iter_leaves
from index.ranking.candidates import Candidates, Refs
from index.search.plan import SearchPlan
from index.search.ports import Counts, IndexSummary, RelatedRef
from index.semantic.passages import PassageScheme
from index.semantic.recall import is_exact
from index.storage.doc_values import UNDATED
from index.types.explanation import TermMatch
from index.types.notices import make_notice
from index.types.search import Filters, Mode, Notice
from index.types.status import Vectors


class LocalSnapshot:
    """One open generation; see `Snapshot`."""

    def __init__(self, generation: OpenGeneration) -> None:
        self.generation = generation
        self.stories = LocalStories(generation)

    @property
    def id(self) -> str:
        """Name of the generation."""
        return self.generation.manifest.id

    @property
    def checkpoint(self) -> Checkpoint:
        """What the archive held when it was indexed."""
        return self.generation.manifest.checkpoint

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The modes it answers."""
        return ("hybrid", "lexical", "semantic") if self.generation.semantic else ("lexical",)

    @property
    def problem(self) -> str:
        """Why it does not answer by meaning, or only in part; empty otherwise."""
        return self.generation.problem

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages whose analyzers are applied to a query."""
        return self.generation.languages

    @property
    def vocabulary(self) -> LexicalIndex:
        """The words of all articles."""
        return self.generation.lexical

    @property
    def semantic(self) -> SemanticIndex | None:
        """What compares by meaning; None where it has no vectors, or no encoder for them."""
        return self.generation.semantic

    def summary(self) -> IndexSummary:
        """What the index holds; computed once."""
        return self._summary

    def candidates(self, plan: SearchPlan, vector: NDArray[np.float32] | None) -> Candidates:
        """Every article that answers a plan."""
        return find_candidates(self.generation, plan, vector)

    def counts(self, refs: Refs) -> Counts:
        """Facets and date histogram of these articles."""
        doc_values = self.generation.doc_values
        return Counts(
            facets=count_facets(doc_values, refs),
            histogram=histogram(doc_values.published[refs]),
        )

    def explain(self, query: ParsedQuery, refs: Refs) -> tuple[tuple[TermMatch, ...], ...]:
        """For each article, what each word and pattern of the query adds to its BM25F score."""
        return self.generation.lexical.explain(query, refs.tolist())

    def notices(self, query: ParsedQuery) -> tuple[Notice, ...]:
        """Patterns that match too many words, and places that are not known."""
        unknown = (
            make_notice("unknown-place", item.leaf.span, item.leaf.place)
            for item in iter_leaves(query.tree)
            if isinstance(item.leaf, NearValue) and find_place(item.leaf.place) is None
        )
        return (*self.generation.lexical.notices(query), *unknown)

    def find_unknown(self, filters: Filters) -> Filters:
        """Those of the sources, languages and places that no article has."""
        return self.generation.doc_values.find_unknown(filters)

    def keys(self, refs: Refs) -> list[tuple[str, int]]:
        """Id and version of each article, as the archive knows them."""
        return self.generation.doc_values.get_keys(refs)

    def find(self, uri: str) -> int | None:
        """The latest row of an article's chain; None where it is not indexed."""
        row = self.generation.doc_values.find_row(uri)
        return None if row is None else int(self.generation.chains.heads[row])

    def chain(self, ref: int) -> Refs:
        """The rows of the chain that a row is in, oldest first, (size,)."""
        return self.generation.chains.rows(ref)

    def names(self, ref: int) -> tuple[str, ...]:
        """The names that an article mentions, most frequent first."""
        return self.generation.doc_values.mentions.list_names(ref)

    def related(self, ref: int, limit: int) -> tuple[RelatedRef, ...]:
        """Its own story newest first, then the most similar article of each similar story."""
        return self._related.find(ref, limit)

    @cached_property
    def _related(self) -> RelatedArticles:
        return RelatedArticles(self.generation)

    @cached_property
    def _summary(self) -> IndexSummary:
        manifest, doc_values = self.generation.manifest, self.generation.doc_values
        rows = np.flatnonzero(self.generation.chains.is_head).astype(np.int32)
        published = doc_values.published[rows]
        dated = published[published != UNDATED]
        semantic = self.generation.semantic
        return IndexSummary(
            articles=manifest.articles,
            sequence=manifest.sequence,
            passages=manifest.passages,
            vectors=self._vectors(),
            stories=manifest.stories,
            built=datetime.fromisoformat(manifest.built),
            model=semantic.encoder.name if semantic else None,
            problem=self.problem,
            languages=count_values(doc_values, "language", rows),
            sources=count_values(doc_values, "source", rows),
            first_created=datetime.fromtimestamp(int(dated.min()), UTC) if len(dated) else None,
            last_created=datetime.fromtimestamp(int(dated.max()), UTC) if len(dated) else None,
        )

    def _vectors(self) -> Vectors | None:
        manifest = self.generation.manifest
        if manifest.recall is None:
            return None
        return Vectors(
            first_passages=PassageScheme.from_name(manifest.scheme).limit,
            exact=is_exact(manifest.rows),
            recall=manifest.recall,
            recall_articles=manifest.recall_rows,
        )
