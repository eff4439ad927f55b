"""`python -m scripts.datasets.label_wire` writes folders that `dateline evaluate` can read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.evaluation.labelled_folder import (
    find_articles_file,
    read_judgements,
    read_queries,
    read_story_labels,
)
from scripts.datasets.label_wire import ROOT, main


def _record(number: int) -> dict[str, str]:
    return {
        "id": str(number),
        "title": f"Lighthouse keeper writes diary page {number}",
        "body": f"HARBOUR - The keeper wrote page {number}.",
        "date": f"2011-03-{number:02}T09:00:00",
        "slug": "us-lighthouse-keeper",
    }


def _write_wire(folder: Path) -> Path:
    source = folder / "wire"
    source.mkdir()
    lines = [json.dumps(_record(number)) for number in range(1, 11)]
    (source / "articles.jsonl").write_text("\n".join(lines))
    return source


def _run(*arguments: object) -> None:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exit_code == 0, result.output


def test_queries_and_judgements_can_be_evaluated(tmp_path: Path) -> None:
    source, folder = _write_wire(tmp_path), tmp_path / "collections" / "search"
    _run("search", source, folder, "--skip", 2, "--articles", 7)
    uris = {json.loads(line)["id"] for line in find_articles_file(folder).read_text().splitlines()}
    assert uris < {str(number) for number in range(3, 10)}
    queries = read_queries(folder, "text")
    assert {query.kind for query in queries} >= {"known", "development"}
    judged = read_judgements(folder)
    assert {judgement.query_id for judgement in judged} == {query.id for query in queries}
    assert {judgement.doc_id for judgement in judged} <= uris


def test_story_labels_can_be_evaluated(tmp_path: Path) -> None:
    source, folder = _write_wire(tmp_path), tmp_path / "collections" / "stories"
    _run("stories", source, folder, "--limit", 4)
    labels = read_story_labels(folder)
    assert set(labels) == {"1", "2", "3", "4"}
    assert set(labels.values()) == {"us-lighthouse-keeper/2011-03-01"}


@pytest.mark.parametrize("command", ["search", "stories"])
def test_nothing_is_written_inside_the_project(tmp_path: Path, command: str) -> None:
    result = CliRunner().invoke(main, [command, str(tmp_path), str(ROOT / "collection")])
    assert result.exit_code == 2
    assert "choose a folder outside it" in result.output
    assert not (ROOT / "collection").exists()
