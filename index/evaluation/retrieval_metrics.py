"""Retrieval measures of every mode over queries with judgements.

Decision: queries go through the same engine as a reader's; the measures are those of ir-measures.
Must not know how a mode works.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import ir_measures
from ir_measures import AP, RR, Qrel, R, ScoredDoc, nDCG

from index.ports import SearchBackend
from index.types.search import Mode, SearchRequest

DEPTH = 1000
MEASURES = {"ndcg@10": nDCG @ 10, "map": AP, "recall@100": R @ 100, "mrr": RR}


class EvaluationError(Exception):
    """The folder lacks something or holds something unreadable; the message says what."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query's id and text, and its kind where the set has several."""

    id: str
    text: str
    kind: str = ""


def measure_retrieval(
    engine: SearchBackend,
    folder: Path,
    *,
    query_text: str,
    progress: Callable[[str, int, int], None],
) -> dict[str, dict[str, float]]:
    """Measures by mode: mean over all queries that have judgements, then over those of each kind.

    Raises:
        EvaluationError: queries.jsonl or qrels.tsv is missing or unreadable.
    """
    judgements = read_judgements(folder)
    judged = {judgement.query_id for judgement in judgements}
    queries = [q for q in read_queries(folder, query_text) if q.id in judged]
    if not queries:
        raise EvaluationError(f"No query in {folder / 'queries.jsonl'} has a judgement.")
    by_kind = _by_kind(queries)
    found: dict[str, dict[str, float]] = {}
    for mode in engine.status().modes:
        run = list(_run(engine, queries, mode, progress))
        found[mode] = _mean(judgements, run)
        for kind, ids in by_kind.items():
            of_kind = [judgement for judgement in judgements if judgement.query_id in ids]
            found[f"{mode} {kind}"] = _mean(of_kind, run)
    return found


def _by_kind(queries: list[JudgedQuery]) -> dict[str, set[str]]:
    """Query ids by kind, kinds in the order of the queries; empty where they have none."""
    found: dict[str, set[str]] = {}
    for query in queries:
        if query.kind:
            found.setdefault(query.kind, set()).add(query.id)
    return found


def read_queries(folder: Path, query_text: str) -> list[JudgedQuery]:
    """Queries with their `query_text`, or `text` where they carry one text only."""
    path = folder / "queries.jsonl"
    queries = []
    for number, line in enumerate(_lines(path), start=1):
        try:
            record = json.loads(line)
            text = record.get(query_text) or record.get("text") or record["title"]
            name, kind = record.get("id", record.get("_id")), record.get("kind", "")
            queries.append(JudgedQuery(str(name), str(text), str(kind)))
        except (ValueError, KeyError, AttributeError) as error:
            raise EvaluationError(f"{path}:{number} is not a query ({error!r}).") from error
    return queries


def read_judgements(folder: Path) -> list[Qrel]:
    """Judgements from lines of query id, article id and grade, or of TREC's four columns."""
    path = folder / "qrels.tsv"
    judgements = []
    for number, line in enumerate(_lines(path), start=1):
        fields = line.split("\t") if "\t" in line else line.split()
        try:
            judgements.append(Qrel(fields[0], fields[-2], int(float(fields[-1]))))
        except (IndexError, ValueError) as error:
            if number == 1:
                continue
            raise EvaluationError(f"{path}:{number} is not a judgement.") from error
    return judgements


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read ({error}).") from error


def _run(
    engine: SearchBackend,
    queries: list[JudgedQuery],
    mode: Mode,
    progress: Callable[[str, int, int], None],
) -> Iterator[ScoredDoc]:
    for done, query in enumerate(queries, start=1):
        request = SearchRequest(text=query.text, mode=mode, limit=DEPTH, group="none")
        # Ranks, not scores: ties are already broken, and every library breaks them its own way.
        for rank, uri in enumerate(engine.rank(request)):
            yield ScoredDoc(query.id, uri, float(-rank))
        progress(mode, done, len(queries))


def _mean(judgements: list[Qrel], run: list[ScoredDoc]) -> dict[str, float]:
    values = ir_measures.calc_aggregate(list(MEASURES.values()), judgements, run)
    return {name: round(float(values[measure]), 4) for name, measure in MEASURES.items()}
