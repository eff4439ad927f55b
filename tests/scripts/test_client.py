"""Asking another Dateline: over a real server, what answers wrongly, and at the terminal."""

import gzip
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import waitress

from index.engine import SearchEngine
from scripts.client import (
    Client,
    ClientError,
    NotDatelineError,
    RefusedError,
    UnreachableError,
    _pairs,
)
from tests.fakes import NoModels
from tests.scripts.commands import Dateline
from tests.scripts.pages import blocks
from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from web.app import create_app

Application = Callable[..., Any]


@contextmanager
def _served(application: Application) -> Iterator[str]:
    server = waitress.create_server(application, host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.task_dispatcher.shutdown()  # first what is being answered, then the sockets
        server.trigger.pull_trigger(server.close)
        thread.join(10)


def _answering(status: str, body: bytes, *headers: tuple[str, str]) -> Application:
    def application(environ: Any, start: Any) -> list[bytes]:
        start(status, list(headers))
        return [body]

    return application


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with _served(create_app(FakeBackend())) as served:
        yield served


@pytest.fixture(scope="module")
def elsewhere(sample_home: Path) -> Iterator[str]:
    """The sample archive, served."""
    engine = SearchEngine(sample_home, models=NoModels())
    with _served(create_app(engine)) as served:
        yield served
    engine.close()


# The client.


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
        _served(_answering(status, body)) as address,
        pytest.raises(NotDatelineError, match=said),
    ):
        Client(address).search("x")


def test_answers_are_unpacked_and_damaged_ones_are_none() -> None:
    packed, label = gzip.compress(b'{"a": 1}'), ("Content-Encoding", "gzip")
    with _served(_answering("200 OK", packed, label)) as address:
        assert Client(address).status() == {"a": 1}
    with (
        _served(_answering("200 OK", packed[5:], label)) as address,
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

    with _served(application) as address:
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
    with _served(create_app(FakeBackend())) as address, redirect_stdout(StringIO()) as said:
        exec(shown.replace("http://localhost:8000", address), {})
    lines = said.getvalue().splitlines()
    assert lines[0] == "Repair of the Alder bridge will take until spring, engineers say"
    assert lines[-1] == "invalid-query (5, 15) “2023-02-30” is not in the calendar."


# At the terminal.


@pytest.mark.parametrize(
    "options",
    [
        ["skerrow", "ferry"],
        ["ferry", "--limit", 3, "--explain"],
        ["streik", "--lang", "de", "--sort", "oldest", "--group", "none"],
        ["--from", "2031-03-14", "--to", "2031-03-31", "--source", "Halyard Press", "--", "-ferry"],
        ["ferry", "--place", "Aberdeen", "--weaker"],
        ["panle", "te?t*", "unknown:field"],
        ["news OR the", "--limit", 150, "--group", "none"],
    ],
)
def test_another_dateline_answers_as_this_one_would(
    sample: Dateline, elsewhere: str, tmp_path: Path, options: list[object]
) -> None:
    nowhere = Dateline(tmp_path / "nowhere")
    here: dict[str, object]
    here, there = (
        sample.json("search", *options),
        nowhere.json("search", "--url", elsewhere, *options),
    )
    assert {**here, "took_ms": 0} == {**there, "took_ms": 0}
    printed = sample.run("search", *options), nowhere.run("search", "--url", elsewhere, *options)
    assert _untimed(printed[0].stdout) == _untimed(printed[1].stdout)
    assert printed[0].stderr == printed[1].stderr
    assert printed[0].stdout.count("\n") > 1
    assert not nowhere.home.exists()


def _untimed(text: str) -> str:
    return text.rpartition("(")[0]


def _fails(dateline: Dateline, *arguments: object, code: int = 1) -> str:
    ended = dateline.run("search", *arguments)
    assert (ended.exit_code, ended.stdout) == (code, ""), ended.output
    return ended.stderr


def test_what_is_wrong_in_a_query_is_pointed_at(sample: Dateline, elsewhere: str) -> None:
    query = "漢字 ferry date:2031-02-30 radar"
    said = _fails(sample, query)
    assert said == (
        f"Error: “2031-02-30” is not in the calendar.\n  {query}\n                  ^^^^^^^^^^\n"
    )
    assert _fails(sample, "--url", elsewhere, query) == said
    long = _fails(sample, "--url", elsewhere, "x" * 2_010)
    assert "2,000 is the most" in long
    assert long.splitlines()[-1] == " " * 32 + "^" * 10


def test_errors_of_the_client_are_1_and_a_wrong_address_is_2(dateline: Dateline) -> None:
    assert "no address: write it as http" in _fails(dateline, "--url", "host:1", "x", code=2)
    assert "Connection refused" in _fails(dateline, "--url", "http://127.0.0.1:1", "x")
    with _served(_answering("200 OK", b"hm")) as address:
        assert "is no Dateline" in _fails(dateline, "--url", address, "x")


def test_versions_that_do_not_understand_each_other_are_named(dateline: Dateline) -> None:
    told: dict[str, object]
    told = {"version": "0.0.9", "query": {}, "total": {}, "next": None, "results": []}
    with _served(_answering("200 OK", json.dumps(told).encode())) as address:
        said = _fails(dateline, "--url", address, "x")
    assert f"{address} is Dateline 0.0.9 and this is " in said
    assert "there is no 'mode' in its answer" in said
    told = {"query": 3, "total": {}, "next": None, "results": []}
    with _served(_answering("200 OK", json.dumps(told).encode())) as address:
        assert "a Dateline of another version, or none" in _fails(dateline, "--url", address, "x")


def test_a_terminal_obeys_nothing_that_is_sent(dateline: Dateline) -> None:
    told = create_app(FakeBackend()).test_client().get("/api/v1/search?q=bridge*").get_json()
    nasty = "\x1b]0;owned\x07\x9b2J\r"
    told["query"]["notices"][0]["message"] = told["query"]["repaired"] = nasty
    told["results"][0]["hits"][0]["headline"] = {"text": nasty, "marks": []}
    told["results"][0]["hits"][0]["article"]["located"] = nasty
    with _served(_answering("200 OK", json.dumps(told).encode())) as address:
        ended = dateline.run("search", "--url", address, "bridge*")
    assert "owned" in ended.stdout
    assert "owned" in ended.stderr
    assert not set("\x1b\x07\x9b\r") & set(ended.output)


def test_every_error_of_the_client_is_one_kind() -> None:
    assert {UnreachableError, NotDatelineError, RefusedError} == set(ClientError.__subclasses__())
