"""Page furniture is recognized, and what only looks like it is not."""

import pytest

from index.search.furniture import is_furniture, skip_dateline

FURNITURE = (
    "Related articles",
    "Share this story",
    "Photo: A ferry at the quay",
    "FILE PHOTO: A ferry at the quay on Monday.",
    "A ferry at the quay. Photo: Ines Okafor",
    "A ferry at the quay (AP Photo/Ines Okafor)",
    "A ferry at the quay. REUTERS/Ines Okafor",
    "Image credit: Halyard",
    "Foto: Ines Okafor",
    "Fotos de Ines Okafor",
    "Legenda: um navio",
    "Copyright 2031 Halyard. The text may not be sold.",
    "© 2031 Halyard",
    "This text is from Halyard. All rights reserved.",
    "By Ines Okafor",
    "By INES OKAFOR, Staff Writer",
    "Por Ines Okafor y Juan Prado",
    "Reporting by Ines Okafor; Editing by Juan Prado",
    "Published 3 March 2031, 10:42 GMT",
    "Monday, 3 March 2031",
    "4 min read",
    "Follow us on every network",
    "Read more: Ferry sinks",
    "LONDON, July 3 (Reuters) -",
)
STORY = (
    "A ferry sank off Skerrow on Monday, the coastguard said.",
    "By the time the ferry sank, all were ashore.",
    "By Monday evening the Skerrow ferry had sunk.",
    "Photos of the wreck show a long crack in its side.",
    "Fotos de la inundación muestran una grieta.",
    "Published in 2031, the report blames the captain.",
    "Copyright law protects the photographs of the wreck.",
    "Share prices fell by 5 percent.",
    "The related articles of the treaty were signed in Garonde.",
    "The image was clear: nobody had steered.",
    "会议在首都举行。",
)


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_around_a_story_is_furniture(line: str) -> None:
    body = f"A ferry sank.\n\n{line}\n\nAll were saved."
    start = body.index(line)
    assert is_furniture(body, start, start + len(line))


@pytest.mark.parametrize("line", STORY)
def test_a_line_of_a_story_is_not(line: str) -> None:
    body = f"A ferry sank.\n\n{line}\n\nAll were saved."
    start = body.index(line)
    assert not is_furniture(body, start, start + len(line))


def test_titles_below_a_heading_of_related_links_are_furniture() -> None:
    body = "A ferry sank.\n\nRelated articles\n\nFerry leaks fuel\n\nCaptain resigns"
    for title in ("Ferry leaks fuel", "Captain resigns"):
        start = body.index(title)
        assert is_furniture(body, start, start + len(title))
    body = "A ferry sank.\n\nRelated articles\n\nFerry leaks fuel\n\nIt sank later. Then it rose"
    start = body.index("It sank later.")
    assert is_furniture(body, body.index("Ferry leaks"), body.index("Ferry leaks") + 16)
    assert not is_furniture("A title\n\nA ferry", 9, 16)


@pytest.mark.parametrize(
    "dateline",
    [
        "LONDON, July 3 (Reuters) - ",
        "Moscow, July 15 (EFE).- ",
        "PARIS — ",
        "NEW YORK -- ",
        "SAINT-AUBIN, Garonde – ",
    ],
)
def test_a_paragraph_goes_on_after_its_dateline(dateline: str) -> None:
    body = f"A note.\n\n{dateline}A ferry sank."
    assert skip_dateline(body, 9) == body.index("A ferry")
    assert skip_dateline(body, body.index("ferry")) == body.index("ferry")


@pytest.mark.parametrize("text", ["A ferry sank - again.", "US NAVY ships left.", "I — no.", ""])
def test_a_paragraph_without_a_dateline_begins_where_it_begins(text: str) -> None:
    assert skip_dateline(text, 0) == 0
