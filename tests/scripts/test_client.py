"""Asking another Dateline from Python: every route, what is refused, what answers wrongly."""

import gzip
import socket
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from typing import Any

import pytest

from scripts.client import (
    Client,
    ClientError,
    NotDatelineError,
    RefusedError,
    UnreachableError,
    _pairs,
)
from tests.scripts.pages import blocks
from tests.scripts.servers import matching_rows, serving
from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from web.app import create_app


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(create_app(FakeBackend())) as served:
        yield served


def test_every_route_of_the_api_can_be_asked(address: str) -> None:
    client, plain = Client(address), create_app(FakeBackend()).test_client()

    def told(place: str) -> Any:
        answer = plain.get(f"/api/v1/{place}").get_json()
        return {key: value for key, value in answer.items() if key != "took_ms"}

    found = client.search("bridge", group="none", lang=["en", "es"], explain=True)
    assert found["query"]["input"] == "bridge"
    assert client.facets("bridge", facets="place") == told("facets?q=bridge&facets=place")
    assert client.suggest("brid") == ["bridge"]
    for uri in (newsroom.BRIDGE_FERRY.uri, newsroom.ARABIC.uri, newsroom.BRIDGE_ES.uri):
        assert client.article(uri)["id"] == uri
        assert client.versions(uri)[-1]["id"] == uri
        assert client.related(uri)[0]["article"]["id"] != uri
    assert client.article(newsroom.BRIDGE_FERRY.uri, 1)["version"] == 1
    assert client.stories(least=2, page_size=3)["results"][0]["matching"] >= 2
    assert client.story("grain")["id"] == "grain"
    assert client.status() == told("status")


def test_pages_lead_through_every_result_once(address: str) -> None:
    pages = list(Client(address + "/").pages(page_size=4))
    assert len(pages) == 3
    seen = [group["story"]["id"] for page in pages for group in page["results"]]
    assert sorted(seen) == sorted(newsroom.STORIES)


def test_parameters_are_sent_as_the_api_takes_them() -> None:
    asked = {
        "from_": date(2023, 7, 1),
        "source": ["a", "b"],
        "weaker": True,
        "explain": False,
        "page_size": 3,
        "to": None,
        "lang": (),
        "q": "half\ud800",
    }
    assert list(_pairs(asked)) == [  # type: ignore[arg-type]
        ("from", "2023-07-01"),
        ("source", "a"),
        ("source", "b"),
        ("weaker", "1"),
        ("explain", "0"),
        ("page_size", "3"),
        ("q", "half?"),
    ]


def test_a_problem_is_told_with_its_span(address: str) -> None:
    with pytest.raises(RefusedError, match="not in the calendar") as error:
        Client(address).search("bridge date:2023-02-30")
    assert (error.value.status, error.value.kind) == (400, "invalid-query")
    assert error.value.span == (12, 22)
    with pytest.raises(RefusedError, match="no parameter") as error:
        Client(address).search("bridge", colour="red")
    assert (error.value.kind, error.value.span) == ("bad-parameter", None)
    with pytest.raises(RefusedError) as error:
        Client(address).article("none")
    assert error.value.status == 404


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        ("200 OK", b"<html>", "is no Dateline: its answer is not JSON"),
        ("200 OK", b"[1]", "is no Dateline"),
        ("200 OK", b"[" * 100_000, "is no Dateline"),
        ("404 Not Found", b"{}", "is no Dateline: it answers 404"),
        ("502 Bad Gateway", b"no", "is no Dateline: it answers 502"),
        ("400 Bad Request", b'{"type": "urn:dateline:problem:x"}', "is no Dateline"),
        ("401 Unauthorized", b"", "wants a log-in"),
    ],
)
def test_what_is_no_dateline_is_said(status: str, body: bytes, said: str) -> None:
    with (
        serving(matching_rows(status, body)) as address,
        pytest.raises(NotDatelineError, match=said),
    ):
        Client(address).search("x")


def test_answers_are_unpacked_and_damaged_ones_are_none() -> None:
    packed, label = gzip.compress(b'{"a": 1}'), ("Content-Encoding", "gzip")
    with serving(matching_rows("200 OK", packed, label)) as address:
        assert Client(address).status() == {"a": 1}
    with (
        serving(matching_rows("200 OK", packed[5:], label)) as address,
        pytest.raises(NotDatelineError),
    ):
        Client(address).status()


def test_a_login_is_sent_and_goes_to_no_other_host() -> None:
    seen: list[tuple[str, str]] = []

    def application(environ: Any, start: Any) -> list[bytes]:
        seen.append((environ["PATH_INFO"], environ.get("HTTP_AUTHORIZATION", "")))
        if environ["PATH_INFO"].startswith("/away"):
            start("302 Found", [("Location", "http://localhost:1/api/v1/status")])
            return [b""]
        if environ["PATH_INFO"].endswith("old"):
            start("301 Moved", [("Location", "/api/v1/stories/new")])
            return [b""]
        start("200 OK", [])
        return [b'{"id": "new"}']

    with serving(application) as address:
        with_login = address.replace("//", "//me:p%40ss@")
        assert Client(with_login).story("old") == {"id": "new"}
        assert {login for _, login in seen} == {"Basic bWU6cEBzcw=="}
        with pytest.raises(
            NotDatelineError, match="sends us elsewhere: http://localhost:1"
        ) as told:
            Client(with_login + "/away").status()
    assert "p%40ss" not in str(told.value)


def test_nothing_there_and_no_answer_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(UnreachableError, match="has not answered within"):
            Client(address, patience=0.1).status()
    with pytest.raises(UnreachableError, match="cannot be reached: Connection refused"):
        Client(address).status()
    with pytest.raises(UnreachableError, match="cannot be reached"):
        Client("http://nowhere.invalid").status()


@pytest.mark.parametrize("url", ["", "x", "127.0.0.1:8000", "file:///etc", "http://", "http://a:b"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Client(url)


def test_the_example_of_the_documentation_runs() -> None:
    (shown,) = [block.text for block in blocks("docs/json-api.md") if block.kind == "python"]
    with serving(create_app(FakeBackend())) as address, redirect_stdout(StringIO()) as said:
        exec(shown.replace("http://localhost:8000", address), {})
    lines = said.getvalue().splitlines()
    assert lines[0] == "Repair of the Alder bridge will take until spring, engineers say"
    assert lines[-1] == "invalid-query (5, 15) “2023-02-30” is not in the calendar."


def test_every_error_of_the_client_is_one_kind() -> None:
    assert {UnreachableError, NotDatelineError, RefusedError} == set(ClientError.__subclasses__())
