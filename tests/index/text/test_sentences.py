"""Sentences: where they begin and end, in any script, after abbreviations and numbers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.sentences import REACH, find_end, find_start

SPLIT = (
    "Mr. Smith of the U.S. Senate paid 2.5 million. | He left.",
    "It was Dr. No. 5, said Lt. Gov. Ann Hill. | She stayed.",
    "They live in the U.S. | The rest moved to St. Petersburg.",
    "Acme Inc. sold 3. | The buyer was J. K. Marlow Ltd. | It paid.",
    "“Stop!” he said. | “Why?” | Nobody knew… and nobody asked.",
    "Am 3. Oktober kam Dr. Meier. | Er blieb bis zum 5. November.",
    "¿Quién? | ¡Nadie! | El Sr. Gómez llegó a las 3.30 h. | Se fue.",
    "会议在首都举行。| 各国代表出席！| 「好。」| 他说。",
    "القمة انتهت؟ | نعم۔ | انتهت",
    "Yahoo! is up. | A line without an end\n| Another.",
)


def split(text: str) -> list[str]:
    starts = [place for place in range(len(text)) if find_start(text, place) == place]
    return [text[start : find_end(text, start)] for start in starts if text[start].strip()]


@pytest.mark.parametrize("marked", SPLIT)
def test_a_text_is_split_where_its_sentences_end(marked: str) -> None:
    text = marked.replace("| ", "").replace("|", "")
    assert split(text) == [sentence.strip() for sentence in marked.split("|")]


@given(st.text(alphabet="aB .!?\n。”…5", max_size=60), st.data())
def test_a_place_is_within_its_sentence(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    start, end = find_start(text, place), find_end(text, place)
    assert start is not None
    assert end is not None
    assert start <= place <= end <= len(text)


@given(st.lists(st.sampled_from(["A word. ", "Mr. B said so! ", "会。", "No end\n"]), max_size=9))
def test_sentences_follow_each_other(pieces: list[str]) -> None:
    text = "".join(pieces)
    places = [place for place in range(len(text)) if not text[place].isspace()]
    for one, other in pairwise(places):
        first, second = find_start(text, one), find_start(text, other)
        assert first == second or (second is not None and second > one)


def test_only_the_surroundings_are_read() -> None:
    text = "word " * REACH
    assert find_start(text, 2 * REACH) is None
    assert find_end(text, 2 * REACH) is None
    assert find_start(text, REACH // 2) == 0
    assert find_end(text, len(text) - 9) == len(text)
