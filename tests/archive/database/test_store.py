import contextlib
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.article import Article
from archive.database.migrations import latest_version
from archive.database.rows import compute_fingerprint
from archive.database.store import FILE_NAME, ArticleStore, StoreError
from archive.database.versioning import decide_outcome
from tests.archive.builders import an_article

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
MOMENTS = st.none() | st.datetimes(
    min_value=datetime(1600, 1, 2), timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))])
)
ARTICLES = st.builds(
    Article,
    uri=TEXT,
    headline=TEXT,
    body=TEXT,
    by=TEXT,
    dateline=TEXT,
    located=TEXT,
    source=st.sampled_from(["", "EFE", "AP"]),
    first_created=MOMENTS,
    version_created=MOMENTS,
    embargoed=MOMENTS,
    date_inferred=st.booleans(),
    language=st.sampled_from(["und", "en", "pt-BR"]),
    pub_status=st.sampled_from(["usable", "withheld", "canceled"]),
    urgency=st.none() | st.integers(1, 9),
    subjects=TEXTS,
    people=TEXTS,
    raw=TEXT,
)


def test_an_empty_archive_has_no_articles(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path / "new" / "home") as store:
        assert (store.count(), store.count_versions(), store.last_sequence()) == (0, 0, 0)
        assert list(store.newest()) == []
        assert store.get("a") is None
        assert store.versions("a") == ()


def test_the_same_article_is_unchanged_and_a_new_text_is_a_new_version(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        assert store.put(an_article()) == "added"
        assert store.put(an_article(version=7, raw="other", version_created=None)) == "unchanged"
        assert store.put(an_article(body="Corrected.")) == "updated"
        assert store.put(an_article()) == "superseded"
        assert [article.version for article in store.versions("a-1")] == [1, 2]
        assert store.get("a-1") == an_article(body="Corrected.", version=2)
        assert store.get("a-1", 1) == an_article()
        assert store.get("a-1", 3) is None
        assert store.read_raw("a-1", 3) is None
        assert (store.count(), store.count_versions()) == (1, 2)


def _filed(hour: int | None, body: str = "One.", **fields: Any) -> Article:
    filed = None if hour is None else datetime(2031, 3, 4, hour, tzinfo=UTC)
    return an_article(body=body, version_created=filed, **fields)


def _put_all(store: ArticleStore, *articles: Article) -> list[str]:
    return [store.put(article) for article in articles]


def test_the_time_of_filing_decides_which_version_is_newest(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        first, second, back = _filed(8, "A"), _filed(10, "B"), _filed(11, "A")
        assert _put_all(store, first, second, back) == ["added", "updated", "updated"]
        assert store.get("a-1") == replace(back, version=3)
        assert _put_all(store, first, second, back) == ["unchanged"] * 3
        late = _filed(9, "A text that arrives late.")
        sequence = store.last_sequence()
        assert _put_all(store, late, late) == ["updated", "unchanged"]
        assert store.get("a-1") == replace(back, version=3)
        assert [one.version for one in store.versions("a-1")] == [1, 2, 4, 3]
        assert store.count_pending(sequence) == 0


def test_an_old_text_without_a_time_does_not_undo_a_withdrawal(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        text, kill = an_article(), an_article(body="", pub_status="canceled")
        assert _put_all(store, text, kill, text) == ["added", "updated", "unchanged"]
        assert store.get("a-1") == replace(kill, version=2)
        late = _filed(12, "", pub_status="canceled", ed_note="Retracted.")
        timed = [_filed(10), late, _filed(11), _filed(13)]
        assert _put_all(store, *timed) == ["updated", "updated", "unchanged", "updated"]
        assert store.get("a-1") == replace(timed[-1], version=5)


def test_a_restored_version_is_a_copy_and_the_newest(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        text = an_article(raw="Raw.", by="Jo Doe")
        _put_all(store, text, an_article(body="Corrected."))
        store.restore("a-1", compute_fingerprint(text))
        assert store.get("a-1") == replace(text, version=3, raw="")
        assert store.read_raw("a-1", 3) == "Raw."
        assert [sequence for sequence, _ in store.newest()] == [3]


def test_files_that_were_read_are_remembered(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        store.mark_read([b"a", b"b"])
        store.mark_read([b"b"])
        assert [store.has_read(key) for key in (b"a", b"b", b"c")] == [True, True, False]


def test_a_change_of_metadata_is_a_new_version(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        store.put(an_article(by="Jo Doe"))
        assert store.put(an_article(by="Jo Roe")) == "updated"


def test_a_bare_number_of_two_sources_is_two_articles(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        store.put(an_article("4711", source="EFE"))
        assert store.put(an_article("4711", source="AP", body="Another.")) == "added"
        assert store.put(an_article("4711", source="AP", body="Another.")) == "unchanged"
        assert store.put(an_article("4711@AP", source="AP", body="A third.")) == "updated"
        assert [article.version for article in store.versions("4711@AP")] == [1, 2]
        assert [article.source for article in store.versions("4711@EFE")] == ["EFE"]
        assert store.count() == 2


def test_a_number_that_an_older_archive_has_alone_stays_alone(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        store.put(an_article("4711", body="Stored before."))
        with store.transaction():
            store._execute("UPDATE version SET source = 'EFE' WHERE uri = '4711'")
        assert store.put(an_article("4711@EFE", source="EFE", body="Later.")) == "updated"
        assert store.put(an_article("4711@AP", source="AP", body="Another.")) == "added"
        assert [article.version for article in store.versions("4711")] == [1, 2]


@pytest.mark.parametrize("uri", ["a-1", "47-11", "https://x.example/4711", "hash:4711"])
def test_any_other_id_is_one_article_across_sources(tmp_path: Path, uri: str) -> None:
    with ArticleStore.open(tmp_path) as store:
        store.put(an_article(uri, source="EFE"))
        assert store.put(an_article(uri, source="Agencia EFE")) == "updated"
        assert [article.source for article in store.versions(uri)] == ["EFE", "Agencia EFE"]
        assert store.count() == 1


def test_a_number_without_a_source_is_not_that_of_a_source(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        store.put(an_article("4711"))
        assert store.put(an_article("4711", source="AP")) == "added"
        assert store.put(an_article("4711", body="x")) == "updated"
        assert store.count() == 2


def test_newest_yields_each_article_once_in_sequence_order(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        for number in range(450):
            store.put(an_article(f"a-{number}"))
        store.put(an_article("a-0", body="Later."))
        found = list(store.newest())
        assert [sequence for sequence, _ in found] == list(range(2, 452))
        assert found[-1][1].body == "Later."
        assert store.last_sequence() == 451
        assert [one.uri for _, one in store.newest(after=449)] == ["a-449", "a-0"]
        assert store.count_pending(449) == 2


def test_newest_reads_one_snapshot(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        for number in range(300):
            store.put(an_article(f"a-{number}"))
        seen = []
        for sequence, _ in store.newest():
            if sequence == 1:
                store.put(an_article("a-299", body="Later."))
            seen.append(sequence)
        assert seen == list(range(1, 301))


def test_newest_can_be_closed_early(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        store.put(an_article())
        with contextlib.closing(store.newest()) as found:  # type: ignore[type-var]
            next(found)


def test_get_many_leaves_out_unknown_keys(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store, store.transaction():
        for number in range(1001):
            store.put(an_article(f"a-{number}"))
        keys = [(f"a-{number}", 1) for number in range(1200)] + [("a-0", 2)]
        assert set(store.get_many(keys)) == set(keys[:1001])
        assert store.get_many([]) == {}


def test_an_error_in_a_transaction_rolls_everything_back(tmp_path: Path) -> None:
    def fail(store: ArticleStore) -> None:
        with store.transaction(), store.transaction():
            store.put(an_article())
            raise KeyError

    with ArticleStore.open(tmp_path) as store:
        with pytest.raises(KeyError):
            fail(store)
        assert store.count() == 0
        assert store.put(an_article()) == "added"


def test_committed_articles_are_there_after_reopening(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        store.put(an_article())
    with ArticleStore.open(tmp_path) as store:
        assert store.put(an_article()) == "unchanged"


def test_threads_read_while_another_store_writes(tmp_path: Path) -> None:
    found: list[int] = []

    def read() -> None:
        for _ in range(20):
            found.append(len(list(reader.newest())) - reader.count())

    with ArticleStore.open(tmp_path) as writer:
        writer.put(an_article())
        with ArticleStore.open(tmp_path, readonly=True) as reader:
            threads = [threading.Thread(target=read) for _ in range(6)]
            for thread in threads:
                thread.start()
            for number in range(30):
                writer.put(an_article(f"b-{number}"))
            for thread in threads:
                thread.join()
            assert len(found) == 120
            assert max(found) <= 0
            with pytest.raises(StoreError, match="readonly"):
                reader.put(an_article("c"))


def test_threads_write_to_one_store(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        threads = [
            threading.Thread(target=lambda n=n: [store.put(an_article(f"{n}-{i}")) for i in "abc"])
            for n in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.count() == 12


def test_a_reader_does_not_create_an_archive(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Run `dateline ingest PATH` first"):
        ArticleStore.open(tmp_path, readonly=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("readonly", [True, False])
def test_a_file_that_is_not_a_database_is_refused(tmp_path: Path, readonly: bool) -> None:
    (tmp_path / FILE_NAME).write_text("not a database, but long enough to look" * 20)
    with pytest.raises(StoreError, match="is not an SQLite database"):
        ArticleStore.open(tmp_path, readonly=readonly)


@pytest.mark.parametrize(
    ("statement", "advice"),
    [
        ("CREATE TABLE other (x)", "not a Dateline archive"),
        (f"PRAGMA user_version = {latest_version() + 1}", "Upgrade Dateline"),
    ],
)
@pytest.mark.parametrize("readonly", [True, False])
def test_another_database_or_a_newer_archive_is_refused(
    tmp_path: Path, statement: str, advice: str, readonly: bool
) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.execute("CREATE TABLE anything (x)")
        other.execute(statement)
        other.commit()
    with pytest.raises(StoreError, match=advice):
        ArticleStore.open(tmp_path, readonly=readonly)


def test_a_folder_that_cannot_be_created_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="Cannot create the folder"):
        ArticleStore.open(tmp_path / "file" / "home")


def test_a_closed_store_raises(tmp_path: Path) -> None:
    store = ArticleStore.open(tmp_path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="is closed"):
        store.count()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles=st.lists(ARTICLES, max_size=5))
def test_articles_are_read_back_equal(
    tmp_path_factory: pytest.TempPathFactory, articles: list[Article]
) -> None:
    with ArticleStore.open(tmp_path_factory.mktemp("store")) as store:
        for article in articles:
            before = store.last_sequence()
            if store.put(article) in ("unchanged", "superseded"):
                assert store.last_sequence() == before
                continue
            uri = decide_outcome(store, article).uri
            found = max(store.versions(uri), key=lambda version: version.version)
            assert found == replace(article, uri=uri, version=found.version, raw="")
            assert store.read_raw(found.uri, found.version) == article.raw
            assert found.uri == article.uri or found.uri.startswith(f"{article.uri}@")
            assert store.put(article) == "unchanged" or not article.version_created
            assert [store.get(uri)] == [one for _, one in store.newest() if one.uri == uri]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(times=st.lists(st.integers(0, 5), min_size=1, max_size=6), texts=st.data())
def test_the_version_that_was_filed_last_is_newest_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, times: list[int], texts: st.DataObject
) -> None:
    filed = {hour: texts.draw(st.sampled_from("ABC")) for hour in sorted(set(times))}
    with ArticleStore.open(tmp_path_factory.mktemp("order")) as store:
        for hour in times:
            store.put(_filed(hour, filed[hour]))
        newest = store.get("a-1")
        assert newest is not None
        assert newest.body == filed[max(times)]
        assert store.versions("a-1")[-1] == newest


def test_a_second_store_in_a_process_leaves_the_locks_of_the_first(tmp_path: Path) -> None:
    program = "import sys, pathlib; from archive.database.store import ArticleStore as Store\n"
    program += "with Store.open(pathlib.Path(sys.argv[1])) as store: print(store.count())"
    with ArticleStore.open(tmp_path) as first:
        first.put(an_article())
        with ArticleStore.open(tmp_path):
            pass
        subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
        assert (tmp_path / f"{FILE_NAME}-wal").exists()
