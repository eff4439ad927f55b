"""Folding: the form of a word by which it is found."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text.folding import fold

ANY_TEXT = st.text(alphabet=st.characters(), max_size=60)


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
        ("Việt", "viet"),
        ("Ёлка", "елка"),
        ("Київ", "київ"),
        ("мой", "мой"),
        ("ガラス", "ガラス"),
        ("किताब", "किताब"),
        ("أكاديمية", "اكاديمية"),
        ("Ἀθῆναι", "αθηναι"),
    ],
)
def test_folding_removes_case_accents_and_ligatures(word: str, expected: str) -> None:
    assert fold(word) == expected


@given(ANY_TEXT)
@example("𝐌𝐨𝐬𝐜𝐨𝐰 ℌ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
