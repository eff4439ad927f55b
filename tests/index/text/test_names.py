"""Names: what is a name, what only begins a sentence, and which names articles share."""

from typing import Any

import pytest

from index.text.names import extract_names, find_shared_names
from tests.fakes import make_article


def find(body: str, language: str = "en", **more: Any) -> dict[str, int]:
    return dict(extract_names(make_article(body=body, language=language, **more)))


def test_runs_of_capitalized_words_are_names() -> None:
    text = (
        "The ferry of Brandvik Towage left Skerrow. Owen Strake saw it; Strake called the"
        " Marine Accident Bureau in Hallan Bay, and the U.S. embassy. Strake's boat followed."
    )
    assert find(text) == {
        "Brandvik Towage": 1,
        "Skerrow": 1,
        "Owen Strake": 3,
        "Marine Accident Bureau": 1,
        "Hallan Bay": 1,
        "U.S.": 1,
    }


def test_a_word_that_occurs_only_at_sentence_starts_is_no_name() -> None:
    assert find("Ships waited. Crews slept.\n“Nobody moved,” said one. Fog lay on them.") == {}
    assert find("Skerrow slept. They saw Skerrow.") == {"Skerrow": 2}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "El alcalde de San Telmo de la Costa, Hernán Sosa, habló este Lunes.",
         {"San Telmo de la Costa": 1, "Hernán Sosa": 1}),
        ("de", "Die Fähre lief im Nebel vor Skerrow auf, sagte Jochen Pätzold der NBV.",
         {"Jochen Pätzold": 1, "NBV": 1}),
        ("fr", "Le pont de Saint-Aubin a été fermé, a dit Thierry Malandain.",
         {"Thierry Malandain": 1, "Saint-Aubin": 1}),
    ],
)  # fmt: skip
def test_names_in_other_languages(language: str, text: str, expected: dict[str, int]) -> None:
    assert find(text, language) == expected


def test_titles_and_legal_forms_are_not_part_of_a_name() -> None:
    assert find(
        "Captain Duncan Reay left Kestria Steel Corp and Smith & Sons Ltd. He was CEO."
    ) == {
        "Duncan Reay": 1,
        "Kestria Steel": 1,
        "Smith & Sons": 1,
    }
    text = (
        "On Friday shares of Alpina and Shares of Alpina fell."
        " Prime Minister Ada Reay met Lyon-based Transvia."
    )
    assert find(text) == {"Alpina": 2, "Ada Reay": 1, "Transvia": 1}
    assert find("Die Bahn zahlt 3 Millionen Euro an Alpina Rail.", "de") == {"Alpina Rail": 1}


def test_sentence_starts_after_a_quotation_or_a_name_with_full_stops() -> None:
    assert find("“Go.” They left. He met U.S. Marshals, and\nNobody. See eBay; It closed") == {
        "U.S.": 1,
        "Marshals": 1,
    }


def test_names_from_metadata_take_the_spelling_of_the_text() -> None:
    counts = find("The crew came to Skerrow.", located="SKERROW", people=("Ada Reay",))
    assert counts == {"Skerrow": 2, "Ada Reay": 1}


def test_a_last_line_in_brackets_is_ignored() -> None:
    counts = find("They left Skerrow. (Reporting by Ines Calder; Editing by Tom Varga)")
    assert counts == {"Skerrow": 1}


def test_shared_names_have_the_order_and_spelling_of_the_first() -> None:
    assert find_shared_names(["Skerrow", "Reay", "Béla"], ["BELA", "skerrow"]) == (
        "Skerrow",
        "Béla",
    )
