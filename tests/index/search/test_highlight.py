"""Snippets: marks that lie in the text and on words of the query, windows that show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article
from index.query import parse
from index.search.highlight import Highlighter
from index.search.snippet_window import LENGTH
from index.text.analysis import LANGUAGES, to_terms
from index.text.tokens import tokenize
from index.types.search import Snippet
from tests.fakes import make_article

HOSTILE = st.text(alphabet="ferryFÉ stikes<>&'\"’.\n\t \x00\x1f🚢é­", max_size=400)
FILLER = "The morning was calm and nothing else was worth a line of print. "


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[first:last] for first, last in snippet.marks]


def snippet(query: str, body: str, *, languages: tuple[str, ...] = ("en",)) -> Snippet:
    return Highlighter(parse(query), languages).mark(make_article(headline="", body=body))[1]


def check(found: Snippet, query: str) -> None:
    wanted = [word.folded for word in parse(query).highlight_words]
    forms = {form for word in wanted for form in to_terms(word, LANGUAGES)}
    last_end = 0
    for first, last in found.marks:
        assert last_end <= first < last <= len(found.text)
        last_end = last
        (token,) = tokenize(found.text[first:last])
        assert forms & set(to_terms(token.folded, LANGUAGES))


@given(HOSTILE, st.sampled_from(["ferry", "strikes", '"é ferry" ++', "f e r", "🚢", ""]))
def test_marks_lie_in_the_text_on_words_of_the_query(body: str, query: str) -> None:
    highlighter = Highlighter(parse(query), LANGUAGES)
    article = make_article(headline=body[:60], body=body)
    headline, found = highlighter.mark(article)
    check(headline, query)
    check(found, query)
    assert headline.text == article.headline
    assert len(found.text) <= LENGTH + 2


@given(HOSTILE)
def test_a_snippet_is_a_piece_of_the_body(body: str) -> None:
    found = snippet("ferry strike", body)
    flat = "".join(" " if c.isspace() else c for c in body)
    assert found.text.strip("…") in flat


def test_every_form_of_a_word_is_marked() -> None:
    found = snippet("striking nurse", "The nurses’ strike: a Nurse strikes. Nursery, NURSE's.")
    assert marked(found) == ["nurses", "strike", "Nurse", "strikes", "NURSE's"]


def test_accents_are_marked_as_found() -> None:
    assert marked(snippet("sao", "Em São Paulo")) == ["São"]


def test_stop_words_are_marked_only_where_nothing_else_is_asked() -> None:
    assert marked(snippet("the ferry", "The ferry the fog")) == ["ferry"]
    assert marked(snippet("the", "The ferry the fog")) == ["The", "the"]


def test_excluded_words_are_not_marked() -> None:
    assert marked(snippet("ferry -fog", "The ferry and the fog")) == ["ferry"]


def test_a_late_match_is_shown() -> None:
    found = snippet("ferry", FILLER * 40 + "Then a ferry sank. " + FILLER * 40)
    assert marked(found) == ["ferry"]
    assert LENGTH // 2 < len(found.text) <= LENGTH + 1
    assert found.text.startswith("Then a ferry sank. The morning")


def test_the_window_with_most_different_words_wins() -> None:
    body = FILLER + "Ferry, ferry, ferry. " + FILLER * 20 + "The ferry leaks fuel. " + FILLER * 9
    assert marked(snippet("ferry fuel", body)) == ["ferry", "fuel"]


def test_the_passage_is_shown_where_no_word_matches() -> None:
    body = FILLER * 20 + "Mercenaries train soldiers. " + FILLER * 20
    start = body.index("Mercenaries")
    highlighter = Highlighter(parse("hired fighters"), ("en",))
    found = highlighter.mark(make_article(body=body), (start, start + 27))[1]
    assert "Mercenaries train soldiers." in found.text
    assert found.marks == ()


def test_a_word_that_matches_wins_over_the_passage() -> None:
    body = "A ferry sank. " + FILLER * 20 + "Mercenaries train soldiers."
    highlighter = Highlighter(parse("ferry"), ("en",))
    found = highlighter.mark(make_article(body=body), (len(body) - 27, len(body)))[1]
    assert marked(found) == ["ferry"]


def test_without_a_match_or_a_passage_the_beginning_is_shown() -> None:
    found = snippet("whale", FILLER * 10)
    assert found.text.startswith("The morning was calm")
    assert len(found.text) <= LENGTH + 1


def test_a_snippet_that_begins_within_a_sentence_says_so() -> None:
    long = "and nothing else was worth a line of print " * 20
    found = snippet("ferry", f"It began {long}when the ferry sank {long}in the end.")
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert marked(found) == ["ferry"]


def test_what_ends_with_its_sentence_has_no_ellipsis() -> None:
    assert snippet("ferry", "A ferry sank.").text == "A ferry sank."
    assert snippet("ferry", "A ferry sank without an end").text == "A ferry sank without an end"
    paragraph = "Then a ferry sank off the cape, where " + "very " * 30 + "many had sunk"
    found = snippet("ferry", f"{FILLER * 9}\n\n{paragraph}.\n\n{'Long after that it ' * 20}")
    assert found.text.startswith("Then a ferry")
    found = snippet("ferry", f"{paragraph}\n{'x' * 400}")
    assert found.text == paragraph


def test_white_space_is_flat_and_marks_keep_their_places() -> None:
    found = snippet("fog", "One.\n\nTwo\tferry\r\nfog")
    assert found == Snippet(text="One.  Two ferry  fog", marks=((17, 20),))


def test_the_articles_own_language_stems_its_words() -> None:
    article = Article(uri="a", headline="Huelgas", body="Las huelgas", language="es")
    found = Highlighter(parse("huelga"), ("en", "es")).mark(article)[1]
    assert marked(found) == ["huelgas"]


def test_another_languages_word_of_the_same_stem_is_not_marked() -> None:
    highlighter = Highlighter(parse("policy"), ("en", "es"))
    spanish = make_article(body="La policía y la policy", language="es")
    english = make_article(body="Policies of the policía", language="en")
    assert marked(highlighter.mark(spanish)[1]) == ["policy"]
    assert marked(highlighter.mark(english)[1]) == ["Policies"]


def test_an_empty_body_is_an_empty_snippet() -> None:
    assert snippet("ferry", "") == Snippet(text="", marks=())


@pytest.mark.parametrize("body", ["会议在首都举行各国代表出席" * 60, "ประชุมที่เมืองหลวง" * 60])
def test_a_text_without_blanks_fills_its_snippet(body: str) -> None:
    assert len(snippet("whale", body).text) > LENGTH // 2


def test_words_that_a_pattern_stands_for_are_marked() -> None:
    body = "Ferries, a ferry and the Ferrari; the fairy sailed, ships did not."
    assert marked(snippet("ferr*", body)) == ["Ferries", "ferry", "Ferrari"]
    assert marked(snippet("fe*y", body)) == ["ferry"]
    assert marked(snippet("férry~", body)) == ["ferry"]
    assert marked(snippet("fairy~ -ship", body)) == ["fairy"]
    assert marked(snippet("title:ferry by:sailed", body)) == ["Ferries", "ferry"]
