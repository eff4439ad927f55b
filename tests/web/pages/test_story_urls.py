"""Story URLs after a reindex: the same, redirected, or gone."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient

from tests.fakes import make_article
from tests.index.library import Library
from web.app import create_app


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[tuple[Library, FlaskClient]]:
    library = Library(tmp_path / "home")
    yield library, create_app(library.engine()).test_client()
    library.close()


def reindex(library: Library, patch: pytest.MonkeyPatch, labels: list[int]) -> list[str]:
    """Reindex with a story label for each row; the ids of the stories in order."""
    clusters = np.array(labels, np.int32)
    distances = np.zeros(len(clusters), np.float32)
    patch.setattr("index.stories.assignment.cluster_rows", lambda *_: (clusters.copy(), distances))
    library.reindex(force=True)
    ids = library.engine().stories_by_article()
    return list(dict.fromkeys(ids[f"a-{row}"] for row in range(len(labels))))


def test_a_merged_story_redirects(
    archive: tuple[Library, FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    library, client = archive
    library.put(*(make_article(f"a-{n}", headline=f"Ferry {n}") for n in range(4)))
    first, second, third = reindex(library, monkeypatch, [0, 0, 1, 2])
    assert reindex(library, monkeypatch, [0, 0, 1, 2]) == [first, second, third]
    assert reindex(library, monkeypatch, [0, 0, 0, 1]) == [first, third]
    answer = client.get(f"/story/{second}")
    assert (answer.status_code, answer.location) == (301, f"/story/{first}")
    answer = client.get(f"/api/v1/stories/{second}")
    assert (answer.status_code, answer.location) == (301, f"/api/v1/stories/{first}")
    assert client.get(f"/story/{first}").status_code == 200
    results = client.get(f"/api/v1/search?q=story:{second}").get_json()
    assert results["total"]["articles"] == 3


def test_a_story_whose_articles_are_withdrawn_is_gone(
    archive: tuple[Library, FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    library, client = archive
    library.put(*(make_article(f"a-{n}", headline=f"Ferry {n}") for n in range(2)))
    first, second = reindex(library, monkeypatch, [0, 1])
    library.put(make_article("a-1", headline="Ferry 1", pub_status="canceled"))
    assert reindex(library, monkeypatch, [0]) == [first]
    assert client.get(f"/story/{first}").status_code == 200
    gone = client.get(f"/story/{second}")
    assert gone.status_code == 410
    assert "All articles in this story have been withdrawn." in gone.text
    assert client.get(f"/api/v1/stories/{second}").status_code == 410
    assert client.get("/story/snever").status_code == 404
    results = client.get(f"/api/v1/search?q=story:{second}").get_json()
    assert results["total"]["articles"] == 0
