"""Pages of a search while the index changes: no result twice, and none left out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.fakes import NoModels, make_article
from tests.index.library import Library
from web.app import create_app

ADDRESS = "/api/v1/search?q=ferry&group=none&page_size=3"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[tuple[Library, FlaskClient]]:
    library = Library(tmp_path / "home", models=NoModels())
    library.put(*(make_article(f"a-{n}", headline=f"Ferry {n}") for n in range(8)))
    library.reindex()
    yield library, create_app(library.engine()).test_client()
    library.close()


def _ids(body: Any) -> list[str]:
    return [group["hits"][0]["article"]["id"] for group in body["results"]]


def test_new_articles_do_not_change_pages_until_they_are_indexed(
    archive: tuple[Library, FlaskClient],
) -> None:
    library, client = archive
    first = client.get(ADDRESS).get_json()
    library.put(make_article("a-new", headline="Ferry, ferry, ferry"))
    second = client.get(f"{ADDRESS}&cursor={first['next']}").get_json()
    third = client.get(f"{ADDRESS}&cursor={second['next']}").get_json()
    seen = _ids(first) + _ids(second) + _ids(third)
    assert sorted(seen) == [f"a-{n}" for n in range(8)]
    assert third["next"] is None


def test_after_a_reindex_a_cursor_has_expired(
    archive: tuple[Library, FlaskClient],
) -> None:
    library, client = archive
    first = client.get(ADDRESS).get_json()
    library.put(make_article("a-new", headline="Ferry, ferry, ferry"))
    library.reindex()
    response = client.get(f"{ADDRESS}&cursor={first['next']}")
    assert response.status_code == 410
    assert response.get_json()["type"].endswith(":expired-cursor")
    assert "search again" in response.get_json()["detail"]
    again = client.get(ADDRESS).get_json()
    assert "a-new" in _ids(again)


def test_pages_of_another_size_go_on_where_the_last_one_ended(
    archive: tuple[Library, FlaskClient],
) -> None:
    _, client = archive
    first = client.get(ADDRESS).get_json()
    rest = client.get(f"{ADDRESS.replace('page_size=3', 'page_size=50')}&cursor={first['next']}")
    assert sorted(_ids(first) + _ids(rest.get_json())) == [f"a-{n}" for n in range(8)]
