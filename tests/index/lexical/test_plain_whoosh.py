"""Whoosh, searching its own files, gives the results of the array engine."""

import threading
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from index.lexical.engine import ArrayEngine
from index.lexical.plain_whoosh.engine import PlainWhooshEngine
from index.lexical.ports import LexicalIndex
from index.query import Word, parse
from index.storage.segments import Segment
from tests.fakes import make_article
from tests.index.lexical.indexed import EVERY, LANGUAGES, search
from tests.index.library import VOCABULARY, generated

ROWS = 60 + 15 + 5 + 1
"""Live rows of all segments: all of the first one, half of the others, none of the empty one."""
CLAUSES = st.sampled_from(
    [
        *("ferry", "the", "+strike", "-storm", "bank^3", "whale", "of the"),
        *('"ferry strike"', '"the ferry"', '"ferry strike bank"~4', '"ferry ferry"', '"storm"'),
        *("fer*", "st?rm", "*e*", "ferri~", "hospitl~2", "title:ferr*", "-title:ferry"),
        *("body:strikes", 'body:"ferry strike"', 'title:"harbour ferry"~2', "body:str*"),
        *("by:ines", "by:cald*", 'by:"ines calder"', "place:skerrow", 'place:"porto vel"'),
        *("(ferry OR whale)", "(ferry strike)", "-(ferry OR bank)", "NOT (nurse -ferry)"),
    ]
)
QUERIES = st.lists(st.one_of(CLAUSES, st.sampled_from(VOCABULARY)), min_size=1, max_size=6)


class Pair(NamedTuple):
    """One index, opened by both engines."""

    arrays: LexicalIndex
    whoosh: LexicalIndex


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Five segments; one has dead rows, one is empty, one has bylines and places."""
    segments = []
    named = make_article(
        "named", body="Ferry.", by="Ines Calder", located="Skerrow", places=("Porto Vel", "Cor")
    )
    gone = make_article("gone", body="Zanzibar ferry strike.", by="Tom Varga")
    batches = [
        (generated(60, seed=1), None),
        (generated(30, seed=2), np.arange(0, 30, 2)),
        ([], None),
        (generated(10, seed=3, longest=200), np.arange(5)),
        ([gone, named], np.array([1])),
    ]
    for number, (articles, live_rows) in enumerate(batches):
        folder = tmp_path_factory.mktemp(f"segment-{number}")
        ArrayEngine().build(folder, articles)
        rows = None if live_rows is None else live_rows.astype(np.int32)
        segments.append(Segment(folder, rows))
    engines = (ArrayEngine(), PlainWhooshEngine())
    return Pair(*(engine.open(segments, LANGUAGES) for engine in engines))


@settings(max_examples=80, deadline=None)
@given(
    QUERIES,
    st.integers(0, ROWS),
    st.one_of(st.none(), st.lists(st.booleans(), min_size=ROWS, max_size=ROWS).map(np.array)),
)
def test_any_query_has_the_same_matches_and_scores(
    pair: Pair, clauses: list[str], enough: int, allowed: np.ndarray | None
) -> None:
    query = parse(" ".join(clauses))
    expected, actual = (search(index, query, allowed, enough=enough) for index in pair)
    assert actual.rows.tolist() == expected.rows.tolist()
    assert_allclose(actual.values, expected.values, rtol=1e-5)
    assert actual.coverage == expected.coverage
    assert actual.complete.tolist() == expected.complete.tolist()
    assert pair.whoosh.notices(query) == pair.arrays.notices(query)
    rows = expected.rows[:3].tolist()
    explained = [index.explain(query, rows) for index in pair]
    for ours, theirs in zip(*explained, strict=True):
        assert [(m.term, m.places) for m in theirs] == [(m.term, m.places) for m in ours]
        assert_allclose([m.score for m in theirs], [m.score for m in ours], rtol=1e-5)


@pytest.mark.parametrize("text", ["A headline", "a -headline", "Whales", "", "…"])
def test_a_pasted_headline_is_found_by_both(pair: Pair, text: str) -> None:
    rows = [index.exact_headline_rows(parse(text)).tolist() for index in pair]
    assert rows[0] == rows[1]
    assert bool(rows[0]) == text.lower().startswith("a ")


@pytest.mark.parametrize("word", ["ferry", "ferri", "stroke", "x", "zanzibar", "zanzibra", "í"])
def test_words_are_the_same(pair: Pair, word: str) -> None:
    arrays, whoosh = pair
    assert whoosh.count_articles(Word(word, (0, 0))) == arrays.count_articles(Word(word, (0, 0)))
    assert whoosh.count_by_language(word) == arrays.count_by_language(word)
    assert whoosh.similar_words(word) == arrays.similar_words(word)
    assert whoosh.words_with_prefix(word[:2], 7) == arrays.words_with_prefix(word[:2], 7)


def test_a_word_of_dead_rows_is_unknown(pair: Pair) -> None:
    for index in pair:
        assert index.count_articles(Word("zanzibar", (0, 0))) == 0
        assert index.similar_words("zanzibra") == ()
        assert index.words_with_prefix("zan", 3) == ()


@pytest.mark.parametrize("rows", [None, [0, 70], [80]])
def test_the_term_matrix_is_the_same(pair: Pair, rows: list[int] | None) -> None:
    of = None if rows is None else np.array(rows)
    arrays, whoosh = (index.term_matrix(of) for index in pair)
    assert arrays.shape == whoosh.shape
    products = [(matrix @ matrix.T).toarray() for matrix in (arrays, whoosh)]
    assert_allclose(products[1], products[0], rtol=1e-5)


def test_many_threads_get_their_own_results(pair: Pair) -> None:
    texts = ["ferry", '"ferry strike"', "fer* -bank", "strike bank nurse", "body:ferry"] * 4
    expected = [search(pair.whoosh, parse(text), enough=EVERY).rows.tolist() for text in texts]
    actual: list[list[int]] = [[]] * len(texts)

    def run(number: int) -> None:
        actual[number] = search(pair.whoosh, parse(texts[number]), enough=EVERY).rows.tolist()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert actual == expected


def test_whooshs_files_are_verified_when_whoosh_reads_them(tmp_path: Path) -> None:
    ArrayEngine().build(tmp_path, generated(3, seed=1))
    paths = [f"lexical/000001/{path.name}" for path in tmp_path.iterdir()]
    assert all(PlainWhooshEngine().needs_file(path) for path in paths)
    arrays_only = [path for path in paths if ArrayEngine().needs_file(path)]
    assert [path.rpartition(".")[2] for path in arrays_only] == ["safetensors"]
