"""Words that are broken at the end of a line, in six languages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article_builder import build_article
from archive.ingest_types import Draft, IngestOptions, RawRecord, RawText
from archive.values.word_lists import WordList, load_words
from archive.wire.broken_words import has_broken_words, join_broken_words
from archive.wire.story import read_body, read_story
from tests.manual.wrapped_words import SAMPLE, count, read_articles

ENGLISH = WordList({"parliament": 100, "well": 100, "known": 100, "war": 60, "manor": 60})


def _join(text: str, words: WordList = ENGLISH) -> str:
    return "\n".join(join_broken_words([text.split("\n")], words)[0])


@pytest.mark.parametrize(
    ("language", "text", "joined"),
    [
        ("en", "The Parlia-\nment met.", "The Parliament\nmet."),
        ("en", "a well-\nknown govern-\nment", "a well-known\ngovernment"),
        ("en", "PARLIA-\nMENT", "PARLIAMENT"),
        ("en", "“pre-\nsident”, he said", "“president”,\nhe said"),
        ("en", "the vice-pre-\nsident", "the vice-president"),
        ("es", "el Parla-\nmento aprobó", "el Parlamento\naprobó"),
        ("es", "los telé-\nfonos y la comuni-\ncación", "los teléfonos\ny la comunicación"),
        ("es", "el equipo franco-\nalemán", "el equipo franco-alemán"),
        ("fr", "le gouverne-\nment", "le gouvernement"),
        ("fr", "l’assem-\nblée natio-\nnale", "l’assemblée\nnationale"),
        ("fr", "ils ont rendez-\nvous peut-\nêtre", "ils ont rendez-vous\npeut-être"),
        ("de", "die Bundes-\nregierung", "die Bundesregierung"),
        ("de", "ein Klinik-\nverbund", "ein Klinikverbund"),
        ("de", "die Ein- und Aus-\nfuhr", "die Ein- und Ausfuhr"),
        ("de", "Nord-\nund Ostsee", "Nord-\nund Ostsee"),
        ("pt", "o parla-\nmento e a comis-\nsão", "o parlamento\ne a comissão"),
        ("pt", "disse-\n-lhe que sim", "disse-lhe\nque sim"),
        ("it", "il parla-\nmento", "il parlamento"),
        ("it", "nell’ar-\nticolo ha apprez-\nzato", "nell’articolo\nha apprezzato"),
    ],
)
def test_words_of_six_languages(language: str, text: str, joined: str) -> None:
    assert _join(text, load_words(language)) == joined


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("the Anglo-\nAmerican talks", "the Anglo-American\ntalks"),
        ("the U.S.-\nled force", "the U.S.-led\nforce"),
        ("a 15th-\ncentury mill", "a 15th-century\nmill"),
        ("won 2-\n1 at home", "won 2-1\nat home"),
        ("a T-\nshirt", "a T-shirt"),
        ("his mother-in-\nlaw", "his mother-in-law"),
        ("two-\nand three-year terms", "two-\nand three-year terms"),
        ("Luka-\nshenko spoke", "Luka-\nshenko spoke"),
        ("Luka-\nshenko spoke. Lukashenko left.", "Lukashenko\nspoke. Lukashenko left."),
        ("a post-\nwar plan, a post-war boom", "a post-war\nplan, a post-war boom"),
        ("Luka\u00ad\nshenko spoke", "Lukashenko\nspoke"),
        ("BERLIN-\nText follows", "BERLIN-\nText follows"),
        ("He paused -\nfor long", "He paused -\nfor long"),
        ("a dash --\nfor long", "a dash --\nfor long"),
    ],
)
def test_what_no_list_has(text: str, joined: str) -> None:
    assert _join(text) == joined


LINES = st.lists(st.text("aeBC -.’\u00ad1é\u2010", min_size=1, max_size=12), min_size=1, max_size=5)
BLOCKS = st.lists(LINES, max_size=3)


def _letters(blocks: list[list[str]]) -> str:
    return re.sub("[-\u2010\u00ad\\s]", "", "".join(map("".join, blocks)))


@given(BLOCKS)
def test_only_hyphens_and_line_ends_change(blocks: list[list[str]]) -> None:
    stripped = [[line.strip() for line in lines if line.strip()] for lines in blocks]
    joined = join_broken_words(stripped, ENGLISH)
    assert _letters(joined) == _letters(stripped)
    assert len(joined) == len(stripped)
    if not has_broken_words(stripped):
        assert joined == stripped


def test_the_sample_comes_back_after_its_words_were_broken() -> None:
    counts = count(read_articles(SAMPLE))
    assert set(counts) == {"en", "es", "fr", "de", "pt", "it"}
    assert {language: counter["wrong"] for language, counter in counts.items()} == dict.fromkeys(
        counts, 0
    )
    broken = sum(counter["broken"] for counter in counts.values())
    assert broken > 300
    assert sum(counter["left"] for counter in counts.values()) < 0.1 * broken


def test_headline_and_body_of_a_text_and_of_a_record() -> None:
    text = "Govern-\nment resigns\n\nOSLO, May 3 (NOL) - The govern-\nment has resigned.\n"
    story = read_story(text)
    assert story.headline == "Government resigns"
    assert story.body == read_body(text.partition("\n\n")[2]).body == "The government has resigned."
    options = IngestOptions(language="de")
    german = "Die Bundes-\nregierung tritt zurück."
    for item in (
        RawText(where="", raw=german),
        RawRecord(where="", raw=german, values={"body": german, "lang": "de"}),
    ):
        draft = build_article(item, options)
        assert isinstance(draft, Draft)
        assert "Bundesregierung tritt" in draft.article.headline + draft.article.body
        assert draft.article.raw == german


def test_a_long_line_without_spaces_takes_linear_time() -> None:
    line = "a" * 1_000_000
    assert read_body(f"{line}-\n{line}-\n{line}").body.count("a") == 3_000_000
