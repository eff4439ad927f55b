"""Matches and their weights: word forms, phrases, stop words, labels, no words."""

from pathlib import Path

import pytest

from index.lexical.ports import LexicalEngine
from index.query import parse
from tests.fakes import make_article
from tests.index.lexical.indexed import index_of, search


def test_a_headline_weighs_more(bm25_engine: LexicalEngine, tmp_path: Path) -> None:
    indexed = index_of(
        bm25_engine,
        tmp_path,
        make_article("body", headline="Quiet fog", body="Ferry news"),
        make_article("head", headline="Ferry fog", body="Quiet news"),
    )
    scores = search(indexed.index, parse("ferry"), None, enough=0)
    assert scores.values[1] > scores.values[0]


def test_the_form_as_typed_weighs_more(bm25_engine: LexicalEngine, tmp_path: Path) -> None:
    indexed = index_of(
        bm25_engine,
        tmp_path,
        make_article("other", headline="", body="strikes again"),
        make_article("typed", headline="", body="strike again"),
    )
    scores = search(indexed.index, parse("strike"), None, enough=0)
    assert scores.values[1] > scores.values[0]


def test_a_word_repeated_in_a_compound_scores_once(engine: LexicalEngine, tmp_path: Path) -> None:
    indexed = index_of(
        engine,
        tmp_path,
        make_article("word", headline="", body="communist trade"),
        make_article("joined", headline="", body="noncommunist trade"),
        make_article("neither", headline="", body="trade alone"),
    )
    once = search(indexed.index, parse("communist trade"), None, enough=0)
    repeated = search(indexed.index, parse("communist trade communist"), None, enough=0)
    assert repeated.values.tolist() == once.values.tolist()
    compound = parse("communist trade non-communist")
    (terms,) = indexed.index.explain(compound, [0])
    assert [match.term for match in terms] == ["communist", "trade"]
    assert indexed.rows("communist non-communist", enough=9) == {0, 1}


def test_a_phrase_does_not_cross_from_headline_into_body(
    engine: LexicalEngine, tmp_path: Path
) -> None:
    indexed = index_of(
        engine,
        tmp_path,
        make_article("over", headline="Fog stops ferry", body="Captain waits"),
        make_article("inside", headline="Fog", body="The ferry captain waits"),
    )
    assert indexed.rows('"ferry captain"') == {1}


def test_a_phrase_is_unstemmed_and_in_order(engine: LexicalEngine, tmp_path: Path) -> None:
    indexed = index_of(
        engine,
        tmp_path,
        make_article("1", headline="", body="the night shifts began"),
        make_article("2", headline="", body="the night shift began"),
        make_article("3", headline="", body="shifts night"),
        make_article("4", headline="", body="night and day shifts"),
        make_article("5", headline="", body="very very night shifts"),
    )
    assert indexed.rows('"night shifts"') == {0, 4}
    assert indexed.rows('"very very"') == {4}
    assert indexed.rows('"shifts"') == {0, 2, 3, 4}
    assert indexed.rows('night -"night shifts"', enough=9) == {1, 2, 3}
    assert indexed.rows('"night whale"') == set()


def test_stop_words_are_never_needed(engine: LexicalEngine, tmp_path: Path) -> None:
    indexed = index_of(
        engine,
        tmp_path,
        make_article("1", headline="", body="a ferry in the fog"),
        make_article("2", headline="", body="ferry fog"),
        make_article("3", headline="", body="the cat in the hat"),
    )
    assert indexed.rows("the ferry in the fog") == {0, 1}
    assert indexed.rows("the", enough=9) == {0, 2}
    assert indexed.rows("+the ferry") == {0}


def test_long_queries_need_two_words(engine: LexicalEngine, tmp_path: Path) -> None:
    indexed = index_of(
        engine,
        tmp_path,
        make_article("1", headline="", body="ferry fog"),
        make_article("2", headline="", body="ferry"),
        make_article("3", headline="", body="harbour storm fire"),
    )
    assert indexed.rows("ferry fog storm fire whale") == {0, 2}
    assert indexed.rows("ferry fog storm fire") == set()
    assert indexed.rows("ferry fog storm fire", enough=3) == {0, 1, 2}


def test_accents_do_not_matter(engine: LexicalEngine, tmp_path: Path) -> None:
    indexed = index_of(
        engine, tmp_path, make_article("1", headline="", body="El volcán de São Jorge")
    )
    assert indexed.rows("volcan sao", enough=0) == {0}


def test_place_author_and_subject_match(engine: LexicalEngine, tmp_path: Path) -> None:
    article = make_article(
        "1", by="Ines Okafor", located="Skerrow", slugline="FERRY-FOG", subjects=("transport",)
    )
    indexed = index_of(engine, tmp_path, article)
    for word in ("okafor", "skerrow", "fog", "transport"):
        assert indexed.rows(word) == {0}


def test_no_articles_at_all(engine: LexicalEngine, tmp_path: Path) -> None:
    assert index_of(engine, tmp_path).rows("ferry") == set()


def test_articles_without_a_word(engine: LexicalEngine, tmp_path: Path) -> None:
    indexed = index_of(engine, tmp_path, make_article("1", headline="", body=""))
    assert indexed.rows("ferry") == set()
    assert indexed.index.term_matrix().shape[0] == 1


@pytest.mark.parametrize("body", ["", "The", "…"])
def test_an_article_without_a_word_leaves_the_scores_of_others(
    bm25_engine: LexicalEngine, tmp_path: Path, body: str
) -> None:
    indexed = index_of(
        bm25_engine,
        tmp_path,
        make_article("1", headline="", body=body),
        make_article("2", headline="", body="ferry"),
    )
    scores = search(indexed.index, parse("ferry"), None, enough=0)
    assert scores.rows.tolist() == [1]
    assert 0.5 < scores.values[0] < 5
