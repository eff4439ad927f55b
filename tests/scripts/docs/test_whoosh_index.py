"""The programs that open the index with Whoosh run as the documentation has them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.lexical.schema import FIELDS
from tests.scripts.commands import Dateline
from tests.scripts.docs.markdown import blocks, rows

PAGE = "docs/whoosh-index.md"


def run_blocks(folder: Path) -> list[str]:
    """The output of all Python blocks of the page, as one program in a folder."""
    program = "".join(block.text for block in blocks(PAGE) if block.kind == "python")
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def test_the_program_finds_what_dateline_finds(sample: Dateline, tmp_path: Path) -> None:
    shutil.copytree(sample.home, tmp_path / ".dateline")
    uris = [line.split()[1] for line in run_blocks(tmp_path)]
    query = '+ferry ("ran aground" OR radar)'
    results = sample.json("search", query, "--mode", "lexical", "--lang", "en")["results"]
    expected = {hit["article"]["id"] for group in results for hit in group["hits"]}
    assert len(expected) > 1
    assert set(uris) == expected


def test_every_field_is_described() -> None:
    described = {cells[0].strip("`") for cells in rows(PAGE)}
    assert set(FIELDS) <= described


def test_the_setting_changes_the_engine_and_not_the_results(
    sample: Dateline, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("search", "(ferry OR stri*) -bee", "--mode", "lexical")
    outputs, scores = {}, {}
    for engine in ("arrays", "whoosh"):
        monkeypatch.setenv("DATELINE_LEXICAL", engine)
        outputs[engine] = sample.json(*arguments) | {"took_ms": 0}
        hits = [hit for result in outputs[engine]["results"] for hit in result["hits"]]
        scores[engine] = [hit.pop("score") for hit in hits]
    assert outputs["arrays"]["total"]["articles"] > 1
    assert outputs["whoosh"] == outputs["arrays"]
    # One engine adds in 32 bits, the other in 64: the sixth digit may be rounded differently.
    assert scores["whoosh"] == pytest.approx(scores["arrays"], abs=2e-6)


def test_a_damaged_whoosh_file_is_refused_by_the_engine_that_reads_it(
    sample: Dateline, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = (sample.home / "generations" / "CURRENT").read_text().strip()
    (postings,) = (sample.home / "generations" / current).rglob("*.pst")
    content = postings.read_bytes()
    postings.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert sample.run("search", "ferry").exit_code == 0
    monkeypatch.setenv("DATELINE_LEXICAL", "whoosh")
    result = sample.run("search", "ferry")
    assert result.exit_code != 0
    assert "has changed" in result.stderr
