"""The code gives the committed golden ranking; a change of ranking is a diff to review."""

import pytest
from click.testing import CliRunner

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, ingest
from index.evaluation.golden_ranking import read_expected, render_golden
from scripts.commands.serve import SAMPLE
from scripts.datasets.golden import GOLDEN, QUERIES, build_sample_engine, main


@pytest.mark.model
def test_the_ranking_equals_the_golden_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    engine = build_sample_engine(tmp_path_factory.mktemp("golden"))
    ranking = render_golden(engine, read_expected(QUERIES))
    engine.close()
    hint = "run `.venv/bin/python -m scripts.datasets.golden` and review the diff"
    assert ranking == GOLDEN.read_text(encoding="utf-8"), hint


def test_every_expected_article_is_in_the_sample(tmp_path_factory: pytest.TempPathFactory) -> None:
    with ArticleStore.open(tmp_path_factory.mktemp("expected")) as store:
        ingest(store, [SAMPLE], IngestOptions())
        expected = {uri for each in read_expected(QUERIES) for uri in each.uris}
        assert {uri for uri in expected if store.get(uri) is None} == set()


def test_help_writes_nothing() -> None:
    before = GOLDEN.stat().st_mtime_ns
    result = CliRunner().invoke(main, ["--help"])
    assert (result.exit_code, GOLDEN.stat().st_mtime_ns) == (0, before)
    assert "golden.txt" in result.output
