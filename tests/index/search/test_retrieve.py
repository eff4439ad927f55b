"""From a request to a ranking: what is permitted, what is near enough, which retriever is asked."""

import numpy as np
import pytest

from index.query import parse
from index.search.engine import SearchEngine
from index.search.retrieve import FLOOR, retrieve
from index.types.search import Mode, SearchRequest
from tests.fakes import FakeModels, meaning_of
from tests.index.library import SHELF, Library

FAINT = "soldiers ferry strike bank football"
"""Five concepts: no article is nearer than about 0.5."""


def rows(engine: SearchEngine, text: str, mode: Mode) -> tuple[set[str], set[str]]:
    """Uris found by words, and by meaning."""
    parts = engine.live().retrievers
    ranking = retrieve(parts, SearchRequest(text=text), parse(text), mode)
    uris = [parts.doc_values.uris[int(row)] for row in ranking.rows]
    return tuple(  # type: ignore[return-value]
        {uri for uri, score in zip(uris, scores, strict=True) if not np.isnan(score)}
        for scores in (ranking.lexical, ranking.semantic)
    )


@pytest.mark.parametrize(
    "text", ["ferry aground", "mercenaries coach soldiers", "strike hospital", FAINT]
)
def test_meaning_finds_every_row_at_or_above_the_floor(engine: SearchEngine, text: str) -> None:
    parts = engine.live().retrievers
    assert parts.vectors is not None
    near = parts.vectors.score(meaning_of(text)) >= FLOOR
    expected = {parts.doc_values.uris[int(row)] for row in np.flatnonzero(near)}
    assert expected
    assert (float(parts.vectors.score(meaning_of(text)).max()) < 0.6) == (text == FAINT)
    assert rows(engine, text, "semantic") == (set(), expected)
    assert rows(engine, text, "hybrid")[1] == expected


def test_exclusions_alone_find_everything_else_in_every_mode(engine: SearchEngine) -> None:
    for mode in ("hybrid", "lexical", "semantic"):
        lexical, semantic = rows(engine, "-ferry", mode)
        assert {"nurses-1", "undated"} <= lexical
        assert lexical.isdisjoint({"ferry-1", "ferry-2"})
        assert semantic == set()


def test_words_alone_do_not_ask_the_model(library: Library) -> None:
    library.put(*SHELF).reindex()
    assert isinstance(library.models, FakeModels)
    engine = library.engine()
    engine.search(SearchRequest(text="ferry", mode="lexical"))
    engine.search(SearchRequest(text=""))
    assert library.models.encoder.queries == []
    engine.search(SearchRequest(text="ferry -fuel", mode="semantic"))
    assert set(library.models.encoder.queries) == {"ferry"}
