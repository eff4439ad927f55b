"""What a model can read, whatever the kind of its tokenizer."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from index.semantic.onnx_encoder import find_unknown
from index.semantic.reading import is_readable

WORDS = st.lists(st.tuples(st.sampled_from(["ferry", "1945", "!", "รถ", "🦉"]), st.booleans()))


def is_read(*words: tuple[str, bool]) -> bool:
    text, pieces = "", []
    for word, is_known in words:
        pieces.append(((len(text), len(text) + len(word)), is_known))
        text += f"{word} "
    return is_readable(text, pieces)


@given(WORDS)
def test_what_is_known_completely_is_read_and_more_known_words_never_hurt(
    words: list[tuple[str, bool]],
) -> None:
    assert is_read(*((word, True) for word, _ in words))
    if is_read(*words):
        assert is_read(*words, ("ferry", True))


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ([("รถไฟ", False)], False),
        ([("โควิด", False), ("19", True)], False),
        ([("โควิด", False), ("a", True)], False),
        ([("peace", True), ("ሰላም", False)], True),
        ([("!", True)], True),
        ([], True),
    ],
)
def test_letters_count_and_digits_and_signs_do_not(
    words: list[tuple[str, bool]], read: bool
) -> None:
    assert is_read(*words) == read


@pytest.mark.parametrize(
    ("model", "unknown"),
    [
        (models.WordPiece({"a": 0, "[UNK]": 1}, unk_token="[UNK]"), 1),
        (models.WordLevel({"?": 0, "a": 1}, unk_token="?"), 0),
        (models.Unigram([("a", -1.0), ("<unk>", 0.0)], 1, False), 1),
        (models.BPE({"a": 0, "b": 1}, []), None),
    ],
)
def test_the_unknown_token_of_every_kind_of_tokenizer(model: Any, unknown: int | None) -> None:
    assert find_unknown(Tokenizer(model)) == unknown
