"""The analyzer: examples of every rule, and properties of text in six languages."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text.analysis import (
    LANGUAGES,
    Token,
    analyzer_languages,
    fold,
    fold_token,
    is_stopword,
    is_stopword_in_any,
    normalize_language,
    split_tokens,
    stem,
    strip_language,
    to_term,
    to_terms,
    tokenize,
)

LETTERS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "áéíóúüñÁÉÍÓÚÜÑ¿¡àâæçéèêëîïôœùûüÿÀÂÆÇÈÉÊËÎÏÔŒÙÛŸäöüßÄÖÜãõâêôçàÃÕìòùÌÒÙ"
    "0123456789 \t\n.,;:!?'’\"“”«»-–—+#&%$€()[]^/\\_"
)
SIX_LANGUAGES = st.text(alphabet=LETTERS, max_size=60)
ANY_TEXT = st.text(alphabet=st.characters(), max_size=60)


def folded(text: str) -> list[str]:
    return [token.folded for token in tokenize(text)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("São", "sao"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("naïve", "naive"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("cœur", "coeur"),
        ("İstanbul", "istanbul"),
        ("Москва", "москва"),
        ("ﬁre", "fire"),
    ],
)
def test_folding_removes_case_accents_and_ligatures(word: str, expected: str) -> None:
    assert fold(word) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'eau qu’il d'accord", ["eau", "il", "accord"]),
        ("dell'arte un'altra", ["arte", "altra"]),
        ("the bank's banks’", ["the", "bank", "banks"]),
        ("l'Oréal's", ["oreal"]),
        ("don't O'Brien", ["dont", "obrien"]),
        ("U.S. e.u. U.N.", ["us", "eu", "un"]),
        ("the U.S.A entered", ["the", "usa", "entered"]),
        ("1,500.75 and 3.5 of 2031", ["1500.75", "and", "3.5", "of", "2031"]),
        ("C++ c# F# C+", ["c++", "c#", "f#", "c"]),
        ("state-of-the-art under_score", ["state", "of", "the", "art", "under", "score"]),
        ("“Quoted,” she said — twice…", ["quoted", "she", "said", "twice"]),
        ("", []),
        ("'' -- ...", []),
    ],
)
def test_a_text_is_split_into_tokens(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


def test_spans_are_in_code_points() -> None:
    assert list(tokenize("🚢 Le ferry d’Åland")) == [
        Token("le", 2, 4),
        Token("ferry", 5, 10),
        Token("aland", 11, 18),
    ]


def test_a_long_token_is_cut_but_its_span_is_complete() -> None:
    (token,) = tokenize("x" * 500)
    assert (len(token.folded), token.start, token.end) == (64, 0, 500)


@given(SIX_LANGUAGES)
@example("U.S.A 1,5a C++a l'l's")
def test_the_text_of_a_span_gives_the_same_token(text: str) -> None:
    for token in tokenize(text):
        alone = list(tokenize(text[token.start : token.end]))
        assert alone == [Token(token.folded, 0, token.end - token.start)]


@given(SIX_LANGUAGES)
def test_spans_are_ordered_and_cover_every_letter_and_digit(text: str) -> None:
    tokens = list(tokenize(text))
    ends = [0, *(token.end for token in tokens)]
    between = [text[end : token.start] for end, token in zip(ends, tokens, strict=False)]
    assert all(token.start < token.end for token in tokens)
    assert not any(c.isalnum() for c in "".join([*between, text[ends[-1] :]]))


@given(ANY_TEXT)
@example("\ud800a\udfff \x00 \x1f")
@example("ﷺ ͺ ﹰ ^")
def test_a_token_is_one_word_for_any_text(text: str) -> None:
    for token in tokenize(text):
        assert 0 <= token.start < token.end <= len(text)
        assert 0 < len(token.folded) <= 64
        assert not any(c.isspace() or c in "^\x1f" for c in token.folded)


@given(ANY_TEXT)
@example("𝐌𝐨𝐬𝐜𝐨𝐰 ℌ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


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


@given(SIX_LANGUAGES, st.sampled_from(LANGUAGES))
@example("yes Youth ïle heureux skis dying señores über ärzte", "en")
def test_a_stem_and_its_word_begin_alike(text: str, language: str) -> None:
    for token in tokenize(text):
        assert stem(token.folded, language)[0] == token.folded[0]


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


@given(st.one_of(SIX_LANGUAGES, ANY_TEXT))
@example("ﷺ ͺ ﹰ U.S.A 1,5a C++a l'l's x" + "y" * 70)
def test_split_tokens_fold_to_the_tokens(text: str) -> None:
    words = [fold_token(raw) for raw in split_tokens(text)]
    assert [word for word in words if word] == folded(text)


def test_languages_with_an_analyzer() -> None:
    assert analyzer_languages(("es-AR", "xx", "en")) == ("en", "es")
    assert analyzer_languages(("und", "zh")) == ("en",)
    assert analyzer_languages(()) == ("en",)
