"""Hybrid search systems: Dateline, tantivy with faiss, LanceDB and txtai.

Responsibility: index articles and produce a page of results with each system.
Decision: all use the same vectors and the same query encoder. The page of another system is ten
articles with snippets; Dateline's is ten stories with up to five articles each, facets and a
histogram.
Must not depend on: what is measured.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search.engine import SearchEngine
from index.semantic.ports import QueryEncoder
from index.semantic.vectors import VectorIndex
from index.types.search import SearchRequest
from scripts.bench.extra import load_library
from scripts.bench.lexical_systems import TOP, Articles, Tantivy
from scripts.bench.queries import BenchQuery

faiss, lancedb, tantivy = map(load_library, ("faiss", "lancedb", "tantivy"))
_FUSION_DEPTH = 100
"""Articles from each retriever for the fusion."""
_PASSAGES = 300
"""Passages retrieved, which contain about `_FUSION_DEPTH` articles."""
_K = 60
"""The constant of reciprocal rank fusion, as published."""


class DatelineHybrid:
    """Dateline's page of results, as the web interface shows it."""

    name = "Dateline"

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine

    def search(self, query: BenchQuery) -> list[str]:
        """Return the uris of the lead articles of the first page."""
        page = self._engine.search(SearchRequest(text=" ".join(query.words)))
        return [group.hits[0].article.uri for group in page.groups]


class TantivyFaiss:
    """tantivy, faiss over all passages, and reciprocal rank fusion; snippets by tantivy."""

    name = "tantivy + faiss + RRF"

    def __init__(
        self, lexical: Tantivy, vectors: VectorIndex, encoder: QueryEncoder, uris: list[str]
    ) -> None:
        faiss.omp_set_num_threads(1)
        self._lexical, self._encoder, self._uris = lexical, encoder, uris
        self._starts = vectors.starts
        self._index = faiss.IndexFlatIP(vectors.passages.shape[1])
        self._index.add(decode_passages(vectors))

    def search(self, query: BenchQuery) -> list[str]:
        """Return the uris of the ten articles of a page."""
        vector = self._encoder.encode_query(" ".join(query.words))
        converted = self._lexical.convert_query(query)
        searcher = self._lexical.searcher
        addresses = {
            searcher.doc(address)["uri"][0]: address
            for _, address in searcher.search(converted, _FUSION_DEPTH, count=True).hits
        }
        _, near = self._index.search(vector.reshape(1, -1), _PASSAGES)
        rows = dict.fromkeys((np.searchsorted(self._starts, near[0], side="right") - 1).tolist())
        top = fuse(list(addresses), [self._uris[row] for row in rows][:_FUSION_DEPTH])
        self._create_snippets(
            converted, [addresses.get(uri) or self._find_address(uri) for uri in top]
        )
        return top

    def _find_address(self, uri: str) -> Any:
        one = tantivy.Query.term_query(self._lexical.schema, "uri", uri)
        return self._lexical.searcher.search(one, 1).hits[0][1]

    def _create_snippets(self, query: Any, addresses: list[Any]) -> list[str]:
        searcher = self._lexical.searcher
        generator = tantivy.SnippetGenerator.create(searcher, query, self._lexical.schema, "text")
        generator.set_max_num_chars(280)
        return [
            generator.snippet_from_doc(searcher.doc(address)).to_html() for address in addresses
        ]


class LanceDb:
    """LanceDB's hybrid search with its own full-text index and each article's mean vector."""

    name = "LanceDB"

    def __init__(
        self,
        articles: Articles,
        folder: Path,
        vectors: VectorIndex,
        encoder: QueryEncoder,
        uris: list[str],
    ) -> None:
        self._encoder = encoder
        row = {uri: number for number, uri in enumerate(uris)}
        rows = (
            {
                "uri": article.uri,
                "text": f"{article.headline}\n{article.body}",
                "vector": np.asarray(vectors.means[row[article.uri]]),
            }
            for article in articles()
        )
        self._table = lancedb.connect(folder).create_table("articles", list(rows))
        self._table.create_fts_index("text")

    def search(self, query: BenchQuery) -> list[str]:
        """Return the uris of the top ten, whose texts are loaded."""
        text = " ".join(query.words)
        search = self._table.search(query_type="hybrid").text(text)
        rows = search.vector(self._encoder.encode_query(text)).limit(TOP).to_list()
        return [str(row["uri"]) for row in rows]


class Txtai:
    """txtai's hybrid search with its own lexical index, faiss and each article's mean vector."""

    name = "txtai"

    def __init__(
        self, articles: Articles, vectors: VectorIndex, encoder: QueryEncoder, uris: list[str]
    ) -> None:
        from txtai.embeddings import Embeddings

        row = {uri: number for number, uri in enumerate(uris)}
        means: dict[str, NDArray[np.float32]] = {}

        def embed(texts: list[str]) -> NDArray[np.float32]:
            return np.stack([means[t] if t in means else encoder.encode_query(t) for t in texts])

        def documents() -> Iterator[tuple[str, str, None]]:
            for article in articles():
                text = f"{article.headline}\n{article.body}"
                means[text] = np.asarray(vectors.means[row[article.uri]])
                yield article.uri, text, None

        self._index = Embeddings(
            method="external", transform=embed, hybrid=True, content=True, backend="faiss"
        )
        self._index.index(documents())
        means.clear()

    def search(self, query: BenchQuery) -> list[str]:
        """Return the uris of the top ten, whose texts are loaded."""
        return [str(hit["id"]) for hit in self._index.search(" ".join(query.words), TOP)]


def decode_passages(vectors: VectorIndex) -> NDArray[np.float32]:
    """Return the vectors of all passages, (passages, dim) float32."""
    return np.asarray(vectors.passages * vectors.scales[:, None], np.float32)


def fuse(*rankings: list[str]) -> list[str]:
    """Return the top ten by reciprocal rank fusion."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, uri in enumerate(ranking, start=1):
            scores[uri] = scores.get(uri, 0) + 1 / (_K + rank)
    return sorted(scores, key=lambda uri: (-scores[uri], uri))[:TOP]
