"""Quality of search: measures of every mode over judged queries.

Responsibility: run the queries of a collection and compute measures.
Decision: queries run through the engine that readers use; the measures are those of ir-measures.
Must not depend on: how a mode works.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import ir_measures
from ir_measures import AP, RR, Qrel, R, ScoredDoc, nDCG

from index.evaluation.labelled_folder import (
    EvaluationError,
    JudgedQuery,
    read_judgements,
    read_queries,
    to_folder_id,
)
from index.ports import SearchBackend
from index.types.search import Mode, SearchRequest

DEPTH = 1000
MEASURES = {"ndcg@10": nDCG @ 10, "map": AP, "recall@100": R @ 100, "mrr": RR}


def measure_retrieval(
    engine: SearchBackend,
    folder: Path,
    *,
    query_text: str,
    progress: Callable[[str, int, int], None],
) -> dict[str, dict[str, float]]:
    """Measure every mode that the engine offers.

    Args:
        query_text: The field of queries.jsonl that has the text of the query.
        progress: Called with (mode, queries done, queries).

    Returns:
        The means over all judged queries by mode, and over those of each kind by "mode kind".

    Raises:
        EvaluationError: queries.jsonl or qrels.tsv is missing or invalid.
    """
    judgements = read_judgements(folder)
    judged = {judgement.query_id for judgement in judgements}
    queries = [q for q in read_queries(folder, query_text) if q.id in judged]
    if not queries:
        raise EvaluationError(f"No query in {folder / 'queries.jsonl'} has a judgement.")
    kinds = _group_by_kind(queries)
    results: dict[str, dict[str, float]] = {}
    for mode in engine.status().modes:
        run = list(_run(engine, queries, mode, progress))
        results[mode] = _compute_means(judgements, run)
        for kind, ids in kinds.items():
            judged_kind = [judgement for judgement in judgements if judgement.query_id in ids]
            results[f"{mode} {kind}"] = _compute_means(judged_kind, run)
    return results


def _group_by_kind(queries: list[JudgedQuery]) -> dict[str, set[str]]:
    """The ids of the queries of each kind, in query order; empty if queries have no kinds."""
    kinds: dict[str, set[str]] = {}
    for query in queries:
        if query.kind:
            kinds.setdefault(query.kind, set()).add(query.id)
    return kinds


def _run(
    engine: SearchBackend,
    queries: list[JudgedQuery],
    mode: Mode,
    progress: Callable[[str, int, int], None],
) -> Iterator[ScoredDoc]:
    for done, query in enumerate(queries, start=1):
        request = SearchRequest(text=query.text, mode=mode, limit=DEPTH, group="none")
        # Ranks, not scores: ties are already broken, and libraries break them in different ways.
        for rank, uri in enumerate(engine.rank(request)):
            yield ScoredDoc(query.id, to_folder_id(uri), float(-rank))
        progress(mode, done, len(queries))


def _compute_means(judgements: list[Qrel], run: list[ScoredDoc]) -> dict[str, float]:
    values = ir_measures.calc_aggregate(list(MEASURES.values()), judgements, run)
    return {name: round(float(values[measure]), 4) for name, measure in MEASURES.items()}
