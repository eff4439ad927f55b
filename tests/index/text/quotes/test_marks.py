"""Quotation marks of every shape: what they enclose, and what has no pair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.quotes.marks import find_quotations


def find(text: str) -> list[list[str]]:
    return [[text[slice(*piece)] for piece in q.pieces] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said: "It is late." Then he left.', [["It is late."]]),
        ("He said: “It is late.” Then he left.", [["It is late."]]),
        ("Er sagte: „Es ist spät.“ Dann ging er.", [["Es ist spät."]]),
        ("Er sagte: „Es ist spät.” Dann ging er.", [["Es ist spät."]]),
        ("Er sagte: »Es ist spät.« Dann ging er.", [["Es ist spät."]]),
        ("Il a dit : « Il est tard. » Puis rien.", [["Il est tard."]]),
        ("Il a dit : «\u00a0Il est tard.\u00a0» Puis rien.", [["Il est tard."]]),
        ("Han sade: ”Det är sent.” Sedan gick han.", [["Det är sent."]]),
        ("He said: ``It is late.'' Then he left.", [["It is late."]]),
        ("‘It’s the dogs’ fault,’ he said.", [["It’s the dogs’ fault,"]]),
        ("It's the dogs' fault, and the '80s were worse.", []),
        (
            "“He told me ‘no’ and “never” twice,” she said.",
            [["He told me ‘no’ and “never” twice,"]],
        ),
        (
            "« Il a dit “non”, puis « jamais » », raconte-t-elle.",
            [["Il a dit “non”, puis « jamais »"]],
        ),
        ('A 12" pipe, and no quotation.', []),
        ("“An opening mark alone.\n\nNothing more.", []),
        ('"An opening mark alone.\n\nThen "a pair" follows.', [["a pair"]]),
    ],
)
def test_what_the_marks_of_a_text_enclose(text: str, expected: list[list[str]]) -> None:
    assert find(text) == expected


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "«»"])
def test_a_quotation_goes_on_where_the_opening_mark_is_repeated(opening: str, closing: str) -> None:
    text = f"He said: {opening}One.\n\n{opening}Two.\n\n{opening}Three.{closing} Then he left."
    assert find(text) == [["One.", "Two.", "Three."]]


def test_it_goes_on_in_a_text_that_lost_its_paragraphs_too() -> None:
    text = '"We waited. "Nobody came. "We left," he said. "It was late."'
    assert find(text) == [["We waited.", "Nobody came.", "We left,"], ["It was late."]]


def test_a_closing_mark_may_open_the_next_paragraph_as_in_spanish() -> None:
    assert find("Dijo: «Uno.\n\n»Dos». Y se fue.") == [["Uno.", "Dos"]]


@given(st.text(alphabet="ab \n.,?\"“”„«»‘’'`", max_size=60))
def test_pieces_are_in_order_within_their_marks_and_never_blank(text: str) -> None:
    end = 0
    for quotation in find_quotations(text):
        assert end <= quotation.left < quotation.right
        end = quotation.right
        place = quotation.left
        for start, stop in quotation.pieces:
            assert place < start < stop <= quotation.right
            assert text[start:stop].strip() == text[start:stop] != ""
            place = stop


@given(st.text(alphabet="abc .,é", min_size=1, max_size=40).filter(lambda s: s.strip()))
def test_a_text_between_marks_is_found_whole(words: str) -> None:
    assert find(f"x “{words}” y") == [[words.strip()]]
