"""Where an article gets its date from, and what is said about it."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article
from archive.database.store import ArticleStore
from archive.dating import FileDating, FileDay
from archive.ingest import IngestOptions, IngestReport, ingest
from archive.ingest_types import Draft, PrintedDay
from archive.values.months import find_last_date
from archive.wire.title_date import find_title_day

DATED = "Id: {id}\nDate: {date}\n\nHead {id}\n\nText {id}."
PRINTED = "Id: {id}\n\nHead {id}\n\nOslo, {day} (EFE).- Text {id}."


def _ingest(
    home: Path, *articles: str, name: str = "a.txt", written: str = "2019-08-01", **options: Any
) -> tuple[dict[str, str], IngestReport]:
    """The dates by id, with `~` if inferred, and the report."""
    path = home / name
    path.write_text("\nNNNN\n".join(articles))
    time = datetime.fromisoformat(written).replace(tzinfo=UTC).timestamp()
    os.utime(path, (time, time))
    with ArticleStore.open(home / "home") as store:
        report = ingest(store, [path], IngestOptions(**options))
        found = {article.uri: _format(article) for _, article in store.newest()}
    return found, report


def _format(article: Article) -> str:
    day = f"{article.first_created:%Y-%m-%d}" if article.first_created else "none"
    return f"~{day}" if article.date_inferred else day


@pytest.mark.parametrize("first", [0, 1])
def test_the_year_comes_from_the_other_articles_of_the_file(tmp_path: Path, first: int) -> None:
    articles = [
        DATED.format(id="a", date="2011-01-03"), PRINTED.format(id="b", day="December 30")
    ]  # fmt: skip
    both = articles[first], articles[1 - first]
    found, report = _ingest(tmp_path, *both, name="a-20230715.txt", date=date(2020, 8, 1))
    assert found == {"a": "2011-01-03", "b": "~2010-12-30"}
    assert report.remarks == ()


def test_a_complete_dateline_tells_the_year_too(tmp_path: Path) -> None:
    articles = [PRINTED.format(id=day[:3], day=day) for day in ("May 3", "May 4, 2012", "Jan 5")]
    found, _ = _ingest(tmp_path, *articles)
    assert found == {"May": "2012-05-04", "Jan": "~2012-01-05"}
    assert _ingest(tmp_path, articles[0])[1].updated == 1


@pytest.mark.parametrize(
    ("name", "given", "day", "expected"),
    [
        ("2023-07-15-a.txt", None, "July 14", "~2023-07-14"),
        ("20230715.txt", date(2020, 8, 1), "July 14", "~2023-07-14"),
        ("a.txt", date(2020, 8, 1), "July 14", "~2020-07-14"),
        ("a.txt", None, "July 14", "~2019-07-14"),
        ("a.txt", None, "August 2", "~2019-08-02"),
        ("a.txt", None, "August 3", "~2018-08-03"),
        ("a.txt", None, "February 29", "~2016-02-29"),
    ],
)
def test_without_dated_articles_name_option_and_file_time_tell_the_year(
    tmp_path: Path, name: str, given: date | None, day: str, expected: str
) -> None:
    found, report = _ingest(tmp_path, PRINTED.format(id="a", day=day), name=name, date=given)
    assert found == {"a": expected}
    from_file = name == "a.txt" and given is None
    assert [each.code for each in report.remarks] == ["year-from-file"] * from_file
    assert [one.value for each in report.remarks for one in each.examples] == [
        expected[1:5]
    ] * from_file


def test_the_file_time_is_never_the_day_of_an_article(tmp_path: Path) -> None:
    found, report = _ingest(tmp_path, "Id: a\n\nHead\n\nText.", DATED.format(id="b", date="then"))
    assert found == {"a": "none", "b": "none"}
    assert {each.code: each.count for each in report.remarks} == {"no-date": 2, "unread-date": 1}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("November 1 as it happened", "~2018-11-01"),
        ("Politics live: 1 November as it happened", "~2018-11-01"),
        ("Summary for 3 May 2021", "~2021-05-03"),
        ("3 May 2021: minister resigns", "~2021-05-03"),
        ("News in brief - 2021-05-03", "~2021-05-03"),
        ("Morning briefing: Monday, May 3", "~2019-05-03"),
        ("Resumen del 3 de mayo de 2021", "~2021-05-03"),
        ("Résumé du 3 mai 2021", "~2021-05-03"),
        ("Presseschau vom 3. Mai 2021", "~2021-05-03"),
        ("Resumo de 3 de maio de 2021", "~2021-05-03"),
        ("Rassegna stampa del 3 maggio 2021", "~2021-05-03"),
        ("Remembering June 6, 1944", "none"),
        ("Thursday, December 11, 2008", "none"),
        ("11.12.2008", "none"),
        ("May 25 bombing suspect held", "none"),
        ("Bank schedules loan review for April 16", "none"),
        ("Summary for 31 June 2021", "none"),
        ("News for May 3 and May 4", "none"),
        ("The May 2021 summary", "none"),
    ],
)
def test_a_title_can_carry_the_date(tmp_path: Path, title: str, expected: str) -> None:
    assert _ingest(tmp_path, f"Id: a\n\n{title}\n\nText.")[0] == {"a": expected}


def test_a_dateline_is_stronger_than_a_title(tmp_path: Path) -> None:
    text = "Id: a\n\nSummary for 3 May 2021\n\nOslo, May 4, 2021 (EFE).- Text."
    assert _ingest(tmp_path, text)[0] == {"a": "2021-05-04"}


def _draft(number: int, kind: str) -> Draft:
    created = datetime(2031, 3, 4, tzinfo=UTC) if kind == "stated" else None
    article = Article(uri=str(number), headline="a", body="", first_created=created)
    printed = PrintedDay(month=3, day=5) if kind == "printed" else None
    return Draft(where="", article=article, printed=printed)


@given(st.lists(st.sampled_from(["stated", "printed", "none"]), max_size=12))
def test_articles_keep_their_order_and_none_is_lost(kinds: list[str]) -> None:
    dating = FileDating(FileDay(written=date(2040, 1, 1)))
    dated = [one for n, kind in enumerate(kinds) for one in dating.add(_draft(n, kind))]
    dated += dating.finish()
    assert [int(article.uri) for article, _ in dated] == list(range(len(kinds)))
    year = 2031 if "stated" in kinds else 2039
    for (article, _), kind in zip(dated, kinds, strict=True):
        if kind == "printed":
            assert article.first_created == datetime(year, 3, 5, tzinfo=UTC)


def test_no_more_than_500_articles_wait() -> None:
    dating = FileDating(FileDay(written=date(2040, 1, 1)))
    released = [len(list(dating.add(_draft(number, "printed")))) for number in range(600)]
    assert sum(released[:500]) == 0
    assert sum(released) == 501


@given(st.dates(date(10, 1, 1)), st.integers(1, 12), st.integers(1, 28))
def test_the_last_date_is_within_a_year(until: date, month: int, day: int) -> None:
    found = find_last_date(month, day, until=until)
    assert found is not None
    assert 0 <= (until - found).days <= 366
    assert (found.month, found.day) == (month, day)


@given(st.text(max_size=60))
def test_any_title_is_read(title: str) -> None:
    find_title_day(title)
