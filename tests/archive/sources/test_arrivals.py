"""Arrivals: which files of a watched folder are ready, and when."""

import os
from pathlib import Path

import pytest

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, ingest
from archive.sources.arrivals import SETTLING_SECONDS, FolderArrivals

NOBODY_READ = frozenset[bytes]().__contains__


def _names(arrivals: FolderArrivals, now: float) -> list[str]:
    return [file.path.name for file in arrivals.look(now).files]


def test_a_file_is_ready_once_it_has_not_changed_for_a_while(tmp_path: Path) -> None:
    arrivals = FolderArrivals([tmp_path], NOBODY_READ)
    (tmp_path / "a.txt").write_text("half", encoding="utf-8")
    assert _names(arrivals, 10) == []
    with (tmp_path / "a.txt").open("a", encoding="utf-8") as file:
        file.write(" and the other half")
    assert _names(arrivals, 11) == []
    assert _names(arrivals, 11 + SETTLING_SECONDS - 0.1) == []
    assert arrivals.count_waiting() == 1
    assert _names(arrivals, 11 + SETTLING_SECONDS) == ["a.txt"]
    assert _names(arrivals, 100) == []
    assert arrivals.count_waiting() == 0


def test_a_file_that_is_written_again_is_read_again(tmp_path: Path) -> None:
    arrivals, path = FolderArrivals([tmp_path], NOBODY_READ), tmp_path / "a.txt"
    path.write_text("one", encoding="utf-8")
    assert [_names(arrivals, now) for now in (0, 2)] == [[], ["a.txt"]]
    path.write_text("two", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert [_names(arrivals, now) for now in (3, 5)] == [[], ["a.txt"]]


@pytest.mark.parametrize(
    "name", ["a.txt.part", "a.txt.filepart", "a.jsonl.TMP", ".a.txt", "a.txt~"]
)
def test_a_file_is_waited_for_until_it_has_its_name(tmp_path: Path, name: str) -> None:
    arrivals = FolderArrivals([tmp_path], NOBODY_READ)
    (tmp_path / name).write_text("text", encoding="utf-8")
    assert [_names(arrivals, now) for now in (0, 10)] == [[], []]
    (tmp_path / name).rename(tmp_path / "a.txt")
    assert [_names(arrivals, now) for now in (11, 13)] == [[], ["a.txt"]]


def test_an_empty_file_is_waited_for(tmp_path: Path) -> None:
    arrivals = FolderArrivals([tmp_path], NOBODY_READ)
    (tmp_path / "a.txt").touch()
    assert [_names(arrivals, now) for now in (0, 10)] == [[], []]
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    assert [_names(arrivals, now) for now in (11, 13)] == [[], ["a.txt"]]


def test_a_folder_moved_in_whole_is_read_in_order(tmp_path: Path) -> None:
    arrivals = FolderArrivals([tmp_path], NOBODY_READ)
    folder = tmp_path / "new"
    folder.mkdir()
    for name in ("rates-update-1.txt", "rates.txt"):
        (folder / name).write_text(name, encoding="utf-8")
    assert [_names(arrivals, now) for now in (0, 2)] == [[], ["rates.txt", "rates-update-1.txt"]]


def test_what_cannot_be_read_is_named_once(tmp_path: Path) -> None:
    arrivals = FolderArrivals([tmp_path], NOBODY_READ)
    (tmp_path / "link.txt").symlink_to(tmp_path / "nothing")
    problems = [arrivals.look(now).problems for now in (0, 1)]
    assert [len(each) for each in problems] == [1, 0]
    assert "link to nothing" in problems[0][0].reason


def test_after_a_restart_only_what_is_new_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "old.txt").write_text("A headline\n\nA body of one line.\n", encoding="utf-8")
    with ArticleStore.open(tmp_path / "home") as store:
        ingest(store, [folder], IngestOptions())
        (folder / "new.txt").write_text("A headline\n\nA body.\n", encoding="utf-8")
        arrivals = FolderArrivals([folder], store.has_read)
        assert [_names(arrivals, now) for now in (0, 2)] == [[], ["new.txt"]]
