"""Rewrite the golden ranking of the sample archive.

Run: `.venv/bin/python -m scripts.collections.golden`.

Decision: built with the real model from nothing but the sample, in float32 whatever the processor
could do, so that anyone gets the same text.
"""

import tempfile
from pathlib import Path

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, ingest
from index.evaluation.golden_ranking import read_expected, render_golden
from index.indexing.reindex import Reindexer
from index.lexical.engine import WhooshEngine
from index.local.engine import open_engine
from index.search.engine import SearchEngine
from index.semantic.models import SentenceModels
from index.semantic.ports import Encoder
from scripts.commands.serve import SAMPLE
from scripts.terminal import say, stage_progress

FOLDER = Path(__file__).parents[2] / "tests" / "ranking"
QUERIES, GOLDEN = FOLDER / "queries.tsv", FOLDER / "golden.txt"


class _Float32Models(SentenceModels):
    """Models whose exported form reads the articles, and not what is quickest on this machine."""

    def document_encoder(self) -> Encoder:
        encoder = super().document_encoder()
        return self.light_document_encoder(encoder.key) or encoder


def build_sample_engine(home: Path) -> SearchEngine:
    """The sample archive, ingested and indexed in `home` with the default model."""
    with ArticleStore.open(home) as store:
        ingest(store, [SAMPLE], IngestOptions())
    models = _Float32Models(home)
    with stage_progress() as progress:
        Reindexer(home, lexical=WhooshEngine(), models=models).run(progress=progress)
    return open_engine(home, lexical=WhooshEngine(), models=models)


def main() -> None:
    """Write the file and say which measures it ends with."""
    with tempfile.TemporaryDirectory() as folder:
        text = render_golden(build_sample_engine(Path(folder)), read_expected(QUERIES))
    GOLDEN.write_text(text, encoding="utf-8")
    say("\n".join(text.splitlines()[-2:]))
    say(f"Written to {GOLDEN}; review it with git diff.")


if __name__ == "__main__":
    main()
