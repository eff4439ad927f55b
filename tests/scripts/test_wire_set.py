"""`python -m scripts.collections.wire_set`: writes a folder that `dateline evaluate` can read."""

import json
from pathlib import Path

from click.testing import CliRunner

from index.evaluation.collection import find_articles_file
from index.evaluation.retrieval_metrics import read_judgements, read_queries
from scripts.collections.wire_set import ROOT, main


def record(number: int) -> dict[str, str]:
    return {
        "id": str(number),
        "title": f"Lighthouse keeper writes diary page {number}",
        "body": f"HARBOUR - The keeper wrote page {number}.",
        "date": f"2011-03-{number:02}T09:00:00",
        "slug": "us-lighthouse-keeper",
    }


def test_what_it_writes_can_be_evaluated(tmp_path: Path) -> None:
    source, folder = tmp_path / "wire", tmp_path / "made" / "set"
    source.mkdir()
    lines = [json.dumps(record(number)) for number in range(1, 11)]
    (source / "articles.jsonl").write_text("\n".join(lines))
    arguments = [str(source), str(folder), "--skip", "2", "--articles", "7"]
    found = CliRunner().invoke(main, arguments)
    assert found.exit_code == 0, found.output
    kept = {json.loads(line)["id"] for line in find_articles_file(folder).read_text().splitlines()}
    assert kept < {str(number) for number in range(3, 10)}
    queries = read_queries(folder, "text")
    assert {query.kind for query in queries} >= {"known", "development"}
    judged = read_judgements(folder)
    assert {judgement.query_id for judgement in judged} == {query.id for query in queries}
    assert {judgement.doc_id for judgement in judged} <= kept


def test_nothing_is_written_into_the_project(tmp_path: Path) -> None:
    found = CliRunner().invoke(main, [str(tmp_path), str(ROOT / "made")])
    assert found.exit_code == 2
    assert "elsewhere" in found.output
    assert not (ROOT / "made").exists()
