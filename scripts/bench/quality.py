"""How good the answers are beside those of peers: `python -m scripts.bench.quality FOLDER`.

Decision: the same articles, vectors and query encoder for all, so that what differs is what each
makes of them; nDCG@10 by judgements, as `dateline evaluate` has it.
Must not know how anything is found.
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
from index.evaluation.retrieval_metrics import read_judgements, read_queries
from index.lexical.engine import WhooshEngine
from index.local.engine import open_live_generation
from index.ports import SearchBackend
from index.semantic.ports import Models
from index.text.analysis import tokenize
from index.types.search import SearchRequest
from scripts import composition
from scripts.bench.pages import ByHand, Lance, Txtai
from scripts.bench.queries import BenchQuery, Searcher
from scripts.bench.words import BEST, Tantivy
from scripts.settings.loader import load_settings
from scripts.terminal import stage_progress


class _Dateline:
    """This project's own ranking, as it comes."""

    name = "Dateline"

    def __init__(self, engine: SearchBackend) -> None:
        self._engine = engine

    def ask(self, query: BenchQuery) -> list[str]:
        """Uris of the best ten."""
        request = SearchRequest(text=" ".join(query.words), group="none", limit=BEST)
        return list(self._engine.rank(request))


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--home", type=click.Path(path_type=Path), default=Path(".dateline"))
def main(folder: Path, home: Path) -> None:
    """Mean nDCG@10 of whole queries on a FOLDER of articles, queries and judgements."""
    models = composition.models(load_settings(os.environ, home=home))
    with stage_progress(quiet=False) as progress:
        engine = prepare_collection(
            folder, home, lexical=WhooshEngine(), models=models, progress=progress
        )
    with TemporaryDirectory(prefix="bench-") as name:
        for contender in _contenders(engine, models, locate_archive(folder, home), Path(name)):
            click.echo(f"{contender.name:24} nDCG@10 {_measured(contender, folder):.4f}")


def _contenders(
    engine: SearchBackend, models: Models, home: Path, folder: Path
) -> Iterator[Searcher]:
    store = ArticleStore.open(home, readonly=True)
    generation = open_live_generation(home, lexical=WhooshEngine(), models=models)
    semantic, doc_values = generation.semantic, generation.doc_values
    if semantic is None or semantic.vectors.single_index is None:
        raise click.ClickException("The peers need vectors, in one segment.")
    vectors, encoder = semantic.vectors.single_index, semantic.encoder
    uris = [doc_values.uris[row] for row in range(len(doc_values))]

    def articles() -> Iterator[Article]:
        return (article for _, article in store.newest())

    for peer in ("tantivy", "lance"):
        (folder / peer).mkdir()
    yield _Dateline(engine)
    yield ByHand(Tantivy(articles, folder / "tantivy"), vectors, encoder, uris)
    yield Lance(articles, folder / "lance", vectors, encoder, uris)
    yield Txtai(articles, vectors, encoder, uris)


def _measured(contender: Searcher, folder: Path) -> float:
    judgements = read_judgements(folder)
    judged = {judgement.query_id for judgement in judgements}
    run: list[ScoredDoc] = []
    for query in read_queries(folder, "title"):
        if query.id in judged:
            run += _answers(query.id, contender.ask(_asked(query.text)))
    return float(ir_measures.calc_aggregate([nDCG @ 10], judgements, run)[nDCG @ 10])


def _asked(text: str) -> BenchQuery:
    return BenchQuery("OR of three", tuple(token.folded for token in tokenize(text)))


def _answers(query: str, uris: Sequence[str]) -> list[ScoredDoc]:
    return [ScoredDoc(query, uri, float(-rank)) for rank, uri in enumerate(uris)]


if __name__ == "__main__":
    main()
