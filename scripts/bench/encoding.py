"""A reindex with embeddings beside the encoder alone: `python -m scripts.bench.encoding HOME`.

Decision: the same articles and model, loaded, in turn within one run. The encoder alone is
`SentenceTransformer.encode_document` of all passages at once, cut already, in its own order and
batches of 32, with as precise numbers; the reindex does everything else as well.
Must not know how anything is embedded.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import click
import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from archive.database.store import ArticleStore
from index.indexing.reindex import Reindexer
from index.lexical.engine import WhooshEngine
from index.semantic.encoder import SentenceEncoder
from index.semantic.models import SentenceModels
from index.semantic.passages import split_passages
from index.semantic.ports import Encoder, QueryEncoder
from scripts.bench.timing import ratios


class Spent(NamedTuple):
    """Seconds of one go, by the clock and of processor time."""

    wall: float
    cpu: float


class Loaded:
    """`Models` around an encoder that is loaded already: loading is no part of a rate."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self._encoder = encoder

    def document_encoder(self) -> Encoder:
        """The encoder."""
        return self._encoder

    def known_key(self) -> str | None:
        """None, so that even few articles are embedded by the encoder."""
        return None

    def light_document_encoder(self, key: str) -> Encoder | None:
        """None: there is no exported model."""
        return None

    def query_encoder(self, key: str) -> QueryEncoder:
        """The encoder."""
        return self._encoder


def spent(task: Callable[[], object]) -> Spent:
    """What a task takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    task()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def reindexed(articles: Sequence[Article], encoder: Encoder) -> tuple[Spent, int]:
    """A first reindex of these articles alone, and how many passages it embedded."""
    with TemporaryDirectory(prefix="bench-") as name:
        with closing(ArticleStore.open(Path(name))) as store:
            for article in articles:
                store.put(article)
        reindexer = Reindexer(Path(name), lexical=WhooshEngine(), models=Loaded(encoder))
        reports = []
        seconds = spent(lambda: reports.append(reindexer.run()))
        return seconds, reports[0].embedded


def alone(articles: Sequence[Article], encoder: SentenceEncoder) -> tuple[Spent, int]:
    """The model on the passages of these articles, as its library does it, and how many."""
    cut = {article.content_hash: split_passages(article, encoder.pieces) for article in articles}
    texts = [passage.text for found in cut.values() for passage in found]
    model = encoder.model
    with encoder.autocast():
        return spent(lambda: model.encode_document(texts, normalize_embeddings=True)), len(texts)


@click.command()
@click.argument("home", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--runs", default=3, show_default=True, help="Runs, each with articles of its own.")
@click.option("--count", default=200, show_default=True, help="Articles of each run.")
def main(home: Path, runs: int, count: int) -> None:
    """Passages a second of a reindex and of the encoder alone, over articles of HOME."""
    models = SentenceModels(home)
    encoder, trained = models.document_encoder(), models.load_model()
    with closing(ArticleStore.open(home, readonly=True)) as store:
        every = [article for _, article in islice(store.newest(), runs * count)]
    alone(every[:20], trained)
    ours: list[NDArray[np.float64]] = []
    bare: list[NDArray[np.float64]] = []
    for run in range(runs):
        articles = every[run * count : (run + 1) * count]
        # Whoever comes first in a run comes second in the next.
        for theirs in (False, True) if run % 2 == 0 else (True, False):
            if theirs:
                seconds, embedded = alone(articles, trained)
            else:
                seconds, embedded = reindexed(articles, encoder)
            (bare if theirs else ours).append(embedded / np.array(seconds))
            name = "encoder alone" if theirs else "reindex"
            click.echo(f"{name:<14} {embedded:,} passages, {_told(embedded, seconds)}")
    for name, place in (("by the clock", 0), ("by processor time", 1)):
        median, least, most = ratios(_at(ours, place), _at(bare, place))
        click.echo(f"reindex by encoder alone, {name}: {median:.3f} ({least:.3f} to {most:.3f})")


def _at(rates: Sequence[NDArray[np.float64]], place: int) -> NDArray[np.float64]:
    return np.array([rate[place] for rate in rates])


def _told(embedded: int, seconds: Spent) -> str:
    return (
        f"{embedded / seconds.wall:.1f} a second by the clock,"
        f" {embedded / seconds.cpu:.1f} a second of processor time"
    )


if __name__ == "__main__":
    main()
