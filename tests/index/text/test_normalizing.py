"""Normalizing: what it changes, and the way back to the text as written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.normalizing import normalize, normalize_text, protect_query
from index.text.tokens import tokenize

ANY_TEXT = st.text(alphabet=st.characters(), max_size=40)
PIECES = st.lists(
    st.sampled_from(
        [
            "a",
            "e\u0301",
            "\u00ad",
            "\u200b",
            "’",
            "ﾀﾞ",
            "Ｆ",
            "J. K.",
            "2\u202f400",
            'ו"ר',
            " ",
            "دَ",
            "\u200d",
        ]
    ),
    max_size=12,
).map("".join)


@given(st.one_of(ANY_TEXT, PIECES), st.sampled_from(["", "en", "de"]))
def test_spans_and_text_agree_for_any_text(text: str, language: str) -> None:
    normalized = normalize(text, language)
    assert normalized.text == normalize_text(text, language)
    spans = [normalized.to_original(n, n + 1) for n in range(len(normalized.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)


@given(st.one_of(ANY_TEXT, PIECES))
def test_composed_and_decomposed_texts_have_the_same_words(text: str) -> None:
    composed, decomposed = (
        [token.folded for token in tokenize(unicodedata.normalize(form, text))]
        for form in ("NFC", "NFD")
    )
    assert composed == decomposed


@given(st.text(alphabet="ferrybéñ 7", max_size=20), st.data())
def test_invisible_characters_change_no_word(text: str, data: st.DataObject) -> None:
    places = data.draw(st.sets(st.integers(0, len(text)), max_size=4))
    invisible = data.draw(
        st.sampled_from(["\u00ad", "\u200b", "\ufeff", "\u2060", "\u200e", "\u200d"])
    )
    hidden = "".join(
        (invisible if place in places else "") + char for place, char in enumerate(f"{text} ")
    )
    assert [token.folded for token in tokenize(hidden)] == [t.folded for t in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("La le\u0301gende", "le\u0301gende"),
        ("Die Ver\u00adkehrs\u00adwende beginnt", "Ver\u00adkehrs\u00adwende"),
        ("in مَدْرَسَةٌ here", "مَدْرَسَةٌ"),
        ("by J. K. Tarrow", "J. K."),
    ],
)
def test_a_word_is_marked_where_it_is_written(text: str, marked: str) -> None:
    assert marked in [text[token.start : token.end] for token in tokenize(text)]


@given(st.one_of(ANY_TEXT, PIECES))
def test_a_protected_query_has_the_same_length_and_words(text: str) -> None:
    protected = protect_query(text)
    assert len(protected) == len(text)
    assert [t.folded for t in tokenize(protected)] == [t.folded for t in tokenize(text)]
