"""Candidates: every article that answers a query, as parallel arrays, before anything is ranked.

Responsibility: the values that a search engine hands to fusion, ordering and grouping.
Decision: an article is an opaque number, a ref, that only the snapshot it comes from can interpret,
so that fusion, ordering and grouping are the same for every engine.
Must not depend on: how an engine finds articles.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.ranking.scores import Coverage

Refs = NDArray[np.int32]
"""Numbers that a snapshot gives to articles; they mean nothing to another snapshot."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidates:
    """The n articles that answer a query; all arrays are (n,).

    Attributes:
        refs: int32, each version once; of each chain the version that answers, once collapsed.
        heads: int32, what is shown of each: the latest version of its chain, or the ref itself
            where every version is a result.
        chain_place: int32, ascending from the oldest version of a chain to the latest.
        killed: bool, whether the chain is withdrawn.
        lexical: float32, BM25F; NaN where lexical search did not find the article, or where
            nothing in the query can be scored.
        semantic: float32, cosine similarity; NaN where semantic search did not find the article.
        cosine: float32, cosine similarity of every candidate, for fusion; None unless the query is
            answered by both retrievers.
        complete: bool, whether the article has every word of a query that is a sentence.
        exact_headline: bool, whether the query is the article's headline.
        published: int64, seconds since 1970 UTC; the smallest number where the date is unknown.
        newest_rank: int32, position of the article by date, newest first, then by id: a total
            order over the snapshot.
        story: int32, number of the article's story.
        coverage: How many of the query's words the articles have; None for queries without words.
        loosely_related: How many more articles would answer if the similarity floor were dropped.
        missing: How many more articles would answer if the archive still had them.
    """

    refs: Refs
    heads: Refs
    chain_place: NDArray[np.int32]
    killed: NDArray[np.bool_]
    lexical: NDArray[np.float32]
    semantic: NDArray[np.float32]
    cosine: NDArray[np.float32] | None
    complete: NDArray[np.bool_]
    exact_headline: NDArray[np.bool_]
    published: NDArray[np.int64]
    newest_rank: NDArray[np.int32]
    story: NDArray[np.int32]
    coverage: Coverage | None = None
    loosely_related: int = 0
    missing: int = 0

    def __len__(self) -> int:
        return len(self.refs)

    def select(self, mask: NDArray[np.bool_]) -> Self:
        """The candidates where an (n,) mask is true."""
        return replace(
            self,
            refs=self.refs[mask],
            heads=self.heads[mask],
            chain_place=self.chain_place[mask],
            killed=self.killed[mask],
            lexical=self.lexical[mask],
            semantic=self.semantic[mask],
            cosine=None if self.cosine is None else self.cosine[mask],
            complete=self.complete[mask],
            exact_headline=self.exact_headline[mask],
            published=self.published[mask],
            newest_rank=self.newest_rank[mask],
            story=self.story[mask],
        )
