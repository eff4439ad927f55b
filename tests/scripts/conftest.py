"""Archives for tests of the command line: an empty one, the sample by words, the sample by both."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts.commands import SAMPLE, Dateline, installed


@pytest.fixture
def dateline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dateline:
    """The command line over a folder that does not exist yet."""
    return _in_process(Dateline(tmp_path / "home"), monkeypatch)


@pytest.fixture
def sample(dateline: Dateline, sample_home: Path) -> Dateline:
    """The command line over a copy of the sample archive, indexed by words."""
    shutil.copytree(sample_home, dateline.home)
    return dateline


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample archive, indexed by words only. To be copied, not changed."""
    with pytest.MonkeyPatch.context() as patch:
        made = _in_process(Dateline(tmp_path_factory.mktemp("sample") / "home"), patch)
        made.json("ingest", SAMPLE)
        made.json("reindex")
        yield made.home


@pytest.fixture(scope="session")
def meaning_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive as the installed command makes it, with the real default model."""
    home = tmp_path_factory.mktemp("meaning") / "home"
    for command in (["ingest", SAMPLE], ["reindex"]):
        ended = installed("--home", home, *command, cwd=home.parent)
        assert ended.returncode == 0, ended.stderr
    return home


def _in_process(dateline: Dateline, patch: pytest.MonkeyPatch) -> Dateline:
    patch.setattr("scripts.composition.SentenceModels", lambda home, model: dateline.models)
    return dateline
