"""Laws of any lexical engine and any words: required, excluded, relaxed, filtered."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical.ports import LexicalEngine
from index.lexical.query.minimum_match import MAX_KEYWORDS
from index.query import parse
from index.text.analysis import normalize_language, stem
from index.text.tokens import tokenize
from tests.index.lexical.indexed import EVERY, LANGUAGES, Indexed, index_of, search
from tests.index.library import VOCABULARY, generated

COUNT = 90
WORDS = st.lists(st.sampled_from([*VOCABULARY, "whale"]), min_size=1, max_size=7, unique=True)


@pytest.fixture(scope="module")
def indexed(engine: LexicalEngine, tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """Ninety articles, indexed by each engine in turn."""
    folder = tmp_path_factory.mktemp("lexical")
    return index_of(engine, folder, *generated(COUNT, seed=3, longest=25), languages=LANGUAGES)


@settings(max_examples=40, deadline=None)
@given(WORDS, st.integers(0, COUNT), st.integers(0, COUNT))
def test_more_requested_results_never_give_fewer(
    indexed: Indexed, words: list[str], one: int, other: int
) -> None:
    few, many = sorted((one, other))
    text = " ".join(words)
    assert indexed.rows(text, enough=few) <= indexed.rows(text, enough=many)


@settings(max_examples=40, deadline=None)
@given(WORDS, st.integers(0, COUNT))
def test_every_match_has_a_word_and_complete_matches_are_never_lost(
    indexed: Indexed, words: list[str], enough: int
) -> None:
    rows = [indexed.rows_with(word) for word in words]
    matches = indexed.rows(" ".join(words), enough=enough)
    assert set.intersection(*rows) <= matches <= set.union(*rows)


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_all_of_a_few_words_must_match_if_enough_articles_have_them(
    indexed: Indexed, words: list[str]
) -> None:
    words = words[:MAX_KEYWORDS]
    complete = set.intersection(*(indexed.rows_with(word) for word in words))
    if complete:
        assert indexed.rows(" ".join(words), enough=len(complete)) == complete


@settings(max_examples=40, deadline=None)
@given(WORDS, st.sets(st.integers(0, COUNT - 1)), st.integers(0, 2))
def test_articles_with_every_word_are_reported_for_a_sentence_only(
    indexed: Indexed, words: list[str], rows: set[int], required: int
) -> None:
    allowed = np.isin(np.arange(COUNT), list(rows))
    text = " ".join(("+" if place < required else "") + word for place, word in enumerate(words))
    reported = search(indexed.index, parse(text), allowed, enough=EVERY).complete.tolist()
    complete = set.intersection(*(indexed.rows_with(word) for word in words)) & rows
    is_sentence = len(words) > MAX_KEYWORDS and required < len(words)
    assert reported == (sorted(complete) if is_sentence else [])


@settings(max_examples=40, deadline=None)
@given(WORDS, WORDS, WORDS, st.integers(0, COUNT))
def test_required_and_excluded_words_are_never_violated(
    indexed: Indexed, words: list[str], required: list[str], excluded: list[str], enough: int
) -> None:
    signed = [f"+{word}" for word in required[:2]] + [f"-{word}" for word in excluded[:2]]
    text = " ".join([*words, *signed])
    matches = indexed.rows(text, enough=enough)
    for word in required[:2]:
        assert matches <= indexed.rows_with(word)
    for word in excluded[:2]:
        assert not matches & indexed.rows_with(word)


@settings(max_examples=40, deadline=None)
@given(
    WORDS, st.lists(st.booleans(), min_size=COUNT, max_size=COUNT), st.sampled_from(["", "-storm"])
)
def test_filters_lose_no_match_and_add_none(
    indexed: Indexed, words: list[str], flags: list[bool], more: str
) -> None:
    query, allowed = parse(" ".join([*words, more])), np.array(flags)
    unfiltered = search(indexed.index, query, None, enough=EVERY)
    filtered = search(indexed.index, query, allowed, enough=EVERY)
    is_allowed = allowed[unfiltered.rows]
    assert filtered.rows.tolist() == unfiltered.rows[is_allowed].tolist()
    assert filtered.values.tolist() == unfiltered.values[is_allowed].tolist()
    assert flags == allowed.tolist()


@settings(max_examples=40, deadline=None)
@given(WORDS, st.integers(0, COUNT))
def test_rows_ascend_and_scores_are_above_zero(
    indexed: Indexed, words: list[str], enough: int
) -> None:
    scores = search(indexed.index, parse(" ".join(words)), None, enough=enough)
    assert scores.rows.tolist() == sorted(set(scores.rows.tolist()))
    assert (scores.rows.dtype.name, scores.values.dtype.name) == ("int32", "float32")
    assert np.all(scores.values > 0)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=40))
def test_any_query_is_answered(indexed: Indexed, text: str) -> None:
    scores = search(indexed.index, parse(text), None, enough=EVERY)
    assert len(scores.rows) == len(scores.values) <= len(indexed.articles)


def test_an_exclusion_alone_matches_everything_else(indexed: Indexed) -> None:
    everything = set(range(len(indexed.articles)))
    assert indexed.rows("-storm") == everything - indexed.rows_with("storm")
    assert indexed.rows("-storm -ferry") == (
        everything - indexed.rows_with("storm") - indexed.rows_with("ferry")
    )


def test_the_term_matrix_has_a_row_for_each_article(indexed: Indexed) -> None:
    matrix = indexed.index.term_matrix()
    assert matrix.shape[0] == len(indexed.articles)
    assert matrix.dtype == np.float32
    for row in (0, 57, COUNT - 1):
        article = indexed.articles[row]
        words = tokenize(f"{article.headline} {article.body}")
        stems = {stem(token.folded, normalize_language(article.language)) for token in words}
        assert matrix[row].nnz == len(stems)
