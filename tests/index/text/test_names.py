"""Names: what is a name, where it ends, of which kind it is, and which forms are one name."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import fold
from index.text.names import (
    Name,
    counting,
    extract_names,
    find_names,
    find_shared_names,
    unify_names,
)
from tests.fakes import make_article


def find(body: str, language: str = "en", **more: Any) -> dict[str, int]:
    names = extract_names(make_article(body=body, language=language, **more))
    return {name.text: count for name, count in names.items()}


def find_kinds(body: str, language: str = "en", **more: Any) -> dict[str, str]:
    names = extract_names(make_article(body=body, language=language, **more))
    return {name.text: name.kind for name in names}


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
        "United States": 1,
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
         {"Skerrow": 1, "Jochen Pätzold": 1, "NBV": 1}),
        ("fr", "Le pont de Saint-Aubin a été fermé, a dit Thierry Malandain.",
         {"Thierry Malandain": 1, "Saint-Aubin": 1}),
        ("fr", "Le Parti socialiste et la Banque centrale de Kestria, à l’hôpital Saint-Aldric.",
         {"Parti socialiste": 1, "Banque centrale de Kestria": 1, "hôpital Saint-Aldric": 1}),
        ("pl", "Wczoraj burmistrz Henryk Wolanczyk śmiał się, łowił ryby i żartował.",
         {"Henryk Wolanczyk": 1}),
        ("cs", "Později starosta Řehoř Škvor řekl, že žádná čekárna není.", {"Řehoř Škvor": 1}),
        ("tr", "Dün şehirde Ayşe Çınar konuştu, İzmir'de ise şenlik vardı.",
         {"Ayşe Çınar": 1, "İzmir": 1}),
        ("ru", "Вчера мэр Иван Кедров сказал, что школа закрыта.", {"Иван Кедров": 1}),
    ],
)  # fmt: skip
def test_names_in_other_languages(language: str, text: str, expected: dict[str, int]) -> None:
    assert find(text, language) == expected


@pytest.mark.parametrize(
    "name",
    [
        "George W. Hill", "J.K. Tarrow", "J. K. Tarrow", "Peter O’Neill", "Massimo d'Alema",
        "AT&T", "R&W", "Stone & Byrne", "Pieter van der Houwel", "Luis de la Vega",
        "Omar al-Rasheni", "Khalid bin Yusuf", "Maria dos Santos", "Kim Soo-jin",
        "Mary-Anne Coyle", "Henry Stubbs Jr.", "Bank of Halden", "St. Aldric Hospital",
        "Cape Hallan", "Fishers' Union", "van der Houwel", "Bosnia and Herzegovina",
        "Moody's Investors Service", "Conrad Ashby III", "Śląsk Łódź",
    ],
)  # fmt: skip
def test_a_name_is_found_from_end_to_end(name: str) -> None:
    text = f"Yesterday they spoke of {name} again."
    assert [(m.name, text[m.start : m.end]) for m in find_names(text, "en")] == [(name, name)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Later Anna Hill left. Afterwards Ilse Marwedel spoke.",
         ["Anna Hill", "Ilse Marwedel"]),
        ("Beyond Ukraine they met Kalashnikov-carrying Russian guards.", ["Ukraine"]),
        ("I'm told that Ukrainian and South Korean envoys met on Monday in May.", []),
        ("They met Germany's Alpina Rail, and Ben Wood of Alpina Rail.",
         ["Germany", "Alpina Rail", "Ben Wood", "Alpina Rail"]),
        ("He saw Bundesbank President Jens Voss and Foreign Minister Ada Reay.",
         ["Bundesbank", "Jens Voss", "Ada Reay"]),
        ("They saw Tuesday Night and Theresa May.", ["Night", "Theresa May"]),
        ("We heard Kenyan Grace Wood at the Justice Department (BAY.L).",
         ["Grace Wood", "Justice Department"]),
        ("Cyclists rested. Some cyclists slept. Cyclists Ada Reay and Tom Voss won.",
         ["Ada Reay", "Tom Voss"]),
    ],
)  # fmt: skip
def test_other_words_with_capitals_are_no_part_of_a_name(text: str, expected: list[str]) -> None:
    assert [mention.name for mention in find_names(text, "en")] == expected


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
        "United States": 1,
        "Marshals": 1,
    }


def test_kinds_are_told_apart() -> None:
    text = (
        "Edda Lind left Skerrow for the Bank of Halden in Port Alder. Coach Tom Voss, 54, praised"
        " Kestria Steel Corp near Brandvik. NATO met in Denmark, said teacher Ove Hald."
    )
    assert find_kinds(text, located="Vell", people=("Ada",), organisations=("Ilo",)) == {
        "Edda Lind": "person",
        "Tom Voss": "person",
        "Ove Hald": "person",
        "Ada": "person",
        "Bank of Halden": "organisation",
        "Kestria Steel": "organisation",
        "NATO": "organisation",
        "Ilo": "organisation",
        "Port Alder": "place",
        "Brandvik": "place",
        "Denmark": "place",
        "Vell": "place",
        "Skerrow": "organisation",  # Nothing tells.
    }


def test_variants_of_a_name_are_one() -> None:
    text = (
        "Walter T. Brenholm met the World Trade Guild (WTG). Brenholm and Walter Brenholm left the"
        " WTG. The US, the U.S. and America are one, as are the EU and the European Union."
    )
    names = extract_names(make_article(body=text, language="en"))
    assert {name.text: count for name, count in names.items()} == {
        "Walter T. Brenholm": 3,
        "World Trade Guild": 3,
        "United States": 3,
        "European Union": 2,
    }
    aliases = {name.text: set(name.aliases) for name in names}
    assert aliases["Walter T. Brenholm"] == {"Walter Brenholm", "Brenholm"}
    assert aliases["World Trade Guild"] == {"WTG"}
    assert find("Viajó a EE. UU., a EEUU y a Estados Unidos.", "es") == {"Estados Unidos": 3}


def test_a_short_form_of_two_names_is_neither() -> None:
    text = "They saw Ada Reay and Tom Reay, and then Reay."
    assert find(text) == {"Ada Reay": 1, "Tom Reay": 1, "Reay": 1}
    assert find("In China they saw the Bank of China.") == {"China": 1, "Bank of China": 1}


def test_variants_in_the_articles_of_a_story_are_one_name() -> None:
    bodies = (
        "They met Barak Omarov, and Omarov left.",
        "They heard that Omarov was ill.",
        "They met the Trade Guild (TG), and the TG in Skerrow.",
        "They met the TG in Vell.",
    )
    articles = [extract_names(make_article(body=body, language="en")) for body in bodies]
    unified = [{n.text: count for n, count in each.items()} for each in unify_names(articles)]
    assert unified == [
        {"Barak Omarov": 2},
        {"Barak Omarov": 1},
        {"Trade Guild": 3, "Skerrow": 1},
        {"Trade Guild": 1, "Vell": 1},
    ]


def test_names_from_metadata_take_the_spelling_of_the_text() -> None:
    counts = find("The crew came to Skerrow.", located="SKERROW", people=("Ada Reay",))
    assert counts == {"Skerrow": 2, "Ada Reay": 1}


def test_a_name_from_metadata_is_not_compared_with_all_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folded: list[str] = []

    def count_and_fold(word: str) -> str:
        folded.append(word)
        return fold(word)

    monkeypatch.setattr(counting, "fold", count_and_fold)
    people = tuple(f"Ada{n} Reay{n}" for n in range(400))
    article = make_article(body="Nothing.", language="en", people=people)
    assert len(extract_names(article)) == 400
    assert len(folded) < 10 * 400


def test_a_last_line_in_brackets_is_ignored() -> None:
    counts = find("They left Skerrow. (Reporting by Ines Calder; Editing by Tom Varga)")
    assert counts == {"Skerrow": 1}


def test_shared_names_have_the_order_and_spelling_of_the_first() -> None:
    assert find_shared_names(["Skerrow", "Reay", "Béla"], ["BELA", "skerrow"]) == (
        "Skerrow",
        "Béla",
    )


LANGUAGES = st.sampled_from(["en", "es", "fr", "de", "pt", "it", "tr", "pl", "", "xx", "zh"])
PIECES = st.sampled_from(
    "Anna Hill Later the of van der d'Aubermont l'Unione U.S. EE. UU. (WHO) & Prime Minister"
    " O’Neill's Monday von MOSCOW - “ . , ; (".split()
)


@given(language=LANGUAGES, text=st.text(max_size=80) | st.lists(PIECES).map(" ".join))
def test_any_text_has_names_within_it_in_order(language: str, text: str) -> None:
    end = 0
    for mention in find_names(text, language):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.name.strip() == mention.name != ""
        end = mention.end


@given(names=st.lists(st.lists(PIECES, min_size=1, max_size=6).map(" ".join), max_size=4))
def test_unified_names_keep_all_counts(names: list[str]) -> None:
    articles = [extract_names(make_article(body=f"{name}.", language="en")) for name in names]
    unified = unify_names(articles)
    assert [each.total() for each in unified] == [each.total() for each in articles]
    assert all(isinstance(name, Name) for each in unified for name in each)
