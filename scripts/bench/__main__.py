"""Dateline and other systems: `python -m scripts.bench HOME`, with the extra `bench` installed.

Responsibility: measure the processor time of each system on the articles of an archive.
Decision: the other systems index the archive of HOME again, in a temporary folder.
Must not depend on: how any system works.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from archive.article import Article
from archive.database.store import ArticleStore
from scripts import composition
from scripts.bench.extra import BenchCommand
from scripts.bench.hybrid_systems import DatelineHybrid, LanceDb, TantivyFaiss, Txtai
from scripts.bench.lexical_systems import Bm25s, DatelineLexical, Fts5, LexicalSystem, Tantivy
from scripts.bench.queries import KINDS, BenchQuery, System, generate_queries, parse_headline
from scripts.bench.timing import Cost, compute_ratios, measure_cost
from scripts.settings.loader import load_settings


@click.command(cls=BenchCommand)
@click.argument("home", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--runs", default=3, show_default=True, help="Number of runs, each with different queries."
)
@click.option(
    "--count", default=40, show_default=True, help="Number of queries of each kind in a run."
)
@click.option("--words-only", is_flag=True, help="Skip hybrid search.")
@click.option("--without-bm25s", is_flag=True, help="Skip bm25s, which is slow to index.")
def main(home: Path, runs: int, count: int, words_only: bool, without_bm25s: bool) -> None:
    """Measure the index of HOME: milliseconds of CPU, and Dateline's ratio to each system."""
    settings = load_settings(os.environ, home=home)
    engine, store = composition.create_engine(settings), ArticleStore.open(home, readonly=True)

    def articles() -> Iterator[Article]:
        return (article for _, article in store.newest())

    headlines = [headline for article in articles() if (headline := parse_headline(article))]
    queries = {
        kind: [generate_queries(headlines, kind, count=count, seed=run) for run in range(runs)]
        for kind in KINDS
    }
    generation = composition.open_generation(settings)
    doc_values, semantic = generation.doc_values, generation.semantic
    uris = [doc_values.uris[row] for row in range(len(doc_values))]
    click.echo(f"{len(uris):,} articles, {runs} runs of {count} queries of each kind")
    with TemporaryDirectory(prefix="bench-") as name:
        folders = [Path(name) / system for system in ("tantivy", "fts5", "lance")]
        for folder in folders:
            folder.mkdir()
        tantivy = Tantivy(articles, folders[0])
        if not words_only and semantic:
            vectors, key = semantic.vectors.single_index, generation.manifest.model_key
            if vectors is None:
                raise click.ClickException(
                    "The index must have one segment; run `dateline reindex --force` first."
                )
            models = [composition.create_models(settings) for _ in range(2)]
            encoders = [each.load_query_encoder(key) for each in models]
            hybrid: list[System] = [
                DatelineHybrid(engine),
                TantivyFaiss(tantivy, vectors, encoders[0], uris),
                LanceDb(articles, folders[2], vectors, encoders[1], uris),
                Txtai(articles, vectors, encoders[1], uris),
            ]
            _report("whole page", hybrid, queries["OR of three"])
        lexical: list[LexicalSystem] = [
            DatelineLexical(engine),
            tantivy,
            Fts5(articles, folders[1]),
            *([] if without_bm25s else [Bm25s(articles)]),
        ]
        for kind in KINDS:
            _report(kind, [system for system in lexical if kind in system.kinds], queries[kind])


def _report(kind: str, systems: Sequence[System], runs: Sequence[Sequence[BenchQuery]]) -> None:
    """Print a line for each system: medians over the runs, and the ratio with its range."""
    ours: Cost | None = None
    our_results: list[list[str]] = []
    for system in systems:
        cost = measure_cost(system.search, runs)
        ours = ours or cost
        results = [system.search(query) for query in runs[0]]
        our_results = our_results or results
        overlap = _compute_overlap(our_results, results)
        p50, p95 = sorted(cost.p50)[len(runs) // 2], sorted(cost.p95)[len(runs) // 2]
        line = f"{kind:14} {system.name:22} p50 {p50:7.2f}  p95 {p95:7.2f}"
        line += f"  top 10 in common {overlap:.2f}"
        if system is not systems[0]:
            each = (compute_ratios(ours.p50, cost.p50), compute_ratios(ours.p95, cost.p95))
            line += "  ours / theirs " + ", ".join(
                f"{median:.2f} ({low:.2f}-{high:.2f})" for median, low, high in each
            )
        click.echo(line)


def _compute_overlap(ours: Sequence[list[str]], theirs: Sequence[list[str]]) -> float:
    """The share of our top ten that is in theirs, over all queries."""
    return sum(len(set(a) & set(b)) for a, b in zip(ours, theirs, strict=True)) / max(
        1, sum(map(len, ours))
    )


if __name__ == "__main__":
    main()
