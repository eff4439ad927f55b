"""Retrieval measures of a tiny collection, computed by hand; and missing or invalid files."""

import gzip
import json
import lzma
import math
from pathlib import Path

import pytest

from index.evaluation.collection import prepare_collection
from index.evaluation.labelled_folder import (
    EvaluationError,
    find_articles_file,
    read_judgements,
    read_queries,
    read_story_labels,
)
from index.evaluation.retrieval_metrics import measure_retrieval
from index.lexical.engine import ArrayEngine
from index.semantic.ports import Models
from tests.fakes import FakeModels, NoModels

ARTICLES = [
    {"id": "1", "headline": "Ferry ferry ferry", "body": "Ferry aground.", "story": "sea"},
    {
        "id": "2",
        "headline": "Captain waits",
        "body": "The ferry waits in fog today.",
        "story": "sea",
    },
    {"id": "3", "headline": "Rates rise", "body": "The bank raised rates.", "story": "money"},
    {"id": "4", "headline": "Bees", "body": "Honey in the reading room."},
]
QUERIES = [{"id": "q1", "text": "ferry"}, {"id": "q2", "text": "rates"}, {"id": "q3", "text": "x"}]
QRELS = "query-id\tarticle-id\tgrade\nq1\t2\t1\nq1\t4\t1\nq2\t3\t2\n"


def ignore_progress(stage: str, done: int, total: int) -> None:
    assert done <= total


def write_collection(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    write(folder / "articles.jsonl", ARTICLES)
    write(folder / "queries.jsonl", QUERIES)
    (folder / "qrels.tsv").write_text(QRELS)
    return folder


def write(path: Path, records: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))


def measure(folder: Path, home: Path, models: Models) -> dict[str, dict[str, float]]:
    engine = prepare_collection(
        folder, home, lexical=ArrayEngine(), models=models, progress=ignore_progress
    )
    found = measure_retrieval(engine, folder, query_text="text", progress=ignore_progress)
    engine.close()
    return found


def test_measures_equal_those_computed_by_hand(tmp_path: Path) -> None:
    folder = write_collection(tmp_path / "tiny")
    found = measure(folder, tmp_path / "home", NoModels())
    # q1 finds 1 (not judged) and then 2; 4 is never found. q2 finds 3 at once. q3 has no judgement.
    discounted = 1 / math.log2(3)
    ideal = 1 + 1 / math.log2(3)
    assert found == {
        "lexical": {
            "ndcg@10": pytest.approx((discounted / ideal + 1) / 2, abs=1e-4),
            "map": pytest.approx((0.5 / 2 + 1) / 2, abs=1e-4),
            "recall@100": pytest.approx((0.5 + 1) / 2, abs=1e-4),
            "mrr": pytest.approx((0.5 + 1) / 2, abs=1e-4),
        }
    }


def test_kinds_of_queries_are_measured_separately(tmp_path: Path) -> None:
    folder = write_collection(tmp_path / "tiny")
    kinds = [dict(query, kind=kind) for query, kind in zip(QUERIES, "aba", strict=True)]
    write(folder / "queries.jsonl", kinds)
    found = measure(folder, tmp_path / "home", NoModels())
    assert {name: figures["map"] for name, figures in found.items()} == {
        "lexical": pytest.approx((0.5 / 2 + 1) / 2, abs=1e-4),
        "lexical a": pytest.approx(0.5 / 2, abs=1e-4),
        "lexical b": 1.0,
    }


def test_every_mode_is_measured_and_embedded_once(tmp_path: Path) -> None:
    folder, home, models = write_collection(tmp_path / "tiny"), tmp_path / "home", FakeModels()
    home.mkdir()
    first = measure(folder, home, models)
    assert set(first) == {"hybrid", "lexical", "semantic"}
    assert models.embedded == len(ARTICLES)
    assert measure(folder, home, models) == first
    assert models.embedded == len(ARTICLES)


@pytest.mark.parametrize("compressed", [gzip, lzma])
def test_compressed_articles(tmp_path: Path, compressed: object) -> None:
    folder = write_collection(tmp_path / "tiny")
    text = (folder / "articles.jsonl").read_bytes()
    (folder / "articles.jsonl").unlink()
    pack, ending = (gzip.compress, "gz") if compressed is gzip else (lzma.compress, "xz")
    (folder / f"articles.jsonl.{ending}").write_bytes(pack(text))
    assert read_story_labels(folder) == {"1": "sea", "2": "sea", "3": "money"}
    assert find_articles_file(folder).name == f"articles.jsonl.{ending}"


def test_labels_skip_lines_that_are_not_articles(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_text(
        '{"id": 1, "story": 7}\nnot json\n[]\n{"story": "x"}\n'
    )
    assert read_story_labels(tmp_path) == {"1": "7"}


def test_a_folder_without_articles(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"articles\.jsonl"):
        find_articles_file(tmp_path)
    (tmp_path / "articles.jsonl").write_text("nothing\n")
    with pytest.raises(EvaluationError, match="has no articles"):
        prepare_collection(
            tmp_path,
            tmp_path / "home",
            lexical=ArrayEngine(),
            models=NoModels(),
            progress=ignore_progress,
        )


def test_articles_without_labels(tmp_path: Path) -> None:
    write(tmp_path / "articles.jsonl", ARTICLES[3:])
    with pytest.raises(EvaluationError, match="`story` label"):
        read_story_labels(tmp_path)


def test_the_forms_of_queries(tmp_path: Path) -> None:
    write(
        tmp_path / "queries.jsonl",
        [{"id": "1", "title": "t", "narrative": "n"}, {"_id": "2", "text": "x", "title": "t"}],
    )
    told = [(q.id, q.text) for q in read_queries(tmp_path, "narrative")]
    assert told == [("1", "n"), ("2", "x")]
    assert [q.text for q in read_queries(tmp_path, "title")] == ["t", "t"]


@pytest.mark.parametrize("line", ["nothing", '{"id": "1"}', "[]", "7"])
def test_an_invalid_query(tmp_path: Path, line: str) -> None:
    (tmp_path / "queries.jsonl").write_text(f'{{"id": "0", "text": "x"}}\n{line}\n')
    with pytest.raises(EvaluationError, match="2 is not a valid query"):
        read_queries(tmp_path, "text")


def test_the_forms_of_judgements(tmp_path: Path) -> None:
    (tmp_path / "qrels.tsv").write_text("q1 0 a1 1\nq1 0 a2 0\n\nq2\ta3\t2\n")
    told = [(j.query_id, j.doc_id, j.relevance) for j in read_judgements(tmp_path)]
    assert told == [("q1", "a1", 1), ("q1", "a2", 0), ("q2", "a3", 2)]


@pytest.mark.parametrize("line", ["q1", "q1\ta1\tmuch"])
def test_an_invalid_judgement(tmp_path: Path, line: str) -> None:
    (tmp_path / "qrels.tsv").write_text(f"q1\ta1\t1\n{line}\n")
    with pytest.raises(EvaluationError, match="2 is not a valid judgement"):
        read_judgements(tmp_path)


@pytest.mark.parametrize("name", ["queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = write_collection(tmp_path / "tiny")
    (folder / name).unlink()
    with pytest.raises(EvaluationError, match=name):
        measure(folder, tmp_path / "home", NoModels())


def test_a_collection_without_judged_queries(tmp_path: Path) -> None:
    folder = write_collection(tmp_path / "tiny")
    (folder / "qrels.tsv").write_text("q9\t1\t1\n")
    with pytest.raises(EvaluationError, match="has a judgement"):
        measure(folder, tmp_path / "home", NoModels())
