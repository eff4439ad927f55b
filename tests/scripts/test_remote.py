"""`dateline search --url`: the same output as a local search, and errors."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.lexical.engine import ArrayEngine
from index.local.engine import open_engine
from tests.fakes import NoModels
from tests.scripts.commands import Dateline
from tests.scripts.server.servers import respond_with, serving
from tests.web.fake_backend import FakeBackend
from web.app import create_app


@pytest.fixture(scope="module")
def server(sample_home: Path) -> Iterator[str]:
    """Serve the sample archive."""
    engine = open_engine(sample_home, lexical=ArrayEngine(), models=NoModels())
    with serving(create_app(engine)) as served:
        yield served
    engine.close()


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
def test_remote_results_equal_local_ones(
    sample: Dateline, server: str, tmp_path: Path, options: list[object]
) -> None:
    empty = Dateline(tmp_path / "empty")
    local, remote = (
        sample.json("search", *options),
        empty.json("search", "--url", server, *options),
    )
    for hit in (hit for group in remote["results"] for hit in group["hits"]):
        assert hit.pop("permalink").startswith(f"{server}/article/")
    assert {**local, "took_ms": 0} == {**remote, "took_ms": 0}
    printed = sample.run("search", *options), empty.run("search", "--url", server, *options)
    assert _strip_time(printed[0].stdout) == _strip_time(printed[1].stdout)
    assert printed[0].stderr == printed[1].stderr
    assert printed[0].stdout.count("\n") > 1
    assert not empty.home.exists()


def _strip_time(text: str) -> str:
    return text.rpartition("(")[0]


def _fails(dateline: Dateline, *arguments: object, code: int = 1) -> str:
    result = dateline.run("search", *arguments)
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    return result.stderr


def test_an_error_in_a_query_is_marked(sample: Dateline, server: str) -> None:
    query = "漢字 ferry date:2031-02-30 radar"
    error = _fails(sample, query)
    assert error == (
        f"Error: The date “2031-02-30” does not exist.\n  {query}\n                  ^^^^^^^^^^\n"
    )
    assert _fails(sample, "--url", server, query) == error
    long = _fails(sample, "--url", server, "x" * 2_010)
    assert "the limit is 2,000" in long
    assert long.splitlines()[-1] == " " * 32 + "^" * 10


def test_client_errors_exit_with_1_and_an_invalid_address_with_2(dateline: Dateline) -> None:
    assert "Invalid value for --url: use an address such as http" in _fails(
        dateline, "--url", "host:1", "x", code=2
    )
    assert "Connection refused" in _fails(dateline, "--url", "http://127.0.0.1:1", "x")
    with serving(respond_with("200 OK", b"hm")) as address:
        assert "is not a Dateline server" in _fails(dateline, "--url", address, "x")


def test_incompatible_versions_are_named(dateline: Dateline) -> None:
    answer: dict[str, object]
    answer = {"version": "0.0.9", "query": {}, "total": {}, "next": None, "results": []}
    with serving(respond_with("200 OK", json.dumps(answer).encode())) as address:
        error = _fails(dateline, "--url", address, "x")
    assert f"{address} is Dateline 0.0.9 and this is " in error
    assert "Object missing required field `input` - at `$.query`" in error
    answer = {"query": 3, "total": {}, "next": None, "results": []}
    with serving(respond_with("200 OK", json.dumps(answer).encode())) as address:
        assert "a server of another version, or not Dateline" in _fails(
            dateline, "--url", address, "x"
        )


def test_control_characters_are_not_printed(dateline: Dateline) -> None:
    answer = create_app(FakeBackend()).test_client().get("/api/v1/search?q=bridge*").get_json()
    hostile = "\x1b]0;owned\x07\x9b2J\r"
    answer["query"]["notices"][0]["message"] = answer["query"]["repaired"] = hostile
    answer["results"][0]["hits"][0]["headline"] = {"text": hostile, "marks": []}
    answer["results"][0]["hits"][0]["article"]["located"] = hostile
    with serving(respond_with("200 OK", json.dumps(answer).encode())) as address:
        result = dateline.run("search", "--url", address, "bridge*")
    assert "owned" in result.stdout
    assert "owned" in result.stderr
    assert not set("\x1b\x07\x9b\r") & set(result.output)
