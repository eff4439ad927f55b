"""Several segments with dead rows give the results of one segment of the live rows, exactly."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from archive.article import Article
from index.lexical.array_index import ArrayIndex
from index.lexical.engine import ArrayEngine
from index.lexical.postings import Postings
from index.lexical.schema import WITH_POSITIONS
from index.query import Word, parse
from index.storage.segments import Segment
from tests.fakes import make_article
from tests.index.lexical.indexed import search
from tests.index.library import generated

ARTICLES = [*generated(24, seed=5, longest=12), make_article("rare", body="Zanzibar, zanzibars.")]
QUERIES = ("ferry strike", "str*", '"nurse hospital"~4 OR zanzibar', "title:vote -bank", "zanzibr~")

DEAD = st.lists(st.lists(st.booleans(), max_size=9), min_size=1, max_size=4)
"""For each segment, which of its articles are dead."""


def open_segments(folder: Path, batches: Sequence[Sequence[tuple[Article, bool]]]) -> ArrayIndex:
    """An index with a segment for each batch of articles, each with whether it is live."""
    engine, segments = ArrayEngine(), []
    for number, batch in enumerate(batches):
        path = folder / str(number)
        path.mkdir(parents=True)
        engine.build(path, [article for article, _ in batch])
        live_rows = np.flatnonzero([is_live for _, is_live in batch]).astype(np.int32)
        segments.append(Segment(path, live_rows))
    return engine.open(segments, ("en", "es"))


def read_everything(postings: Postings, *, positions: bool) -> object:
    numbers = range(len(postings.terms))
    some_rows = np.arange(0, len(postings.lengths), 2, dtype=np.int32)
    everywhere = [postings.read_positions(number) for number in numbers if positions]
    somewhere = [postings.read_positions(number, some_rows) for number in numbers if positions]
    return (
        [postings.terms[number] for number in numbers],
        postings.read_document_frequencies(np.arange(len(postings.terms))).tolist(),
        [_to_lists(postings.read(number)) for number in numbers],
        [_to_lists(pair) for pair in everywhere],
        [_to_lists(pair) for pair in somewhere],
        [_sort(postings.read_many(range(first, len(numbers), 2))) for first in (0, 1)],
        _sort(postings.read_many(numbers)),
        postings.lengths.tolist(),
        postings.mean_length,
        sorted(zip(*_to_lists(postings.read_all()), strict=True)),
    )


def _to_lists(arrays: tuple[NDArray[np.generic], ...]) -> list[list[float]]:
    return [values.tolist() for values in arrays]


def _sort(pair: tuple[NDArray[np.int32], NDArray[np.float32]]) -> list[tuple[float, ...]]:
    return sorted(zip(*_to_lists(pair), strict=True))


@settings(max_examples=15, deadline=None)
@given(DEAD)
@example([[False] * 8, [True] * 3])
@example([[True, False], [False], [], [False, True, True]])
def test_segments_are_searched_as_one(dead: list[list[bool]]) -> None:
    articles = iter([ARTICLES[-1], *ARTICLES[:-1]] * 2)
    batches = [[(next(articles), not is_dead) for is_dead in batch] for batch in dead]
    live = [(article, True) for batch in batches for article, is_live in batch if is_live]
    with TemporaryDirectory() as name:
        several = open_segments(Path(name) / "several", batches)
        one = open_segments(Path(name) / "one", [live])
        for field, postings in several._fields.items():
            positions = field in WITH_POSITIONS
            expected_postings = read_everything(one._fields[field], positions=positions)
            assert read_everything(postings, positions=positions) == expected_postings, field
        assert (several.term_matrix() != one.term_matrix()).nnz == 0
        for text in QUERIES:
            actual, expected = (
                search(index, parse(text), None, enough=3) for index in (several, one)
            )
            assert actual.rows.tolist() == expected.rows.tolist()
            np.testing.assert_array_equal(actual.values, expected.values)
            assert actual.coverage == expected.coverage
            assert several.notices(parse(text)) == one.notices(parse(text))
        assert several.similar_words("strikd") == one.similar_words("strikd")
        assert several.words_with_prefix("st", 5) == one.words_with_prefix("st", 5)
        assert several.count_articles(Word("zanzibar", (0, 0))) == one.count_articles(
            Word("zanzibar", (0, 0))
        )
