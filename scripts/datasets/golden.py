"""Rewrite the golden ranking of the sample archive.

Run: `.venv/bin/python -m scripts.datasets.golden`.

Responsibility: build the sample archive and write its rankings to a file.
Decision: built from the sample with the default model, in float32 on every processor, so that
everyone gets the same file.
Must not depend on: how rankings are computed.
"""

import tempfile
from pathlib import Path

import click

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, ingest
from index.evaluation.golden_ranking import read_expected, render_golden
from index.indexing.reindex import Reindexer
from index.lexical.engine import ArrayEngine
from index.local.engine import open_engine
from index.search.engine import SearchEngine
from index.semantic.models import SentenceModels
from index.semantic.ports import Encoder
from scripts.commands.serve import SAMPLE
from scripts.progress import stage_progress
from scripts.terminal import print_message

FOLDER = Path(__file__).parents[2] / "tests" / "ranking"
QUERIES, GOLDEN = FOLDER / "queries.tsv", FOLDER / "golden.txt"


class _Float32Models(SentenceModels):
    """Models that embed articles with the exported form, not with the fastest of this machine."""

    def load_document_encoder(self) -> Encoder:
        encoder = super().load_document_encoder()
        return self.load_light_document_encoder(encoder.key) or encoder


def build_sample_engine(home: Path) -> SearchEngine:
    """Ingest and index the sample archive in `home` with the default model."""
    with ArticleStore.open(home) as store:
        ingest(store, [SAMPLE], IngestOptions())
    models = _Float32Models(home)
    with stage_progress() as progress:
        Reindexer(home, lexical=ArrayEngine(), models=models).run(progress=progress)
    return open_engine(home, lexical=ArrayEngine(), models=models)


@click.command()
def main() -> None:
    """Rank the sample archive, write tests/ranking/golden.txt and print the mean measures."""
    with tempfile.TemporaryDirectory() as folder:
        text = render_golden(build_sample_engine(Path(folder)), read_expected(QUERIES))
    GOLDEN.write_text(text, encoding="utf-8")
    print_message("\n".join(text.splitlines()[-2:]))
    print_message(f"Wrote {GOLDEN}; review the changes with git diff.")


if __name__ == "__main__":
    main()
