"""Every search backend, each over the same hand-written articles.

Responsibility: the fixtures `library`, `shelf`, `read_only_shelf` and `engine`, once per backend.
Decision: a test here names no engine, so that a backend is complete when it passes this folder.
Must not depend on: what is asserted.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.lexical.engine import ArrayEngine
from index.lexical.plain_whoosh.engine import PlainWhooshEngine
from index.lexical.ports import LexicalEngine
from index.ports import SearchBackend
from tests.in_memory_lexical import InMemoryLexicalEngine
from tests.index.library import SHELF, Library

LEXICAL_ENGINES: dict[str, Callable[[], LexicalEngine]] = {
    "local": ArrayEngine,
    "local with plain Whoosh": PlainWhooshEngine,
    "local with words in memory": InMemoryLexicalEngine,
}


@pytest.fixture(scope="session", params=LEXICAL_ENGINES)
def lexical(request: pytest.FixtureRequest) -> LexicalEngine:
    """The lexical engine of one backend."""
    return LEXICAL_ENGINES[request.param]()


@pytest.fixture
def library(tmp_path: Path, lexical: LexicalEngine) -> Iterator[Library]:
    """An empty archive folder with a fake model."""
    library = Library(tmp_path / "home", lexical=lexical)
    yield library
    library.close()


@pytest.fixture
def shelf(library: Library) -> Library:
    """The hand-written articles, reindexed; a test may change it."""
    library.put(*SHELF).reindex()
    return library


@pytest.fixture(scope="session")
def read_only_shelf(
    tmp_path_factory: pytest.TempPathFactory, lexical: LexicalEngine
) -> Iterator[Library]:
    """The hand-written articles, reindexed once for all tests that only read."""
    library = Library(tmp_path_factory.mktemp("shelf"), lexical=lexical)
    library.put(*SHELF).reindex()
    yield library
    library.close()


@pytest.fixture(scope="session")
def engine(read_only_shelf: Library) -> SearchBackend:
    """A backend over the hand-written articles."""
    return read_only_shelf.engine()
