"""Every command of the README runs and does what is said of it, in the README's own order."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archive.builders import write_lines
from tests.scripts.commands import COMMAND, SAMPLE, Dateline, Serving, environment
from tests.scripts.pages import commands, shown_files
from tests.source_tree import ROOT

README = "README.md"
# What stands in a code block and is not run as it is, and why.
OTHERWISE = {
    "scripts/serve": "makes an environment; `dateline serve`, which it ends in, is run",
    "scripts/test": "would run this test again; CI runs it",
}
_API = "http://localhost:8000"


class Reader:
    """Somebody who types the README's commands, in a folder with its example files."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = Path(shutil.copytree(home, folder / ".dateline"))
        tools = folder / "tools"
        tools.mkdir()
        door = tools / "dateline"
        door.write_text(f'#!/bin/sh\nexec {" ".join(COMMAND)} "$@"\n')
        door.chmod(0o755)
        self._environment = environment(PATH=f"{tools}:{os.environ['PATH']}")
        for name, text in shown_files(README).items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")

    def types(self, line: str) -> str:
        """What the shell prints for a line that must succeed."""
        ended = subprocess.run(
            ["bash", "-c", line],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert ended.returncode == 0, f"{line}\n{ended.stdout}\n{ended.stderr}"
        return ended.stdout


@pytest.fixture
def reader(tmp_path: Path, meaning_home: Path) -> Reader:
    return Reader(tmp_path, meaning_home)


def _first_hit(printed: str) -> str:
    found = re.search(r"^ +1\. (.*)$", printed, re.M)
    return found[1] if found else ""


def _has(*texts: str) -> Callable[[str], bool]:
    return lambda printed: all(text in printed for text in texts)


def _is_first(text: str) -> Callable[[str], bool]:
    return lambda printed: text in _first_hit(printed)


# What each command of the README must print; a command that is not here fails the test.
PROMISES: dict[str, Callable[[str], bool]] = {
    "dateline search ferry radar": _is_first("one radar out of service"),
    """dateline search '"central bank" -norrand'""": _has("Kestria"),
    "dateline search erupcion --lang es": _is_first("Brezal entra en erupción"),
    "dateline search artwork found beneath an outbuilding": _is_first("Woman with the Lantern"),
    "dateline search workers trapped underground are saved --mode semantic --explain": _has(
        "miners", "place 1, score 0.", "for meaning", "passage, cosine 0."
    ),
    "dateline search strike --from 2031-03-10 --to 2031-03-31 --source 'Halyard Press'": _has(
        "Halyard Press · 2031-03-"
    ),
    "dateline stories --from 2031-03-10 --to 2031-03-31": _has("2031-03-", " stories"),
    "dateline show hly-20310306-0016": _has("Ljubljana · Halyard Press · 2031-03-07"),
    "dateline ingest articles --dry-run": _has("Would be: 3 added", "0 rejected"),
    "dateline ingest articles": _has("3 added", "0 rejected"),
    "dateline reindex": _has("163 articles"),
    "dateline search harbour bridge": _is_first("Harbour bridge in Port Ansel to reopen"),
    "dateline evaluate collection": _has("lexical  ", "hybrid  ", "ndcg@10 1.0000"),
    "dateline evaluate collection --stories": _has("bcubed", "precision"),
}


@pytest.mark.model
def test_every_command_does_what_is_said(reader: Reader) -> None:
    _write_collection(reader.folder / "collection")
    typed = [
        line for line in commands(README) if line not in OTHERWISE and not line.startswith("curl ")
    ]
    assert sorted(typed) == sorted(PROMISES)
    for line in typed:
        printed = reader.types(line)
        assert PROMISES[line](printed), f"{line}\n{printed}"


@pytest.mark.model
def test_the_server_and_the_api_answer_as_is_said(reader: Reader) -> None:
    with Serving(reader.folder / "articles", cwd=reader.folder) as serving:
        for line in commands(README):
            if line.startswith("curl "):
                place = line.split("'")[1].removeprefix(_API)
                answer = json.loads(serving.get(place)[1])
                assert answer.get("results") or answer["id"] == place.rpartition("/")[2]
        assert serving.stop()[0] == 0


def test_what_is_not_run_is_there_and_is_a_door() -> None:
    for line in OTHERWISE:
        assert line in commands(README)
        assert os.access(ROOT / line, os.X_OK)
    assert 'exec "$VENV/bin/dateline" serve' in (ROOT / "scripts/serve").read_text()


def test_the_example_files_are_read_as_is_said(dateline: Dateline, tmp_path: Path) -> None:
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


def test_the_sample_is_what_the_readme_says(dateline: Dateline) -> None:
    assert dateline.json("ingest", SAMPLE)["added"] == 160
    assert "The sample archive has 160 invented wire articles" in (ROOT / README).read_text()
