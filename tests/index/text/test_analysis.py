"""The analyzer: examples of every rule, and properties of text in six languages."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text.analysis import (
    LANGUAGES,
    LANGUAGES_OF_CHANGED_BEGINNINGS,
    analyzer_languages,
    is_stopword,
    is_stopword_in_any,
    normalize_language,
    stem,
    strip_language,
    to_term,
    to_terms,
)
from index.text.tokens import tokenize

LETTERS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "áéíóúüñÁÉÍÓÚÜÑ¿¡àâæçéèêëîïôœùûüÿÀÂÆÇÈÉÊËÎÏÔŒÙÛŸäöüßÄÖÜãõâêôçàÃÕìòùÌÒÙ"
    "0123456789 \t\n.,;:!?'’\"“”«»-–—+#&%$€()[]^/\\_"
)
SIX_LANGUAGES = st.text(alphabet=LETTERS, max_size=60)
ANY_TEXT = st.text(alphabet=st.characters(), max_size=60)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["ferry ferries", "striking strikes", "nurse nurses"])
def test_stemming_never_raises_and_returns_a_word(language: str, words: str) -> None:
    assert all(stem(word, language) for word in words.split())


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "striking", "strikes"),
        ("es", "huelgas", "huelga"),
        ("fr", "greves", "greve"),
        ("de", "streiks", "streik"),
        ("pt", "navios", "navio"),
        ("it", "scioperi", "sciopero"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language)


@given(SIX_LANGUAGES, st.sampled_from(sorted({*LANGUAGES} - LANGUAGES_OF_CHANGED_BEGINNINGS)))
@example("yes Youth ïle heureux skis dying señores über ärzte", "en")
def test_a_stem_and_its_word_begin_alike(text: str, language: str) -> None:
    for token in tokenize(text):
        assert stem(token.folded, language)[0] == token.folded[0]


@given(ANY_TEXT, st.sampled_from(LANGUAGES))
@example("αγα ηκα", "el")
def test_no_stem_is_empty(text: str, language: str) -> None:
    assert all(stem(token.folded, language) for token in tokenize(text))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("eo", "cxevalo", "ĉevalo"), ("sr", "Чешка", "Češka"), ("sr", "школа", "škola")],
)
def test_the_ways_to_write_a_word_share_a_stem(language: str, one: str, other: str) -> None:
    (first,), (second,) = tokenize(one), tokenize(other)
    assert stem(first.folded, language) == stem(second.folded, language)


def test_a_language_without_a_stemmer_returns_the_word() -> None:
    assert stem("ferries", "und") == "ferries"
    assert to_term("ferries", "und") == "ferries"


def test_a_term_belongs_to_its_language() -> None:
    assert to_term("policy", "en") == "en:polici"
    assert to_term("policia", "es") == "es:polici"
    assert strip_language(b"en:polici") == b"polici"
    assert strip_language(b"polici") == b"polici"


def test_the_terms_of_a_word_are_its_stems_and_itself() -> None:
    assert to_terms("strikes", ("en", "es")) == ("en:strike", "es:strik", "strikes")
    assert to_terms("strikes", ()) == ("strikes",)


@given(ANY_TEXT, st.sampled_from(["en", "es", "und"]))
def test_no_word_equals_a_term_with_a_language(text: str, language: str) -> None:
    for token in tokenize(text):
        assert ":" not in token.folded
        assert to_term(token.folded, language) in to_terms(token.folded, LANGUAGES)


def test_a_stop_word_is_one_in_all_languages() -> None:
    assert is_stopword("the", ("en",))
    assert not is_stopword("the", ("en", "es"))
    assert is_stopword("a", ("en", "es", "fr"))
    assert is_stopword("the", ("en", "xx"))
    assert not is_stopword("the", ())


def test_a_stop_word_in_any_language() -> None:
    assert is_stopword_in_any("the", ("en", "es"))
    assert not is_stopword_in_any("the", ("es", "xx"))
    assert not is_stopword_in_any("the", ())


def test_a_language_tag_is_normalized() -> None:
    assert [normalize_language(tag) for tag in ("pt-BR", "EN", "und")] == ["pt", "en", "und"]


def test_languages_with_an_analyzer() -> None:
    assert analyzer_languages(("es-AR", "xx", "en")) == ("en", "es")
    assert analyzer_languages(("und", "zh")) == ("en",)
    assert analyzer_languages(()) == ("en",)
