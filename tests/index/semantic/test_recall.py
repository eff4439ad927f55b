"""What the two steps find of the exact answer: counted right, and carried along honestly."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.semantic import multi_vectors, recall
from index.semantic.cache import PassageEmbeddings
from index.semantic.multi_vectors import MultiVectors
from index.semantic.vectors import normalize, write_vectors
from index.storage.segments import Segment
from index.types.status import Vectors
from tests.index.library import Library, generated

DIM, ROWS = 24, 60


@pytest.fixture
def vectors(tmp_path: Path) -> MultiVectors:
    """Articles of one to four unlike passages, in two parts, of one of which a row is gone."""
    chance = np.random.default_rng(7)
    rows = []
    for number in range(ROWS + 1):
        some = chance.standard_normal((1 + number % 4, DIM)).astype(np.float32)
        spans = np.zeros((len(some), 2), np.int32)
        rows.append(PassageEmbeddings(np.stack([normalize(vector) for vector in some]), spans))
    parts = []
    for name, found, places in (("a", rows[:40], range(40)), ("b", rows[40:], range(1, 21))):
        (tmp_path / name).mkdir()
        write_vectors(tmp_path / name, found)
        parts.append(Segment(tmp_path / name, np.array(places, np.int32)))
    return MultiVectors([*parts, Segment(tmp_path / "none", np.zeros(2, np.int32))])


def few_compared(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    for module in (multi_vectors, recall):
        monkeypatch.setattr(module, "RESCORED_ROWS", count)


def test_exact_is_the_score_with_all_compared(vectors: MultiVectors) -> None:
    wanted = np.stack([vectors.get_passage_vector(row, 2) for row in (0, 3, 41, 59)])
    expected = np.stack([vectors.score(vector) for vector in wanted])
    assert vectors.score_exhaustively(wanted).shape == (4, ROWS + 2)
    assert np.allclose(vectors.score_exhaustively(wanted), expected, atol=1e-6)


def test_a_passage_is_its_rows_own(vectors: MultiVectors) -> None:
    for row in (0, 3, 40, 59):
        for number in range(5):
            assert vectors.find_nearest(
                row, vectors.get_passage_vector(row, number)
            ).cosine == pytest.approx(1)
    assert not np.allclose(vectors.get_passage_vector(3, 0), vectors.get_passage_vector(3, 1))
    assert np.array_equal(vectors.get_passage_vector(3, 1), vectors.get_passage_vector(3, 5))


def test_recall_counts_what_is_found(
    vectors: MultiVectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert recall.measure_recall(vectors) == 1
    found = []
    for count in (5, 20, 61):
        few_compared(monkeypatch, count)
        assert not recall.is_exact(ROWS + 2)
        found.append(recall.measure_recall(vectors))
    assert 0.3 < found[0] < found[1] <= found[2] == 1

    few_compared(monkeypatch, 5)
    shares = []
    held = np.linspace(0, ROWS - 1, recall.SAMPLE_QUERIES).astype(int).tolist()
    for number, row in enumerate(held):
        wanted = vectors.get_passage_vector(row, number)
        two, every = vectors.score(wanted), vectors.score_exhaustively(wanted[None])[0]
        two[row] = every[row] = -1
        best = set(np.argsort(every)[-10:].tolist())
        shares.append(len(best & set(np.argsort(two)[-10:].tolist())) / 10)
    assert found[0] == pytest.approx(float(np.mean(shares)))


def test_the_same_text_in_another_article_is_as_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = PassageEmbeddings(np.full((1, 4), 0.5, np.float32), np.zeros((1, 2), np.int32))
    write_vectors(tmp_path, [same] * 50)
    few_compared(monkeypatch, 12)
    assert recall.measure_recall(MultiVectors([Segment(tmp_path)])) == 1


def told(library: Library) -> Vectors:
    vectors = library.engine().status().vectors
    assert vectors is not None
    return vectors


def test_status_tells_it_and_with_how_many_it_was_measured(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = generated(80, seed=3)
    few_compared(monkeypatch, 12)
    library.put(*articles[:10]).reindex()
    assert told(library) == Vectors(first_passages=None, exact=True, recall=1, recall_articles=10)
    library.put(*articles[10:70]).reindex()
    first = told(library)
    assert (first.exact, first.recall_articles) == (False, 70)
    assert 0.3 < first.recall <= 1
    library.put(articles[70]).reindex()
    assert told(library) == first, "one more article leaves the figure as it was"
    library.reindex(force=True)
    assert told(library).recall_articles == 71


def test_it_is_measured_when_the_archive_outgrows_the_exact(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = generated(80, seed=3)
    few_compared(monkeypatch, 60)
    library.put(*articles[:60]).reindex()
    assert told(library).exact
    library.put(replace(articles[70], uri="one-more")).reindex()
    assert (told(library).exact, told(library).recall_articles) == (False, 61)
