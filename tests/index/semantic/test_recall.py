"""Recall of two-stage search: measured correctly, and reported with its sample."""

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
    """Articles of one to four passages, in two segments, one of which has a removed row."""
    random = np.random.default_rng(7)
    rows = []
    for number in range(ROWS + 1):
        some = random.standard_normal((1 + number % 4, DIM)).astype(np.float32)
        spans = np.zeros((len(some), 2), np.int32)
        rows.append(PassageEmbeddings(np.stack([normalize(vector) for vector in some]), spans))
    parts = []
    for name, embeddings, live_rows in (
        ("a", rows[:40], range(40)),
        ("b", rows[40:], range(1, 21)),
    ):
        (tmp_path / name).mkdir()
        write_vectors(tmp_path / name, embeddings)
        parts.append(Segment(tmp_path / name, np.array(live_rows, np.int32)))
    return MultiVectors([*parts, Segment(tmp_path / "none", np.zeros(2, np.int32))])


def limit_rescoring(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    for module in (multi_vectors, recall):
        monkeypatch.setattr(module, "RESCORED_ROWS", count)


def test_exhaustive_scores_equal_those_with_all_rows_compared(vectors: MultiVectors) -> None:
    queries = np.stack([vectors.get_passage_vector(row, 2) for row in (0, 3, 41, 59)])
    expected = np.stack([vectors.score(vector) for vector in queries])
    assert vectors.score_exhaustively(queries).shape == (4, ROWS + 2)
    assert np.allclose(vectors.score_exhaustively(queries), expected, atol=1e-6)


def test_a_passage_vector_is_one_of_its_row(vectors: MultiVectors) -> None:
    for row in (0, 3, 40, 59):
        for number in range(5):
            assert vectors.find_nearest(
                row, vectors.get_passage_vector(row, number)
            ).cosine == pytest.approx(1)
    assert not np.allclose(vectors.get_passage_vector(3, 0), vectors.get_passage_vector(3, 1))
    assert np.array_equal(vectors.get_passage_vector(3, 1), vectors.get_passage_vector(3, 5))


def test_recall_is_the_share_of_the_exact_best(
    vectors: MultiVectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert recall.measure_recall(vectors) == 1
    measured = []
    for count in (5, 20, 61):
        limit_rescoring(monkeypatch, count)
        assert not recall.is_exact(ROWS + 2)
        measured.append(recall.measure_recall(vectors))
    assert 0.3 < measured[0] < measured[1] <= measured[2] == 1

    limit_rescoring(monkeypatch, 5)
    shares = []
    sample = np.linspace(0, ROWS - 1, recall.SAMPLE_QUERIES).astype(int).tolist()
    for number, row in enumerate(sample):
        query = vectors.get_passage_vector(row, number)
        approximate, exact = vectors.score(query), vectors.score_exhaustively(query[None])[0]
        approximate[row] = exact[row] = -1
        best = set(np.argsort(exact)[-10:].tolist())
        shares.append(len(best & set(np.argsort(approximate)[-10:].tolist())) / 10)
    assert measured[0] == pytest.approx(float(np.mean(shares)))


def test_an_article_with_the_same_text_counts_as_equal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = PassageEmbeddings(np.full((1, 4), 0.5, np.float32), np.zeros((1, 2), np.int32))
    write_vectors(tmp_path, [same] * 50)
    limit_rescoring(monkeypatch, 12)
    assert recall.measure_recall(MultiVectors([Segment(tmp_path)])) == 1


def read_status(library: Library) -> Vectors:
    vectors = library.engine().status().vectors
    assert vectors is not None
    return vectors


def test_status_has_the_recall_and_its_number_of_articles(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = generated(80, seed=3)
    limit_rescoring(monkeypatch, 12)
    library.put(*articles[:10]).reindex()
    assert read_status(library) == Vectors(
        first_passages=None, exact=True, recall=1, recall_articles=10
    )
    library.put(*articles[10:70]).reindex()
    first = read_status(library)
    assert (first.exact, first.recall_articles) == (False, 70)
    assert 0.3 < first.recall <= 1
    library.put(articles[70]).reindex()
    assert read_status(library) == first, "one more article does not change the figure"
    library.reindex(force=True)
    assert read_status(library).recall_articles == 71


def test_recall_is_measured_when_search_stops_being_exact(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = generated(80, seed=3)
    limit_rescoring(monkeypatch, 60)
    library.put(*articles[:60]).reindex()
    assert read_status(library).exact
    library.put(replace(articles[70], uri="one-more")).reindex()
    assert (read_status(library).exact, read_status(library).recall_articles) == (False, 61)
