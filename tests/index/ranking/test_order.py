"""The order of a ranking: total, by score, date and id, whatever the order of the rows."""

import random
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.ranking.order import relevance_keys
from index.storage.doc_values import DocValues
from tests.fakes import make_article, on_day
from tests.index.storage.test_doc_values import build_doc_values


def ordered_rows(
    doc_values: DocValues,
    rows: NDArray[np.int32],
    scores: NDArray[np.float32],
    first: NDArray[np.bool_] | None = None,
) -> list[int]:
    keys = relevance_keys(doc_values.newest_rank[rows], scores, first)
    return [int(row) for row in rows[np.argsort(keys)]]


def test_order_is_by_score_then_date_then_id(tmp_path: Path) -> None:
    doc_values = build_doc_values(
        tmp_path,
        make_article("undated", first_created=None),
        make_article("old", first_created=on_day(0)),
        make_article("new-b", first_created=on_day(5)),
        make_article("new-a", first_created=on_day(5)),
        make_article("best", first_created=on_day(-9)),
        make_article("ancient", first_created=datetime(1899, 1, 1, tzinfo=UTC)),
    )
    rows = np.arange(6, dtype=np.int32)
    scores = np.array([1, 1, 1, 1, 2, 1], np.float32)
    ordered = [doc_values.uris[row] for row in ordered_rows(doc_values, rows, scores)]
    assert ordered == ["best", "new-a", "new-b", "old", "ancient", "undated"]
    by_date = [doc_values.uris[row] for row in rows[np.argsort(doc_values.newest_rank)].tolist()]
    assert by_date == ["new-a", "new-b", "old", "best", "ancient", "undated"]


FINITE = st.floats(width=32, allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(FINITE, st.booleans()), min_size=40, max_size=40))
def test_scores_descend_after_the_lifted_articles(
    tied: DocValues, given_to: list[tuple[float, bool]]
) -> None:
    scores = np.array([score for score, _ in given_to], np.float32)
    first = np.array([first for _, first in given_to])
    by_date = np.argsort(tied.newest_rank).tolist()
    expected = sorted(
        range(40), key=lambda row: (not first[row], -float(scores[row]), by_date.index(row))
    )
    assert ordered_rows(tied, np.arange(40, dtype=np.int32), scores, first) == expected


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> DocValues:
    """Forty rows, many with the same date."""
    chance = random.Random(7)
    articles = [
        make_article(f"a-{chance.random()}", first_created=on_day(chance.randint(0, 3)))
        for _ in range(40)
    ]
    return build_doc_values(tmp_path_factory.mktemp("tied"), *articles)


@given(
    st.lists(st.integers(0, 39), unique=True, max_size=20),
    st.randoms(use_true_random=False),
    st.integers(1, 4),
)
def test_order_is_independent_of_row_order(
    tied: DocValues, chosen: list[int], chance: random.Random, levels: int
) -> None:
    score = {row: float(row % levels) for row in chosen}

    def ordered(rows: list[int]) -> list[int]:
        scores = np.array([score[row] for row in rows], np.float32)
        return ordered_rows(tied, np.array(rows, np.int32), scores)

    shuffled = chance.sample(chosen, len(chosen))
    expected = sorted(
        chosen, key=lambda row: (-score[row], -int(tied.published[row]), tied.uris[row].encode())
    )
    assert ordered(chosen) == ordered(shuffled) == expected
