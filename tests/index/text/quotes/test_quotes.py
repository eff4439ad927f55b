"""Quotes: what is one, and who says it, in six languages."""

import pytest

from index.text.quotes import find_quotes
from tests.fakes import make_article


def find(body: str, language: str = "en") -> list[tuple[str, str]]:
    quotes = find_quotes(make_article(body=body, language=language))
    return [(quote.text, quote.speaker.name) for quote in quotes]


BEFORE = "Edda Lind runs the ferry.\n\n"


@pytest.mark.parametrize(
    ("language", "text", "words", "speaker"),
    [
        ("en", "“We are late,” Edda Lind said.", "We are late,", "Edda Lind"),
        ("en", "“We are late,” said Edda Lind, who runs it.", "We are late,", "Edda Lind"),
        ("en", "Edda Lind said: “We are late.”", "We are late.", "Edda Lind"),
        ("en", "Lind, who runs it, told reporters: “We are late.”", "We are late.", "Edda Lind"),
        ("en", "Lind said the boat was “late and full” again.", "late and full", "Edda Lind"),
        ("en", "“We are late,” said UBS analyst Ada Reay.", "We are late,", "Ada Reay"),
        (
            "en",
            "“We are late,” Ada Reay, head of Brandvik Towage, told Halyard.",
            "We are late,",
            "Ada Reay",
        ),
        ("en", "“We are late,” said the firm’s head, Ada Reay.", "We are late,", "Ada Reay"),
        ("en", "“We are late,” she said.", "We are late,", "Edda Lind"),
        (
            "en",
            "“We are late,” a spokesman for Ada Reay said.",
            "We are late,",
            "spokesman",
        ),
        ("en", "“We are late,” one official said.", "We are late,", "official"),
        ("en", "The boat was “late and full”, according to Ada Reay.", "late and full", "Ada Reay"),
        ("en", "Ada Reay was quoted as saying: “We are late.”", "We are late.", "Ada Reay"),
        ("en", "Reay called the plan “late and dear”.", "late and dear", "Reay"),
        ("es", "“Llegamos tarde”, dijo la ministra, Ada Rey.", "Llegamos tarde", "Ada Rey"),
        ("es", "Ada Rey afirmó que el barco va “tarde y lleno”.", "tarde y lleno", "Ada Rey"),
        ("es", "«Llegamos tarde», agregó.", "Llegamos tarde", "Edda Lind"),
        ("es", "El barco va “tarde y lleno”, según Ada Rey.", "tarde y lleno", "Ada Rey"),
        ("fr", "« Nous sommes en retard », a déclaré Ada Roy.", "Nous sommes en retard", "Ada Roy"),
        ("fr", "« Nous sommes en retard », dit-elle.", "Nous sommes en retard", "Edda Lind"),
        ("fr", "« Nous sommes en retard », a-t-elle ajouté.", "Nous sommes en retard", "Edda Lind"),
        ("fr", "Selon Ada Roy, le bateau est « lent et plein ».", "lent et plein", "Ada Roy"),
        ("de", "„Wir sind spät“, sagte Sprecherin Ada Reuter.", "Wir sind spät", "Ada Reuter"),
        ("de", "„Wir sind spät“, so die Sprecherin, Ada Reuter.", "Wir sind spät", "Ada Reuter"),
        ("de", "Ada Reuter nannte den Plan „spät und teuer“.", "spät und teuer", "Ada Reuter"),
        ("de", "„Wir sind spät“, sagte sie.", "Wir sind spät", "Edda Lind"),
        ("pt", "“Estamos atrasados”, disse a ministra Ada Reis.", "Estamos atrasados", "Ada Reis"),
        ("pt", "“Estamos atrasados”, acrescentou.", "Estamos atrasados", "Edda Lind"),
        ("pt", "O barco vai “lento e cheio”, segundo Ada Reis.", "lento e cheio", "Ada Reis"),
        ("it", "“Siamo in ritardo”, ha detto Ada Rossi.", "Siamo in ritardo", "Ada Rossi"),
        ("it", "“Siamo in ritardo”, ha aggiunto.", "Siamo in ritardo", "Edda Lind"),
        ("it", "Ada Rossi ha detto che il piano è “tardi e caro”.", "tardi e caro", "Ada Rossi"),
    ],
)
def test_the_speaker_before_behind_and_within(
    language: str, text: str, words: str, speaker: str
) -> None:
    assert find(BEFORE + text, language) == [(words, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry “Maren Isle” ran aground, police said.",
        "They saw the film “A Night on the Pier” in Skerrow.",
        "The “expert” did not come.",
        "A group called “friends of the pier” met.",
        "Lind said the word “ferry” was wrong.",
        "The plan was described as “late and dear”.",
        "She lives in “the old town” and works there.",
    ],
)
def test_titles_nicknames_and_scare_quotes_are_no_quotes(text: str) -> None:
    assert find(BEFORE + text) == []


def test_what_follows_an_attribution_has_the_same_speaker() -> None:
    body = (
        "“We are late,” Ada Reay said. “It is the fog.”\n\n"
        "“Nobody is to blame,” she added, “but me.”"
    )
    assert [speaker for _, speaker in find(body)] == ["Ada Reay"] * 4


def test_a_quotation_of_several_paragraphs_is_one_quote() -> None:
    body = "“We are late.\n\n“It is the fog,” said Ada Reay."
    assert find(body) == [("We are late. It is the fog,", "Ada Reay")]


def test_a_complete_sentence_is_a_quote_without_a_speaker_too() -> None:
    assert find("Nobody waited. “The boat is gone for good.”") == [
        ("The boat is gone for good.", "")
    ]


def test_a_pronoun_that_may_be_two_people_names_nobody() -> None:
    body = "Ada Reay met Edda Lind on the pier, and Nora Voss.\n\n“We are late,” she said."
    assert find(body) == [("We are late,", "")]


def test_a_role_stands_for_the_only_person_who_has_it() -> None:
    body = "Mayor Ada Reay met sailors.\n\nThe harbour was shut. “We are late,” the mayor said."
    assert find(body)[0][1] == "Ada Reay"
    assert find("Sailors came.\n\n“We are late,” the mayor said.") == [("We are late,", "mayor")]


def test_spans_are_those_of_the_body_and_of_the_speaker() -> None:
    body = "The boat left. “We are late,” said Ada Reay."
    (quote,) = find_quotes(make_article(body=body))
    assert [body[slice(*piece)] for piece in quote.pieces] == ["We are late,"]
    assert body[quote.speaker.start : quote.speaker.end] == "Ada Reay"
    assert quote.speaker.kind == "person"


def test_a_language_without_word_lists_has_no_quotes() -> None:
    assert find("“Vi är sena i dag igen,” sade Ada Reay.", "sv") == []


@pytest.mark.parametrize("text", ["", "“", "”“", "“ ”", "said “", "“" * 500, '" said ' * 300])
def test_broken_text_has_no_quotes_and_no_errors(text: str) -> None:
    assert all(quote.text for quote in find_quotes(make_article(body=text)))
