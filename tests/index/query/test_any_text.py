"""No text is an error, nothing is lost without a word, and what is repaired reads back the same."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.query import (
    MAX_QUERY_LENGTH,
    MAX_QUERY_WORDS,
    Boost,
    ParsedQuery,
    Phrase,
    Word,
    iter_leaves,
    parse,
)
from index.query.render import render
from index.text.analysis import tokenize
from tests.index.query.nasty import NASTY, random_texts

TODAY = date(2031, 4, 2)
ANY_TEXT = st.text(alphabet=st.characters(), max_size=80)
QUERY_LIKE = st.text(alphabet="ab é\"+-  \n.'’*?[]:()^~\\", max_size=40)


def check(text: str) -> ParsedQuery:
    """Every law that holds for any text."""
    query = parse(text, TODAY)
    assert query.input == text
    check_spans(query)
    assert len(query.highlight_words) <= MAX_QUERY_WORDS
    if query.error is None:
        check_reads_back(query)
    return query


def check_spans(query: ParsedQuery) -> None:
    length = len(query.input)
    for placed in iter_leaves(query.tree):
        first, last = placed.leaf.span
        assert 0 <= first <= last <= length
        for word in getattr(placed.leaf, "words", (placed.leaf,)):
            if isinstance(word, Word):
                assert first <= word.span[0] < word.span[1] <= last
                (token,) = tokenize(query.input[slice(*word.span)])
                assert token.folded == word.folded
    for told in (*query.notices, *((query.error,) if query.error else ())):
        assert told.message
        assert told.span is not None
        assert 0 <= told.span[0] < told.span[1] <= length


def check_reads_back(query: ParsedQuery) -> None:
    written = render(query.tree, query.input)
    if len(written) > MAX_QUERY_LENGTH:
        assert query.repaired == ""
        return
    assert query.embedding_text.encode().decode() == query.embedding_text, "no half of a character"
    again = parse(written, TODAY)
    assert again.tree == query.tree
    assert again.error is None
    assert again.repaired == ""
    if query.repaired:
        assert query.repaired == written != query.input
        assert query.notices


@settings(max_examples=300)
@given(ANY_TEXT)
@example("\ud800\udfff")
@example("ferry \ud800boat")
@example('"' * 500)
@example("((((" * 500 + "*" * 500)
def test_any_text_is_a_query(text: str) -> None:
    check(text)


@settings(max_examples=300)
@given(QUERY_LIKE)
def test_any_mix_of_signs_is_a_query(text: str) -> None:
    check(text)


@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_texts_of_the_worst_pieces_are_queries(seed: int) -> None:
    for text in random_texts(1_000, seed=seed):
        check(text)


@pytest.mark.parametrize("text", NASTY, ids=[repr(text[:20]) for text in NASTY])
def test_a_nasty_text_is_a_query(text: str) -> None:
    check(text)


@given(st.text(alphabet="ab é\"+-  \n.'’()[]\\", max_size=40))
def test_no_word_is_lost(text: str) -> None:
    found: list[str] = []
    for placed in iter_leaves(parse(text).tree):
        words = placed.leaf.words if isinstance(placed.leaf, Phrase) else (placed.leaf,)
        found.extend(word.folded for word in words if isinstance(word, Word))
    bare = "".join(" " if sign in '"()' else sign for sign in text)
    assert sorted(found) == sorted(token.folded for token in tokenize(bare))


@given(QUERY_LIKE)
def test_only_bare_words_are_soft(text: str) -> None:
    query = parse(text)
    soft = len(query.optional_words)
    assert soft + len(query.required_clauses) + len(query.excluded_clauses) == len(query.clauses)
    assert not any(isinstance(node, Boost) and node.factor == 1 for node in query.clauses)
