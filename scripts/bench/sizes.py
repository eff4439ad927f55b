"""Cost of lexical search by archive size: `python -m scripts.bench.sizes HOME --plot FILE`.

Responsibility: measure and plot the processor time of Dateline and tantivy at several sizes.
Decision: archives larger than HOME have copies of all its articles with other dates, so that words
are as frequent as in the original. Dateline has one segment per copy.
Must not depend on: how any system works.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import numpy as np

from archive.article import Article
from archive.database.store import ArticleStore
from scripts.bench.extra import BenchCommand
from scripts.bench.lexical_systems import (
    COPY_INTERVAL,
    DatelineStandalone,
    LexicalSystem,
    Tantivy,
)
from scripts.bench.queries import KINDS, BenchQuery, Kind, generate_queries, parse_headline
from scripts.bench.timing import Cost, compute_ratios, measure_cost

Curves = dict[str, dict[str, list[float]]]
"""Milliseconds at each size, by kind of query and system."""


@click.command(cls=BenchCommand)
@click.argument("home", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--sizes", default="10000,100000,1000000", show_default=True, help="Numbers of articles."
)
@click.option(
    "--runs", default=3, show_default=True, help="Number of runs, each with different queries."
)
@click.option("--count", default=40, show_default=True, help="Queries of each kind in a run.")
@click.option("--plot", type=click.Path(path_type=Path), help="Plot the curves to this file.")
def main(home: Path, sizes: str, runs: int, count: int, plot: Path | None) -> None:
    """Measure milliseconds of CPU for each kind of query at each size, with tantivy."""
    store = ArticleStore.open(home, readonly=True)
    headlines = [line for _, article in store.newest() if (line := parse_headline(article))]
    queries = {
        kind: [generate_queries(headlines, kind, count=count, seed=run) for run in range(runs)]
        for kind in KINDS
    }
    curves: Curves = {kind: {} for kind in KINDS}
    archives = [EnlargedArchive.create(store, int(size)) for size in sizes.split(",")]
    for archive in archives:
        with TemporaryDirectory(prefix="bench-") as name:
            _measure(archive, Path(name), queries, curves)
    if plot:
        plot_curves(curves, [len(archive) for archive in archives], plot)


@dataclass(frozen=True, slots=True)
class EnlargedArchive:
    """The first `size` articles of an archive, in `times` copies with different dates."""

    store: ArticleStore
    size: int
    times: int

    @classmethod
    def create(cls, store: ArticleStore, size: int) -> "EnlargedArchive":
        """Define an archive of about `size` articles."""
        count = store.count()
        return cls(store, size, 1) if size <= count else cls(store, count, round(size / count))

    def __len__(self) -> int:
        return self.size * self.times

    def originals(self) -> Iterator[Article]:
        """Yield the original articles."""
        return (article for _, article in islice(self.store.newest(), self.size))

    def all(self) -> Iterator[Article]:
        """Yield the original articles and all copies."""
        for turn in range(self.times):
            yield from (_copy(article, turn) if turn else article for article in self.originals())


def _copy(article: Article, turn: int) -> Article:
    created = article.first_created
    shifted = created + turn * COPY_INTERVAL if created else None
    return replace(article, uri=f"{article.uri}-{turn}", first_created=shifted)


def _measure(
    archive: EnlargedArchive,
    folder: Path,
    queries: Mapping[Kind, list[list[BenchQuery]]],
    curves: Curves,
) -> None:
    for name in ("dateline", "tantivy"):
        (folder / name).mkdir()
    systems: Sequence[LexicalSystem] = (
        DatelineStandalone(archive.originals, folder / "dateline", times=archive.times),
        Tantivy(archive.all, folder / "tantivy"),
    )
    for kind, runs in queries.items():
        ours, theirs = (measure_cost(system.search, runs) for system in systems)
        click.echo(_format_line(len(archive), kind, ours, theirs))
        for system, cost in zip(systems, (ours, theirs), strict=True):
            curves[kind].setdefault(system.name, []).append(float(np.median(cost.p50)))


def _format_line(size: int, kind: str, ours: Cost, theirs: Cost) -> str:
    p50, p95 = compute_ratios(ours.p50, theirs.p50), compute_ratios(ours.p95, theirs.p95)
    medians = [float(np.median(each)) for each in (ours.p50, ours.p95, theirs.p50, theirs.p95)]
    ratio = "{:.2f} ({:.2f} to {:.2f})"
    return (
        f"{size:>9,} {kind:14} ours {medians[0]:.2f}, {medians[1]:.2f}"
        f"  tantivy {medians[2]:.2f}, {medians[3]:.2f}"
        f"  ours / theirs p50 {ratio.format(*p50)} p95 {ratio.format(*p95)}"
    )


def plot_curves(curves: Curves, sizes: Sequence[int], file: Path) -> None:
    """Plot milliseconds against articles on log scales: a line per kind, dashed for tantivy."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.5), layout="constrained")
    for number, (kind, lines) in enumerate(curves.items()):
        for values, style in zip(lines.values(), ("-", "--"), strict=True):
            label = kind if style == "-" else None
            axes.plot(sizes, values, style, color=f"C{number}", marker=".", label=label)
    axes.set(xscale="log", yscale="log", xlabel="articles", ylabel="ms of CPU, median")
    axes.grid(which="both", alpha=0.2)
    axes.legend(title="Dateline; dashed: tantivy", fontsize="small")
    figure.savefig(file, metadata={"Date": None})


if __name__ == "__main__":
    main()
