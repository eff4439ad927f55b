"""Crashes during a reindex, and two reindexes at once."""

from collections.abc import Sequence

import pytest
from filelock import FileLock

from index.indexing.reindex import LOCK, Reindexer, ReindexRunningError
from index.lexical.array_index import ArrayIndex
from index.lexical.engine import ArrayEngine
from index.search.engine import SearchEngine
from index.semantic import embed
from index.storage.generation import FOLDER, read_current_id, read_manifest, verify
from index.storage.segments import Segment
from index.types.search import SearchRequest
from tests.fakes import FakeModels, make_article, on_day
from tests.index.library import FERRY_AGROUND, SHELF, SHOWN, Library


def find(engine: SearchEngine, text: str, *, mode: str = "lexical") -> list[str]:
    request = SearchRequest(text=text, mode="lexical" if mode == "lexical" else "semantic")
    return list(engine.rank(request))


def fake(library: Library) -> FakeModels:
    assert isinstance(library.models, FakeModels)
    return library.models


def test_a_crash_while_embedding_loses_only_the_current_group(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embed, "GROUP", 2)
    library.put(*SHELF)
    encoder = fake(library).encoder
    batches = iter([None, None, MemoryError("crash")])

    def crash() -> None:
        if error := next(batches):
            raise error

    encoder.before_documents = crash
    with pytest.raises(MemoryError, match="crash"):
        library.reindex()
    assert set(find(library.engine(), "aground")) == {"ferry-1", "ferry-2"}
    done = fake(library).embedded
    assert done == 1 + 2
    encoder.before_documents = lambda: None
    report = library.reindex()
    assert report.embedded == len(SHOWN) - done
    assert len(set(encoder.documents)) == len(encoder.documents)
    assert library.engine().status().modes == ("hybrid", "lexical", "semantic")


def test_a_crash_leaves_the_live_generation_intact(shelf: Library) -> None:
    live = read_current_id(shelf.home)
    assert live is not None
    engine = shelf.engine()
    shelf.put(make_article("new", body="Something new."))

    def crash() -> None:
        raise MemoryError("crash")

    fake(shelf).encoder.before_documents = crash
    with pytest.raises(MemoryError):
        shelf.reindex()
    assert read_current_id(shelf.home) == live
    verify(shelf.home, read_manifest(shelf.home, live))
    assert FERRY_AGROUND.uri in find(engine, "ferry", mode="semantic")
    assert not (shelf.home / FOLDER / ".draft").exists()


class _DyingEngine(ArrayEngine):
    """A lexical engine that fails while it builds."""

    def open(self, parts: Sequence[Segment], languages: Sequence[str]) -> ArrayIndex:
        raise MemoryError("crash")


def test_a_crash_while_indexing_leaves_the_live_generation_intact(shelf: Library) -> None:
    live = read_current_id(shelf.home)
    dying = Reindexer(shelf.home, lexical=_DyingEngine(), models=shelf.models)
    with pytest.raises(MemoryError):
        dying.run(force=True)
    assert read_current_id(shelf.home) == live
    assert shelf.reindex(force=True).articles == len(SHOWN)


def test_two_reindexers_at_once(shelf: Library) -> None:
    caught: list[str] = []

    def second(stage: str, done: int, total: int) -> None:
        with pytest.raises(ReindexRunningError) as error:
            shelf.reindex()
        caught.append(str(error.value))

    assert shelf.reindex(force=True, progress=second).articles == len(SHOWN)
    assert caught
    assert all(str(shelf.home) in message for message in caught)


def test_the_lock_of_a_dead_process_is_ignored(shelf: Library) -> None:
    lock = FileLock(shelf.home / LOCK)
    lock.acquire()
    with pytest.raises(ReindexRunningError):
        shelf.reindex()
    lock.release()
    assert (shelf.home / LOCK).exists()
    assert shelf.reindex().reason == ""


def test_two_generations_remain_after_many(shelf: Library) -> None:
    for day in range(3):
        shelf.put(
            make_article(f"later-{day}", body=f"News of day {day}.", first_created=on_day(day))
        )
        shelf.reindex()
    names = [path for path in (shelf.home / FOLDER).iterdir() if path.is_dir()]
    assert len(names) == 2
    assert len(shelf.engine().rank(SearchRequest(limit=99))) == len(SHOWN) + 3
