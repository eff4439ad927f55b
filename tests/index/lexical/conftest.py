"""Fixtures: each lexical engine in turn."""

import pytest

from index.lexical.ports import LexicalEngine
from tests.index.lexical.engines import BM25_ENGINES, ENGINES


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> LexicalEngine:
    """Each lexical engine."""
    return ENGINES[request.param]()


@pytest.fixture(scope="module", params=BM25_ENGINES)
def bm25_engine(request: pytest.FixtureRequest) -> LexicalEngine:
    """Each engine that scores by BM25F."""
    return BM25_ENGINES[request.param]()
