"""Memory of exports: one block of articles, whatever their number; the export is complete."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.database.store import ArticleStore
from tests.fakes import NoModels, make_article
from tests.index.library import Library
from tests.manual.export_readers import COUNTERS, save_export
from web.app import create_app
from web.exports.feeds import FEED_LENGTH
from web.exports.formats import FORMATS

MANY = 2_000
BODY = "The harbour bridge will reopen on Friday, the city said. " * 20


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("many")
    with ArticleStore.open(home) as store, store.transaction():
        for number in range(MANY):
            headline = f"Bridge {number}"
            store.put(make_article(f"many-{number}", headline=headline, body=BODY, raw=BODY))
    library = Library(home, models=NoModels())
    library.reindex()
    yield create_app(library.engine()).test_client()
    library.close()


@pytest.mark.parametrize("extension", FORMATS)
def test_memory_of_an_export_does_not_grow_with_its_length(
    client: FlaskClient, tmp_path: Path, extension: str
) -> None:
    target = tmp_path / extension
    save_export(client, f"/search.{extension}?q=bridge", tmp_path / "first")  # fill the caches
    tracemalloc.start()
    try:
        save_export(client, f"/search.{extension}?q=bridge", target)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert COUNTERS[extension](target) == (FEED_LENGTH if FORMATS[extension].feed else MANY)
    assert peak < MANY * len(BODY), "all bodies were in memory at once"
