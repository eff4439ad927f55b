"""Names by capitals: what is one, what only begins a sentence, and who shares which."""

from typing import Any

import pytest

from index.names import names, shared_names
from tests.fakes import make_article


def found(body: str, language: str = "en", **more: Any) -> dict[str, int]:
    return dict(names(make_article(body=body, language=language, **more)))


def test_runs_of_capitalised_words_are_names() -> None:
    text = (
        "The ferry of Brandvik Towage left Skerrow. Owen Strake saw it; Strake called the"
        " Marine Accident Bureau in Hallan Bay, and the U.S. embassy. Strake's boat followed."
    )
    assert found(text) == {
        "Brandvik Towage": 1,
        "Skerrow": 1,
        "Owen Strake": 3,
        "Marine Accident Bureau": 1,
        "Hallan Bay": 1,
        "U.S.": 1,
    }


def test_a_word_that_only_begins_sentences_is_no_name() -> None:
    assert found("Ships waited. Crews slept.\n“Nobody moved,” said one. Fog lay on them.") == {}
    assert found("Skerrow slept. They saw Skerrow.") == {"Skerrow": 2}


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
def test_other_languages(language: str, text: str, expected: dict[str, int]) -> None:
    assert found(text, language) == expected


def test_what_the_source_says_counts_as_the_text_writes_it() -> None:
    told = found("The crew came to Skerrow.", located="SKERROW", people=("Ada Reay",))
    assert told == {"Skerrow": 2, "Ada Reay": 1}


def test_a_last_bracket_is_a_sign_off() -> None:
    told = found("They left Skerrow. (Reporting by Ines Calder; Editing by Tom Varga)")
    assert told == {"Skerrow": 1}


def test_shared_names_keep_our_order_and_spelling() -> None:
    assert shared_names(["Skerrow", "Reay", "Béla"], ["BELA", "skerrow"]) == ("Skerrow", "Béla")
