"""Quality of the results of each system: `python -m scripts.bench.quality FOLDER`.

Responsibility: measure the nDCG@10 of each hybrid system on a labelled collection.
Decision: all systems have the same articles, vectors and query encoder, so that only their ranking
differs; the measure is the one of `dateline evaluate`.
Must not depend on: how any system works.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import ir_measures
from ir_measures import ScoredDoc, nDCG

from archive.article import Article
from archive.database.store import ArticleStore
from index.evaluation.collection import locate_archive, prepare_collection
from index.evaluation.labelled_folder import read_judgements, read_queries
from index.lexical.engine import ArrayEngine
from index.local.engine import open_live_generation
from index.ports import SearchBackend
from index.semantic.ports import Models
from index.text.tokens import tokenize
from index.types.search import SearchRequest
from scripts import composition
from scripts.bench.extra import BenchCommand
from scripts.bench.hybrid_systems import LanceDb, TantivyFaiss, Txtai
from scripts.bench.lexical_systems import TOP, Tantivy
from scripts.bench.queries import BenchQuery, System
from scripts.progress import stage_progress
from scripts.settings.loader import load_settings


class _DatelineRanking:
    """Dateline's ranking of articles, without stories."""

    name = "Dateline"

    def __init__(self, engine: SearchBackend) -> None:
        self._engine = engine

    def search(self, query: BenchQuery) -> list[str]:
        """Return the uris of the top ten."""
        request = SearchRequest(text=" ".join(query.words), group="none", limit=TOP)
        return list(self._engine.rank(request))


@click.command(cls=BenchCommand)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--home", type=click.Path(path_type=Path), default=Path(".dateline"))
def main(folder: Path, home: Path) -> None:
    """Measure the mean nDCG@10 on a FOLDER of articles, queries and judgements."""
    models = composition.create_models(load_settings(os.environ, home=home))
    with stage_progress(quiet=False) as progress:
        engine = prepare_collection(
            folder, home, lexical=ArrayEngine(), models=models, progress=progress
        )
    with TemporaryDirectory(prefix="bench-") as name:
        for system in _create_systems(engine, models, locate_archive(folder, home), Path(name)):
            click.echo(f"{system.name:24} nDCG@10 {_measure(system, folder):.4f}")


def _create_systems(
    engine: SearchBackend, models: Models, home: Path, folder: Path
) -> Iterator[System]:
    store = ArticleStore.open(home, readonly=True)
    generation = open_live_generation(home, lexical=ArrayEngine(), models=models)
    semantic, doc_values = generation.semantic, generation.doc_values
    if semantic is None or semantic.vectors.single_index is None:
        raise click.ClickException(
            "The other systems need vectors in one segment; run `dateline reindex --force`."
        )
    vectors, encoder = semantic.vectors.single_index, semantic.encoder
    uris = [doc_values.uris[row] for row in range(len(doc_values))]

    def articles() -> Iterator[Article]:
        return (article for _, article in store.newest())

    for name in ("tantivy", "lance"):
        (folder / name).mkdir()
    yield _DatelineRanking(engine)
    yield TantivyFaiss(Tantivy(articles, folder / "tantivy"), vectors, encoder, uris)
    yield LanceDb(articles, folder / "lance", vectors, encoder, uris)
    yield Txtai(articles, vectors, encoder, uris)


def _measure(system: System, folder: Path) -> float:
    judgements = read_judgements(folder)
    judged = {judgement.query_id for judgement in judgements}
    run: list[ScoredDoc] = []
    for query in read_queries(folder, "title"):
        if query.id in judged:
            run += _to_scored_docs(query.id, system.search(_to_query(query.text)))
    return float(ir_measures.calc_aggregate([nDCG @ 10], judgements, run)[nDCG @ 10])


def _to_query(text: str) -> BenchQuery:
    return BenchQuery("OR of three", tuple(token.folded for token in tokenize(text)))


def _to_scored_docs(query: str, uris: Sequence[str]) -> list[ScoredDoc]:
    return [ScoredDoc(query, uri, float(-rank)) for rank, uri in enumerate(uris)]


if __name__ == "__main__":
    main()
