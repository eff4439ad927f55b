"""`--passages` as a user gives it: to reindex, to serve, by the environment, and wrongly."""

import json
import shutil
import time
from pathlib import Path

import pytest

from tests.archive.builders import write_lines
from tests.fakes import FakeModels
from tests.scripts.commands import NO_MODEL, Dateline, Serving

BODY = "Ferry ships and vessels sail by the island. " * 60


@pytest.fixture
def long(dateline: Dateline, tmp_path: Path) -> Dateline:
    """One article of several passages, not indexed."""
    dateline.models = FakeModels()
    lines = write_lines(tmp_path / "a.jsonl", {"id": "x", "headline": "Ferries", "body": BODY})
    dateline.json("ingest", lines)
    return dateline


def test_reindex_embeds_as_many_as_told_and_status_says_it(long: Dateline) -> None:
    every = long.json("reindex")["passages"]
    assert every > 3
    assert f"passages    {every}, all of each article" in long.run("status").stdout
    assert long.json("status")["vectors"]["first_passages"] is None
    for told, count, said in (("3", 3, "the first 3 of"), ("lead", 1, "the first of")):
        ended = long.run("reindex", "--passages", told)
        assert "Reindexing: meaning is now read from the first" in ended.stderr
        assert f"kept, {count} passages, 0 of them embedded now" in ended.stdout
        assert f"passages    {count}, {said} each article" in long.run("status").stdout
        assert long.json("status")["vectors"]["first_passages"] == count
        assert "up to date" in long.run("reindex").stdout
    assert long.json("reindex", "--passages", "all")["passages"] == every


def test_the_environment_may_say_it_and_the_option_wins(
    long: Dateline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_PASSAGES", "2")
    assert long.json("reindex")["passages"] == 2
    assert long.json("reindex", "--passages", "lead")["passages"] == 1
    monkeypatch.setenv("DATELINE_PASSAGES", "")
    assert long.json("reindex")["reason"] == ""


@pytest.mark.parametrize("wrong", ["0", "-1", "some", "1.5", "1001", "²", "", "9" * 50])
@pytest.mark.parametrize("command", ["reindex", "serve"])
def test_what_is_no_number_of_passages_is_refused(long: Dateline, command: str, wrong: str) -> None:
    ended = long.run(command, "--passages", wrong)
    assert ended.exit_code == 2
    assert f"“{wrong}” will not do; write kept, all, lead or a whole number from 1" in ended.stderr


def test_serve_hands_it_on(tmp_path: Path, sample_home: Path) -> None:
    home = Path(shutil.copytree(sample_home, tmp_path / "home"))
    generations, deadline = home / "generations", time.monotonic() + 120

    def scheme() -> str:
        live = generations / (generations / "CURRENT").read_text().strip() / "manifest.json"
        return str(json.loads(live.read_text())["scheme"])

    assert not scheme().endswith(":first-4")
    place = {"DATELINE_HOME": home, "DATELINE_MODEL": NO_MODEL}
    with Serving("--passages", "4", cwd=tmp_path, **place) as serving:
        while not scheme().endswith(":first-4"):
            assert time.monotonic() < deadline, "the reindex beside the server was not told"
            time.sleep(0.2)
        assert serving.stop()[0] == 0
