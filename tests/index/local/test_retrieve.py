"""From a plan to candidates: which rows may answer, and which retriever scores them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from index.local.snapshot import LocalSnapshot
from index.query import parse
from index.ranking.candidates import Candidates
from index.search.plan import SIMILARITY_FLOOR, make_plan
from index.types.search import Mode, SearchRequest
from tests.fakes import FakeModels, fake_embed
from tests.index.library import MODES, SHELF, Library

FAINT = "soldiers ferry strike bank football"
"""Five concepts: no article is nearer than about 0.5."""


@pytest.fixture(scope="module")
def snapshot(read_only_shelf: Library) -> LocalSnapshot:
    """The hand-written articles, opened."""
    return LocalSnapshot(read_only_shelf.generation())


def candidates(snapshot: LocalSnapshot, text: str, mode: Mode) -> Candidates:
    plan = make_plan(SearchRequest(text=text, mode=mode), parse(text), snapshot.modes)
    assert snapshot.semantic is not None
    vector = snapshot.semantic.encode(plan.embedding_text) if plan.embedding_text else None
    return snapshot.candidates(plan, vector)


def uris(snapshot: LocalSnapshot, found: Candidates, scores: NDArray[np.float32]) -> set[str]:
    """Uris of the candidates that have a score."""
    return {uri for uri, _ in snapshot.keys(found.refs[~np.isnan(scores)])}


@pytest.mark.parametrize(
    "text", ["ferry aground", "mercenaries coach soldiers", "strike hospital", FAINT]
)
def test_meaning_finds_every_row_at_or_above_the_floor(snapshot: LocalSnapshot, text: str) -> None:
    assert snapshot.semantic is not None
    cosines = snapshot.semantic.vectors.score(fake_embed(text))
    rows = np.flatnonzero(cosines >= SIMILARITY_FLOOR).astype(np.int32)
    expected = {uri for uri, _ in snapshot.keys(rows)}
    assert expected
    assert (float(cosines.max()) < 0.6) == (text == FAINT)
    alone = candidates(snapshot, text, "semantic")
    assert uris(snapshot, alone, alone.semantic) == expected
    assert np.isnan(alone.lexical).all()
    both = candidates(snapshot, text, "hybrid")
    assert uris(snapshot, both, both.semantic) == expected


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("text", ["", "-ferry", "lang:en", "source:halyard -strike"])
def test_filters_and_exclusions_alone_score_nothing(
    snapshot: LocalSnapshot, mode: Mode, text: str
) -> None:
    found = candidates(snapshot, text, mode)
    assert len(found) > 0
    assert np.isnan(found.lexical).all()
    assert np.isnan(found.semantic).all()
    assert found.cosine is None


@pytest.mark.parametrize("mode", MODES)
def test_exclusions_alone_find_everything_else(snapshot: LocalSnapshot, mode: Mode) -> None:
    found = {uri for uri, _ in snapshot.keys(candidates(snapshot, "-ferry", mode).refs)}
    assert {"nurses-1", "undated"} <= found
    assert found.isdisjoint({"ferry-1", "ferry-2"})


def test_each_query_is_encoded_once_and_only_where_meaning_counts(library: Library) -> None:
    library.put(*SHELF).reindex()
    assert isinstance(library.models, FakeModels)
    engine = library.engine()
    engine.search(SearchRequest(text="ferry", mode="lexical"))
    engine.search(SearchRequest(text=""))
    assert library.models.encoder.queries == []
    engine.search(SearchRequest(text="ferry -fuel", mode="semantic", explain=True))
    assert library.models.encoder.queries == ["ferry"]
