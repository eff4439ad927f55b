"""Embedding rate of a reindex and of the encoder alone: `python -m scripts.bench.encoding HOME`.

Responsibility: measure passages per second of both on articles of an archive.
Decision: both use the same articles and the same loaded model, alternately within one run. The
encoder alone is `SentenceTransformer.encode_document` on all passages, already split, in its own
order and in batches of 32, with the same precision; the reindex does everything else as well.
Must not depend on: how passages are embedded.
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
from index.lexical.engine import ArrayEngine
from index.semantic.models import SentenceModels
from index.semantic.passages import split_passages
from index.semantic.ports import Encoder, QueryEncoder
from index.semantic.sentence_encoder import SentenceEncoder
from scripts.bench.timing import compute_ratios


class Seconds(NamedTuple):
    """Duration of a task: elapsed time and processor time."""

    wall: float
    cpu: float


class PreloadedModels:
    """`Models` with an encoder that is already loaded, so that loading is not measured."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self._encoder = encoder

    def load_document_encoder(self) -> Encoder:
        """Return the encoder."""
        return self._encoder

    def get_known_key(self) -> str | None:
        """Return None, so that even a few articles are embedded by the encoder."""
        return None

    def load_light_document_encoder(self, key: str) -> Encoder | None:
        """Return None: there is no exported model."""
        return None

    def load_query_encoder(self, key: str) -> QueryEncoder:
        """Return the encoder."""
        return self._encoder


def measure(task: Callable[[], object]) -> Seconds:
    """Run a task and return its duration."""
    wall, cpu = time.perf_counter(), time.process_time()
    task()
    return Seconds(time.perf_counter() - wall, time.process_time() - cpu)


def measure_reindex(articles: Sequence[Article], encoder: Encoder) -> tuple[Seconds, int]:
    """Return the duration of a first reindex of the articles, and the number of passages."""
    with TemporaryDirectory(prefix="bench-") as name:
        with closing(ArticleStore.open(Path(name))) as store:
            for article in articles:
                store.put(article)
        reindexer = Reindexer(Path(name), lexical=ArrayEngine(), models=PreloadedModels(encoder))
        reports = []
        seconds = measure(lambda: reports.append(reindexer.run()))
        return seconds, reports[0].embedded


def measure_encoder(articles: Sequence[Article], encoder: SentenceEncoder) -> tuple[Seconds, int]:
    """Return the duration of the library's own embedding, and the number of passages."""
    split = {
        article.content_hash: split_passages(article, encoder.find_word_pieces)
        for article in articles
    }
    texts = [passage.text for found in split.values() for passage in found]
    model = encoder.model
    with encoder.autocast():
        return measure(lambda: model.encode_document(texts, normalize_embeddings=True)), len(texts)


@click.command()
@click.argument("home", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--runs", default=3, show_default=True, help="Number of runs, each with different articles."
)
@click.option("--count", default=200, show_default=True, help="Number of articles in a run.")
def main(home: Path, runs: int, count: int) -> None:
    """Measure passages per second of a reindex and of the encoder alone, on articles of HOME."""
    models = SentenceModels(home)
    encoder, trained = models.load_document_encoder(), models.load_model()
    with closing(ArticleStore.open(home, readonly=True)) as store:
        every = [article for _, article in islice(store.newest(), runs * count)]
    measure_encoder(every[:20], trained)  # warm-up
    reindex_rates: list[NDArray[np.float64]] = []
    encoder_rates: list[NDArray[np.float64]] = []
    for run in range(runs):
        articles = every[run * count : (run + 1) * count]
        # The order alternates between runs.
        for encoder_only in (False, True) if run % 2 == 0 else (True, False):
            if encoder_only:
                seconds, embedded = measure_encoder(articles, trained)
            else:
                seconds, embedded = measure_reindex(articles, encoder)
            rates = encoder_rates if encoder_only else reindex_rates
            rates.append(embedded / np.array(seconds))
            name = "encoder alone" if encoder_only else "reindex"
            click.echo(f"{name:<14} {embedded:,} passages, {_format_rates(embedded, seconds)}")
    for number, name in enumerate(("elapsed time", "processor time")):
        median, low, high = compute_ratios(
            _select(reindex_rates, number), _select(encoder_rates, number)
        )
        click.echo(f"reindex / encoder alone, {name}: {median:.3f} ({low:.3f} to {high:.3f})")


def _select(rates: Sequence[NDArray[np.float64]], number: int) -> NDArray[np.float64]:
    return np.array([rate[number] for rate in rates])


def _format_rates(embedded: int, seconds: Seconds) -> str:
    return (
        f"{embedded / seconds.wall:.1f} per second of elapsed time,"
        f" {embedded / seconds.cpu:.1f} per second of processor time"
    )


if __name__ == "__main__":
    main()
