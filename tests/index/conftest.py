"""Fixtures: an empty library, one with the hand-written shelf, one that many tests only read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.search.engine import SearchEngine
from tests.index.library import SHELF, Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty archive folder with a fake model."""
    library = Library(tmp_path / "home")
    yield library
    library.close()


@pytest.fixture
def shelf(library: Library) -> Library:
    """The hand-written articles, reindexed; a test may change it."""
    library.put(*SHELF).reindex()
    return library


@pytest.fixture(scope="session")
def read_only_shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The hand-written articles, reindexed once for all tests that only read."""
    library = Library(tmp_path_factory.mktemp("shelf"))
    library.put(*SHELF).reindex()
    yield library
    library.close()


@pytest.fixture(scope="session")
def engine(read_only_shelf: Library) -> SearchEngine:
    """A search engine over the hand-written articles."""
    return read_only_shelf.engine()
