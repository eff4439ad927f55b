"""The API client: every route, rejected requests, other servers and timeouts."""

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
    ProblemError,
    UnreachableError,
    _expand_parameters,
)
from tests.scripts.docs.markdown import blocks
from tests.scripts.server.servers import respond_with, serving
from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from web.app import create_app


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(create_app(FakeBackend())) as served:
        yield served


def test_every_route_has_a_method(address: str) -> None:
    client, plain = Client(address), create_app(FakeBackend()).test_client()

    def get(place: str) -> Any:
        answer = plain.get(f"/api/v1/{place}").get_json()
        return {key: value for key, value in answer.items() if key != "took_ms"}

    results = client.search("bridge", group="none", lang=["en", "es"], explain=True)
    assert results["query"]["input"] == "bridge"
    assert client.facets("bridge", facets="place") == get("facets?q=bridge&facets=place")
    assert client.suggest("brid") == ["bridge"]
    for uri in (newsroom.BRIDGE_FERRY.uri, newsroom.ARABIC.uri, newsroom.BRIDGE_ES.uri):
        assert client.article(uri)["id"] == uri
        assert client.versions(uri)[-1]["id"] == uri
        assert client.related(uri)[0]["article"]["id"] != uri
    assert client.article(newsroom.BRIDGE_FERRY.uri, 1)["version"] == 1
    assert client.stories(least=2, page_size=3)["results"][0]["matching"] >= 2
    assert client.story("grain")["id"] == "grain"
    assert client.status() == get("status")


def test_pages_yield_every_result_once(address: str) -> None:
    pages = list(Client(address + "/").pages(page_size=4))
    assert len(pages) == 3
    seen = [group["story"]["id"] for page in pages for group in page["results"]]
    assert sorted(seen) == sorted(newsroom.STORIES)


def test_parameters_are_converted_to_those_of_the_api() -> None:
    parameters = {
        "from_": date(2023, 7, 1),
        "source": ["a", "b"],
        "weaker": True,
        "explain": False,
        "page_size": 3,
        "to": None,
        "lang": (),
        "q": "half\ud800",
    }
    assert list(_expand_parameters(parameters)) == [  # type: ignore[arg-type]
        ("from", "2023-07-01"),
        ("source", "a"),
        ("source", "b"),
        ("weaker", "1"),
        ("explain", "0"),
        ("page_size", "3"),
        ("q", "half?"),
    ]


def test_a_problem_has_its_kind_and_span(address: str) -> None:
    with pytest.raises(ProblemError, match="does not exist") as error:
        Client(address).search("bridge date:2023-02-30")
    assert (error.value.status, error.value.kind) == (400, "invalid-query")
    assert error.value.span == (12, 22)
    with pytest.raises(ProblemError, match="no parameter") as error:
        Client(address).search("bridge", colour="red")
    assert (error.value.kind, error.value.span) == ("bad-parameter", None)
    with pytest.raises(ProblemError) as error:
        Client(address).article("none")
    assert error.value.status == 404


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        ("200 OK", b"<html>", "is not a Dateline server: its response is not valid JSON"),
        ("200 OK", b"[1]", "is not a Dateline server"),
        ("200 OK", b"[" * 100_000, "is not a Dateline server"),
        ("404 Not Found", b"{}", "is not a Dateline server: it responded with HTTP status 404"),
        ("502 Bad Gateway", b"no", "is not a Dateline server: it responded with HTTP status 502"),
        ("400 Bad Request", b'{"type": "urn:dateline:problem:x"}', "is not a Dateline server"),
        ("401 Unauthorized", b"", "requires a login"),
    ],
)
def test_other_servers_are_recognised(status: str, body: bytes, message: str) -> None:
    with (
        serving(respond_with(status, body)) as address,
        pytest.raises(NotDatelineError, match=message),
    ):
        Client(address).search("x")


def test_responses_are_decompressed_and_damaged_ones_rejected() -> None:
    packed, label = gzip.compress(b'{"a": 1}'), ("Content-Encoding", "gzip")
    with serving(respond_with("200 OK", packed, label)) as address:
        assert Client(address).status() == {"a": 1}
    with (
        serving(respond_with("200 OK", packed[5:], label)) as address,
        pytest.raises(NotDatelineError),
    ):
        Client(address).status()


def test_credentials_are_not_sent_to_another_host() -> None:
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
            NotDatelineError, match="redirects to another server: http://localhost:1"
        ) as error:
            Client(with_login + "/away").status()
    assert "p%40ss" not in str(error.value)


def test_an_unreachable_server_and_a_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(UnreachableError, match="did not respond within"):
            Client(address, timeout=0.1).status()
    with pytest.raises(UnreachableError, match=r"Cannot reach .*: Connection refused"):
        Client(address).status()
    with pytest.raises(UnreachableError, match="Cannot reach"):
        Client("http://nowhere.invalid").status()


@pytest.mark.parametrize("url", ["", "x", "127.0.0.1:8000", "file:///etc", "http://", "http://a:b"])
def test_an_invalid_address_is_rejected(url: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Client(url)


def test_the_documented_example_runs() -> None:
    (shown,) = [block.text for block in blocks("docs/json-api.md") if block.kind == "python"]
    with serving(create_app(FakeBackend())) as address, redirect_stdout(StringIO()) as output:
        exec(shown.replace("http://localhost:8000", address), {})
    lines = output.getvalue().splitlines()
    assert lines[0] == "Repair of the Alder bridge will take until spring, engineers say"
    assert lines[-1] == "invalid-query (5, 15) The date “2023-02-30” does not exist."


def test_every_error_is_a_client_error() -> None:
    assert {UnreachableError, NotDatelineError, ProblemError} == set(ClientError.__subclasses__())
