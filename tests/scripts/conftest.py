"""Archives for tests of the command line.

Responsibility: provide an empty archive, the sample with a text index, and the sample with vectors.
Decision: session archives are copied before a test changes them.
Must not depend on: what a command prints.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts.commands import SAMPLE, Dateline, run_installed


@pytest.fixture
def dateline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dateline:
    """Return the command line over a folder that does not exist yet."""
    return _use_fake_models(Dateline(tmp_path / "home"), monkeypatch)


@pytest.fixture
def sample(dateline: Dateline, sample_home: Path) -> Dateline:
    """Return the command line over a copy of the sample archive with a text index."""
    shutil.copytree(sample_home, dateline.home)
    return dateline


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the sample archive with a text index only. Copy it before changing it."""
    with pytest.MonkeyPatch.context() as patch:
        dateline = _use_fake_models(Dateline(tmp_path_factory.mktemp("sample") / "home"), patch)
        dateline.json("ingest", SAMPLE)
        dateline.json("reindex")
        yield dateline.home


@pytest.fixture(scope="session")
def meaning_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample archive as the installed command builds it with the default model."""
    home = tmp_path_factory.mktemp("meaning") / "home"
    for command in (["ingest", SAMPLE], ["reindex"]):
        result = run_installed("--home", home, *command, cwd=home.parent)
        assert result.returncode == 0, result.stderr
    return home


def _use_fake_models(dateline: Dateline, patch: pytest.MonkeyPatch) -> Dateline:
    patch.setattr("scripts.composition.SentenceModels", lambda home, model: dateline.models)
    return dateline
