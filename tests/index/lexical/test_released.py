"""An index that nothing refers to any more is gone at once, and its files are closed."""

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.lexical.ports import LexicalEngine
from index.query import Word, parse
from index.storage import array_file
from index.storage.segments import Segment
from tests.index.lexical.indexed import EVERY, LANGUAGES
from tests.index.library import generated
from tests.open_files import count_open_files, needs_open_files

QUERIES = ("ferry strike", "-ferry +storm", '"ferry strike"', "fer* str?ke", "by:ines bank~")


@pytest.fixture
def without_collector() -> Iterator[None]:
    """Only reference counts free memory."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def use_everything(engine: LexicalEngine, folders: list[Path]) -> "weakref.ref[object]":
    """Open an index, call all of its methods, drop it."""
    segments = [Segment(folders[0]), Segment(folders[1], np.arange(0, 30, 2, dtype=np.int32))]
    index = engine.open(segments, LANGUAGES)
    for text in QUERIES:
        query = parse(text)
        found = index.score(query, None, enough=EVERY)
        index.score(query, np.ones(75, bool), enough=0)
        index.explain(query, found.rows[:3].tolist())
        index.notices(query)
        index.exact_headline_rows(query)
    index.count_articles(Word("ferry", (0, 0)))
    index.similar_words("fery")
    index.words_with_prefix("fe", 3)
    index.term_matrix()
    index.term_matrix(np.array([1]))
    return weakref.ref(index)


@needs_open_files
@pytest.mark.usefixtures("without_collector")
def test_an_index_is_gone_with_its_last_reference(
    bm25_engine: LexicalEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(array_file, "_MAP_FROM", 0)
    folders = [tmp_path / name for name in ("one", "two")]
    for folder, count in zip(folders, (60, 30), strict=True):
        folder.mkdir()
        bm25_engine.build(folder, generated(count, seed=count))
    gc.collect()
    before = count_open_files()
    assert use_everything(bm25_engine, folders)() is None
    assert count_open_files() == before
