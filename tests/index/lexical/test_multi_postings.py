"""Several parts with rows that are gone answer as one part of the rest, to the last number."""

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
from index.query import parse
from index.storage.segments import Segment
from tests.fakes import make_article
from tests.index.lexical.indexed import search
from tests.index.library import generated

ARTICLES = [*generated(24, seed=5, longest=12), make_article("rare", body="Zanzibar, zanzibars.")]
QUERIES = ("ferry strike", "str*", '"nurse hospital"~4 OR zanzibar', "title:vote -bank", "zanzibr~")

GONE = st.lists(st.lists(st.booleans(), max_size=9), min_size=1, max_size=4)
"""For each part, which of its articles are gone."""


def opened(folder: Path, kept: Sequence[Sequence[tuple[Article, bool]]]) -> ArrayIndex:
    engine, parts = ArrayEngine(), []
    for number, rows in enumerate(kept):
        part = folder / str(number)
        part.mkdir(parents=True)
        engine.build(part, [article for article, _ in rows])
        places = np.flatnonzero([here for _, here in rows]).astype(np.int32)
        parts.append(Segment(part, places))
    return engine.open(parts, ("en", "es"))


def told(postings: Postings, *, places: bool) -> object:
    numbers = range(len(postings.terms))
    some = np.arange(0, len(postings.lengths), 2, dtype=np.int32)
    every = sorted(zip(*(values.tolist() for values in postings.read_all()), strict=True))
    return (
        [postings.terms[number] for number in numbers],
        postings.read_document_frequencies(np.arange(len(postings.terms))).tolist(),
        [[values.tolist() for values in postings.read(number)] for number in numbers],
        [[v.tolist() for v in postings.read_positions(number)] for number in numbers]
        if places
        else None,
        [[v.tolist() for v in postings.read_positions(number, some)] for number in numbers]
        if places
        else 0,
        [_sorted(postings.read_many(range(first, len(numbers), 2))) for first in (0, 1)],
        _sorted(postings.read_many(numbers)),
        postings.lengths.tolist(),
        postings.mean_length,
        every,
    )


def _lists(*pairs: tuple[NDArray[np.int64], NDArray[np.int64]]) -> list[list[int]]:
    return [values.tolist() for pair in pairs for values in pair]


def _sorted(found: tuple[NDArray[np.int32], NDArray[np.float32]]) -> list[tuple[int, float]]:
    rows, weights = found
    return sorted(zip(rows.tolist(), weights.tolist(), strict=True))


@settings(max_examples=15, deadline=None)
@given(GONE)
@example([[False] * 8, [True] * 3])
@example([[True, False], [False], [], [False, True, True]])
def test_parts_are_as_one(gone: list[list[bool]]) -> None:
    left = iter([ARTICLES[-1], *ARTICLES[:-1]] * 2)
    kept = [[(next(left), not out) for out in part] for part in gone]
    rest = [(article, True) for part in kept for article, here in part if here]
    with TemporaryDirectory() as name:
        several = opened(Path(name) / "several", kept)
        one = opened(Path(name) / "one", [rest])
        for field, postings in several._fields.items():
            places = field in WITH_POSITIONS
            assert told(postings, places=places) == told(one._fields[field], places=places), field
        assert (several.term_matrix() != one.term_matrix()).nnz == 0
        for text in QUERIES:
            found, expected = (
                search(index, parse(text), None, enough=3) for index in (several, one)
            )
            assert found.rows.tolist() == expected.rows.tolist()
            np.testing.assert_array_equal(found.values, expected.values)
            assert found.coverage == expected.coverage
            assert several.notices(parse(text)) == one.notices(parse(text))
        assert several.similar_words("strikd") == one.similar_words("strikd")
        assert several.words_with_prefix("st", 5) == one.words_with_prefix("st", 5)
        assert several.document_frequency("zanzibar") == one.document_frequency("zanzibar")
