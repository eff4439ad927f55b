"""The story store: rows by story, oldest first, lasting ids, and finding a story by its id."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.storage.doc_values import DocValues, DocValuesBuilder, open_doc_values
from index.stories.store import StoryStore, open_story_store, write_story_store
from tests.fakes import fake_embed, make_article, on_day

DATES = (5, None, 1, 3, 2, 1)
LABELS = np.array([0, 0, 1, 0, 1, 2], np.int32)


@pytest.fixture(scope="module")
def doc_values(tmp_path_factory: pytest.TempPathFactory) -> DocValues:
    folder, builder = tmp_path_factory.mktemp("columns"), DocValuesBuilder()
    for number, day in enumerate(DATES):
        when = None if day is None else on_day(day)
        builder.add(make_article(f"a-{number}", first_created=when))
    builder.write(folder)
    return open_doc_values(folder)


def write_and_open(folder: Path, doc_values: DocValues, *texts: str) -> StoryStore:
    vectors = np.stack([fake_embed(text) for text in texts]) if texts else None
    assert write_story_store(folder, LABELS, doc_values, vectors) == 3
    return open_story_store(folder)


def test_rows_are_oldest_first_and_undated_last(tmp_path: Path, doc_values: DocValues) -> None:
    store = write_and_open(tmp_path, doc_values)
    assert len(store) == 3
    assert [store.rows(story).tolist() for story in range(3)] == [[3, 0, 1], [2, 4], [5]]
    assert store.labels.tolist() == LABELS.tolist()


def test_every_story_is_found_by_its_id(tmp_path: Path, doc_values: DocValues) -> None:
    store = write_and_open(tmp_path, doc_values)
    ids = [store.ids[story] for story in range(3)]
    assert len(set(ids)) == 3
    assert [store.find(story) for story in ids] == [0, 1, 2]
    assert [store.find(other) for other in ("", "s", "z" * 13, ids[0] + "0", "\x00")] == [None] * 5


def test_an_id_is_that_of_the_earliest_article(tmp_path: Path, doc_values: DocValues) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = write_and_open(tmp_path / "one", doc_values)
    write_story_store(tmp_path / "two", np.array([0, 1, 2, 0, 3, 4], np.int32), doc_values, None)
    two = open_story_store(tmp_path / "two")
    assert (one.ids[0], one.ids[1], one.ids[2]) == (two.ids[0], two.ids[2], two.ids[4])


def test_the_centre_is_the_most_central_article(tmp_path: Path, doc_values: DocValues) -> None:
    texts = ("ferry fire", "strike ferry", "x", "ferry", "y", "z")
    store = write_and_open(tmp_path, doc_values, *texts)
    assert store.centres.tolist() == [3, 2, 5]


def test_without_vectors_the_centre_is_the_earliest_article(
    tmp_path: Path, doc_values: DocValues
) -> None:
    assert write_and_open(tmp_path, doc_values).centres.tolist() == [3, 2, 5]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_every_row_is_in_the_story_of_its_label(
    tmp_path_factory: pytest.TempPathFactory, doc_values: DocValues, chosen: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("stories")
    numbers = list(dict.fromkeys(chosen))
    labels = np.array([numbers.index(label) for label in chosen], np.int32)
    assert write_story_store(folder, labels, doc_values, None) == len(numbers)
    store = open_story_store(folder)
    for story in range(len(store)):
        assert sorted(store.rows(story).tolist()) == np.flatnonzero(labels == story).tolist()
        assert store.centres[story] in store.rows(story)
        assert store.find(store.ids[story]) == story


def test_a_store_without_stories(tmp_path: Path) -> None:
    (tmp_path / "columns").mkdir()
    DocValuesBuilder().write(tmp_path / "columns")
    none = np.empty(0, np.int32)
    assert write_story_store(tmp_path, none, open_doc_values(tmp_path / "columns"), None) == 0
    store = open_story_store(tmp_path)
    assert (len(store), store.find("s0")) == (0, None)


def test_former_ids_are_stored(tmp_path: Path, doc_values: DocValues) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = write_and_open(tmp_path / "one", doc_values)
    merged = np.array([0, 0, 0, 0, 0, 1], np.int32)
    write_story_store(
        tmp_path / "two", merged, doc_values, None, previous=one.to_previous(doc_values)
    )
    two = open_story_store(tmp_path / "two")
    assert [two.ids[0], two.ids[1]] == [one.ids[0], one.ids[2]]
    assert two.find(one.ids[1]) == 0
    assert two.find("s0000") is None
