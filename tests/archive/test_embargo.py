"""Embargoes from the file to the archive: a time is kept, and what cannot be read is withheld."""

from pathlib import Path
from typing import Any

import pytest

from archive.article import Article
from archive.database.store import ArticleStore
from archive.ingest import ingest
from archive.ingest_types import IngestOptions
from tests.archive.builders import write_lines

MILL = {"id": "mill", "headline": "Mill opens", "body": "It opened.", "date": "2031-03-02"}


def read(tmp_path: Path, **fields: Any) -> tuple[Article, dict[str, str]]:
    """The article of a record, and the value of each remark."""
    path = write_lines(tmp_path / "a.jsonl", MILL | fields)
    with ArticleStore.open(tmp_path / "home") as store:
        report = ingest(store, [path], IngestOptions())
        [(_, article)] = store.newest()
    return article, {each.code: each.examples[0].value for each in report.remarks}


def test_a_time_in_the_future_is_kept_and_reported(tmp_path: Path) -> None:
    article, remarks = read(tmp_path, embargoed="2131-03-03T01:00:00+01:00")
    assert article.embargoed
    assert article.embargoed.isoformat() == "2131-03-03T00:00:00+00:00"
    assert (article.pub_status, remarks) == ("usable", {"embargoed": "2131-03-03T00:00Z"})


def test_a_time_in_the_past_is_kept_without_a_remark(tmp_path: Path) -> None:
    article, remarks = read(tmp_path, embargoed="2001-03-03")
    assert (article.pub_status, remarks) == ("usable", {})


@pytest.mark.parametrize(
    "fields",
    [
        {"embargoed": "6 a.m. EST"},
        {"body": "EMBARGOED UNTIL 6 a.m. EST\n\nIt opened."},
        {"headline": "EMBARGOED UNTIL 6 a.m. EST"},
        {"ed_note": "Embargoed until 6 a.m. EST"},
    ],
)
def test_an_unread_time_withholds_until_it_is_filed_with_one(
    tmp_path: Path, fields: dict[str, str]
) -> None:
    article, remarks = read(tmp_path, **fields)
    assert article.pub_status == "withheld"
    assert remarks["unread-embargo"].strip("()").endswith("6 a.m. EST")
    released, remarks = read(tmp_path, **fields | {"embargoed": "2001-03-03"})
    assert (released.pub_status, remarks) == ("usable", {})


def test_a_status_of_an_embargo_ends_with_its_time(tmp_path: Path) -> None:
    article, _ = read(tmp_path, status="embargoed", embargoed="2131-03-03")
    assert article.pub_status == "usable"


def test_a_withdrawal_stays_one(tmp_path: Path) -> None:
    article, _ = read(tmp_path, status="killed", embargoed="6 a.m. EST")
    assert article.pub_status == "canceled"
