"""The examples for servers are right as far as can be told without their programs."""

import re
from configparser import RawConfigParser
from pathlib import Path

import pytest

from scripts.cli import main
from scripts.settings.loader import CONFIG, load_settings
from scripts.settings.table import SETTINGS
from tests.scripts.pages import blocks, commands
from tests.source_tree import ROOMS, ROOT, project, tracked

_LINES = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8")).splitlines()
_INSTRUCTIONS = [line.split(None, 1) for line in _LINES if line and not line.startswith("#")]
_VARIABLES = {CONFIG, "HF_HUB_OFFLINE", "PATH", *(setting.variable for setting in SETTINGS)}
UNITS = [block.text for block in blocks("docs/deploy.md") if block.kind == "ini"]


def _of(instruction: str) -> list[str]:
    return [rest for name, rest in _INSTRUCTIONS if name == instruction]


def test_the_image_has_what_dateline_is_made_of_and_runs_on() -> None:
    held = {path.relative_to(ROOT).parts[0] for path in tracked()}
    copied = [source for line in _of("COPY") for source in line.split()[:-1]]
    assert [source for source in copied if source not in held] == []
    needed = {*ROOMS, "pyproject.toml", "requirements.lock", str(project()["readme"]), "LICENSE"}
    assert needed <= set(copied)
    linked = [
        path
        for path in tracked()
        if path.is_symlink() and path.relative_to(ROOT).parts[0] in copied
    ]
    assert {path.resolve().relative_to(ROOT).parts[0] for path in linked} <= set(copied)


def test_the_image_brings_nothing_of_the_builders_machine() -> None:
    ignored = {line.strip("*/") for line in (ROOT / ".dockerignore").read_text().splitlines()}
    assert {line.strip("/*") for line in (ROOT / ".gitignore").read_text().splitlines()} <= ignored
    assert ".git" in ignored


def test_the_image_sets_settings_and_starts_as_nobody_special() -> None:
    names = [pair.partition("=")[0] for line in _of("ENV") for pair in line.split()]
    assert set(names) <= _VARIABLES
    (home,) = [pair for line in _of("ENV") for pair in line.split() if "DATELINE_HOME" in pair]
    assert _of("VOLUME") == [home.partition("=")[2]]
    assert _of("EXPOSE") == [str(load_settings({}).place[1])]
    assert _of("USER") == ["dateline"]
    (base,) = _of("FROM")
    assert base.startswith("python:3.11")
    (start,) = _of("CMD")
    assert re.findall(r'"([^"]+)"', start) == ["dateline", "serve"]


@pytest.mark.parametrize(
    "unit", UNITS, ids=[text.splitlines()[0].rpartition("/")[2] for text in UNITS]
)
def test_a_unit_runs_what_there_is_with_settings_that_there_are(unit: str) -> None:
    parser = RawConfigParser(strict=False, comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(unit)
    assert {"Service", "Timer"} & set(parser.sections())
    for command in re.findall(r"^ExecStart=/opt/dateline/.venv/bin/(.+)$", unit, re.M):
        program, first, *_ = command.split()
        assert program in {"dateline", "gunicorn"}
        assert program == "gunicorn" or first in main.commands
    for pair in re.findall(r"^Environment=(.+)$", unit, re.M):
        assert {each.partition("=")[0] for each in pair.split()} <= _VARIABLES


def test_there_are_units_for_each_way() -> None:
    assert len(UNITS) == 4
    assert (ROOT / "scripts/gunicorn_conf.py").exists()
    assert any("-c python:scripts.gunicorn_conf" in unit for unit in UNITS)
    assert any("-c python:scripts.gunicorn_conf" in line for line in commands("docs/deploy.md"))


def test_the_file_of_settings_shown_can_be_read(tmp_path: Path) -> None:
    (shown,) = [block.text for block in blocks("docs/deploy.md") if block.kind == "toml"]
    path = tmp_path / "named.toml"
    path.write_text(shown, encoding="utf-8")
    settings = load_settings({}, config=path)
    assert settings.web.json_logs
    assert settings.home == Path("/var/lib/dateline")
