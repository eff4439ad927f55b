"""`dateline watch`: what arrives is stored and found, and an interruption ends it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from filelock import FileLock

from index.indexing.reindex import LOCK as REINDEX_LOCK
from scripts.commands import watch
from tests.scripts.commands import Dateline

ARTICLE = "{}\n\nPORT ANSEL, May 2 (Halyard) - The harbour bridge will reopen on Friday.\n"


class _Sleeps:
    """Takes the place of sleeping: each sleep runs the next step, and the last one interrupts."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        self._steps: Iterator[Callable[[], object]] = iter(steps)
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += 1
        step = next(self._steps, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    def monotonic(self) -> float:
        return self.now


def _nothing() -> None:
    """Let a second pass."""


def _watch(
    dateline: Dateline,
    patch: pytest.MonkeyPatch,
    arguments: tuple[object, ...],
    *steps: Callable[[], object],
) -> Result:
    sleeps = _Sleeps(*steps)
    patch.setattr(watch, "time", sleeps)
    return dateline.run("watch", *arguments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "in"
    path.mkdir()
    return path


def _write(path: Path, headline: str) -> None:
    path.write_text(ARTICLE.format(headline), encoding="utf-8")


def test_what_arrives_is_found(
    dateline: Dateline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(folder / "2031-05-02-a.txt", "Harbour bridge to reopen")
    found: list[int] = []

    def search() -> None:
        found.append(dateline.json("search", "harbour", "--group", "none")["total"]["articles"])

    result = _watch(
        dateline,
        monkeypatch,
        (folder,),
        _nothing,
        _nothing,
        search,
        lambda: _write(folder / "2031-05-03-b.txt", "Harbour bridge reopened"),
        _nothing,
        _nothing,
        search,
    )
    assert result.exit_code == 0, result.stderr
    assert found == [1, 2]
    assert "Since the start: 2 added, 0 updated, 0 unchanged, 0 rejected" in result.stdout


def test_what_is_in_the_archive_and_not_in_the_index_is_indexed_first(
    dateline: Dateline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(folder / "2031-05-02-a.txt", "Harbour bridge to reopen")
    dateline.json("ingest", folder)
    result = _watch(dateline, monkeypatch, ("--json", folder), _nothing, _nothing, _nothing)
    assert json.loads(result.stdout) == {"added": 0, "updated": 0, "unchanged": 0, "rejected": 0}
    assert dateline.json("search", "harbour")["total"]["articles"] == 1


def test_what_is_refused_is_named_and_kept_for_later(
    dateline: Dateline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    result = _watch(dateline, monkeypatch, (folder,), _nothing, _nothing, _nothing)
    assert result.exit_code == 0, result.stderr
    assert "picture.png" in result.stderr
    assert "0 added, 0 updated, 0 unchanged, 1 rejected" in result.stdout
    assert "picture.png" in (dateline.home / "refused.json").read_text(encoding="utf-8")


def test_many_articles_are_found_by_keyword_first(
    dateline: Dateline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        _write(folder / f"2031-05-02-{number}.txt", f"Harbour bridge number {number}")
    result = _watch(dateline, monkeypatch, (folder,), _nothing, _nothing, _nothing)
    assert "30 articles can be found by keyword\n" in result.stdout


def test_a_reindex_elsewhere_is_waited_for(
    dateline: Dateline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(folder / "2031-05-02-a.txt", "Harbour bridge to reopen")
    dateline.json("ingest", folder)
    other = FileLock(dateline.home / REINDEX_LOCK)
    other.acquire()
    result = _watch(dateline, monkeypatch, (folder,), _nothing, _nothing, other.release, _nothing)
    assert result.stderr.count("Another reindex is running") == 1
    assert dateline.json("search", "harbour")["total"]["articles"] == 1


def test_a_second_watch_is_refused(dateline: Dateline, folder: Path) -> None:
    dateline.home.mkdir()
    with FileLock(dateline.home / watch.LOCK):
        result = dateline.run("watch", folder)
    assert result.exit_code == 1
    assert "Another `dateline watch`" in result.stderr


def test_an_interruption_says_what_is_left(
    dateline: Dateline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(folder / "2031-05-02-a.txt", "Harbour bridge to reopen")
    result = _watch(dateline, monkeypatch, (folder,))
    assert result.exit_code == 0
    assert "At the next start: 1 file that may not have been complete." in result.stderr


def test_a_folder_must_be_named(dateline: Dateline) -> None:
    assert dateline.run("watch").exit_code == 2


@pytest.mark.parametrize("name", ["missing", "file.txt"])
def test_only_folders_are_watched(dateline: Dateline, tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("text", encoding="utf-8")
    result = dateline.run("watch", tmp_path / name)
    assert result.exit_code == 1
    assert "is not a folder" in result.stderr
