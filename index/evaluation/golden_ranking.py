"""The golden ranking: the ranks of the expected articles of some queries, as text to commit.

Responsibility: rank expected articles in every mode and render a table.
Decision: ranks, not scores, with one line per query, so that a change of ranking is a diff to
review.
Must not depend on: where the queries come from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, nDCG

from index.ports import SearchBackend
from index.types.search import Mode, SearchRequest

DEPTH = 50
MODES: tuple[Mode, ...] = ("hybrid", "lexical", "semantic")


@dataclass(frozen=True, slots=True)
class ExpectedArticles:
    """A query and the uris of the articles that it should find."""

    query: str
    uris: tuple[str, ...]


def read_expected(path: Path) -> tuple[ExpectedArticles, ...]:
    """Read a file whose lines have a query, a tab, and uris separated by spaces."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line)
    return tuple(ExpectedArticles(query, tuple(uris.split())) for query, uris in rows)


def render_golden(engine: SearchBackend, expected: Sequence[ExpectedArticles]) -> str:
    """Render the ranks of the expected articles in each mode, `-` beyond `DEPTH`, and means."""
    runs = {mode: [_rank(engine, item.query, mode) for item in expected] for mode in MODES}
    lines = [f"{'hybrid':>12} {'lexical':>12} {'semantic':>12}  query"]
    for number, item in enumerate(expected):
        cells = (_format_ranks(item.uris, runs[mode][number]) for mode in MODES)
        lines.append(" ".join(f"{cell:>12}" for cell in cells) + f"  {item.query}")
    lines.append("")
    for name, measure in (("nDCG@10", nDCG @ 10), ("MRR", RR)):
        means = (_compute_mean(expected, runs[mode], measure) for mode in MODES)
        lines.append(" ".join(f"{mean:>12.3f}" for mean in means) + f"  {name}")
    return "\n".join(lines) + "\n"


def _rank(engine: SearchBackend, query: str, mode: Mode) -> tuple[str, ...]:
    return engine.rank(SearchRequest(text=query, mode=mode, group="none", limit=DEPTH))


def _format_ranks(uris: tuple[str, ...], ranked: tuple[str, ...]) -> str:
    ranks = sorted(ranked.index(uri) + 1 if uri in ranked else DEPTH + 1 for uri in uris)
    return " ".join("-" if rank > DEPTH else str(rank) for rank in ranks)


def _compute_mean(
    expected: Sequence[ExpectedArticles],
    ranked: Sequence[tuple[str, ...]],
    measure: ir_measures.Measure,
) -> float:
    judgements = [Qrel(str(n), uri, 1) for n, item in enumerate(expected) for uri in item.uris]
    run = [
        ScoredDoc(str(n), uri, float(-rank))
        for n, uris in enumerate(ranked)
        for rank, uri in enumerate(uris)
    ]
    return float(ir_measures.calc_aggregate([measure], judgements, run)[measure])
