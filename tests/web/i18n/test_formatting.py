"""Dates, counts and names as text."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from index.types.search import Totals
from tests.web import newsroom
from tests.web.newsroom import at
from web.i18n import formatting


def _totals(articles: int, *, lexical: int, stories: int) -> Totals:
    return Totals(
        articles=articles, lexical=lexical, semantic_only=articles - lexical, stories=stories
    )


@pytest.mark.parametrize(
    ("totals", "line"),
    [
        (
            _totals(12, lexical=9, stories=7),
            "12 articles in 7 stories: 9 keyword matches, 3 semantic only",
        ),
        (
            _totals(1_204, lexical=1, stories=1),
            "1,204 articles in 1 story: 1 keyword match, 1,203 semantic only",
        ),
        (_totals(4, lexical=4, stories=2), "4 articles in 2 stories, all keyword matches"),
        (_totals(1, lexical=1, stories=1), "1 article in 1 story"),
        (_totals(3, lexical=0, stories=3), "3 articles in 3 stories, all semantic matches"),
        (_totals(1, lexical=0, stories=1), "1 article in 1 story"),
        (
            Totals(articles=5, lexical=0, semantic_only=0, stories=4),
            "5 articles in 4 stories",
        ),
    ],
)
def test_totals(totals: Totals, line: str) -> None:
    assert formatting.format_totals(totals, "bridge") == line


def test_totals_without_a_query() -> None:
    totals = _totals(4, lexical=4, stories=2)
    assert formatting.format_totals(totals, " ") == "4 articles in 2 stories, newest first"
    oldest = formatting.format_totals(totals, "", "oldest")
    assert oldest == "4 articles in 2 stories, oldest first"
    single = _totals(1, lexical=0, stories=1)
    assert formatting.format_totals(single, "") == "1 article in 1 story"


def test_days_are_utc() -> None:
    late = datetime(2023, 7, 14, 23, 30, tzinfo=timezone(timedelta(hours=-4)))
    assert formatting.format_day(late) == "15 July 2023"
    assert formatting.format_time(late) == "03:30 UTC"
    assert formatting.format_time(at(15)) == ""
    assert formatting.format_day(None) == "date unknown"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (at(3), at(15), "3 to 15 July 2023"),
        (at(28, month=6), at(15), "28 June to 15 July 2023"),
        (at(15, 3), at(15, 9), "15 July 2023"),
        (at(1).replace(year=2022), at(1), "1 July 2022 to 1 July 2023"),
        (None, at(15), "15 July 2023"),
        (None, None, "date unknown"),
    ],
)
def test_a_period_does_not_repeat_parts(
    first: datetime | None, last: datetime | None, words: str
) -> None:
    assert formatting.format_period(first, last) == words


def test_names_of_languages() -> None:
    assert formatting.format_language("pt") == "Portuguese"
    assert formatting.format_language("pt-BR") == "Portuguese (Brazil)"
    assert formatting.format_language("zh-hant-hk") == "Chinese (Traditional, Hong Kong SAR China)"
    assert formatting.format_language("en-x-odd") == "English (x, odd)"
    assert formatting.format_language("xyz") == "xyz"
    assert formatting.format_language("und") == "Unknown language"
    assert formatting.is_foreign("es")
    assert not formatting.is_foreign("en-GB")
    assert not formatting.is_foreign("und")


def test_an_empty_headline_is_replaced_by_the_first_words() -> None:
    assert formatting.format_headline(newsroom.UNDATED).startswith("Chess returns to the park")
    long = replace(newsroom.UNDATED, body="word " * 100)
    assert formatting.format_headline(long).endswith("word …")
    assert len(formatting.format_headline(long)) < 100
    assert formatting.format_headline(replace(long, body="")) == "No headline"


@pytest.mark.parametrize(
    ("took", "words"), [(31.4, "0.03 seconds"), (2_340, "2.34 seconds"), (4, "under 0.01 seconds")]
)
def test_durations(took: float, words: str) -> None:
    assert formatting.format_duration(took) == words
