"""Identity: an archive is told from another, from an older copy and from one with rows deleted."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from archive.database.identity import Checkpoint, compare
from archive.database.store import FILE_NAME, ArticleStore
from tests.archive.builders import an_article
from tests.archive.database.test_migrations import SCHEMA_1


def _fill(home: Path, *names: str) -> Checkpoint:
    with ArticleStore.open(home) as store:
        for name in names:
            store.put(an_article(name))
        return store.read_checkpoint()


def _copy(home: Path, target: Path) -> Path:
    target.mkdir()
    shutil.copy(home / FILE_NAME, target)
    return target


def _delete(home: Path, uri: str) -> None:
    with contextlib.closing(sqlite3.connect(home / FILE_NAME)) as connection, connection:
        connection.execute("DELETE FROM newest WHERE uri = ?", (uri,))
        connection.execute("DELETE FROM version WHERE uri = ?", (uri,))


def _compare(home: Path, checkpoint: Checkpoint) -> str:
    with ArticleStore.open(home, readonly=True) as store:
        return store.compare(checkpoint)


def test_two_archives_with_the_same_articles_are_told_apart(tmp_path: Path) -> None:
    one, other = _fill(tmp_path / "one", "a", "b"), _fill(tmp_path / "other", "a", "b")
    assert (one.sequence, one.versions) == (other.sequence, other.versions) == (2, 2)
    assert _compare(tmp_path / "one", one) == "same"
    assert _compare(tmp_path / "other", one) == "other"


def test_an_archive_keeps_its_id_and_stays_the_same_as_it_grows(tmp_path: Path) -> None:
    before = _fill(tmp_path, "a", "b")
    after = _fill(tmp_path, "c")
    assert after.archive == before.archive != ""
    assert (after.sequence, after.versions) == (3, 3)
    assert after.digest != before.digest
    assert _compare(tmp_path, before) == "same"


def test_an_empty_archive_is_known_too(tmp_path: Path) -> None:
    empty = _fill(tmp_path / "one")
    assert (empty.sequence, empty.versions, empty.digest) == (0, 0, "")
    _fill(tmp_path / "one", "a")
    assert _compare(tmp_path / "one", empty) == "same"
    _fill(tmp_path / "other")
    assert _compare(tmp_path / "other", empty) == "other"


def test_an_older_copy_is_incomplete_until_it_goes_another_way(tmp_path: Path) -> None:
    _fill(tmp_path / "one", "a")
    older = _copy(tmp_path / "one", tmp_path / "older")
    checkpoint = _fill(tmp_path / "one", "b")
    assert _compare(older, checkpoint) == "incomplete"
    _fill(older, "c")
    assert _compare(older, checkpoint) == "other"


def test_the_same_article_ingested_again_is_another_history(tmp_path: Path) -> None:
    _fill(tmp_path / "one", "a")
    older = _copy(tmp_path / "one", tmp_path / "older")
    checkpoint = _fill(tmp_path / "one", "b")
    assert _fill(older, "b").versions == checkpoint.versions
    assert _compare(older, checkpoint) == "other"


@pytest.mark.parametrize("uri", ["a", "b", "c"])
def test_deleted_rows_make_an_archive_incomplete(tmp_path: Path, uri: str) -> None:
    checkpoint = _fill(tmp_path, "a", "b", "c")
    _delete(tmp_path, uri)
    assert _compare(tmp_path, checkpoint) == "incomplete"
    _fill(tmp_path, "d")
    assert _compare(tmp_path, checkpoint) == "incomplete"


def test_an_open_store_notices_a_deletion_by_another_process(tmp_path: Path) -> None:
    checkpoint = _fill(tmp_path, "a", "b")
    with ArticleStore.open(tmp_path, readonly=True) as store:
        assert store.compare(checkpoint) == "same"
        _delete(tmp_path, "a")
        assert store.compare(checkpoint) == "incomplete"


def test_a_store_that_writes_notices_its_own_changes(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        store.put(an_article("a"))
        future = Checkpoint(
            archive=store.read_checkpoint().archive, sequence=2, versions=2, digest="0"
        )
        assert store.compare(future) == "incomplete"
        store.put(an_article("b"))
        assert store.compare(future) == "other"


def test_a_checkpoint_without_an_id_is_of_another_archive() -> None:
    assert compare(Checkpoint(), Checkpoint(archive="x")) == "other"


def test_a_migrated_archive_gets_an_id_of_its_own(tmp_path: Path) -> None:
    ids = set()
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        path = tmp_path / name / FILE_NAME
        with contextlib.closing(sqlite3.connect(path)) as connection, connection:
            connection.executescript(SCHEMA_1)
            connection.execute("PRAGMA user_version = 1")
        first, again = _fill(tmp_path / name, "a"), _fill(tmp_path / name)
        assert first == again
        ids.add(first.archive)
    assert len(ids) == 2
    assert all(len(one) == 36 for one in ids)


def test_keys_that_are_held(tmp_path: Path) -> None:
    _fill(tmp_path, "a", "b")
    with ArticleStore.open(tmp_path, readonly=True) as store:
        wanted = [("a", 1), ("a", 2), ("missing", 1), *((f"x{n}", 1) for n in range(900)), ("b", 1)]
        assert store.find_held(wanted) == {("a", 1), ("b", 1)}
        assert store.find_held([]) == set()
