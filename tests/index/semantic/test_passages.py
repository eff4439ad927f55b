"""Passages: together they have every word, each fits the encoder and ends at a sentence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.semantic.passages import MAX_HEADLINE_PIECES, MAX_PIECES, split_passages
from index.types.fields import Span
from tests.fakes import FakeEncoder, make_article

pieces = FakeEncoder("fake").find_word_pieces
MIN_LAST_PIECES = 16
"""A shorter last passage becomes part of the previous one."""
SENTENCES = st.lists(
    st.lists(st.sampled_from(["fog", "ferry", "d'eau", "3,5", "É", "🚢"]), max_size=60).map(
        " ".join
    ),
    max_size=14,
)
SEPARATORS = st.sampled_from([". ", "! ", "?” ", "\n\n", " ", "… "])


def find_letters(text: str) -> list[Span]:
    """Find pieces of one letter each, as a tokenizer that splits words does."""
    return [match.span() for match in re.finditer(r"\S", text)]


@given(SENTENCES, SEPARATORS, st.integers(0, 60), st.sampled_from([pieces, find_letters]))
def test_passages_cover_the_body_and_fit_the_encoder(
    sentences: list[str], between: str, headline_words: int, tokenizer: object
) -> None:
    find = find_letters if tokenizer is find_letters else pieces
    body = between.join(sentences)
    article = make_article(headline="Fog " * headline_words, body=body)
    passages = split_passages(article, find)
    assert passages
    last_end = 0
    missed = []
    for passage in passages:
        first, end = passage.span
        assert last_end <= first <= end <= len(body)
        missed.append(body[last_end:first])
        last_end = end
        assert body[first:end] in passage.text
        assert len(find(passage.text)) < MAX_PIECES + MIN_LAST_PIECES
    if find(body):
        missed.append(body[last_end:])
    assert "".join(missed).strip() == ""


def test_no_passage_exceeds_the_budget() -> None:
    article = make_article(headline="Fog at sea", body="ferry " * 1000)
    passages = split_passages(article, pieces)
    assert len(passages) > 6
    assert all(len(pieces(passage.text)) <= MAX_PIECES - 2 for passage in passages)


def test_every_passage_begins_with_the_headline() -> None:
    passages = split_passages(make_article(headline="Fog at sea", body="ferry " * 400), pieces)
    assert all(passage.text.startswith("Fog at sea. ferry") for passage in passages)


def test_a_long_headline_is_cut() -> None:
    (passage,) = split_passages(make_article(headline="fog " * 200, body="A ferry."), pieces)
    assert passage.text.count("fog") == MAX_HEADLINE_PIECES
    assert passage.text.endswith("A ferry.")


def test_a_short_article_is_one_passage() -> None:
    article = make_article(headline="Fog", body="A ferry waits.\n\nSo does its captain.")
    (passage,) = split_passages(article, pieces)
    assert passage.text == "Fog. A ferry waits.\n\nSo does its captain."
    assert passage.span == (0, len(article.body))


def test_a_passage_ends_at_the_end_of_a_sentence() -> None:
    body = " ".join(f"The ferry number {number} waits in the fog." for number in range(60))
    passages = split_passages(make_article(headline="Fog", body=body), pieces)
    assert len(passages) > 3
    assert all(body[: passage.span[1]].endswith("fog.") for passage in passages)
    assert all(body[passage.span[0] :].startswith("The ferry") for passage in passages)


def test_a_sign_off_is_part_of_the_previous_passage() -> None:
    body = " ".join(["word"] * 123) + ". (Reporting by I. Okafor)"
    passages = split_passages(make_article(headline="Fog", body=body), pieces)
    assert len(passages) == 1


@pytest.mark.parametrize(("headline", "body", "text"), [("Fog", "", "Fog"), ("", "\n ", "\n ")])
def test_without_a_body_the_headline_is_the_passage(headline: str, body: str, text: str) -> None:
    (passage,) = split_passages(make_article(headline=headline, body=body), pieces)
    assert (passage.text, passage.span) == (text, (0, 0))
