from hypothesis import given
from hypothesis import strategies as st

from archive.wire.text import (
    blocks_to_paragraphs,
    clean_text,
    ends_sentence,
    split_blocks,
    to_single_line,
)


def _read(text: str) -> list[str]:
    return blocks_to_paragraphs(split_blocks(clean_text(text)))


def test_only_blank_lines_end_paragraphs() -> None:
    assert _read("one\ntwo\n \t\n\nthree\r\n\r\nfour") == ["one two", "three", "four"]


def test_long_lines_that_end_sentences_are_paragraphs() -> None:
    line = "This is a sentence that nobody has wrapped, for it is far longer than any column was."
    assert _read(f"{line}\n{line}\n{line}") == [line] * 3


def test_short_lines_are_joined() -> None:
    assert _read("A line.\nAnother line.\nA third.") == ["A line. Another line. A third."]


def test_control_characters_are_removed() -> None:
    assert clean_text("a\x00b\x07c\ud800d\ufeff\te\x85f") == "abcd\te\nf"
    assert to_single_line(" a\x0b b\n c ") == "a b c"


def test_sentence_ends() -> None:
    assert ends_sentence("He said so.\u201d")
    assert not ends_sentence("He said so")


@given(st.text())
def test_paragraphs_have_every_word_in_order(text: str) -> None:
    assert " ".join(_read(text)).split() == clean_text(text).split()


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
