from pathlib import Path

import pytest

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, ingest
from archive.sources.opening import streams
from tests.archive.hostile import Hostile, list_hostile
from tests.archive.hostile_kinds import list_hostile_kinds

# All of them, with their time and memory: `python -m tests.manual.hostile_documents`.
ALL = [each for each in list_hostile() + list_hostile_kinds() if not each.is_large]
SAMPLE = ALL[::25]


@pytest.mark.parametrize("hostile", SAMPLE, ids=lambda each: each.name)
def test_a_hostile_document_is_read_or_refused_with_a_reason(
    hostile: Hostile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "IDLE_SECONDS", 0.05)
    folder = tmp_path / "in"
    folder.mkdir()
    hostile.write(folder / hostile.name)
    with ArticleStore.open(tmp_path / "home") as store:
        report = ingest(store, [folder / hostile.name], IngestOptions())
        secret = Path("/etc/passwd").read_text(encoding="utf-8").splitlines()[0]
        for _, article in store.newest():
            assert secret not in article.body + article.headline
    assert report.added or report.rejected
    assert all(each.reason for each in report.rejected)
    assert [each.name for each in folder.iterdir()] == [hostile.name]
