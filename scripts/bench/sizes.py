"""What words cost as an archive grows: `python -m scripts.bench.sizes HOME --plot FILE`.

Decision: beyond the articles of HOME the same come again, as others of another day, all of them as
often as need be: words are as frequent as in the real ones. Dateline has a segment for each time.
Must not know how anything is found.
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
from scripts.bench.queries import KINDS, BenchQuery, Kind, headline, queries
from scripts.bench.timing import Cost, cost, ratios
from scripts.bench.words import LATER, Contender, DatelineWords, Tantivy

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
    curves: Curves = {kind: {} for kind in KINDS}
    archives = [Resampled.of(store, int(size)) for size in sizes.split(",")]
    for archive in archives:
        with TemporaryDirectory(prefix="bench-") as name:
            _measured(archive, Path(name), every, curves)
    if plot:
        draw(curves, [len(archive) for archive in archives], plot)


@dataclass(frozen=True, slots=True)
class Resampled:
    """The first `size` articles of an archive, `times` times: each time as others of later days."""

    store: ArticleStore
    size: int
    times: int

    @classmethod
    def of(cls, store: ArticleStore, size: int) -> "Resampled":
        """About so many articles."""
        held = store.count()
        return cls(store, size, 1) if size <= held else cls(store, held, round(size / held))

    def __len__(self) -> int:
        return self.size * self.times

    def once(self) -> Iterator[Article]:
        """Each as it is."""
        return (article for _, article in islice(self.store.newest(), self.size))

    def all(self) -> Iterator[Article]:
        """Each as often as it comes."""
        for turn in range(self.times):
            yield from (_again(article, turn) if turn else article for article in self.once())


def _again(article: Article, turn: int) -> Article:
    when = article.first_created
    later = when + turn * LATER if when else None
    return replace(article, uri=f"{article.uri}-{turn}", first_created=later)


def _measured(
    archive: Resampled,
    folder: Path,
    every: Mapping[Kind, list[list[BenchQuery]]],
    curves: Curves,
) -> None:
    for name in ("dateline", "tantivy"):
        (folder / name).mkdir()
    contenders: Sequence[Contender] = (
        DatelineWords(archive.once, folder / "dateline", times=archive.times),
        Tantivy(archive.all, folder / "tantivy"),
    )
    for kind, runs in every.items():
        ours, theirs = (cost(each.ask, runs) for each in contenders)
        click.echo(_line(len(archive), kind, ours, theirs))
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
