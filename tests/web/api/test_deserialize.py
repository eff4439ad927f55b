"""An answer that is read back makes the same answer again."""

from typing import Any

import pytest

from index.types.search import SearchRequest
from tests.index.library import SHELF, Library
from tests.web.fake_backend import FakeBackend
from web.api.deserialize import NotUnderstoodError, deserialize_results
from web.api.presenters import results_json

REQUESTS = [
    SearchRequest(),
    SearchRequest(text="ferry", explain=True),
    SearchRequest(text="ferry", explain=True, group="none", mode="semantic"),
    SearchRequest(text="bridge* {0} zeppelin", explain=True, mode="lexical"),
    SearchRequest(text="brigde", limit=1),
]


def _as_asked(told: dict[str, Any]) -> dict[str, Any]:
    """All but the cursor, of which only its text is sent."""
    return {**told, "next": None}


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.text or "all")
def test_an_answer_that_is_read_back_is_the_same(
    request_: SearchRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    library = Library(tmp_path_factory.mktemp("received")).put(*SHELF)
    library.reindex()
    for backend in (FakeBackend(), library.engine()):
        told = results_json(backend.search(request_))
        assert results_json(deserialize_results(told, request_)) == _as_asked(told)
    library.close()


def test_what_is_new_does_not_disturb_and_what_is_missing_is_named() -> None:
    request = SearchRequest(text="bridge")
    told = results_json(FakeBackend().search(request))
    assert deserialize_results(told | {"colour": "red"}, request).totals.articles == 6
    for name in told:
        if name == "next":
            continue
        less = {key: value for key, value in told.items() if key != name}
        with pytest.raises(NotUnderstoodError, match=repr(name)):
            deserialize_results(less, request)
    for wrong in (None, 3, "x", [1]):
        with pytest.raises(NotUnderstoodError):
            deserialize_results(told | {"results": [wrong]}, request)
