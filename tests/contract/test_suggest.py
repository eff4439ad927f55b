"""Suggestions: which words are questioned, what is suggested, and that the query stays as it is."""

import time
from pathlib import Path

import pytest

from archive.article import Article
from index.lexical.engine import ArrayEngine
from index.lexical.plain_whoosh.engine import PlainWhooshEngine
from index.lexical.ports import LexicalEngine, LexicalIndex
from index.query import parse
from index.search.suggestions.completions import completions
from index.search.suggestions.corrections import did_you_mean
from index.storage.segments import Segment
from index.types.search import FacetValue, SearchRequest
from tests.fakes import make_article
from tests.in_memory_lexical import InMemoryLexicalEngine
from tests.index.library import Library

ENGLISH = (FacetValue(value="en", count=32),)


def _articles() -> list[Article]:
    often = [
        make_article(f"often-{n}", headline="Minister answers", body="The government agreed.")
        for n in range(30)
    ]
    return [
        *often,
        make_article(
            "1",
            headline="Khrushchev visits Montréal",
            body="Premier Khrushchev spoke. Ferries leave from the harbour; a straße, l'éruption.",
            by="Ines Okafor",
        ),
        make_article("2", headline="Premier Khrushchev", body="The minsiter wept. Ferris wheels."),
    ]


@pytest.fixture(scope="module", params=[ArrayEngine, PlainWhooshEngine, InMemoryLexicalEngine])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    """Thirty similar articles and two others, indexed by each lexical engine in turn."""
    engine: LexicalEngine = request.param()
    folder = tmp_path_factory.mktemp("spelt")
    engine.build(folder, _articles())
    return engine.open([Segment(folder)], ("en",))


CORRECTIONS = {
    "khruschev": "khrushchev",
    "Kruschev visits": "Khrushchev visits",
    "KRUSHCHEV": "KHRUSHCHEV",
    "jhrushchev": "khrushchev",
    "hkrushchev": "khrushchev",
    "hrushchev": "khrushchev",
    "montreal okafro": "montreal okafor",
    "goverment ministar": "government minister",
    "minsiter": "minister",
    "eruptoin": "eruption",
    "l'eruptoin": "eruption",
    '"premeir khruschev" -ferry': '"premier khrushchev" -ferry',
    "title:khruschev^2 date:2031": "title:khrushchev^2 date:2031",
    "(khruschev OR ministar)": "(khrushchev OR minister)",
}


@pytest.mark.parametrize("text", CORRECTIONS)
def test_a_misspelt_word_is_corrected_to_a_word_of_the_archive(
    index: LexicalIndex, text: str
) -> None:
    assert did_you_mean(parse(text), index, ENGLISH) == CORRECTIONS[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "khrushchev ferry",
        "ferrying",
        "whale",
        "teh gvt",
        "-khruschev",
        "khrusch*",
        "khruschev~",
        "by:okafro",
        "2032",
        "minster",
        "xjhrushchev",
        "ferries",
        "ferris",
    ],
)
def test_nothing_is_offered_for(index: LexicalIndex, text: str) -> None:
    assert did_you_mean(parse(text), index, ENGLISH) is None


def test_the_most_frequent_of_the_nearest_is_offered(tmp_path: Path) -> None:
    engine = ArrayEngine()
    bodies = ["strike", "strike", "stroke", "stride stride stride"]
    engine.build(tmp_path, [make_article(str(n), body=body) for n, body in enumerate(bodies)])
    index = engine.open([Segment(tmp_path)], ("en",))
    assert did_you_mean(parse("stri1e strixe"), index, ENGLISH) == "stri1e strike"


def test_it_never_changes_what_was_searched(library: Library) -> None:
    library.put(*_articles()).reindex(lexical_only=True)
    engine = library.engine()
    results = engine.search(SearchRequest(text="khruschev", mode="lexical"))
    assert results.did_you_mean == "khrushchev"
    assert results.totals.articles == 0
    assert engine.search(SearchRequest(text="khrushchev")).did_you_mean is None


def test_a_query_of_unknown_words_costs_little(index: LexicalIndex) -> None:
    query = parse(" ".join(f"unknwon{chr(97 + n)}wrod" for n in range(26)))
    started = time.process_time()
    did_you_mean(query, index, ENGLISH)
    assert time.process_time() - started < 0.2


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("answ", ("answers",)),
        ("the GOV", ("the government",)),
        ('"minister answ', ('"minister answers',)),
        ("by:oka", ("by:okafor",)),
        ("mont", ("montreal",)),
        ("MINISTERS and mi", ("MINISTERS and minister", "MINISTERS and minsiter")),
        ("kh", ("khrushchev",)),
        ("khrushchev", ()),
        ("k", ()),
        ("khr ", ()),
        ("zzz", ()),
        ("", ()),
    ],
)
def test_the_last_word_is_completed_most_frequent_first(
    index: LexicalIndex, typed: str, found: tuple[str, ...]
) -> None:
    assert completions(typed, index) == found


def test_completions_are_few_and_none_for_a_text_too_long(index: LexicalIndex) -> None:
    assert completions("x" * 2_001 + " an", index) == ()
    assert len(completions("fe", index)) <= 8
