"""The commands beside an archive that is not the one that was indexed."""

import shutil
from pathlib import Path

import pytest

from archive.database.store import FILE_NAME, ArticleStore
from tests.fakes import make_article
from tests.scripts.commands import NO_MODEL, Dateline, ServeProcess


@pytest.fixture
def swapped(sample: Dateline, tmp_path: Path) -> Dateline:
    """The index of the sample beside another archive with as many versions."""
    with ArticleStore.open(sample.home, readonly=True) as store:
        count = store.last_sequence()
    with ArticleStore.open(tmp_path / "other") as other, other.transaction():
        for number in range(count):
            other.put(make_article(f"x-{number}", headline=f"Whales number {number}"))
    (tmp_path / "other" / FILE_NAME).replace(sample.home / FILE_NAME)
    return sample


def test_commands_say_which_archive_was_indexed_and_what_to_run(swapped: Dateline) -> None:
    status = swapped.run("status")
    assert status.exit_code == 0
    assert "The index was built from another archive. Run `dateline reindex`" in status.stdout
    assert swapped.json("status")["modes"] == []
    for command in (["search", "ferry"], ["stories"]):
        result = swapped.run(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "another archive. Run `dateline reindex`" in result.stderr


def test_reindex_says_why_and_builds_the_index_again(swapped: Dateline) -> None:
    result = swapped.run("reindex")
    assert result.exit_code == 3, "everything but the embeddings, for which there is no model"
    assert "Reindexing: the index was built from another archive." in result.stderr
    assert swapped.json("search", "whales")["total"]["articles"] > 100
    assert swapped.json("status")["index_problem"] == ""
    assert "up to date" in swapped.run("reindex").stdout


def test_a_restored_backup_is_reindexed(sample: Dateline, tmp_path: Path) -> None:
    backup = Path(shutil.copy(sample.home / FILE_NAME, tmp_path))
    with ArticleStore.open(sample.home) as store:
        store.put(make_article("late", headline="Whales stranded"))
    sample.run("reindex")
    backup.replace(sample.home / FILE_NAME)
    assert "an older copy was restored" in sample.run("status").stdout
    found = sample.json("search", "whales", "stranded", "--mode", "lexical")
    assert "late" not in str(found["results"])
    assert "missing" in [notice["code"] for notice in found["query"]["notices"]]
    reindexed = sample.run("reindex")
    assert "Reindexing: the archive lacks articles that are indexed." in reindexed.stderr
    assert sample.json("status")["index_problem"] == ""


def test_serve_builds_the_index_of_another_archive_again(swapped: Dateline, tmp_path: Path) -> None:
    options = {"cwd": tmp_path, "DATELINE_HOME": swapped.home, "DATELINE_MODEL": NO_MODEL}
    with ServeProcess(**options) as serving:  # type: ignore[arg-type]
        assert serving.get("/readyz")[0] == 200
        assert "<mark>Whales</mark> number" in serving.get("/search?q=whales")[1]
        _, errors = serving.stop()
    assert "Building the index: the index was built from another archive." in errors
    assert "Traceback" not in errors
