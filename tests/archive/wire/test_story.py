import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.wire.agencies import split_sign_off
from archive.wire.metadata import Header, is_editor_note, parse_byline
from archive.wire.story import read_body, read_story

EFE = """Ministers agree on a bridge across the river\u2019s mouth

Oslo, July 15 (EFE).- The ministry\u2019s plan for a bridge was approved.

\u201cWork begins in May,\u201d the ministry said. EFE


Related Articles

Back to top button.:
"""


def test_a_story_as_an_agency_sends_it() -> None:
    story = read_story(EFE)
    assert story.headline == "Ministers agree on a bridge across the river\u2019s mouth"
    assert story.dateline is not None
    assert (story.dateline.located, story.agency) == ("Oslo", "EFE")
    assert story.body == (
        "The ministry\u2019s plan for a bridge was approved.\n\n"
        "\u201cWork begins in May,\u201d the ministry said."
    )


def test_a_header_block_is_parsed() -> None:
    story = read_story("Id: x-1\nDate: 2023-07-15\nSOURCE: EFE\n\nHead\n\nBody.")
    assert story.header == Header(id="x-1", date="2023-07-15", source="EFE")
    assert (story.headline, story.body) == ("Head", "Body.")


@pytest.mark.parametrize("first", ["Id: x\nA headline", "Note: three things", "Moscow: a city"])
def test_a_block_with_any_other_line_is_a_headline(first: str) -> None:
    story = read_story(f"{first}\n\nBody.")
    assert story.header == Header()
    assert story.headline == " ".join(first.split())


def test_a_wrapped_headline_is_joined() -> None:
    assert read_story("UPDATE 1-A headline\nin two lines\n\nBody.").headline == (
        "UPDATE 1-A headline in two lines"
    )


def test_a_story_that_begins_with_its_dateline_has_no_headline() -> None:
    story = read_story("OSLO (Reuters) - A bridge.\n\nMore.")
    assert (story.headline, story.body) == ("", "A bridge.\n\nMore.")


def test_headline_byline_and_text_in_one_block() -> None:
    story = read_story("Head\nBy Jo Doe\nOSLO (Reuters) - A bridge\nis built.")
    assert (story.headline, story.by, story.body) == ("Head", "Jo Doe", "A bridge is built.")


def test_a_note_before_the_dateline_stays_in_the_body_and_is_the_ed_note() -> None:
    story = read_body("(Adds details) By Jo Doe OSLO, May 5 (Reuters) - A bridge.")
    assert (story.by, story.ed_note) == ("Jo Doe", "(Adds details)")
    assert story.body == "(Adds details)\n\nA bridge."
    assert story.dateline is not None
    assert (story.dateline.month, story.dateline.day) == (5, 5)


def test_a_correction_without_brackets_may_precede_the_dateline() -> None:
    story = read_body("Corrects the river in the headline\n\nBy Jo Doe\n\nOSLO (AP) - A bridge.")
    assert (story.by, story.agency) == ("Jo Doe", "AP")
    assert story.body == "Corrects the river in the headline\n\nA bridge."


def test_a_correction_at_the_end_stays_in_the_body_and_is_the_ed_note() -> None:
    story = read_body("A bridge.\n\n(This version corrects the name of the river)")
    assert story.body.endswith("river)")
    assert story.ed_note == "(This version corrects the name of the river)"


@pytest.mark.parametrize(
    ("line", "by"),
    [
        ("By Jo Doe", "Jo Doe"),
        ("BY JO DOE", "JO DOE"),
        ("Por Ana María López", "Ana María López"),
        ("Von Max Muster und Eva Beispiel", "Max Muster und Eva Beispiel"),
        ("Par Jean d'Arc", "Jean d'Arc"),
        ("Di Mario Rossi", "Mario Rossi"),
        ("De Ana Reis", "Ana Reis"),
        ("By Jo B. Doe, Reuters", "Jo B. Doe, Reuters"),
        ("By Friday, the army had left Minsk", ""),
        ("By Jove!", ""),
        ("By Road", ""),
    ],
)
def test_bylines(line: str, by: str) -> None:
    assert parse_byline(line) == by


@pytest.mark.parametrize("text", ["Editor's note: x", "(Corrects y)", "Nota del editor: z"])
def test_editor_notes(text: str) -> None:
    assert is_editor_note(text)


@pytest.mark.parametrize(
    "text", ["Corrects y", "(He left)", "(Adds x) And then the story went on."]
)
def test_text_that_is_not_an_editor_note(text: str) -> None:
    assert not is_editor_note(text)


@pytest.mark.parametrize(
    ("last", "agency", "split"),
    [
        ("It ended. EFE", "EFE", ("It ended.", "EFE")),
        ("It ended.\u201d EFE", "", ("It ended.\u201d", "EFE")),
        ("It ended. (Reuters)", "", ("It ended.", "Reuters")),
        ("EFE", "EFE", ("", "EFE")),
        ("-30-", "", ("", "-30-")),
        ("It ended. NOL", "NOL", ("It ended.", "NOL")),
        ("It ended. NOL", "", ("It ended. NOL", "")),
        ("He left the AP", "AP", ("He left the AP", "")),
        ("He works for the EFE.", "EFE", ("He works for the EFE.", "")),
    ],
)
def test_sign_offs(last: str, agency: str, split: tuple[str, str]) -> None:
    assert split_sign_off(last, agency=agency) == split


@given(st.text())
def test_reading_never_raises(text: str) -> None:
    read_story(text)
    read_body(text)


@given(
    st.lists(st.sampled_from([*EFE.split("\n"), "By Jo Doe", "NNNN", "(Adds x)", "Id: 1", "EFE"]))
)
def test_reading_shuffled_stories_never_raises(lines: list[str]) -> None:
    story = read_story("\n".join(lines))
    assert "\n\n\n" not in story.body


@pytest.mark.parametrize("above", ["Jo Doe and Ann Roe", "A deck: official", "A credit. Its line."])
def test_a_short_line_may_stand_above_a_certain_dateline(above: str) -> None:
    for gap in ("\n", "\n\n"):
        story = read_body(f"{above}{gap}OSLO (Reuters) - A bridge is built.")
        assert story.dateline is not None
        assert story.dateline.located == "Oslo"
        assert story.body == f"{above}\n\nA bridge is built."


def test_a_long_paragraph_does_not_stand_above_a_dateline() -> None:
    story = read_body(f"{'Words and words. ' * 12}\n\nOSLO (Reuters) - A bridge is built.")
    assert story.dateline is None
