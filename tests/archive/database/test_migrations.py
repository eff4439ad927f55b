"""Migrations: an older archive is upgraded completely or not at all, after a backup."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from archive.article import Article
from archive.database import migrations
from archive.database.migrations import FIRST_VERSION, MIGRATIONS, Migration, latest_version
from archive.database.rows import COLUMNS, article_to_row
from archive.database.store import FILE_NAME, ArticleStore, StoreError
from tests.archive.builders import an_article
from tests.source_tree import ROOT

# The tables as schema 1 had them; never changed.
SCHEMA_1 = """
CREATE TABLE version (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, ingested_at TEXT NOT NULL,
    content_hash TEXT NOT NULL, fingerprint BLOB NOT NULL, uri TEXT NOT NULL,
    headline TEXT NOT NULL, body TEXT NOT NULL, version INTEGER NOT NULL, "by" TEXT NOT NULL,
    dateline TEXT NOT NULL, located TEXT NOT NULL, source TEXT NOT NULL, first_created TEXT,
    version_created TEXT, date_inferred INTEGER NOT NULL, language TEXT NOT NULL,
    pub_status TEXT NOT NULL, slugline TEXT NOT NULL, ed_note TEXT NOT NULL, urgency INTEGER,
    subjects TEXT NOT NULL, people TEXT NOT NULL, places TEXT NOT NULL,
    organisations TEXT NOT NULL, url TEXT NOT NULL, raw BLOB NOT NULL, UNIQUE (uri, version));
CREATE TABLE newest (uri TEXT PRIMARY KEY, sequence INTEGER NOT NULL UNIQUE
    REFERENCES version (sequence)) WITHOUT ROWID;
"""
# Two migrations that add the columns which `_write_old` leaves out.
ADD_SLUGLINE = Migration(
    to_version=2, steps=("ALTER TABLE version ADD COLUMN slugline TEXT NOT NULL DEFAULT ''",)
)
ADD_ED_NOTE = Migration(
    to_version=3,
    steps=(
        "ALTER TABLE version ADD COLUMN ed_note TEXT NOT NULL DEFAULT ''",
        *(step for migration in MIGRATIONS for step in migration.steps),
    ),
)
ARTICLES = [an_article(f"a-{number}", raw="Raw.") for number in range(450)]


@pytest.fixture
def two_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    _use(monkeypatch, ADD_SLUGLINE, ADD_ED_NOTE)


def _use(monkeypatch: pytest.MonkeyPatch, *steps: Migration) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)


def _write_old(home: Path, articles: list[Article] = ARTICLES) -> Path:
    """Write an archive of schema 1 without two columns and with fingerprints of its own."""
    path = home / FILE_NAME
    home.mkdir(exist_ok=True)
    columns = [name for name in COLUMNS if name not in ("slugline", "ed_note", "embargoed")]
    names = ", ".join(
        f'"{name}"' for name in ("ingested_at", "content_hash", "fingerprint", *columns)
    )
    marks = ", ".join("?" * (len(columns) + 3))
    with contextlib.closing(sqlite3.connect(path)) as old, old:
        old.executescript(SCHEMA_1.replace(" slugline TEXT NOT NULL, ed_note TEXT NOT NULL,", ""))
        for sequence, article in enumerate(articles, start=1):
            values = dict(
                zip(COLUMNS, article_to_row(article, uri=article.uri, version=1), strict=True)
            )
            row = ("2031-03-01", article.content_hash, b"old", *(values[name] for name in columns))
            old.execute(f"INSERT INTO version ({names}) VALUES ({marks})", row)
            old.execute("INSERT INTO newest VALUES (?, ?)", (article.uri, sequence))
        old.execute("PRAGMA user_version = 1")
    return path


def _read_schema(path: Path) -> tuple[int, set[str]]:
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        return version, {row[1] for row in connection.execute("PRAGMA table_info (version)")}


def _count_rows(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM version").fetchone()[0])


def _assert_old(home: Path) -> None:
    version, columns = _read_schema(home / FILE_NAME)
    assert version == 1
    assert not {"slugline", "ed_note"} & columns
    assert _count_rows(home / FILE_NAME) == len(ARTICLES)


def _assert_new(home: Path) -> None:
    with ArticleStore.open(home) as store:
        assert [article for _, article in store.newest()] == [replace(a, raw="") for a in ARTICLES]
        assert store.read_raw("a-0", 1) == "Raw."
        # Fingerprints cover the new fields too, so that ingesting again changes nothing.
        assert {store.put(article) for article in ARTICLES} == {"unchanged"}
    assert _read_schema(home / FILE_NAME)[0] == 3


def _table_info(path: Path) -> dict[str, set[tuple[object, ...]]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return {
            table: {row[1:4] for row in connection.execute(f"PRAGMA table_info ({table})")}
            for table in ("version", "newest", "identity", "read_file")
        }


def test_a_new_archive_has_the_same_tables_as_a_migrated_one(tmp_path: Path) -> None:
    """Fails if a field of `Article` is added, removed or changed without a migration."""
    for folder in ("new", "old"):
        (tmp_path / folder).mkdir()
    old = tmp_path / "old" / FILE_NAME
    with contextlib.closing(sqlite3.connect(old)) as connection, connection:
        connection.executescript(SCHEMA_1)
        connection.execute("PRAGMA user_version = 1")
    for folder in ("new", "old"):
        ArticleStore.open(tmp_path / folder).close()
    assert _table_info(tmp_path / "new" / FILE_NAME) == _table_info(old)


def test_migrations_are_in_order_without_gaps() -> None:
    versions = [migration.to_version for migration in MIGRATIONS]
    assert versions == list(range(FIRST_VERSION + 1, FIRST_VERSION + 1 + len(versions)))
    assert latest_version() == FIRST_VERSION + len(versions)


@pytest.mark.usefixtures("two_migrations")
def test_a_writer_migrates_an_older_archive(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _write_old(tmp_path)
    ArticleStore.open(tmp_path).close()
    backup = tmp_path / f"{FILE_NAME}.v1.bak"
    assert f"from schema 1 to 3. The previous version is in {backup}" in caplog.text
    _assert_new(tmp_path)
    assert _read_schema(backup)[0] == 1
    assert _count_rows(backup) == len(ARTICLES)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


@pytest.mark.usefixtures("two_migrations")
def test_the_backup_can_be_restored_and_migrated_again(tmp_path: Path) -> None:
    path = _write_old(tmp_path)
    ArticleStore.open(tmp_path).close()
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        name.unlink(missing_ok=True)
    shutil.copy(tmp_path / f"{FILE_NAME}.v1.bak", path)
    _assert_old(tmp_path)
    _assert_new(tmp_path)


def test_a_current_archive_is_not_backed_up(tmp_path: Path) -> None:
    ArticleStore.open(tmp_path).close()
    ArticleStore.open(tmp_path).close()
    assert list(tmp_path.glob("*.bak*")) == []


@pytest.mark.usefixtures("two_migrations")
def test_only_the_missing_migrations_run(tmp_path: Path) -> None:
    path = _write_old(tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(str(ADD_SLUGLINE.steps[0]))
        connection.execute("PRAGMA user_version = 2")
    _assert_new(tmp_path)
    assert _read_schema(tmp_path / f"{FILE_NAME}.v2.bak")[0] == 2


@pytest.mark.usefixtures("two_migrations")
def test_a_reader_says_what_to_run_and_changes_nothing(tmp_path: Path) -> None:
    before = _write_old(tmp_path).read_bytes()
    with pytest.raises(StoreError, match=r"older Dateline \(schema 1; .* Run `dateline reindex`"):
        ArticleStore.open(tmp_path, readonly=True)
    assert (tmp_path / FILE_NAME).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("readonly", [True, False])
def test_a_newer_archive_is_refused_unchanged(tmp_path: Path, readonly: bool) -> None:
    path = _write_old(tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {latest_version() + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="created by a newer Dateline"):
        ArticleStore.open(tmp_path, readonly=readonly)
    assert path.read_bytes() == before


class DiskUsage(NamedTuple):
    total: int
    used: int
    free: int


class CrashError(Exception):
    """An error that no code expects."""


def _crash(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM version WHERE sequence > 100")
    raise CrashError


def test_an_error_in_a_step_leaves_the_old_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write_old(tmp_path)
    _use(monkeypatch, ADD_SLUGLINE, Migration(to_version=3, steps=(*ADD_ED_NOTE.steps, _crash)))
    with pytest.raises(CrashError):
        ArticleStore.open(tmp_path)
    _assert_old(tmp_path)
    _use(monkeypatch, ADD_SLUGLINE, ADD_ED_NOTE)
    _assert_new(tmp_path)


KILLED = """
import os, sys
from pathlib import Path
from archive.database import migrations
from archive.database.store import ArticleStore
from tests.archive.database.test_migrations import ADD_ED_NOTE, ADD_SLUGLINE

def kill(*_): os._exit(9)

migrations.MIGRATIONS = (ADD_SLUGLINE, ADD_ED_NOTE)
setattr(migrations, sys.argv[2], kill)
ArticleStore.open(Path(sys.argv[1]))
"""


@pytest.mark.parametrize(
    "function", ["_back_up", "_sync", "_update_fingerprints", "_check", "write_version"]
)
@pytest.mark.usefixtures("two_migrations")
def test_a_killed_process_leaves_the_old_archive(tmp_path: Path, function: str) -> None:
    _write_old(tmp_path)
    process = subprocess.run(
        [sys.executable, "-c", KILLED, tmp_path, function], cwd=ROOT, check=False
    )
    assert process.returncode == 9
    _assert_old(tmp_path)
    _assert_new(tmp_path)


def test_a_full_disk_in_a_step_leaves_the_old_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA max_page_count = 1")
        connection.execute("CREATE TABLE filler (text)")
        connection.execute("INSERT INTO filler VALUES (hex(zeroblob(1000000)))")

    _write_old(tmp_path)
    _use(monkeypatch, ADD_SLUGLINE, Migration(to_version=3, steps=(fill,)))
    with pytest.raises(StoreError, match="because the disk is full"):
        ArticleStore.open(tmp_path)
    _assert_old(tmp_path)


@pytest.mark.usefixtures("two_migrations")
def test_too_little_disk_space_is_reported_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: DiskUsage(10**9, 10**9, 1000))
    _write_old(tmp_path)
    with pytest.raises(StoreError, match=r"needs \d+ MB of disk space and 0 MB are free"):
        ArticleStore.open(tmp_path)
    _assert_old(tmp_path)
    assert list(tmp_path.glob("*.bak*")) == []


@pytest.mark.usefixtures("two_migrations")
def test_a_backup_that_cannot_be_written_stops_the_upgrade(tmp_path: Path) -> None:
    _write_old(tmp_path)
    (tmp_path / f"{FILE_NAME}.v1.bak").mkdir()
    with pytest.raises(StoreError, match=r"Cannot write the backup .* was not upgraded"):
        ArticleStore.open(tmp_path)
    _assert_old(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.usefixtures("two_migrations")
def test_a_readonly_folder_stops_the_upgrade(tmp_path: Path) -> None:
    _write_old(tmp_path)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="check"):
            ArticleStore.open(tmp_path)
    finally:
        tmp_path.chmod(0o700)
    _assert_old(tmp_path)


def test_a_result_with_damage_is_rolled_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    orphan = "INSERT INTO newest (uri, sequence) VALUES ('orphan', 1000)"
    _write_old(tmp_path)
    _use(monkeypatch, ADD_SLUGLINE, Migration(to_version=3, steps=(*ADD_ED_NOTE.steps, orphan)))
    with pytest.raises(StoreError, match=r"Upgrading .* failed \(foreign_key_check: newest"):
        ArticleStore.open(tmp_path)
    _assert_old(tmp_path)


def test_a_step_that_commits_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def commit(connection: sqlite3.Connection) -> None:
        connection.commit()

    _write_old(tmp_path)
    _use(monkeypatch, Migration(to_version=2, steps=(commit,)))
    with pytest.raises(StoreError, match="interrupted by a commit"):
        ArticleStore.open(tmp_path)


@pytest.mark.usefixtures("two_migrations")
def test_two_writers_at_once_migrate_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _write_old(tmp_path)
    both_opened = threading.Barrier(2, timeout=60)
    migrate = migrations.migrate

    def migrate_together(*arguments: object) -> None:
        both_opened.wait()
        migrate(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("archive.database.schema.migrate", migrate_together)
    errors: list[BaseException] = []
    threads = [threading.Thread(target=_open, args=(tmp_path, errors)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert caplog.text.count("Upgraded the archive") == 1
    _assert_new(tmp_path)


def _open(home: Path, errors: list[BaseException]) -> None:
    try:
        ArticleStore.open(home).close()
    except BaseException as error:
        errors.append(error)
