"""`dateline forget`: what is forgotten is not found, stays so, and can be restored."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.database.store import ArticleStore
from tests.archive.builders import an_article
from tests.scripts.commands import SAMPLE, Dateline

NOW = datetime.now(UTC).isoformat()
ONE = "hly-20310306-0016"


def _count(dateline: Dateline, query: str) -> int:
    answer = dateline.json("search", query, "--group", "none", "--mode", "lexical")
    return int(answer["total"]["articles"])


def test_a_forgotten_article_is_not_found_and_can_be_restored(sample: Dateline) -> None:
    with ArticleStore.open(sample.home) as store:
        article = store.get(ONE)
        assert article
        query = f'"{article.headline}"'
    before = _count(sample, query)
    assert before
    assert sample.json("forget", ONE, "--yes") == {"forgotten": 1}
    assert _count(sample, query) == before - 1
    sample.json("reindex")
    assert _count(sample, query) == before - 1
    assert sample.json("forget", "--undo", "--yes") == {"restored": 1}
    sample.json("reindex")
    assert _count(sample, query) == before


def test_it_shows_what_it_would_forget_and_asks(sample: Dateline) -> None:
    result = sample.run("forget", "--source", "Halyard Press")
    assert result.exit_code == 1
    assert "Withdraw " in result.stderr
    assert " more\n" in result.stderr
    with ArticleStore.open(sample.home) as store:
        assert store.find_forgotten() == ()
        count = len(store.find_of_source("Halyard Press"))
    assert sample.json("forget", "--source", "Halyard Press", "--yes") == {"forgotten": count}
    assert count > 10


def test_a_query_forgets_what_it_finds(sample: Dateline) -> None:
    count = _count(sample, "ferry AND radar")
    assert 0 < count < 20
    forgotten = sample.json("forget", "--query", "ferry AND radar", "--yes")["forgotten"]
    assert forgotten >= count
    assert _count(sample, "ferry AND radar") == 0


@pytest.mark.parametrize("query", ["ferry zzzqqq", '"ferry', "date:2031-02-30", " "])
def test_a_query_that_is_not_clear_is_refused(sample: Dateline, query: str) -> None:
    result = sample.run("forget", "--query", query, "--yes")
    assert result.exit_code == 1, result.stdout
    with ArticleStore.open(sample.home) as store:
        assert store.find_forgotten() == ()


def test_one_unknown_id_changes_nothing(sample: Dateline) -> None:
    result = sample.run("forget", ONE, "nobody", "--yes")
    assert result.exit_code == 1
    assert "'nobody' is not in the archive" in result.stderr
    with ArticleStore.open(sample.home) as store:
        assert store.find_forgotten() == ()


@pytest.mark.parametrize(
    "arguments", [(), (ONE, "--source", "x"), ("--undo", "--query", "x"), (ONE, "--json")]
)
def test_invalid_usage(sample: Dateline, arguments: tuple[str, ...]) -> None:
    assert sample.run("forget", *arguments).exit_code == 2


def test_ingesting_it_again_does_not_bring_it_back(sample: Dateline) -> None:
    sample.json("forget", ONE, "--yes")
    assert sample.json("ingest", SAMPLE)["added"] == 0
    with ArticleStore.open(sample.home) as store:
        assert store.find_forgotten() == (ONE,)


def test_later_versions_are_stored_and_shown_only_after_undo(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path) as store:
        store.put(an_article(body="First."))
        assert store.forget(["a-1", "unknown"]) == 1
        assert store.forget(["a-1"]) == 0
        later = an_article(body="Second.", version_created=datetime(2040, 1, 1, tzinfo=UTC))
        assert store.put(later) == "updated"
        assert store.put(later) == "unchanged"
        assert list(store.searchable(now=NOW)) == []
        assert store.undo_forget(["a-1"]) == 1
        assert {article.body for _, article in store.searchable(now=NOW)} == {"Second."}
        assert store.undo_forget(["a-1"]) == 0
        assert store.put(
            an_article(body="Third.", version_created=datetime(2041, 1, 1, tzinfo=UTC))
        )
        assert store.get("a-1") is not None
        assert [article.body for article in store.versions("a-1")][-1] == "Third."
