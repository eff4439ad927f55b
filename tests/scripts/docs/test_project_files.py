"""Files for working on the project: Makefile, pre-commit hooks, editor settings and code owners."""

import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

from tests.source_tree import ROOT, list_files

_TARGET = re.compile(r"^([a-z]+):.*##", re.M)
TARGETS = _TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))


@pytest.mark.skipif(not shutil.which("make"), reason="make is not on this system")
@pytest.mark.parametrize("target", TARGETS)
def test_a_make_target_runs_existing_scripts(target: str) -> None:
    commands = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    scripts = re.findall(r"^(scripts/\w+)", commands, re.M)
    modules = re.findall(r"-m ([\w.]+)", commands)
    assert scripts or modules or ".venv/bin/" in commands or target in ("help", "clean")
    assert all((ROOT / script).is_file() for script in scripts)
    assert all(ROOT.joinpath(*name.split(".")).with_suffix(".py").is_file() for name in modules)


# Some formats prescribe blanks and line ends of their own.
FIXTURES = ROOT / "tests/fixtures/formats"


def test_make_lists_every_target() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert phony
    assert {*TARGETS, "environment"} == set(phony[1].split())


def test_pre_commit_hooks_use_only_the_environment() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"repo: (\S+)", text) == ["local"]
    assert set(re.findall(r"language: (\S+)", text)) == {"system"}
    entries = re.findall(r"entry: (\S+)", text)
    assert len(entries) == len(re.findall(r"- id:", text)) > 3
    assert all(entry.startswith(".venv/bin/") for entry in entries)


def test_editors_use_the_line_length_of_the_formatter() -> None:
    parser = RawConfigParser(strict=True)
    parser.read_string("[top]\n" + (ROOT / ".editorconfig").read_text(encoding="utf-8"))
    (length,) = re.findall(r"^line-length = (\d+)$", (ROOT / "pyproject.toml").read_text(), re.M)
    assert parser["*.py"]["max_line_length"] == length


def test_text_files_end_as_the_editor_settings_say() -> None:
    skipped = {".png", ".svg"}  # written by other programs
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in list_files()
        if path.suffix not in skipped and not _is_exempt(path)
        if (content := path.read_bytes())
        if b"\r\n" in content or not content.endswith(b"\n") or re.search(rb"[ \t]\n", content)
    ]
    assert wrong == []


def _is_exempt(path: Path) -> bool:
    return any(
        map(path.is_relative_to, (ROOT / "archive/sample", ROOT / "tests/ranking", FIXTURES))
    )


def test_every_owned_path_exists() -> None:
    lines = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
    paths = [line.split()[0] for line in lines if line.startswith("/")]
    assert paths
    assert [path for path in paths if not list(ROOT.glob(path.strip("/")))] == []
