"""Hostile texts as queries of an archive: every one is answered quickly."""

import time
from collections.abc import Iterator

import pytest

from archive.places.gazetteer import get_gazetteer
from index.ports import InvalidQueryError
from index.query import parse
from index.search.engine import SearchEngine
from index.types.search import SearchRequest
from tests.index.library import Library, generated
from tests.index.query.hostile_texts import HOSTILE_TEXTS, random_texts

SECONDS = 1.0
"""CPU time that every query stays below."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    """An engine over 200 generated articles."""
    library = Library(tmp_path_factory.mktemp("hostile"))
    library.put(*generated(200, seed=2)).reindex(lexical_only=True)
    get_gazetteer()  # A server loads it when it starts.
    yield library.engine()
    library.close()


def answer(engine: SearchEngine, text: str) -> float:
    """The CPU seconds that a query takes. Only an impossible date is refused."""
    started = time.process_time()
    try:
        results = engine.search(SearchRequest(text=text))
    except InvalidQueryError:
        assert parse(text).error is not None
        return time.process_time() - started
    query, totals = parse(text), results.totals
    assert query.error is None
    assert totals.articles <= 200
    # Filters alone match articles without scoring them.
    assert totals.lexical == (totals.articles if query.ranked_leaves else 0)
    return time.process_time() - started


@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=[repr(text[:20]) for text in HOSTILE_TEXTS])
def test_a_hostile_query_is_answered_quickly(engine: SearchEngine, text: str) -> None:
    assert answer(engine, text) < SECONDS


@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_random_queries_are_answered_quickly(engine: SearchEngine, seed: int) -> None:
    assert max(answer(engine, text) for text in random_texts(1_000, seed=100 + seed)) < SECONDS
