"""The deployment examples are consistent with the code, as far as can be checked without Docker."""

import re
from configparser import RawConfigParser
from pathlib import Path

import pytest

from scripts.cli import main
from scripts.settings.definitions import SETTINGS
from scripts.settings.loader import CONFIG_VARIABLE, load_settings
from tests.scripts.docs.markdown import blocks, commands
from tests.source_tree import PACKAGES, ROOT, list_files, read_project

_LINES = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8")).splitlines()
_INSTRUCTIONS = [line.split(None, 1) for line in _LINES if line and not line.startswith("#")]
_VARIABLES = {
    CONFIG_VARIABLE,
    "HF_HUB_OFFLINE",
    "PATH",
    *(setting.variable for setting in SETTINGS),
}
UNITS = [block.text for block in blocks("docs/deploy.md") if block.kind == "ini"]


def _arguments_of(instruction: str) -> list[str]:
    return [rest for name, rest in _INSTRUCTIONS if name == instruction]


def test_the_image_has_every_file_that_dateline_needs() -> None:
    tracked_names = {path.relative_to(ROOT).parts[0] for path in list_files()}
    copied = [source for line in _arguments_of("COPY") for source in line.split()[:-1]]
    assert [source for source in copied if source not in tracked_names] == []
    locks = {"requirements.lock", "requirements-install.lock"}
    needed = {*PACKAGES, *locks, "docs", "pyproject.toml", str(read_project()["readme"]), "LICENSE"}
    assert needed <= set(copied)
    assert any("scripts/install/environment.sh run" in line for line in _arguments_of("RUN"))


def test_the_image_is_healthy_once_there_is_something_to_search() -> None:
    (check,) = _arguments_of("HEALTHCHECK")
    port = load_settings({}).address[1]
    assert re.findall(r"http://[^']+", check) == [f"http://127.0.0.1:{port}/readyz"]


def test_ignored_files_are_not_copied_to_the_image() -> None:
    ignored = {line.strip("*/") for line in (ROOT / ".dockerignore").read_text().splitlines()}
    assert {line.strip("/*") for line in (ROOT / ".gitignore").read_text().splitlines()} <= ignored
    assert ".git" in ignored


def test_the_image_uses_known_settings_and_an_unprivileged_user() -> None:
    names = [pair.partition("=")[0] for line in _arguments_of("ENV") for pair in line.split()]
    assert set(names) <= _VARIABLES
    (home,) = [
        pair for line in _arguments_of("ENV") for pair in line.split() if "DATELINE_HOME" in pair
    ]
    assert _arguments_of("VOLUME") == [home.partition("=")[2]]
    assert _arguments_of("EXPOSE") == [str(load_settings({}).address[1])]
    assert _arguments_of("USER") == ["dateline"]
    (base,) = _arguments_of("FROM")
    assert base.startswith("python:3.11")
    (start,) = _arguments_of("CMD")
    assert re.findall(r'"([^"]+)"', start) == ["dateline", "serve"]


@pytest.mark.parametrize(
    "unit", UNITS, ids=[text.splitlines()[0].rpartition("/")[2] for text in UNITS]
)
def test_a_systemd_unit_uses_existing_commands_and_settings(unit: str) -> None:
    parser = RawConfigParser(strict=False, comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(unit)
    assert {"Service", "Timer"} & set(parser.sections())
    for command in re.findall(r"^ExecStart=/opt/dateline/.venv/bin/(.+)$", unit, re.M):
        program, first, *_ = command.split()
        assert program in {"dateline", "gunicorn"}
        assert program == "gunicorn" or first in main.commands
    if "WorkingDirectory=" in unit:  # neither the timer nor the lines that override another unit
        assert int(parser["Service"]["LimitNOFILE"]) > 1024
    for pair in re.findall(r"^Environment=(.+)$", unit, re.M):
        assert {each.partition("=")[0] for each in pair.split()} <= _VARIABLES


def test_there_is_a_systemd_unit_for_each_server() -> None:
    assert len(UNITS) == 4
    assert (ROOT / "scripts/server/gunicorn_conf.py").exists()
    assert any("-c python:scripts.server.gunicorn_conf" in unit for unit in UNITS)
    option = "-c python:scripts.server.gunicorn_conf"
    assert any(option in line for line in commands("docs/deploy.md"))


def test_the_example_settings_file_is_valid(tmp_path: Path) -> None:
    (shown,) = [block.text for block in blocks("docs/deploy.md") if block.kind == "toml"]
    path = tmp_path / "named.toml"
    path.write_text(shown, encoding="utf-8")
    settings = load_settings({}, config=path)
    assert settings.web.json_logs
    assert settings.home == Path("/var/lib/dateline")
