"""Every text is a query, no word is lost without a notice, and a repaired query parses the same."""

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
from index.text.token_patterns import is_part_of_run
from index.text.tokens import tokenize
from tests.index.query.clauses import list_excluded, list_required
from tests.index.query.hostile_texts import HOSTILE_TEXTS, random_texts

TODAY = date(2031, 4, 2)
ANY_TEXT = st.text(alphabet=st.characters(), max_size=80)
QUERY_LIKE = st.text(alphabet="ab é\"+-  \n.'’*?[]:()^~\\", max_size=40)


def check(text: str) -> ParsedQuery:
    """Check every property that holds for any text."""
    query = parse(text, TODAY)
    assert query.input == text
    check_spans(query)
    assert len(query.highlight_words) <= MAX_QUERY_WORDS
    if query.error is None:
        assert query.is_empty == (not text[:MAX_QUERY_LENGTH].strip())
        check_round_trip(query)
    return query


def check_spans(query: ParsedQuery) -> None:
    length = len(query.input)
    for item in iter_leaves(query.tree):
        first, last = item.leaf.span
        assert 0 <= first <= last <= length
        for word in getattr(item.leaf, "words", (item.leaf,)):
            if isinstance(word, Word):
                assert first <= word.span[0] < word.span[1] <= last
                token, *end_of_run = tokenize(query.input[slice(*word.span)])
                assert token.folded == word.folded
                assert all(is_part_of_run(each.folded) for each in end_of_run)
    for notice in (*query.notices, *((query.error,) if query.error else ())):
        assert notice.message
        assert notice.span is not None
        assert 0 <= notice.span[0] < notice.span[1] <= length


def check_round_trip(query: ParsedQuery) -> None:
    rendered = render(query.tree, query.input)
    if len(rendered) > MAX_QUERY_LENGTH:
        assert query.repaired == ""
        return
    assert query.embedding_text.encode().decode() == query.embedding_text, "no unpaired surrogate"
    again = parse(rendered, TODAY)
    assert again.tree == query.tree
    assert again.error is None
    assert again.repaired == ""
    if query.repaired:
        assert query.repaired == rendered != query.input
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
def test_any_mix_of_operators_is_a_query(text: str) -> None:
    check(text)


@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_generated_texts_are_queries(seed: int) -> None:
    for text in random_texts(1_000, seed=seed):
        check(text)


@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=[repr(text[:20]) for text in HOSTILE_TEXTS])
def test_a_hostile_text_is_a_query(text: str) -> None:
    check(text)


@given(st.text(alphabet="ab é\"+-  \n.'’()[]\\", max_size=40))
def test_no_word_is_lost(text: str) -> None:
    words: list[str] = []
    for item in iter_leaves(parse(text).tree):
        leaves = item.leaf.words if isinstance(item.leaf, Phrase) else (item.leaf,)
        words.extend(word.folded for word in leaves if isinstance(word, Word))
    without_signs = "".join(" " if sign in '"()' else sign for sign in text)
    assert sorted(words) == sorted(token.folded for token in tokenize(without_signs))


@given(QUERY_LIKE)
def test_every_clause_is_optional_required_or_excluded(text: str) -> None:
    query = parse(text)
    optional = len(query.optional_words)
    assert optional + len(list_required(query)) + len(list_excluded(query)) == len(query.clauses)
    assert not any(isinstance(node, Boost) and node.factor == 1 for node in query.clauses)
