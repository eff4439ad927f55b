"""Columns: what a row is, filters by day, source and language, and the total order."""

import random
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article
from index.storage.doc_values import UNDATED, DocValues, DocValuesBuilder, open_doc_values
from index.types.search import SearchRequest
from tests.fakes import make_article, on_day


def columns_of(folder: Path, *articles: Article) -> DocValues:
    builder = DocValuesBuilder()
    for article in articles:
        builder.add(article)
    folder.mkdir(exist_ok=True)
    builder.write(folder)
    return open_doc_values(folder)


def kept(doc_values: DocValues, request: SearchRequest) -> list[str]:
    mask = doc_values.allowed(request)
    rows = range(len(doc_values)) if mask is None else np.flatnonzero(mask)
    return [doc_values.uris[int(row)] for row in rows]


def test_rows_come_back(tmp_path: Path) -> None:
    articles = [
        make_article("b", version=3, source="Halyard", language="pt-BR", located="Skerrow"),
        make_article("å/ö?", source="", first_created=None),
    ]
    doc_values = columns_of(tmp_path, *articles)
    assert [doc_values.key(row) for row in range(2)] == [("b", 3), ("å/ö?", 1)]
    assert [doc_values.row_of(uri) for uri in ("b", "å/ö?", "c", "")] == [0, 1, None, None]
    assert doc_values.published.tolist() == [int(on_day(0).timestamp()), UNDATED]
    assert (doc_values.source_names, doc_values.language_names) == (
        ("Halyard", ""),
        ("pt-BR", "en"),
    )
    assert (doc_values.places.tolist(), doc_values.place_names) == ([0, 1], ("Skerrow", ""))


def test_no_rows_at_all(tmp_path: Path) -> None:
    doc_values = columns_of(tmp_path)
    assert (len(doc_values), doc_values.row_of("a")) == (0, None)
    assert doc_values.allowed(SearchRequest(sources=("x",), date_from=date(2031, 1, 1))) is not None


def test_days_are_included_at_both_ends_in_utc(tmp_path: Path) -> None:
    moments = {
        "before": datetime(2031, 3, 9, 23, 59, 59, tzinfo=UTC),
        "first": datetime(2031, 3, 10, tzinfo=UTC),
        "last": datetime(2031, 3, 11, 23, 59, 59, 999_999, tzinfo=UTC),
        "after": datetime(2031, 3, 12, tzinfo=UTC),
        "lima": datetime(2031, 3, 9, 22, tzinfo=timezone(timedelta(hours=-5))),
        "undated": None,
    }
    doc_values = columns_of(
        tmp_path, *(make_article(uri, first_created=when) for uri, when in moments.items())
    )
    first, last = date(2031, 3, 10), date(2031, 3, 11)
    assert kept(doc_values, SearchRequest(date_from=first, date_to=last)) == [
        "first",
        "last",
        "lima",
    ]
    assert kept(doc_values, SearchRequest(date_from=first)) == ["first", "last", "after", "lima"]
    assert kept(doc_values, SearchRequest(date_to=last)) == ["before", "first", "last", "lima"]
    assert kept(doc_values, SearchRequest(date_from=last, date_to=first)) == []
    assert (
        kept(doc_values, SearchRequest(date_from=date.min, date_to=date.max)) == list(moments)[:-1]
    )
    assert kept(doc_values, SearchRequest()) == list(moments)


def test_a_part_of_a_second_before_1970_is_on_its_day(tmp_path: Path) -> None:
    late = datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC)
    doc_values = columns_of(tmp_path, make_article("late", first_created=late))
    assert kept(doc_values, SearchRequest(date_to=date(1969, 12, 31))) == ["late"]


def test_sources_and_languages_in_any_case(tmp_path: Path) -> None:
    doc_values = columns_of(
        tmp_path,
        make_article("1", source="Agencia Éxito", language="es"),
        make_article("2", source="Halyard", language="en"),
        make_article("3", source="", language="es"),
    )
    assert kept(doc_values, SearchRequest(sources=("agencia éxito", "HALYARD"))) == ["1", "2"]
    assert kept(doc_values, SearchRequest(languages=("ES",))) == ["1", "3"]
    assert kept(doc_values, SearchRequest(languages=("es",), sources=("Halyard",))) == []
    assert kept(doc_values, SearchRequest(sources=("unknown",))) == []


def test_places_in_any_case(tmp_path: Path) -> None:
    doc_values = columns_of(
        tmp_path,
        make_article("1", located="Ljubljana"),
        make_article("2", located="São Paulo"),
        make_article("3"),
    )
    assert kept(doc_values, SearchRequest(places=("são paulo", "LJUBLJANA"))) == ["1", "2"]
    assert kept(doc_values, SearchRequest(places=("Ljubljana",), languages=("fr",))) == []


def test_order_is_score_down_then_published_down_then_uri_up(tmp_path: Path) -> None:
    doc_values = columns_of(
        tmp_path,
        make_article("undated", first_created=None),
        make_article("old", first_created=on_day(0)),
        make_article("new-b", first_created=on_day(5)),
        make_article("new-a", first_created=on_day(5)),
        make_article("best", first_created=on_day(-9)),
        make_article("ancient", first_created=datetime(1899, 1, 1, tzinfo=UTC)),
    )
    rows = np.arange(6, dtype=np.int32)
    scores = np.array([1, 1, 1, 1, 2, 1], np.float32)
    ordered = [doc_values.uris[int(rows[place])] for place in doc_values.ordered(rows, scores)]
    assert ordered == ["best", "new-a", "new-b", "old", "ancient", "undated"]
    by_date = [doc_values.uris[int(rows[place])] for place in doc_values.ordered(rows)]
    assert by_date == ["new-a", "new-b", "old", "best", "ancient", "undated"]


FINITE = st.floats(width=32, allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(FINITE, st.booleans()), min_size=40, max_size=40))
def test_any_scores_fall_and_what_is_first_is_first(
    tied: DocValues, given_to: list[tuple[float, bool]]
) -> None:
    scores = np.array([score for score, _ in given_to], np.float32)
    first = np.array([first for _, first in given_to])
    by_date = tied.ordered(np.arange(40, dtype=np.int32)).tolist()
    expected = sorted(
        range(40), key=lambda row: (not first[row], -float(scores[row]), by_date.index(row))
    )
    assert tied.ordered(np.arange(40, dtype=np.int32), scores, first).tolist() == expected


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> DocValues:
    """Forty rows, many of which share a date."""
    chance = random.Random(7)
    articles = [
        make_article(f"a-{chance.random()}", first_created=on_day(chance.randint(0, 3)))
        for _ in range(40)
    ]
    return columns_of(tmp_path_factory.mktemp("tied"), *articles)


@given(
    st.lists(st.integers(0, 39), unique=True, max_size=20),
    st.randoms(use_true_random=False),
    st.integers(1, 4),
)
def test_order_does_not_depend_on_the_order_of_the_rows(
    tied: DocValues, chosen: list[int], chance: random.Random, levels: int
) -> None:
    score = {row: float(row % levels) for row in chosen}

    def ordered(rows: list[int]) -> list[int]:
        scores = np.array([score[row] for row in rows], np.float32)
        places = tied.ordered(np.array(rows, np.int32), scores)
        return [rows[int(place)] for place in places]

    shuffled = chance.sample(chosen, len(chosen))
    expected = sorted(
        chosen, key=lambda row: (-score[row], -int(tied.published[row]), tied.uris[row].encode())
    )
    assert ordered(chosen) == ordered(shuffled) == expected
