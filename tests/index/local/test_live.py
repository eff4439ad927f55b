"""The live generation: a switch is noticed, and a damaged generation replaces nothing."""

import gc
import logging
import re
import threading
import weakref
from pathlib import Path
from typing import Any

import pytest

from index.lexical.engine import ArrayEngine
from index.local.generation import OpenGeneration, open_generation
from index.local.live import LocalIndex
from index.storage.generation import FOLDER, POINTER, GenerationError, read_current_id
from index.types.search import SearchRequest
from tests.fakes import FakeModels, make_article
from tests.index.library import SHELF, SHOWN, Library


def damage(library: Library) -> str:
    """Flip a byte in a file of the live generation; return the generation's name."""
    name = read_current_id(library.home)
    assert name is not None
    path = library.home / FOLDER / name / "columns" / "doc_values.safetensors"
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    return name


def test_a_switch_by_another_engine_is_noticed(shelf: Library) -> None:
    engine = shelf.engine()
    request = SearchRequest(text="orchestra", mode="lexical")
    before = engine.search(request)
    shelf.put(make_article("orchestra", headline="Orchestra", body="Bravo.")).reindex()
    after = engine.search(request)
    assert (before.totals.articles, after.totals.articles) == (0, 1)
    assert before.generation != after.generation == read_current_id(shelf.home)


def test_the_first_generation_is_noticed(library: Library) -> None:
    engine = library.engine()
    assert engine.status().generation is None
    library.put(*SHELF).reindex()
    assert engine.status().generation == read_current_id(library.home)


def test_a_damaged_generation_leaves_the_earlier_one_answering(
    shelf: Library, caplog: pytest.LogCaptureFixture
) -> None:
    engine = shelf.engine()
    before = engine.search(SearchRequest(text="ferry"))
    shelf.put(make_article("new", body="A ferry again.")).reindex()
    name = damage(shelf)
    with caplog.at_level(logging.ERROR):
        after = engine.search(SearchRequest(text="ferry"))
    assert after.generation == before.generation != name
    assert after.groups == before.groups
    assert "Run `dateline reindex`" in caplog.text
    engine.search(SearchRequest(text="fog"))
    assert len(caplog.records) == 1


def test_a_rebuilt_generation_replaces_it(shelf: Library) -> None:
    engine = shelf.engine()
    engine.search(SearchRequest(text="ferry"))
    shelf.reindex(force=True)
    damage(shelf)
    engine.search(SearchRequest(text="ferry"))
    report = shelf.reindex(force=True)
    assert engine.search(SearchRequest(text="ferry")).generation == report.generation


def test_a_damaged_generation_is_an_error_if_none_is_open(shelf: Library) -> None:
    damage(shelf)
    with pytest.raises(GenerationError, match="Run `dateline reindex`"):
        shelf.engine().search(SearchRequest(text="ferry"))


def test_a_pointer_to_a_missing_generation_leaves_the_earlier_one_answering(shelf: Library) -> None:
    engine = shelf.engine()
    before = engine.search(SearchRequest(text="ferry"))
    (shelf.home / FOLDER / POINTER).write_text("999999-gone\n")
    assert engine.search(SearchRequest(text="ferry")).groups == before.groups


def lexical_files(shelf: Library) -> list[Path]:
    name = (shelf.home / FOLDER / POINTER).read_text().strip()
    return sorted(p for p in (shelf.home / FOLDER / name / "lexical").rglob("*") if p.is_file())


def test_damage_to_any_opened_file_is_noticed(shelf: Library) -> None:
    name = (shelf.home / FOLDER / POINTER).read_text().strip()
    arrays = sorted((shelf.home / FOLDER / name).rglob("*.safetensors"))
    assert {path.parent.parent.name for path in arrays} >= {"lexical", "semantic"}
    for path in arrays:
        content = path.read_bytes()
        for place in range(0, len(content), len(content) // 7):
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            with pytest.raises(GenerationError, match="is damaged"):
                shelf.generation()
        path.write_bytes(content)


def test_files_that_are_not_opened_may_be_damaged_but_not_missing(shelf: Library) -> None:
    others = [path for path in lexical_files(shelf) if path.suffix != ".safetensors"]
    assert {path.suffix for path in others} >= {".pst", ".trm", ".toc"}
    expected = shelf.engine().search(SearchRequest(text="ferry")).groups
    for path in others:
        path.write_bytes(b"damaged")
    assert shelf.engine().search(SearchRequest(text="ferry")).groups == expected
    others[0].unlink()
    with pytest.raises(GenerationError, match="is damaged"):
        shelf.generation()


class _NewerEngine(ArrayEngine):
    name = "whoosh-next"


def test_a_generation_of_another_version_is_an_error_with_advice(shelf: Library) -> None:
    shelf.lexical = _NewerEngine()
    with pytest.raises(GenerationError, match="another version of Dateline"):
        shelf.engine().search(SearchRequest(text="ferry"))
    assert shelf.reindexer().find_reason() == "the index was built by another version of Dateline"


def test_without_its_model_a_generation_answers_keyword_search(shelf: Library) -> None:
    shelf.models = FakeModels("other")
    engine = shelf.engine()
    results = engine.search(SearchRequest(text="aground"))
    assert (results.mode, results.totals.articles) == ("lexical", 2)
    assert "no model has the key" in results.notices[0].message
    assert engine.status().modes == ("lexical",)


def test_threads_search_during_a_switch(shelf: Library) -> None:
    engine, errors = shelf.engine(), list[BaseException]()
    stop = threading.Event()

    def search() -> None:
        while not stop.is_set():
            try:
                found = engine.search(SearchRequest(text="ferry aground", mode="lexical"))
                assert found.totals.articles >= 2
            except BaseException as error:  # a thread's own errors are lost otherwise
                errors.append(error)
                return

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(2):
        shelf.put(make_article(f"new-{number}", body=f"News {number}.")).reindex()
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert engine.status().indexed == len(SHOWN) + 2


def _fail_to_open(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("index.local.generation.open_doc_values", fail)


def test_a_generation_that_cannot_be_opened_is_tried_again(
    shelf: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    engine = shelf.engine()
    before = engine.search(SearchRequest(text="ferry")).generation
    shelf.put(make_article("new", body="A ferry again.")).reindex()
    with monkeypatch.context() as patch:
        _fail_to_open(patch, OSError(24, "Too many open files"))
        for _ in range(3):
            assert engine.search(SearchRequest(text="ferry")).generation == before
    assert "Too many open files" in caplog.text
    assert len(caplog.records) == 1, "it is not tried at every request"
    monkeypatch.setattr("index.local.live.RETRY_SECONDS", 0.0)
    assert engine.search(SearchRequest(text="ferry")).generation == read_current_id(shelf.home)


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (OSError(24, "Too many open files"), "Too many open files"),
        (KeyError("published"), "KeyError('published')"),
        (ValueError("a header"), "ValueError('a header')"),
    ],
)
def test_the_first_generation_is_also_tried_again(
    shelf: Library, monkeypatch: pytest.MonkeyPatch, error: Exception, shown: str
) -> None:
    engine = shelf.engine()
    with monkeypatch.context() as patch:
        _fail_to_open(patch, error)
        for _ in range(2):
            with pytest.raises(GenerationError, match=re.escape(shown)):
                engine.search(SearchRequest(text="ferry"))
    monkeypatch.setattr("index.local.live.RETRY_SECONDS", 0.0)
    assert engine.search(SearchRequest(text="ferry")).generation == read_current_id(shelf.home)


def test_a_generation_removed_while_it_is_opened_gives_way_to_the_live_one(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, opened = shelf.engine(), list[str]()

    def open_late(home: Path, name: str, **options: Any) -> OpenGeneration:
        opened.append(name)
        if len(opened) == 1:
            shelf.reindex(force=True)
            raise GenerationError("its files are gone")
        return open_generation(home, name, **options)

    monkeypatch.setattr("index.local.live.open_generation", open_late)
    assert engine.search(SearchRequest(text="ferry")).generation == read_current_id(shelf.home)
    assert len(opened) == 2


def test_a_replaced_generation_is_released_without_the_garbage_collector(shelf: Library) -> None:
    engine = shelf.engine()
    request = SearchRequest(text='ferry fer* "ran aground"', explain=True)
    engine.search(request)
    engine.related("ferry-1")
    index = engine._index
    assert isinstance(index, LocalIndex)
    snapshot = index.snapshot()
    assert snapshot is not None
    released = weakref.ref(snapshot.generation.lexical)
    del snapshot
    gc.disable()
    try:
        shelf.reindex(force=True)
        engine.search(request)
        assert released() is None
    finally:
        gc.enable()
