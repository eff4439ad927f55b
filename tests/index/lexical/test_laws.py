"""What holds of any lexical engine and any words: required, excluded, relaxed, filtered."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical.engine import ArrayEngine
from index.lexical.ports import LexicalEngine
from index.lexical.query.minimum_match import MAX_KEYWORDS
from index.query import parse
from index.storage.segments import Segment
from index.text.analysis import normalize_language, stem, tokenize
from tests.in_memory_lexical import InMemoryLexicalEngine
from tests.index.lexical.indexed import EVERY, LANGUAGES, Indexed, matching
from tests.index.library import VOCABULARY, generated

COUNT = 90


@pytest.fixture(scope="module", params=[ArrayEngine, InMemoryLexicalEngine])
def indexed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """Ninety articles, indexed by each engine in turn: the laws are those of the port."""
    engine: LexicalEngine = request.param()
    articles = generated(COUNT, seed=3, longest=25)
    folder = tmp_path_factory.mktemp("lexical")
    engine.build(folder, articles)
    return Indexed(articles, engine.open([Segment(folder)], LANGUAGES))


WORDS = st.lists(st.sampled_from([*VOCABULARY, "whale"]), min_size=1, max_size=7, unique=True)


@settings(max_examples=40, deadline=None)
@given(WORDS, st.integers(0, COUNT), st.integers(0, COUNT))
def test_asking_for_more_never_gives_fewer(
    indexed: Indexed, words: list[str], one: int, other: int
) -> None:
    few, many = sorted((one, other))
    text = " ".join(words)
    assert indexed.rows(text, enough=few) <= indexed.rows(text, enough=many)


@settings(max_examples=40, deadline=None)
@given(WORDS, st.integers(0, COUNT))
def test_every_match_has_a_word_and_full_matches_are_never_lost(
    indexed: Indexed, words: list[str], enough: int
) -> None:
    having = [indexed.having(word) for word in words]
    found = indexed.rows(" ".join(words), enough=enough)
    assert set.intersection(*having) <= found <= set.union(*having)


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_few_words_must_all_be_there_where_enough_articles_have_them(
    indexed: Indexed, words: list[str]
) -> None:
    words = words[:4]
    everywhere = set.intersection(*(indexed.having(word) for word in words))
    if everywhere:
        assert indexed.rows(" ".join(words), enough=len(everywhere)) == everywhere


@settings(max_examples=40, deadline=None)
@given(WORDS, st.sets(st.integers(0, COUNT - 1)), st.integers(0, 2))
def test_articles_with_every_word_are_told_of_a_sentence_only(
    indexed: Indexed, words: list[str], rows: set[int], required: int
) -> None:
    allowed = np.isin(np.arange(COUNT), list(rows))
    text = " ".join(("+" if place < required else "") + word for place, word in enumerate(words))
    told = matching(indexed.index, parse(text), allowed, enough=EVERY).complete.tolist()
    having = set.intersection(*(indexed.having(word) for word in words)) & rows
    sentence = len(words) > MAX_KEYWORDS and required < len(words)
    assert told == (sorted(having) if sentence else [])


@settings(max_examples=40, deadline=None)
@given(WORDS, WORDS, WORDS, st.integers(0, COUNT))
def test_required_and_excluded_are_never_violated(
    indexed: Indexed, words: list[str], required: list[str], excluded: list[str], enough: int
) -> None:
    signed = [f"+{word}" for word in required[:2]] + [f"-{word}" for word in excluded[:2]]
    text = " ".join([*words, *signed])
    # A headline that is pasted whole may hold what would be a sign.
    found = indexed.rows(text, enough=enough) - set(
        indexed.index.exact_headline_rows(parse(text)).tolist()
    )
    for word in required[:2]:
        assert found <= indexed.having(word)
    for word in excluded[:2]:
        assert not found & indexed.having(word)


@settings(max_examples=40, deadline=None)
@given(
    WORDS, st.lists(st.booleans(), min_size=COUNT, max_size=COUNT), st.sampled_from(["", "-storm"])
)
def test_filters_never_lose_a_match_nor_let_another_in(
    indexed: Indexed, words: list[str], flags: list[bool], more: str
) -> None:
    query, allowed = parse(" ".join([*words, more])), np.array(flags)
    everything = matching(indexed.index, query, None, enough=EVERY)
    filtered = matching(indexed.index, query, allowed, enough=EVERY)
    kept = allowed[everything.rows]
    assert filtered.rows.tolist() == everything.rows[kept].tolist()
    assert filtered.values.tolist() == everything.values[kept].tolist()
    assert flags == allowed.tolist()


@settings(max_examples=40, deadline=None)
@given(WORDS, st.integers(0, COUNT))
def test_rows_ascend_and_scores_are_above_zero(
    indexed: Indexed, words: list[str], enough: int
) -> None:
    scores = matching(indexed.index, parse(" ".join(words)), None, enough=enough)
    assert scores.rows.tolist() == sorted(set(scores.rows.tolist()))
    assert (scores.rows.dtype.name, scores.values.dtype.name) == ("int32", "float32")
    assert np.all(scores.values > 0)


@settings(max_examples=50)
@given(st.text(alphabet=st.characters(), max_size=40))
def test_any_query_is_answered(indexed: Indexed, text: str) -> None:
    scores = matching(indexed.index, parse(text), None, enough=EVERY)
    assert len(scores.rows) == len(scores.values) <= len(indexed.articles)


def test_an_exclusion_alone_finds_everything_else(indexed: Indexed) -> None:
    everything = set(range(len(indexed.articles)))
    assert indexed.rows("-storm") == everything - indexed.having("storm")


def test_term_counts_are_rows_by_terms(indexed: Indexed) -> None:
    counts = indexed.index.term_matrix()
    assert counts.shape[0] == len(indexed.articles)
    assert counts.dtype == np.float32
    for row in (0, 57, COUNT - 1):
        article = indexed.articles[row]
        words = tokenize(f"{article.headline} {article.body}")
        distinct = {stem(token.folded, normalize_language(article.language)) for token in words}
        assert counts[row].nnz == len(distinct)
