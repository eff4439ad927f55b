"""`--passages`: as an option of reindex and serve, as a variable, and invalid values."""

import json
import shutil
import time
from pathlib import Path

import pytest

from tests.archive.builders import write_lines
from tests.fakes import FakeModels
from tests.scripts.commands import NO_MODEL, Dateline, ServeProcess

BODY = "Ferry ships and vessels sail by the island. " * 60


@pytest.fixture
def long(dateline: Dateline, tmp_path: Path) -> Dateline:
    """Return an archive with one article of several passages, not indexed."""
    dateline.models = FakeModels()
    lines = write_lines(tmp_path / "a.jsonl", {"id": "x", "headline": "Ferries", "body": BODY})
    dateline.json("ingest", lines)
    return dateline


def test_reindex_embeds_the_first_passages_and_status_shows_it(long: Dateline) -> None:
    every = long.json("reindex")["passages"]
    assert every > 3
    assert f"passages    {every}, all of each article" in long.run("status").stdout
    assert long.json("status")["vectors"]["first_passages"] is None
    for option, count, text in (("3", 3, "the first 3 of"), ("lead", 1, "the first of")):
        result = long.run("reindex", "--passages", option)
        assert "Reindexing: embeddings now cover the first" in result.stderr
        passages = "1 passage" if count == 1 else f"{count} passages"
        assert f"(0 indexed now), {passages} (0 embedded now)" in result.stdout
        assert f"passages    {count}, {text} each article" in long.run("status").stdout
        assert long.json("status")["vectors"]["first_passages"] == count
        assert "The index is up to date" in long.run("reindex").stdout
    assert long.json("reindex", "--passages", "all")["passages"] == every


def test_the_option_overrides_the_variable(long: Dateline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_PASSAGES", "2")
    assert long.json("reindex")["passages"] == 2
    assert long.json("reindex", "--passages", "lead")["passages"] == 1
    monkeypatch.setenv("DATELINE_PASSAGES", "")
    assert long.json("reindex")["reason"] == ""


@pytest.mark.parametrize("invalid", ["0", "-1", "some", "1.5", "1001", "²", "", "9" * 50])
@pytest.mark.parametrize("command", ["reindex", "serve"])
def test_an_invalid_number_of_passages_is_rejected(
    long: Dateline, command: str, invalid: str
) -> None:
    result = long.run(command, "--passages", invalid)
    assert result.exit_code == 2
    error = " ".join(result.stderr.split())
    assert f"must be kept, all, lead or an integer between 1 and 1000, not {invalid!r}." in error


def test_serve_passes_the_option_to_the_reindex(tmp_path: Path, sample_home: Path) -> None:
    home = Path(shutil.copytree(sample_home, tmp_path / "home"))
    generations, deadline = home / "generations", time.monotonic() + 120

    def scheme() -> str:
        live = generations / (generations / "CURRENT").read_text().strip() / "manifest.json"
        return str(json.loads(live.read_text())["scheme"])

    assert not scheme().endswith(":first-4")
    place = {"DATELINE_HOME": home, "DATELINE_MODEL": NO_MODEL}
    with ServeProcess("--passages", "4", cwd=tmp_path, **place) as serving:
        while not scheme().endswith(":first-4"):
            assert time.monotonic() < deadline, "the background reindex did not get the option"
            time.sleep(0.2)
        assert serving.stop()[0] == 0
