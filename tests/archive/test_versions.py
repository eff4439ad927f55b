"""Which version of an article is the newest, after corrections, reversals and withdrawals."""

import os
from pathlib import Path
from typing import Any

import pytest

from archive.article import Article
from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, IngestReport, ingest
from tests.archive.builders import write_lines


def _ingest(home: Path, *paths: Path, **options: Any) -> IngestReport:
    with ArticleStore.open(home / "home") as store:
        return ingest(store, paths, IngestOptions(**options))


def _versions(home: Path, uri: str = "a") -> tuple[Article, ...]:
    with ArticleStore.open(home / "home") as store:
        return store.versions(uri)


def _counts(report: IngestReport) -> tuple[int, int, int, int, int]:
    rejected = len(report.rejected)
    return report.added, report.updated, report.unchanged, report.duplicate, rejected


def _bodies(home: Path) -> list[str]:
    return [version.body for version in _versions(home)]


def _write_bodies(path: Path, *bodies: str) -> Path:
    return write_lines(path, *({"id": "a", "body": body} for body in bodies))


def test_a_correction_that_is_reverted_in_a_file(tmp_path: Path) -> None:
    path = _write_bodies(tmp_path / "a.jsonl", "A", "B", "A")
    dry = _ingest(tmp_path, path, dry_run=True)
    report = _ingest(tmp_path, path)
    assert _counts(dry) == _counts(report) == (1, 2, 0, 0, 0)
    assert _bodies(tmp_path) == ["A", "B", "A"]
    again = _ingest(tmp_path, path)
    assert _counts(again) == (0, 0, 2, 1, 0)
    moved = path.rename(tmp_path / "moved.jsonl")
    assert _counts(_ingest(tmp_path, moved)) == (0, 0, 2, 1, 0)
    _write_bodies(moved, "A", "B", "A", "C", "A")
    assert _bodies(tmp_path) == ["A", "B", "A"]
    _ingest(tmp_path, moved)
    assert _bodies(tmp_path) == ["A", "B", "A", "C", "A"]


def test_a_correction_that_is_reverted_by_a_later_file(tmp_path: Path) -> None:
    paths = [_write_bodies(tmp_path / f"{n}.jsonl", body) for n, body in enumerate("ABA")]
    for path in paths:
        _ingest(tmp_path, path)
    assert _bodies(tmp_path) == ["A", "B", "A"]
    # A file that is read again does not undo what came later, alone or with the others.
    for files in ([paths[0]], [paths[1]], paths[:2], paths):
        assert _counts(_ingest(tmp_path, *files))[:2] == (0, 0)
    # A file that was written again does.
    os.utime(paths[1], ns=(0, 0))
    assert _counts(_ingest(tmp_path, paths[1], dry_run=True)) == (0, 1, 0, 0, 0)
    assert _counts(_ingest(tmp_path, paths[1])) == (0, 1, 0, 0, 0)
    assert _bodies(tmp_path) == ["A", "B", "A", "B"]


def test_the_time_of_filing_is_stronger_than_the_order_of_files(tmp_path: Path) -> None:
    def write(name: str, body: str, hour: int) -> Path:
        created = f"2031-03-04T{hour:02}:00:00Z"
        return write_lines(tmp_path / name, {"id": "a", "body": body, "version_created": created})

    files = [write("1.jsonl", "B", 10), write("2.jsonl", "A", 9), write("3.jsonl", "A", 11)]
    for path in (*files, *files):
        _ingest(tmp_path, path)
    assert _bodies(tmp_path) == ["B", "A", "A"]
    os.utime(files[0], ns=(0, 0))
    _ingest(tmp_path, files[0])
    assert _bodies(tmp_path) == ["B", "A", "A"]


ARTICLE = {"id": "a", "title": "Minister resigns", "body": "She left office.", "source": "NOL"}
URL = "https://news.example/a"


@pytest.mark.parametrize(
    ("kill", "status"),
    [
        ({"pub_status": "canceled"}, "canceled"),
        ({"pubStatus": "withheld", "title": "HOLD"}, "withheld"),
        ({"pubstatus": "stat:canceled", "body": "Kill this story."}, "canceled"),
        ({"Publication-Status": "KILLED"}, "canceled"),
        ({"status": "withdrawn"}, "canceled"),
        ({"status": 200, "title": "Minister stays"}, "usable"),
        ({"status": "ok", "title": "Minister stays"}, "usable"),
        ({"pub_status": "usable", "title": "Minister stays"}, "usable"),
    ],
)
def test_a_later_version_withdraws_the_article(
    tmp_path: Path, kill: dict[str, object], status: str
) -> None:
    path = write_lines(tmp_path / "a.jsonl", ARTICLE, {"id": "a"} | kill)
    assert _counts(_ingest(tmp_path, path)) == (1, 1, 0, 0, 0)
    assert [version.pub_status for version in _versions(tmp_path)] == ["usable", status]


def test_a_kill_in_wire_text(tmp_path: Path) -> None:
    text = "Id: a\nUrgency: 1\nUpdated: 2031-03-04T09:00:00Z\n\nMinister resigns\n\nShe left.\n"
    kill = "Id: a\nStatus: canceled\nUpdated: 2031-03-04T10:00:00Z\n"
    path = tmp_path / "a.txt"
    path.write_text(f"{text}NNNN\n{kill}")
    assert _counts(_ingest(tmp_path, path)) == (1, 1, 0, 0, 0)
    first, last = _versions(tmp_path)
    assert (first.urgency, first.pub_status, first.headline) == (1, "usable", "Minister resigns")
    assert (last.pub_status, last.headline) == ("canceled", "")
    assert str(last.version_created) == "2031-03-04 10:00:00+00:00"


def test_a_kill_by_url_and_by_a_number_of_its_source(tmp_path: Path) -> None:
    other = ARTICLE | {"id": 7, "source": "EFE"}
    path = write_lines(
        tmp_path / "a.jsonl",
        {"url": f"{URL}?utm_source=x", "title": "a"},
        {"url": URL, "pub_status": "canceled"},
        other,
        ARTICLE | {"id": 7},
        {"id": 7, "source": "NOL", "pub_status": "canceled"},
    )
    assert _counts(_ingest(tmp_path, path)) == (3, 2, 0, 0, 0)
    newest = {uri: _versions(tmp_path, uri)[-1].pub_status for uri in (URL, "7@EFE", "7@NOL")}
    assert newest == {URL: "canceled", "7@EFE": "usable", "7@NOL": "canceled"}


def test_a_kill_that_arrives_before_an_older_text_stays(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "a.jsonl",
        ARTICLE | {"pub_status": "canceled", "versionCreated": "2031-03-04T10:00:00Z"},
        ARTICLE | {"versionCreated": "2031-03-04T09:00:00Z"},
    )
    _ingest(tmp_path, path)
    assert [version.pub_status for version in _versions(tmp_path)] == ["usable", "canceled"]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"pub_status": "canceled"}, "no headline and no body"),
        ({"id": "a", "pub_status": "usable"}, "no headline and no body"),
        (ARTICLE | {"pub_status": "spiked"}, "the publication status 'spiked' is not known"),
    ],
)
def test_a_status_that_cannot_be_used_is_rejected(
    tmp_path: Path, record: dict[str, object], reason: str
) -> None:
    report = _ingest(tmp_path, write_lines(tmp_path / "a.jsonl", record))
    assert [one.reason.partition(";")[0] for one in report.rejected] == [reason]


@pytest.mark.parametrize(
    ("stated", "urgency"),
    [(1, 1), (9, 9), ("4", 4), (3.0, 3), (0, None), (10, None), ("high", None), (None, None)],
)
def test_urgency_is_one_to_nine(tmp_path: Path, stated: object, urgency: int | None) -> None:
    _ingest(tmp_path, write_lines(tmp_path / "a.jsonl", ARTICLE | {"urgency": stated}))
    assert [version.urgency for version in _versions(tmp_path)] == [urgency]


@pytest.mark.parametrize("headline", ["Status: still on the run", "Updated: police find boat"])
def test_a_headline_that_begins_like_a_header_stays(tmp_path: Path, headline: str) -> None:
    (tmp_path / "a.txt").write_text(f"{headline}\n\nPolice said so.")
    _ingest(tmp_path, tmp_path / "a.txt")
    with ArticleStore.open(tmp_path / "home") as store:
        assert [article.headline for _, article in store.newest()] == [headline]
