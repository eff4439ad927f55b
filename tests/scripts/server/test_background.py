"""The reindexes of a running server: one starts when an embargo ends."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.database.store import ArticleStore
from scripts import composition
from scripts.server import background
from scripts.settings.loader import load_settings
from tests.fakes import make_article
from tests.scripts.commands import NO_MODEL

NOW = datetime.now(UTC)


class Earlier(datetime):
    """The clock of an hour ago."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return NOW - timedelta(hours=1)


def test_an_article_is_indexed_when_its_embargo_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings({"DATELINE_HOME": str(tmp_path), "DATELINE_MODEL": NO_MODEL})
    with ArticleStore.open(tmp_path) as store:
        store.put(make_article("open"))
        store.put(make_article("secret", embargoed=NOW - timedelta(minutes=1)))
    with monkeypatch.context() as patched:
        patched.setattr("index.indexing.draft.datetime", Earlier)
        composition.create_reindexer(settings).run(lexical_only=True)
    engine = composition.create_engine(settings)
    assert engine.status().indexed == 1
    monkeypatch.setattr(background, "SECONDS_BETWEEN_CHECKS", 0.05)
    monkeypatch.setattr("index.indexing.reindex.Reindexer.find_reason", lambda reindexer: "")
    reindexes = background.Background(settings)
    assert not reindexes.start()
    deadline = time.monotonic() + 120
    while engine.status().indexed == 1:
        assert time.monotonic() < deadline, "the article was never indexed"
        time.sleep(0.1)
    reindexes.stop()
    engine.close()
    assert not composition.create_reindexer(settings).has_released()
