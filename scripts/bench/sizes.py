"""What words cost as an archive grows: `python -m scripts.bench.sizes HOME --plot FILE`.

Decision: beyond the articles of HOME the same come again, as others of another day: words are then
as frequent as in the real ones, and nothing new is learnt by chance.
Must not know how anything is found.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import numpy as np

from archive.article import Article
from archive.store import ArticleStore
from scripts.bench.asked import KINDS, Asked, Kind, headline, queries
from scripts.bench.timing import Cost, cost, ratios
from scripts.bench.words import Contender, DatelineWords, Tantivy

_LATER = timedelta(days=37)
"""Between an article and itself when it comes again."""
Curves = dict[str, dict[str, list[float]]]
"""By kind and contender, ms at each size."""


@click.command()
@click.argument("home", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--sizes", default="10000,100000,1000000", show_default=True, help="Articles.")
@click.option("--runs", default=3, show_default=True, help="Runs, each with queries of its own.")
@click.option("--count", "asked", default=40, show_default=True, help="Queries of a kind in each.")
@click.option("--plot", type=click.Path(path_type=Path), help="Draw the curves into this file.")
def main(home: Path, sizes: str, runs: int, asked: int, plot: Path | None) -> None:
    """Milliseconds of CPU of each kind of query at each size, ours beside tantivy's."""
    store = ArticleStore.open(home, readonly=True)
    heads = [found for _, article in store.newest() if (found := headline(article))]
    every = {
        kind: [queries(heads, kind, count=asked, seed=n) for n in range(runs)] for kind in KINDS
    }
    numbers = [int(size) for size in sizes.split(",")]
    curves: Curves = {kind: {} for kind in KINDS}
    for size in numbers:
        with TemporaryDirectory(prefix="bench-") as name:
            _measured(size, resampled(store, size), Path(name), every, curves)
    if plot:
        draw(curves, numbers, plot)


def resampled(store: ArticleStore, size: int) -> Callable[[], Iterator[Article]]:
    """`size` articles: those of the archive, and then the same as others of later days."""

    def rounds() -> Iterator[Article]:
        for turn in count():
            for _, article in store.newest():
                yield _again(article, turn) if turn else article

    return lambda: islice(rounds(), size)


def _again(article: Article, turn: int) -> Article:
    when = article.first_created
    later = when + turn * _LATER if when else None
    return replace(article, uri=f"{article.uri}-{turn}", first_created=later)


def _measured(
    size: int,
    articles: Callable[[], Iterator[Article]],
    folder: Path,
    every: Mapping[Kind, list[list[Asked]]],
    curves: Curves,
) -> None:
    for name in ("dateline", "tantivy"):
        (folder / name).mkdir()
    contenders: Sequence[Contender] = (
        DatelineWords(articles, folder / "dateline"),
        Tantivy(articles, folder / "tantivy"),
    )
    for kind, runs in every.items():
        ours, theirs = (cost(each.ask, runs) for each in contenders)
        click.echo(_line(size, kind, ours, theirs))
        for contender, spent in zip(contenders, (ours, theirs), strict=True):
            curves[kind].setdefault(contender.name, []).append(float(np.median(spent.p50)))


def _line(size: int, kind: str, ours: Cost, theirs: Cost) -> str:
    p50, p95 = ratios(ours.p50, theirs.p50), ratios(ours.p95, theirs.p95)
    middle = [float(np.median(each)) for each in (ours.p50, ours.p95, theirs.p50, theirs.p95)]
    told = "{:.2f} ({:.2f} to {:.2f})"
    return (
        f"{size:>9,} {kind:14} ours {middle[0]:.2f}, {middle[1]:.2f}"
        f"  tantivy {middle[2]:.2f}, {middle[3]:.2f}"
        f"  ours by theirs p50 {told.format(*p50)} p95 {told.format(*p95)}"
    )


def draw(curves: Curves, sizes: Sequence[int], file: Path) -> None:
    """Draw ms against articles, both by powers of ten: a line a kind, dashed for the peer."""
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
