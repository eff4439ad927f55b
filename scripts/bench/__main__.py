"""Dateline beside its peers: `python -m scripts.bench HOME`, with the extra `bench` installed.

Decision: peers index the archive of HOME anew, in a folder that is gone afterwards.
Must not know how anything is found.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from archive.article import Article
from archive.database.store import ArticleStore
from scripts import composition
from scripts.bench.pages import ByHand, DatelinePage, Lance, Txtai
from scripts.bench.queries import KINDS, BenchQuery, Searcher, headline, queries
from scripts.bench.timing import Cost, cost, ratios
from scripts.bench.words import Bm25s, Contender, Dateline, Fts5, Tantivy
from scripts.settings.loader import load_settings


@click.command()
@click.argument("home", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--runs", default=3, show_default=True, help="Runs, each with queries of its own.")
@click.option("--count", default=40, show_default=True, help="Queries of a kind in each run.")
@click.option("--words-only", is_flag=True, help="Leave whole pages by meaning out.")
@click.option("--without-bm25s", is_flag=True, help="Leave out the one that is slow to index.")
def main(home: Path, runs: int, count: int, words_only: bool, without_bm25s: bool) -> None:
    """Measure the index of HOME: milliseconds of CPU, and Dateline's by each peer's."""
    settings = load_settings(os.environ, home=home)
    engine, store = composition.engine(settings), ArticleStore.open(home, readonly=True)

    def articles() -> Iterator[Article]:
        return (article for _, article in store.newest())

    heads = [found for article in articles() if (found := headline(article))]
    asked = {
        kind: [queries(heads, kind, count=count, seed=run) for run in range(runs)] for kind in KINDS
    }
    generation = composition.live_generation(settings)
    doc_values, semantic = generation.doc_values, generation.semantic
    uris = [doc_values.uris[row] for row in range(len(doc_values))]
    click.echo(f"{len(uris):,} articles, {runs} runs of {count} queries of each kind")
    with TemporaryDirectory(prefix="bench-") as name:
        folders = [Path(name) / peer for peer in ("tantivy", "fts5", "lance")]
        for folder in folders:
            folder.mkdir()
        tantivy = Tantivy(articles, folders[0])
        if not words_only and semantic:
            vectors, key = semantic.vectors.single_index, generation.manifest.model_key
            if vectors is None:
                raise click.ClickException("The peers want one segment: dateline reindex --force")
            encoders = [composition.models(settings).query_encoder(key) for _ in range(2)]
            pages: list[Searcher] = [
                DatelinePage(engine),
                ByHand(tantivy, vectors, encoders[0], uris),
                Lance(articles, folders[2], vectors, encoders[1], uris),
                Txtai(articles, vectors, encoders[1], uris),
            ]
            _report("whole page", pages, asked["OR of three"])
        peers: list[Contender] = [
            Dateline(engine),
            tantivy,
            Fts5(articles, folders[1]),
            *([] if without_bm25s else [Bm25s(articles)]),
        ]
        for kind in KINDS:
            _report(kind, [peer for peer in peers if kind in peer.kinds], asked[kind])


def _report(
    kind: str, contenders: Sequence[Searcher], runs: Sequence[Sequence[BenchQuery]]
) -> None:
    """Lines of one kind: the median of the runs, and the ratio with its spread."""
    ours: Cost | None = None
    best: list[list[str]] = []
    for contender in contenders:
        spent = cost(contender.ask, runs)
        ours = ours or spent
        found = [contender.ask(query) for query in runs[0]]
        best = best or found
        common = _common(best, found)
        middle = sorted(spent.p50)[len(runs) // 2], sorted(spent.p95)[len(runs) // 2]
        line = f"{kind:14} {contender.name:22} p50 {middle[0]:7.2f}  p95 {middle[1]:7.2f}"
        line += f"  top 10 in common {common:.2f}"
        if contender is not contenders[0]:
            each = (ratios(ours.p50, spent.p50), ratios(ours.p95, spent.p95))
            line += "  ours by theirs " + ", ".join(
                f"{m:.2f} ({a:.2f}-{b:.2f})" for m, a, b in each
            )
        click.echo(line)


def _common(ours: Sequence[list[str]], theirs: Sequence[list[str]]) -> float:
    """Share of our best that is among theirs, over all queries."""
    return sum(len(set(a) & set(b)) for a, b in zip(ours, theirs, strict=True)) / max(
        1, sum(map(len, ours))
    )


if __name__ == "__main__":
    main()
