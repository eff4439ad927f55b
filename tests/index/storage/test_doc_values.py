"""Doc values: what is known of a row, and filters by day, source, language and place."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np

from archive.article import Article
from index.storage.doc_values import UNDATED, DocValues, DocValuesBuilder, open_doc_values
from index.types.search import Filters
from tests.fakes import make_article, on_day


def build_doc_values(folder: Path, *articles: Article) -> DocValues:
    builder = DocValuesBuilder()
    for article in articles:
        builder.add(article)
    folder.mkdir(exist_ok=True)
    builder.write(folder)
    return open_doc_values(folder)


def match(doc_values: DocValues, request: Filters) -> list[str]:
    mask = doc_values.match_filters(request)
    rows = range(len(doc_values)) if mask is None else np.flatnonzero(mask)
    return [doc_values.uris[int(row)] for row in rows]


def test_rows_are_read_back(tmp_path: Path) -> None:
    articles = [
        make_article("b", version=3, source="Halyard", language="pt-BR", located="Skerrow"),
        make_article("å/ö?", source="", first_created=None),
    ]
    doc_values = build_doc_values(tmp_path, *articles)
    assert [doc_values.get_key(row) for row in range(2)] == [("b", 3), ("å/ö?", 1)]
    assert [doc_values.find_row(uri) for uri in ("b", "å/ö?", "c", "")] == [0, 1, None, None]
    assert doc_values.published.tolist() == [int(on_day(0).timestamp()), UNDATED]
    assert (doc_values.source_names, doc_values.language_names) == (
        ("Halyard", ""),
        ("pt-BR", "en"),
    )
    assert (doc_values.places.tolist(), doc_values.place_names) == ([0, 1], ("Skerrow", ""))


def test_no_rows(tmp_path: Path) -> None:
    doc_values = build_doc_values(tmp_path)
    assert (len(doc_values), doc_values.find_row("a")) == (0, None)
    assert doc_values.match_filters(Filters(sources=("x",), date_from=date(2031, 1, 1))) is not None


def test_days_are_included_at_both_ends_in_utc(tmp_path: Path) -> None:
    moments = {
        "before": datetime(2031, 3, 9, 23, 59, 59, tzinfo=UTC),
        "first": datetime(2031, 3, 10, tzinfo=UTC),
        "last": datetime(2031, 3, 11, 23, 59, 59, 999_999, tzinfo=UTC),
        "after": datetime(2031, 3, 12, tzinfo=UTC),
        "lima": datetime(2031, 3, 9, 22, tzinfo=timezone(timedelta(hours=-5))),
        "undated": None,
    }
    doc_values = build_doc_values(
        tmp_path, *(make_article(uri, first_created=when) for uri, when in moments.items())
    )
    first, last = date(2031, 3, 10), date(2031, 3, 11)
    assert match(doc_values, Filters(date_from=first, date_to=last)) == [
        "first",
        "last",
        "lima",
    ]
    assert match(doc_values, Filters(date_from=first)) == ["first", "last", "after", "lima"]
    assert match(doc_values, Filters(date_to=last)) == ["before", "first", "last", "lima"]
    assert match(doc_values, Filters(date_from=last, date_to=first)) == []
    assert match(doc_values, Filters(date_from=date.min, date_to=date.max)) == list(moments)[:-1]
    assert match(doc_values, Filters()) == list(moments)


def test_a_part_of_a_second_before_1970_is_on_its_day(tmp_path: Path) -> None:
    late = datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC)
    doc_values = build_doc_values(tmp_path, make_article("late", first_created=late))
    assert match(doc_values, Filters(date_to=date(1969, 12, 31))) == ["late"]


def test_sources_and_languages_in_any_case(tmp_path: Path) -> None:
    doc_values = build_doc_values(
        tmp_path,
        make_article("1", source="Agencia Éxito", language="es"),
        make_article("2", source="Halyard", language="en"),
        make_article("3", source="", language="es"),
    )
    assert match(doc_values, Filters(sources=("agencia éxito", "HALYARD"))) == ["1", "2"]
    assert match(doc_values, Filters(languages=("ES",))) == ["1", "3"]
    assert match(doc_values, Filters(languages=("es",), sources=("Halyard",))) == []
    assert match(doc_values, Filters(sources=("unknown",))) == []


def test_places_in_any_case(tmp_path: Path) -> None:
    doc_values = build_doc_values(
        tmp_path,
        make_article("1", located="Ljubljana"),
        make_article("2", located="São Paulo"),
        make_article("3"),
    )
    assert match(doc_values, Filters(places=("são paulo", "LJUBLJANA"))) == ["1", "2"]
    assert match(doc_values, Filters(places=("Ljubljana",), languages=("fr",))) == []
