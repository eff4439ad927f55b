"""Every command in the README runs, in order, and prints what the README says."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archive.builders import write_lines
from tests.scripts.commands import COMMAND, SAMPLE, Dateline, ServeProcess, create_environment
from tests.scripts.docs.markdown import commands, shown_files
from tests.source_tree import ROOT

README = "README.md"
# Commands that are not run by these tests, and why.
NOT_RUN = {
    "scripts/serve": "creates an environment; `dateline serve`, which it calls, is run",
    "scripts/test": "would run this test again; CI runs it",
}
_API = "http://localhost:8000"


class Shell:
    """Runs the README's commands in a folder with its example files."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = Path(shutil.copytree(home, folder / ".dateline"))
        tools = folder / "tools"
        tools.mkdir()
        door = tools / "dateline"
        door.write_text(f'#!/bin/sh\nexec {" ".join(COMMAND)} "$@"\n')
        door.chmod(0o755)
        self._environment = create_environment(PATH=f"{tools}:{os.environ['PATH']}")
        for name, text in shown_files(README).items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")

    def run(self, line: str) -> str:
        """Run a line, which must succeed, and return its output."""
        result = subprocess.run(
            ["bash", "-c", line],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert result.returncode == 0, f"{line}\n{result.stdout}\n{result.stderr}"
        return result.stdout


@pytest.fixture
def shell(tmp_path: Path, meaning_home: Path) -> Shell:
    return Shell(tmp_path, meaning_home)


def _first_hit(printed: str) -> str:
    match = re.search(r"^ +1\. (.*)$", printed, re.M)
    return match[1] if match else ""


def _has(*texts: str) -> Callable[[str], bool]:
    return lambda printed: all(text in printed for text in texts)


def _is_first(text: str) -> Callable[[str], bool]:
    return lambda printed: text in _first_hit(printed)


# What each command of the README must print; an unknown command fails the test.
EXPECTED: dict[str, Callable[[str], bool]] = {
    "dateline search ferry radar": _is_first("one radar out of service"),
    """dateline search '"central bank" -norrand'""": _has("Kestria"),
    "dateline search erupcion --lang es": _is_first("Brezal entra en erupción"),
    "dateline search artwork found beneath an outbuilding": _is_first("Woman with the Lantern"),
    "dateline search workers trapped underground are saved --mode semantic --explain": _has(
        "miners", "rank 1, score 0.", "(semantic)", "best passage, cosine similarity 0."
    ),
    "dateline search strike --from 2031-03-10 --to 2031-03-31 --source 'Halyard Press'": _has(
        "Halyard Press · 2031-03-"
    ),
    "dateline stories --from 2031-03-10 --to 2031-03-31": _has("2031-03-", " stories"),
    "dateline show hly-20310306-0016": _has("Ljubljana · Halyard Press · 2031-03-07"),
    "dateline ingest articles --dry-run": _has("Dry run: 3 added", "0 rejected"),
    "dateline ingest articles": _has("3 added", "0 rejected"),
    "dateline reindex": _has("163 articles"),
    "dateline search harbour bridge": _is_first("Harbour bridge in Port Ansel to reopen"),
    "dateline evaluate collection": _has("lexical  ", "hybrid  ", "ndcg@10 1.0000"),
    "dateline evaluate collection --stories": _has("bcubed", "precision"),
}


@pytest.mark.model
def test_every_command_prints_the_expected_output(shell: Shell) -> None:
    _write_collection(shell.folder / "collection")
    lines = [
        line for line in commands(README) if line not in NOT_RUN and not line.startswith("curl ")
    ]
    assert sorted(lines) == sorted(EXPECTED)
    for line in lines:
        printed = shell.run(line)
        assert EXPECTED[line](printed), f"{line}\n{printed}"


@pytest.mark.model
def test_the_api_examples_return_results(shell: Shell) -> None:
    with ServeProcess(shell.folder / "articles", cwd=shell.folder) as serving:
        for line in commands(README):
            if line.startswith("curl "):
                place = line.split("'")[1].removeprefix(_API)
                answer = json.loads(serving.get(place)[1])
                assert answer.get("results") or answer["id"] == place.rpartition("/")[2]
        assert serving.stop()[0] == 0


def test_commands_that_are_not_run_exist() -> None:
    for line in NOT_RUN:
        assert line in commands(README)
        assert os.access(ROOT / line, os.X_OK)
    assert 'exec "$VENV/bin/dateline" serve' in (ROOT / "scripts/serve").read_text()


def test_the_example_files_are_ingested(dateline: Dateline, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    for name, text in shown_files(README).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert dateline.json("ingest", tmp_path / "articles")["added"] == 3
    assert dateline.json("show", "nka-1")["source"] == "Nordkante"
    table = dateline.json("show", "hly-2")
    assert (table["source"], table["first_created"][:10]) == ("Halyard Press", "2031-05-03")


def _write_collection(folder: Path) -> None:
    folder.mkdir()
    texts = {
        "f1": ("Ferry runs aground", "The ferry ran aground off the island on Monday.", "ferry"),
        "f2": ("All safe from ferry", "Everybody left the ferry off the island safely.", "ferry"),
        "b1": ("Bank raises rates", "The central bank raised its rates on Tuesday.", "bank"),
    }
    write_lines(
        folder / "articles.jsonl",
        *({"id": i, "title": t, "body": b, "story": s} for i, (t, b, s) in texts.items()),
    )
    write_lines(folder / "queries.jsonl", {"id": "q", "text": "central bank rates"})
    (folder / "qrels.tsv").write_text("q\tb1\t1\n")


def test_the_readme_describes_the_sample(dateline: Dateline) -> None:
    assert dateline.json("ingest", SAMPLE)["added"] == 160
    assert "The sample archive has 160 invented wire articles" in (ROOT / README).read_text()
