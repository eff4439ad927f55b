"""Quotes: articles by who said something, and by what was said, in one and the same quote."""

import pytest

from index.ports import SearchBackend
from index.types.search import SearchRequest
from tests.fakes import make_article
from tests.index.library import Library, uris

BODIES = {
    "units": "Ada Reay met sailors.\n\n“An experienced combat unit is here,” Reay said on Monday.",
    "both": "“The nuclear plan is dead,” said Ada Reay. “I will not sail,” said Nora Voss.",
    "voss": "Ada Reay left.\n\nNora Voss said the nuclear plan was “an experienced mistake”.",
    "role": "“The nuclear plan is late,” the minister said.",
    "plain": "Ada Reay spoke of the nuclear plan and of an experienced combat unit.",
    "french": "« Le plan nucléaire est mort », a déclaré Ada Reay.",
}


def fill(library: Library) -> None:
    for uri, body in BODIES.items():
        language = "fr" if uri == "french" else "en"
        library.put(make_article(uri, body=body, language=language))


@pytest.fixture
def quotes(library: Library) -> SearchBackend:
    fill(library)
    library.reindex()
    return library.engine()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("said:reay", {"units", "both", "french"}),
        ("said:REAY", {"units", "both", "french"}),
        ('said:"ada reay"', {"units", "both", "french"}),
        ('said:"reay ada"', set()),
        ("said:rea*", {"units", "both", "french"}),
        ("said:vos~", {"both", "voss"}),
        ("said:minister", {"role"}),
        ("said:nobody", set()),
        ("quote:nuclear", {"both", "role"}),
        ("quote:nucleaire", {"french"}),
        ("quote:nucl*", {"both", "role", "french"}),
        ("quote:nu?lear", {"both", "role"}),
        ('quote:"experienced combat unit"', {"units"}),
        ('quote:"combat experienced"', set()),
        ('quote:"unit experienced"~2', {"units"}),
        ('quote:"dead I will"', set()),
        ("quote:monday", set()),
        ("quote:(combat OR mistake)", {"units", "voss"}),
        ("said:reay quote:nuclear", {"both"}),
        ("said:voss quote:nuclear", set()),
        ("said:voss quote:sail", {"both"}),
        ("quote:nuclear quote:dead", {"both"}),
        ("quote:nuclear quote:sail", set()),
        ("said:(voss OR minister) quote:(nuclear OR mistake)", {"voss", "role"}),
        ("said:reay OR quote:mistake", {"units", "both", "french", "voss"}),
        ("-said:reay", {"voss", "role", "plain"}),
        ("-(said:reay quote:nuclear)", {"units", "voss", "role", "plain", "french"}),
        ("said:reay -quote:nuclear", {"units", "french"}),
        ("+plan said:reay lang:en", {"both"}),
        ("plan NOT said:voss quote:nuclear", {"role"}),
    ],
)
def test_speakers_and_words_of_one_quote(
    quotes: SearchBackend, text: str, expected: set[str]
) -> None:
    for mode in ("lexical", "hybrid"):
        assert {*uris(quotes.search(SearchRequest(text=text, mode=mode)))} == expected


def test_an_incremental_reindex_finds_what_a_full_one_finds(library: Library) -> None:
    articles = [make_article(uri, body=body) for uri, body in BODIES.items()]
    library.put(*articles[:3]).reindex()
    library.put(*articles[3:], make_article("units", headline="New", body="Nothing.")).reindex()
    engine = library.engine()
    for text, expected in {
        "said:reay": {"both"},
        "quote:nuclear": {"both", "role"},
        "said:voss quote:mistake": {"voss"},
        'quote:"combat unit"': set(),
    }.items():
        assert {*uris(engine.search(SearchRequest(text=text)))} == expected


def test_the_speaker_and_the_words_are_marked(quotes: SearchBackend) -> None:
    results = quotes.search(SearchRequest(text='said:reay quote:"combat unit"'))
    snippet = results.groups[0].hits[0].snippet
    marked = {snippet.text[start:end] for start, end in snippet.marks}
    assert {"combat", "unit"} <= marked
