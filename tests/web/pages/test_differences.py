"""Differences between two versions."""

from hypothesis import given
from hypothesis import strategies as st

from web.pages.differences import Difference, Piece, compare_texts

PARAGRAPHS = st.lists(st.text(st.sampled_from("ab c.\n"), max_size=20), max_size=6)
EARLIER = ("A ferry ran aground.", "Nine people were hurt.", "The tide was low.")
LATER = ("A ferry ran aground.", "Ten people were hurt.", "A tug came.", "The tide was low.")


def test_words_and_paragraphs() -> None:
    same, changed, added, last = compare_texts(EARLIER, LATER)
    assert (same.kind, added.kind, last.kind) == ("same", "added", "same")
    assert changed == Difference(
        "changed",
        (Piece("removed", "Nine"), Piece("added", "Ten"), Piece("same", " people were hurt.")),
    )
    assert added.pieces == (Piece("added", "A tug came."),)


def test_paragraphs_without_common_words_are_removed_and_added() -> None:
    kinds = [each.kind for each in compare_texts(("The tide was low.",), ("Ten?",))]
    assert kinds == ["removed", "added"]


@given(PARAGRAPHS, PARAGRAPHS)
def test_both_versions_can_be_read_from_the_pieces(earlier: list[str], later: list[str]) -> None:
    differences = compare_texts(earlier, later)

    def read(without: str) -> list[str]:
        kept = (d for d in differences if d.kind != without)
        return ["".join(p.text for p in d.pieces if p.kind != without) for d in kept]

    assert read("removed") == later
    assert read("added") == earlier


@given(PARAGRAPHS)
def test_a_text_does_not_differ_from_itself(text: list[str]) -> None:
    assert all(each.kind == "same" for each in compare_texts(text, text))
