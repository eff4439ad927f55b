"""Responsibility: the shell scripts parse, are executable and have help; the wheel is complete.

Decision: only `--help` is run; test_environment covers how the environment is created.
Must not depend on: what the scripts do.
"""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.source_tree import PACKAGES, ROOT, list_files

SHELL = [
    "scripts/serve",
    "scripts/test",
    "scripts/lock",
    "scripts/screenshots",
    "scripts/install/environment.sh",
    ".ci/run",
]
DOORS = [place for place in SHELL if not place.endswith(".sh")]
NOT_IN_A_WHEEL = {*SHELL, "scripts/install/uv_as_pip.py"}


@pytest.mark.parametrize("place", SHELL)
def test_shell_parses(place: str) -> None:
    subprocess.run(["bash", "-n", ROOT / place], check=True)


@pytest.mark.parametrize("place", DOORS)
def test_doors_are_executable(place: str) -> None:
    assert os.access(ROOT / place, os.X_OK)


@pytest.mark.parametrize("place", [p for p in DOORS if p != ".ci/run"])
def test_help_needs_no_environment(place: str) -> None:
    shown = subprocess.run(
        [ROOT / place, "--help"],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.startswith(f"Usage: {place}")


def test_the_wheel_holds_every_file_of_the_rooms_and_the_help_page(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("dateline-*.whl")
    with zipfile.ZipFile(wheel) as opened:
        packed = {name for name in opened.namelist() if ".dist-info/" not in name}
    held = {path.relative_to(ROOT).as_posix() for path in list_files()}
    ours = {name for name in held if name.partition("/")[0] in PACKAGES}
    help_pages = {name for name in held if name.startswith("docs/query-syntax")}
    assert packed == (ours - NOT_IN_A_WHEEL) | help_pages
