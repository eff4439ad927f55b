"""The shell doors: environment made once, remade when half-made, never by two at a time; the wheel.

Decision: a stand-in Python that only notes how it was called, so these take seconds, not minutes.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.source_tree import ROOMS, ROOT, tracked

SHELL = [
    "scripts/serve",
    "scripts/test",
    "scripts/lock",
    "scripts/screenshots",
    "scripts/environment.sh",
    ".ci/run",
]
DOORS = [place for place in SHELL if not place.endswith(".sh")]

# Answers like Python for what environment.sh asks; `-m venv` copies itself into the environment.
STAND_IN = """#!/usr/bin/env bash
case "$*" in
    --version | -V) echo "Python 3.11.99" ;;
    *"import pip"*) echo ok ;;
    "-c "*) ;;
    *) echo "$*" >>"$CALLS" ;;
esac
if [[ "$2" == venv ]]; then
    rm -rf "$4" && mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && sleep 0.2
elif [[ "$2" == pip && -n "${PIP_FAILS:-}" ]]; then
    echo "no such package" >&2
    exit 1
fi
"""


class Checkout:
    """A project folder with the real environment.sh and a stand-in Python."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a checkout"
        (self.folder / "scripts").mkdir(parents=True)
        shutil.copy(ROOT / "scripts/environment.sh", self.folder / "scripts")
        (self.folder / "pyproject.toml").write_text('    "torch==2.13.0",\n')
        (self.folder / "requirements.lock").write_text("one==1\n")
        self.python = folder / "python"
        self.python.write_text(STAND_IN)
        self.python.chmod(0o755)
        self._calls = folder / "calls"

    def start(self, **settings: str) -> subprocess.Popen[str]:
        """Begin `ensure_environment`."""
        program = 'set -eu; source "$ROOT/scripts/environment.sh"; ensure_environment; echo ready'
        own = {"ROOT": str(self.folder), "PYTHON": str(self.python), "CALLS": str(self._calls)}
        return subprocess.Popen(
            ["bash", "-c", program],
            env=os.environ | own | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ensure(self, **settings: str) -> tuple[int, str, str]:
        """Exit code, output and errors of one `ensure_environment`."""
        process = self.start(**settings)
        out, err = process.communicate(timeout=30)
        return process.returncode, out, err

    def calls(self) -> list[str]:
        """What Python was asked to make or install since the last look."""
        lines = self._calls.read_text().splitlines() if self._calls.exists() else []
        self._calls.unlink(missing_ok=True)
        return lines


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_first_start_installs_lock_then_torch_then_dateline(checkout: Checkout) -> None:
    code, out, err = checkout.ensure()
    assert (code, err) == (0, "")
    assert out.endswith("ready\n")
    made, locked, torch, ours = checkout.calls()
    assert made.startswith("-m venv --clear ")
    assert "--require-hashes --no-deps -r" in locked
    assert torch.endswith(" torch==2.13.0")
    assert "--no-deps --no-build-isolation --editable" in ours


def test_the_second_start_does_nothing(checkout: Checkout) -> None:
    checkout.ensure()
    checkout.calls()
    assert checkout.ensure() == (0, "ready\n", "")
    assert checkout.calls() == []


def test_a_changed_lock_is_installed_into_the_same_environment(checkout: Checkout) -> None:
    checkout.ensure()
    checkout.calls()
    (checkout.folder / "requirements.lock").write_text("one==2\n")
    checkout.ensure()
    assert [call.split()[1] for call in checkout.calls()] == ["pip", "pip", "pip"]


def test_a_failed_install_says_why_and_the_next_start_begins_again(checkout: Checkout) -> None:
    code, out, err = checkout.ensure(PIP_FAILS="yes")
    assert code == 1
    assert "ready" not in out
    assert "no such package" in err
    checkout.calls()
    assert checkout.ensure()[0] == 0
    assert checkout.calls()[0].startswith("-m venv --clear")


@pytest.mark.skipif(not shutil.which("flock"), reason="flock is not on this system")
def test_two_starts_at_once_make_one_environment(checkout: Checkout) -> None:
    both = [checkout.start(), checkout.start()]
    ends = [process.communicate(timeout=30) for process in both]
    assert [process.returncode for process in both] == [0, 0], ends
    assert len([call for call in checkout.calls() if call.startswith("-m venv")]) == 1


def test_no_python_is_said_plainly(checkout: Checkout, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("bash", "sed", "grep", "flock", "cat", "sha256sum"):
        if found := shutil.which(tool):
            (tools / tool).symlink_to(found)
    code, _, err = checkout.ensure(PATH=str(tools), PYTHON="")
    assert code == 1
    assert "needs Python 3.11 or newer, and found none" in err


def test_an_old_python_is_said_plainly(checkout: Checkout, tmp_path: Path) -> None:
    old = '#!/bin/sh\ncase "$*" in -V) echo Python 3.9.2 ;; *version_info*) exit 1 ;; esac\n'
    for name in ("python3.11", "python3.12", "python3.13", "python3.14", "python3"):
        (tmp_path / name).write_text(old)
        (tmp_path / name).chmod(0o755)
    code, _, err = checkout.ensure(PATH=f"{tmp_path}:{os.environ['PATH']}", PYTHON="")
    assert code == 1
    assert "python3 is Python 3.9.2" in err


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
    held = {path.relative_to(ROOT).as_posix() for path in tracked()}
    ours = {name for name in held if name.partition("/")[0] in ROOMS}
    help_pages = {name for name in held if name.startswith("docs/query-syntax")}
    assert packed == (ours - set(SHELL)) | help_pages
