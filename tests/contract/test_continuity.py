"""An archive that is not what was indexed: another one, an older copy, or one with rows deleted."""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.database.store import FILE_NAME
from index.ports import IndexUnavailableError, SearchBackend
from index.search.continuity import INCOMPLETE, OTHER_ARCHIVE
from index.types.search import SearchRequest
from index.types.stories import StoriesRequest
from tests.fakes import make_article
from tests.index.library import FERRY_AGROUND, FERRY_LEAK, MODES, SHELF, SHOWN, Library, uris

ANOTHER = tuple(make_article(f"x-{n}", headline=f"Whales number {n}") for n in range(len(SHELF)))


def _swap(library: Library, other: Library) -> None:
    """Put the archive of another library in place of this one's, as `mv` does."""
    (other.home / FILE_NAME).replace(library.home / FILE_NAME)


def _delete(home: Path, *ids: str) -> None:
    with contextlib.closing(sqlite3.connect(home / FILE_NAME)) as connection, connection:
        for uri in ids:
            connection.execute("DELETE FROM newest WHERE uri = ?", (uri,))
            connection.execute("DELETE FROM version WHERE uri = ?", (uri,))


@pytest.fixture
def swapped(shelf: Library, tmp_path: Path) -> Library:
    """An index of the hand-written articles beside an archive with as many others."""
    _swap(shelf, Library(tmp_path / "other").put(*ANOTHER))
    return shelf


CALLS: dict[str, Callable[[SearchBackend], object]] = {
    "search": lambda engine: engine.search(SearchRequest(text="ferry")),
    "rank": lambda engine: engine.rank(SearchRequest(text="ferry")),
    "matches": lambda engine: engine.matches(SearchRequest(text="ferry")),
    "completions": lambda engine: engine.completions("fer"),
    "names": lambda engine: engine.names("ferry-1"),
    "related": lambda engine: engine.related("ferry-1"),
    "story_of": lambda engine: engine.story_of("ferry-1"),
    "story": lambda engine: engine.story("s0"),
    "stories": lambda engine: engine.stories(StoriesRequest()),
    "stories_by_article": lambda engine: engine.stories_by_article(),
    "warm_up": lambda engine: engine.warm_up(),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_the_index_of_another_archive_is_refused(
    swapped: Library, call: Callable[[SearchBackend], object]
) -> None:
    with pytest.raises(IndexUnavailableError, match=r"another archive\. Run `dateline reindex`"):
        call(swapped.engine())


def test_the_status_says_that_the_index_is_of_another_archive(swapped: Library) -> None:
    status = swapped.engine().status()
    assert (status.index_problem, status.modes) == (OTHER_ARCHIVE, ())
    assert status.generation is not None


def test_reindex_builds_the_index_of_another_archive_again(swapped: Library) -> None:
    assert swapped.reindexer().find_reason() == "the index was built from another archive"
    report = swapped.reindex()
    assert report.reason == "the index was built from another archive"
    assert (report.articles, report.added) == (len(ANOTHER), len(ANOTHER))
    engine = swapped.engine()
    assert engine.status().index_problem == ""
    assert set(engine.rank(SearchRequest(limit=99))) == {article.uri for article in ANOTHER}
    assert swapped.reindexer().find_reason() == ""


def test_a_server_follows_an_archive_that_is_replaced_under_it(
    shelf: Library, tmp_path: Path
) -> None:
    engine = shelf.engine()
    assert engine.search(SearchRequest(text="ferry")).groups
    _swap(shelf, Library(tmp_path / "other").put(*ANOTHER))
    with pytest.raises(IndexUnavailableError):
        engine.search(SearchRequest(text="ferry"))
    assert engine.article("x-1") is not None
    shelf.reindex()
    assert set(uris(engine.search(SearchRequest(text="whales", limit=99)))) <= {
        article.uri for article in ANOTHER
    }


def test_an_older_copy_of_the_archive_is_reindexed(shelf: Library, tmp_path: Path) -> None:
    shutil.copy(shelf.home / FILE_NAME, tmp_path / "backup")
    late = make_article("late", headline="Ferry refloated", body="The ferry was refloated.")
    shelf.put(late).reindex()
    shutil.copy(tmp_path / "backup", tmp_path / "restored")
    (tmp_path / "restored").replace(shelf.home / FILE_NAME)
    engine = shelf.engine()
    assert engine.status().index_problem == INCOMPLETE
    results = engine.search(SearchRequest(text="refloated", mode="lexical"))
    assert uris(results) == []
    assert [notice.code for notice in results.notices] == ["missing"]
    assert shelf.reindexer().find_reason() == "the archive lacks articles that are indexed"
    assert shelf.reindex().articles == len(SHOWN)
    assert engine.status().index_problem == ""
    (notice,) = engine.search(SearchRequest(text="refloated", mode="lexical")).notices
    assert notice.code == "no-match"


def test_an_older_copy_that_grew_again_is_another_archive(shelf: Library, tmp_path: Path) -> None:
    shutil.copy(shelf.home / FILE_NAME, tmp_path / "backup")
    shelf.put(make_article("late", headline="Ferry refloated")).reindex()
    (tmp_path / "backup").replace(shelf.home / FILE_NAME)
    shelf.put(make_article("later", headline="Whales stranded"))
    assert shelf.engine().status().index_problem == OTHER_ARCHIVE
    assert shelf.reindex().articles == len(SHOWN) + 1
    assert "later" in shelf.engine().rank(SearchRequest(limit=99))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("group", ["story", "none"])
def test_deleted_articles_are_left_out_and_not_counted(
    shelf: Library, mode: str, group: str
) -> None:
    engine = shelf.engine()
    request = SearchRequest(text="ferry", mode=mode, group=group, limit=99)  # type: ignore[arg-type]
    before = engine.search(request)
    assert FERRY_AGROUND.uri in uris(before)
    _delete(shelf.home, FERRY_AGROUND.uri)
    after = engine.search(request)
    assert uris(after) == [uri for uri in uris(before) if uri != FERRY_AGROUND.uri]
    assert after.totals.articles == before.totals.articles - 1
    assert sum(bucket.count for bucket in after.histogram.buckets) == after.totals.articles
    assert sum(value.count for value in after.facets[0].values) == after.totals.articles
    (notice,) = (notice for notice in after.notices if notice.code == "missing")
    assert notice.message.startswith("1 matching article is no longer in the archive")
    assert [a.uri for a in engine.matches(request)] == list(engine.rank(request))
    assert FERRY_AGROUND.uri not in engine.rank(request)


@pytest.mark.parametrize("deleted", SHOWN, ids=lambda article: article.uri)
def test_everything_else_about_a_deleted_article_is_answered(
    shelf: Library, deleted: object
) -> None:
    uri = getattr(deleted, "uri", "")
    engine = shelf.engine()
    stories = engine.stories_by_article()
    _delete(shelf.home, uri)
    assert engine.article(uri) is None
    assert engine.related(uri) == ()
    assert engine.story_of(uri) is not None
    for other in SHOWN:
        assert uri not in {near.article.uri for near in engine.related(other.uri, limit=99)}
    view = engine.story(stories[uri])
    others = {other for other, story in stories.items() if story == stories[uri]} - {uri}
    assert (view is None) == (not others)
    if view:
        assert {article.uri for article in view.articles} == others
        assert view.story.size == len(others)
        assert view.story.title
    listed = {story.id for story, _ in engine.stories(StoriesRequest(limit=99)).stories}
    assert listed == {story for other, story in stories.items() if other != uri}


def test_reindex_after_a_deletion_forgets_the_articles(shelf: Library) -> None:
    _delete(shelf.home, FERRY_AGROUND.uri, FERRY_LEAK.uri)
    assert shelf.engine().status().index_problem == INCOMPLETE
    assert shelf.reindex().articles == len(SHOWN) - 2
    assert shelf.engine().status().index_problem == ""
    assert not {FERRY_AGROUND.uri, FERRY_LEAK.uri} & set(
        shelf.engine().rank(SearchRequest(limit=99))
    )


def test_several_deleted_articles_are_counted_in_the_notice(shelf: Library) -> None:
    _delete(shelf.home, FERRY_AGROUND.uri, FERRY_LEAK.uri)
    results = shelf.engine().search(SearchRequest(text="ferry", mode="lexical"))
    (notice,) = (notice for notice in results.notices if notice.code == "missing")
    assert notice.message.startswith("2 matching articles are no longer in the archive")
