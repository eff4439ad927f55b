"""Searching another Dateline at the terminal: answers as here, and what it says goes wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.lexical.engine import WhooshEngine
from index.local.engine import open_engine
from tests.fakes import NoModels
from tests.scripts.commands import Dateline
from tests.scripts.servers import matching_rows, serving
from tests.web.fake_backend import FakeBackend
from web.app import create_app


@pytest.fixture(scope="module")
def elsewhere(sample_home: Path) -> Iterator[str]:
    """The sample archive, served."""
    engine = open_engine(sample_home, lexical=WhooshEngine(), models=NoModels())
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
    with serving(matching_rows("200 OK", b"hm")) as address:
        assert "is no Dateline" in _fails(dateline, "--url", address, "x")


def test_versions_that_do_not_understand_each_other_are_named(dateline: Dateline) -> None:
    told: dict[str, object]
    told = {"version": "0.0.9", "query": {}, "total": {}, "next": None, "results": []}
    with serving(matching_rows("200 OK", json.dumps(told).encode())) as address:
        said = _fails(dateline, "--url", address, "x")
    assert f"{address} is Dateline 0.0.9 and this is " in said
    assert "there is no 'mode' in its answer" in said
    told = {"query": 3, "total": {}, "next": None, "results": []}
    with serving(matching_rows("200 OK", json.dumps(told).encode())) as address:
        assert "a Dateline of another version, or none" in _fails(dateline, "--url", address, "x")


def test_a_terminal_obeys_nothing_that_is_sent(dateline: Dateline) -> None:
    told = create_app(FakeBackend()).test_client().get("/api/v1/search?q=bridge*").get_json()
    nasty = "\x1b]0;owned\x07\x9b2J\r"
    told["query"]["notices"][0]["message"] = told["query"]["repaired"] = nasty
    told["results"][0]["hits"][0]["headline"] = {"text": nasty, "marks": []}
    told["results"][0]["hits"][0]["article"]["located"] = nasty
    with serving(matching_rows("200 OK", json.dumps(told).encode())) as address:
        ended = dateline.run("search", "--url", address, "bridge*")
    assert "owned" in ended.stdout
    assert "owned" in ended.stderr
    assert not set("\x1b\x07\x9b\r") & set(ended.output)
