"""Tokens: every rule that splits a text, and the forms by which a word is found."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text.token_patterns import is_part_of_run
from index.text.tokens import Token, analyze_token, split_tokens, tokenize

LETTERS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "áéíóúüñÁÉÍÓÚÜÑ¿¡àâæçéèêëîïôœùûüÿÀÂÆÇÈÉÊËÎÏÔŒÙÛŸäöüßÄÖÜãõâêôçàÃÕìòùÌÒÙ"
    "0123456789 \t\n.,;:!?'’\"“”«»-–—+#&%$€()[]^/\\_"
)
SIX_LANGUAGES = st.text(alphabet=LETTERS, max_size=60)
SCRIPTS = st.text(
    alphabet="aé5'-. \n،ダムが北京图书馆โรงเรียนक़िताبمَدْ가울יו״ר🦉👩\u200d\u00ad\u0301\u3099€",
    max_size=30,
)
ANY_TEXT = st.text(alphabet=st.characters(), max_size=60)


def folded(text: str) -> list[str]:
    return [token.folded for token in tokenize(text)]


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
        Token("🚢", 0, 1),
        Token("le", 2, 4),
        Token("ferry", 5, 10),
        Token("aland", 11, 18, ("aaland",)),
    ]


def test_a_long_token_is_cut_but_its_span_is_complete() -> None:
    (token,) = tokenize("x" * 500)
    assert (len(token.folded), token.start, token.end) == (64, 0, 500)


@given(SIX_LANGUAGES)
@example("U.S.A 1,5a C++a l'l's AT&T 2,400km J. K. x")
def test_the_text_of_a_span_gives_the_same_token(text: str) -> None:
    for token in tokenize(text):
        (alone,) = tokenize(text[token.start : token.end])
        assert alone[:3] == (token.folded, 0, token.end - token.start)


@given(SIX_LANGUAGES)
def test_spans_are_ordered_and_cover_every_letter_and_digit(text: str) -> None:
    tokens = list(tokenize(text))
    ends = [0, *(token.end for token in tokens)]
    between = [text[end : token.start] for end, token in zip(ends, tokens, strict=False)]
    assert all(token.start < token.end for token in tokens)
    assert not any(c.isalnum() for c in "".join([*between, text[ends[-1] :]]))


@given(st.one_of(ANY_TEXT, SCRIPTS))
@example("\ud800a\udfff \x00 \x1f")
@example("ﷺ ͺ ﹰ ^")
def test_a_token_is_one_word_for_any_text(text: str) -> None:
    for token in tokenize(text):
        assert 0 <= token.start < token.end <= len(text)
        for form in (token.folded, *token.also):
            assert 0 < len(form) <= 64
            assert not any(c.isspace() or c in "^:\x1f" for c in form)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("COVID-19", "covid19"),
        ("F-16", "F16"),
        ("e-mail", "email"),
        ("J. K. Tarrow", "J.K. Tarrow"),
        ("node.js", "nodejs"),
        ("Müller", "Mueller"),
        ("Jørgen", "Joergen"),
        ("İzmir'de", "İzmir"),
        ("Oʻahu", "Oahu"),
        ("O'ahu", "Oʻahu"),
        ("O`Hara", "O’Hara"),
        ('יו"ר', "יו״ר"),
        ("Désolation", "De\u0301solation"),
        ("Ver\u00adkehrs\u00adwende", "Verkehrswende"),
        ("lake\u200bside", "lakeside"),
        ("مَدْرَسَةٌ", "مدرسة"),
        ("مـــدرسة", "مدرسة"),
        ("می\u200cخواهم", "میخواهم"),
        ("ﾀﾞﾑ", "ダム"),
        ("Ｆ１６", "F16"),
        ("٢٠٢٣", "2023"),
        ("ёлка", "елка"),
        ("€5bn", "5bn"),
        ("€5bn", "€5"),
        ("2,400m", "2400m"),
        ("18,000m", "18,000"),
        ("2,7", "2.7"),
        ("2'400", "2400"),
        ("2\u202f400", "2400"),
        ("1.234.567", "1,234,567"),
        ("2.400", "2400"),
        ("👋🏽", "👋"),
        ("U.S.", "US"),
    ],
)
def test_two_spellings_share_a_form(one: str, other: str) -> None:
    for words, others in ((one, other), (other, one)):
        pairs = zip(*([*tokenize(text)] for text in (words, others)), strict=False)
        for word, match in pairs:
            assert {word.folded, *word.also} & {match.folded, *match.also}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ガラス", "カラス"),
        ("किताब", "कताब"),
        ("โรงเรียน", "โรงเรยน"),
        ("мой", "мои"),
        ("2,7", "27"),
        ("10-15", "1015"),
        ("end.The", "endthe"),
        ("C++", "C"),
    ],
)
def test_different_words_share_no_form(one: str, other: str) -> None:
    words, others = (
        {form for token in tokenize(text) for form in (token.folded, *token.also)}
        for text in (one, other)
    )
    assert words != others
    assert not words >= others


def test_an_articles_language_tells_thousands_from_decimals() -> None:
    text = "2.400 and 2,400 and 2,75"
    assert [t.folded for t in tokenize(text, "de")][::2] == ["2400", "2.400", "2.75"]
    assert [t.folded for t in tokenize(text, "en")][::2] == ["2.400", "2400", "2.75"]
    assert all(not token.also for token in tokenize(text, "en"))


def test_a_query_has_both_readings_of_a_number() -> None:
    assert [(t.folded, t.also) for t in tokenize("2.400 2,400")] == [
        ("2.400", ("2400",)),
        ("2400", ("2.400",)),
    ]


def test_a_list_of_numbers_is_no_number() -> None:
    assert [token.folded for token in tokenize("1,2,3")] == ["1", "2", "3"]


def test_an_acronym_is_also_found_in_capitals() -> None:
    assert [token.also for token in tokenize("the US sent us")] == [(), ("US",), (), ()]


@pytest.mark.parametrize("text", ["THEY TOLD US EVERYTHING", "a banner read GIVE US MORE today"])
def test_a_word_of_a_sentence_in_capitals_is_no_acronym(text: str) -> None:
    assert all(not token.also for token in tokenize(text))


def test_a_run_without_spaces_is_split_into_pairs() -> None:
    assert [(t.folded, t.start, t.end) for t in tokenize("在北京。")] == [
        ("在北", 0, 2),
        ("北京", 1, 3),
        ("京", 2, 3),
    ]


@given(st.text(alphabet="北京图书馆ガラスโรงเรียน서울에서", min_size=1, max_size=12), st.data())
def test_any_part_of_a_run_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    words = [token.folded for token in tokenize(part)]
    last, before = words[-1], words[:-1]
    forms = [{token.folded, *token.also} for token in tokenize(text, "zh")]
    windows = (forms[n : n + len(words)] for n in range(len(forms)))
    assert any(
        all(word in form for word, form in zip(before, window, strict=False))
        and len(window) == len(words)
        and any(form[:1] == last[:1] for form in window[-1])
        for window in windows
    )


@given(st.one_of(SIX_LANGUAGES, SCRIPTS, ANY_TEXT), st.sampled_from(["en", "de", "ar", "und"]))
@example("ﷺ ͺ ﹰ U.S.A 1,5a C++a l'l's x" + "y" * 70, "en")
def test_raw_tokens_have_the_words_of_the_tokens(text: str, language: str) -> None:
    words = [
        (word.folded, word.also)
        for raw in split_tokens(text, language)
        for word in analyze_token(raw, is_query=False)
    ]
    assert words == [(token.folded, token.also) for token in tokenize(text, language)]


def test_parts_of_runs_are_told_from_words() -> None:
    assert [is_part_of_run(form) for form in ("北京", "서울", "北", "ferry", "🦉")] == [
        True,
        True,
        True,
        False,
        False,
    ]
