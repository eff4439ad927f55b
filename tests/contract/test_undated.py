"""Articles without a date are never silently out of reach."""

from datetime import date
from typing import Any

import pytest

from index.ports import SearchBackend
from index.types.search import Mode, SearchRequest
from tests.fakes import make_article, on_day
from tests.index.library import MODES, UNDATED, Library, uris

LEFT_OUT = "1 article without a date matches otherwise and is left out; date:none finds it."
LAST = "1 of the articles has no date and comes last; date:none finds it."


def messages(
    backend: SearchBackend, text: str, mode: Mode = "lexical", **filters: Any
) -> list[str]:
    results = backend.search(SearchRequest(text=text, mode=mode, **filters))
    return [notice.message for notice in results.notices if notice.code == "undated"]


@pytest.mark.parametrize("text", ["date:none", "date:NONE", "-date:[* TO *]", "date:none -ferry"])
def test_they_can_be_listed(engine: SearchBackend, text: str) -> None:
    assert uris(engine.search(SearchRequest(text=text))) == [UNDATED.uri]


def test_none_can_be_excluded_and_combined(engine: SearchBackend) -> None:
    every = engine.search(SearchRequest()).totals.articles
    dated = engine.search(SearchRequest(text="-date:none"))
    assert dated.totals.articles == every - 1
    assert dated.histogram.undated == 0
    either = engine.search(SearchRequest(text="date:none OR date:2031"))
    assert either.totals.articles == every
    assert engine.search(SearchRequest(text="date:none date:2031")).totals.articles == 0


@pytest.mark.parametrize(
    ("text", "filters", "expected"),
    [
        ("", {"date_from": date(2031, 3, 1)}, [LEFT_OUT]),
        ("bees", {"date_to": date(2031, 3, 31)}, [LEFT_OUT]),
        ("date:2031-03 bees", {}, [LEFT_OUT]),
        ("date:2031-03", {}, [LEFT_OUT]),
        ("bees (date:2031-03 OR date:2031-04)", {}, [LEFT_OUT]),
        ("date:2031-03 ferry", {}, []),
        ("ferry", {"date_from": date(2031, 3, 1)}, []),
        ("", {"date_from": date(2031, 3, 1), "sources": ("Halyard",)}, []),
        ("NOT date:2031-03", {}, []),
        ("date:none", {}, []),
        ("bees", {}, []),
        ("", {"sort": "newest"}, [LAST]),
        ("", {"sort": "oldest"}, [LAST]),
        ("ferry", {"sort": "oldest"}, []),
        ("date:none", {"sort": "newest"}, []),
        ("", {"sort": "newest", "date_from": date(2031, 3, 1)}, [LEFT_OUT]),
    ],
)
def test_a_period_and_an_order_by_date_say_how_many_there_are(
    engine: SearchBackend, text: str, filters: dict[str, Any], expected: list[str]
) -> None:
    assert messages(engine, text, **filters) == expected


@pytest.mark.parametrize("mode", MODES)
def test_several_in_every_mode(library: Library, mode: Mode) -> None:
    for number in range(3):
        library.put(make_article(f"u-{number}", body=f"Bees {number}.", first_created=None))
    library.put(make_article("dated", body="Bees again.", first_created=on_day(3)))
    library.reindex()
    [message] = messages(library.engine(), "bees", mode, date_from=date(2031, 1, 1))
    assert message.startswith("3 articles without a date match otherwise")
    [message] = messages(library.engine(), "bees", mode, sort="oldest")
    assert message.startswith("3 of the articles have no date")
