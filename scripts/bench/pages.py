"""Whole pages by words and meaning: Dateline, a search made by hand, LanceDB and txtai.

Decision: all have the same vectors and the same query encoder. A peer's page is ten articles with
snippets; Dateline's is ten stories with up to five articles of each, facets and a histogram.
Must not know what is measured.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import faiss
import lancedb
import numpy as np
import tantivy
from numpy.typing import NDArray

from index.search.engine import SearchEngine
from index.semantic.ports import QueryEncoder
from index.semantic.vectors import VectorIndex
from index.types.search import SearchRequest
from scripts.bench.queries import BenchQuery
from scripts.bench.words import BEST, Articles, Tantivy

_DEEP = 100
"""Articles that each side brings to a fusion."""
_PASSAGES = 300
"""Passages asked for, so that about `_DEEP` articles are among them."""
_K = 60
"""Of reciprocal rank fusion, as published."""


class DatelinePage:
    """This project's own page, as the web shows it."""

    name = "Dateline"

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine

    def ask(self, query: BenchQuery) -> list[str]:
        """Uris of the leads on the first page."""
        page = self._engine.search(SearchRequest(text=" ".join(query.words)))
        return [group.hits[0].article.uri for group in page.groups]


class ByHand:
    """tantivy, faiss over all passages, and RRF; snippets are tantivy's."""

    name = "tantivy + faiss + RRF"

    def __init__(
        self, words: Tantivy, vectors: VectorIndex, encoder: QueryEncoder, uris: list[str]
    ) -> None:
        faiss.omp_set_num_threads(1)
        self._words, self._encoder, self._uris = words, encoder, uris
        self._starts = vectors.starts
        self._index = faiss.IndexFlatIP(vectors.passages.shape[1])
        self._index.add(passages(vectors))

    def ask(self, query: BenchQuery) -> list[str]:
        """Uris of the ten articles of the page, which is made."""
        vector = self._encoder.encode_query(" ".join(query.words))
        asked = self._words.query(query)
        searcher = self._words.searcher
        by_words = {
            searcher.doc(address)["uri"][0]: address
            for _, address in searcher.search(asked, _DEEP, count=True).hits
        }
        _, near = self._index.search(vector.reshape(1, -1), _PASSAGES)
        rows = dict.fromkeys((np.searchsorted(self._starts, near[0], side="right") - 1).tolist())
        best = fused(list(by_words), [self._uris[row] for row in rows][:_DEEP])
        self._snippets(asked, [by_words.get(uri) or self._address(uri) for uri in best])
        return best

    def _address(self, uri: str) -> Any:
        one = tantivy.Query.term_query(self._words.schema, "uri", uri)
        return self._words.searcher.search(one, 1).hits[0][1]

    def _snippets(self, query: Any, addresses: list[Any]) -> list[str]:
        searcher = self._words.searcher
        make = tantivy.SnippetGenerator.create(searcher, query, self._words.schema, "text")
        make.set_max_num_chars(280)
        return [make.snippet_from_doc(searcher.doc(address)).to_html() for address in addresses]


class Lance:
    """LanceDB's hybrid search with its own full-text index, one vector an article: their mean."""

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

    def ask(self, query: BenchQuery) -> list[str]:
        """Uris of the best ten, whose texts are read."""
        text = " ".join(query.words)
        search = self._table.search(query_type="hybrid").text(text)
        found = search.vector(self._encoder.encode_query(text)).limit(BEST).to_list()
        return [str(each["uri"]) for each in found]


class Txtai:
    """txtai's hybrid search, its own words and faiss, one vector an article; texts are read."""

    name = "txtai"

    def __init__(
        self, articles: Articles, vectors: VectorIndex, encoder: QueryEncoder, uris: list[str]
    ) -> None:
        from txtai.embeddings import Embeddings

        row = {uri: number for number, uri in enumerate(uris)}
        held: dict[str, NDArray[np.float32]] = {}

        def embedded(texts: list[str]) -> NDArray[np.float32]:
            return np.stack([held[t] if t in held else encoder.encode_query(t) for t in texts])

        def documents() -> Iterator[tuple[str, str, None]]:
            for article in articles():
                text = f"{article.headline}\n{article.body}"
                held[text] = np.asarray(vectors.means[row[article.uri]])
                yield article.uri, text, None

        self._index = Embeddings(
            method="external", transform=embedded, hybrid=True, content=True, backend="faiss"
        )
        self._index.index(documents())
        held.clear()

    def ask(self, query: BenchQuery) -> list[str]:
        """Uris of the best ten, whose texts are read."""
        return [str(found["id"]) for found in self._index.search(" ".join(query.words), BEST)]


def passages(vectors: VectorIndex) -> NDArray[np.float32]:
    """All passages as they are compared, (passages, dim) float32."""
    return np.asarray(vectors.passages * vectors.scales[:, None], np.float32)


def fused(*rankings: list[str]) -> list[str]:
    """The best ten by reciprocal ranks."""
    points: dict[str, float] = {}
    for ranking in rankings:
        for rank, uri in enumerate(ranking, start=1):
            points[uri] = points.get(uri, 0) + 1 / (_K + rank)
    return sorted(points, key=lambda uri: (-points[uri], uri))[:BEST]
