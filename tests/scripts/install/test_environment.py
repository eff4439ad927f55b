"""Responsibility: the shell scripts create one environment, update it and choose its torch build.

Decision: a fake Python records how it was called, so these take seconds and need no network.
Must not depend on: what the installed packages do.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.source_tree import ROOT

# Answers the questions of environment.sh, and records "pip ARGUMENTS" or "uv ARGUMENTS" for each
# installation, which fails if it matches FAILS. `-m venv` copies this script into the environment.
FAKE_PYTHON = """#!/usr/bin/env bash
case "$*" in
    --version | -V) echo "Python 3.${MINOR:-11}.99" && exit ;;
    *version_info*) echo "${MINOR:-11}" && exit ;;
    *"import pip"*) echo ok && exit ;;
    *importlib.metadata*) echo "${TORCH:-}" && exit ;;
    "-c "*) exit ;;
    "-m venv "*)
        rm -rf "$4" && mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && sleep 0.2
        call="$*" ;;
    "-m pip install "*) call="pip ${*:6}" ;;
    *"/uv_as_pip.py "*) call="uv ${*:9}" ;;
esac
echo "$call" >>"$CALLS"
if [[ -n "${FAILS:-}" && "$call" =~ $FAILS ]]; then
    echo "no such package"
    exit 1
elif [[ "$call" == "pip --target "*requirements-install.lock ]]; then
    mkdir -p "${7}/bin" && touch "$7/bin/uv" && chmod +x "$7/bin/uv"
fi
"""
PROGRAM = """set -eu
source "$ROOT/scripts/install/environment.sh"
uname() { echo "${SYSTEM:-Linux}"; }
has_nvidia_gpu() { [[ -n "${GPU:-}" ]]; }
ensure_environment "$1"
echo ready
"""


class Checkout:
    """A project folder with the real environment.sh and a fake Python."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a checkout"
        (self.folder / "scripts" / "install").mkdir(parents=True)
        shutil.copy(ROOT / "scripts/install/environment.sh", self.folder / "scripts" / "install")
        (self.folder / "pyproject.toml").write_text(
            'requires-python = ">=3.11,<3.13"\n    "torch==2.13.0",\n'
        )
        (self.folder / "requirements.lock").write_text("one==1\n")
        (self.folder / "requirements-dev.lock").write_text("one==1\ntwo==2\n")
        (self.folder / "requirements-install.lock").write_text("builder==1\nuv==1\n")
        self.python = folder / "python"
        self.python.write_text(FAKE_PYTHON)
        self.python.chmod(0o755)
        self._calls = folder / "calls"

    def start(
        self, kind: str = "run", program: str = PROGRAM, **settings: str
    ) -> subprocess.Popen[str]:
        """Begin `ensure_environment KIND`, or another program."""
        own = {"ROOT": str(self.folder), "PYTHON": str(self.python), "CALLS": str(self._calls)}
        return subprocess.Popen(
            ["bash", "-c", program, "-", kind],
            env=os.environ | {"UV_TORCH_BACKEND": ""} | own | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ensure(
        self, kind: str = "run", program: str = PROGRAM, **settings: str
    ) -> tuple[int, str, str]:
        """Exit code, output and errors of one `ensure_environment KIND`, or another program."""
        process = self.start(kind, program, **settings)
        out, err = process.communicate(timeout=30)
        return process.returncode, out, err

    def calls(self) -> list[str]:
        """What was created or installed since the last call, without the path of this checkout."""
        text = self._calls.read_text() if self._calls.exists() else ""
        self._calls.unlink(missing_ok=True)
        return text.replace(f"{self.folder}/", "").replace(str(self.folder), ".").splitlines()


MAKE = "-m venv --clear .venv"
FETCH = "pip --target .venv/tools --only-binary :all: --require-hashes --no-deps -r "
TOOLS = FETCH + "requirements-install.lock"
LOCKED = "uv --require-hashes --no-deps -r requirements.lock"
LOCKED_DEV = "uv --require-hashes --no-deps -r requirements-dev.lock"
OURS = "uv --no-deps --no-build-isolation --editable ."


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_serve_installs_what_dateline_runs_on_then_torch_then_dateline(checkout: Checkout) -> None:
    code, out, err = checkout.ensure("run")
    assert (code, err) == (0, "")
    assert out.endswith("ready\n")
    assert checkout.calls() == [MAKE, TOOLS, LOCKED, "uv torch==2.13.0+cpu", OURS]
    assert not (checkout.folder / ".venv/tools").exists()


def test_test_installs_the_tools_of_the_tests_too(checkout: Checkout) -> None:
    assert checkout.ensure("test")[0] == 0
    assert checkout.calls() == [MAKE, TOOLS, LOCKED_DEV, "uv torch==2.13.0+cpu", OURS]


@pytest.mark.parametrize(("first", "second"), [("run", "run"), ("test", "test"), ("test", "run")])
def test_the_second_start_does_nothing(checkout: Checkout, first: str, second: str) -> None:
    checkout.ensure(first)
    checkout.calls()
    assert checkout.ensure(second) == (0, "ready\n", "")
    assert checkout.calls() == []


def test_test_after_serve_adds_its_tools_and_keeps_torch(checkout: Checkout) -> None:
    checkout.ensure("run")
    checkout.calls()
    code, out, _ = checkout.ensure("test", TORCH="2.13.0+cpu")
    assert (code, out.splitlines()[0]) == (0, "Updating .venv")
    assert checkout.calls() == [TOOLS, LOCKED_DEV, OURS]
    assert checkout.ensure("run") == (0, "ready\n", "")
    assert checkout.ensure("test") == (0, "ready\n", "")
    assert checkout.calls() == []


def test_a_changed_lock_is_installed_into_the_same_environment(checkout: Checkout) -> None:
    checkout.ensure("test")
    checkout.calls()
    (checkout.folder / "requirements.lock").write_text("one==2\n")
    checkout.ensure("run", TORCH="2.13.0")
    assert checkout.calls() == [TOOLS, LOCKED, OURS]
    checkout.ensure("test", TORCH="2.13.0")
    assert checkout.calls() == [TOOLS, LOCKED_DEV, OURS]


def test_a_changed_lock_of_the_tests_does_not_concern_serve(checkout: Checkout) -> None:
    checkout.ensure("test")
    checkout.calls()
    (checkout.folder / "requirements-dev.lock").write_text("one==1\ntwo==3\n")
    checkout.ensure("run")
    assert checkout.calls() == []
    checkout.ensure("test", TORCH="2.13.0")
    assert LOCKED_DEV in checkout.calls()


def test_another_release_of_torch_replaces_the_one_that_is_there(checkout: Checkout) -> None:
    checkout.ensure(TORCH="2.12.0+cpu")
    assert "uv torch==2.13.0+cpu" in checkout.calls()


def test_the_environment_is_made_alone_too(checkout: Checkout) -> None:
    path = checkout.folder / "scripts/install/environment.sh"
    code, out, _ = checkout.ensure(program=f'bash "{path}" run')
    assert (code, out.splitlines()[-1]) == (0, "Installing Dateline itself")
    assert checkout.calls()[1:3] == [TOOLS, LOCKED]


# The order in which builds of torch are tried where the others are not found.
CPU = ["uv torch==2.13.0+cpu", "pip torch==2.13.0+cpu"]
ASKED = "uv --dry-run --no-deps --torch-backend=auto torch==2.13.0"
AUTO = "uv --torch-backend=auto torch==2.13.0"
REGISTRY = "uv torch==2.13.0"


@pytest.mark.parametrize(
    ("settings", "tried"),
    [
        ({}, CPU[:1]),
        ({"FAILS": "uv torch.*cpu"}, CPU),
        ({"FAILS": "cpu"}, [*CPU, ASKED, AUTO]),
        ({"FAILS": "cpu|auto"}, [*CPU, ASKED, REGISTRY]),
        ({"FAILS": "cpu|^uv --torch-backend=auto"}, [*CPU, ASKED, AUTO, REGISTRY]),
        ({"FAILS": "-install.lock"}, ["pip torch==2.13.0+cpu"]),
        ({"FAILS": "-install.lock|cpu"}, ["pip torch==2.13.0+cpu", "pip torch==2.13.0"]),
        ({"GPU": "yes"}, [REGISTRY]),
        ({"SYSTEM": "Darwin"}, [REGISTRY]),
        ({"UV_TORCH_BACKEND": "cu130"}, [REGISTRY]),
    ],
)
def test_without_an_nvidia_gpu_the_cpu_build_is_looked_for_first(
    checkout: Checkout, settings: dict[str, str], tried: list[str]
) -> None:
    code, out, err = checkout.ensure(**settings)
    assert (code, err) == (0, "")
    assert [call for call in checkout.calls() if "torch" in call] == tried
    fell_back = tried[-1].endswith("torch==2.13.0") and len(tried) > 1 and tried[-1] != AUTO
    assert ("includes 4 GB of CUDA" in out) == fell_back


@pytest.mark.parametrize("answers", [True, False])
def test_a_gpu_is_there_where_nvidia_smi_lists_one(tmp_path: Path, answers: bool) -> None:
    (tmp_path / "nvidia-smi").write_text(
        f'#!/bin/sh\n[ "$1" = -L ] && exit {0 if answers else 9}\n'
    )
    (tmp_path / "nvidia-smi").chmod(0o755)
    asked = subprocess.run(
        ["bash", "-c", 'source "$ROOT/scripts/install/environment.sh"; has_nvidia_gpu'],
        env=os.environ | {"ROOT": str(ROOT), "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        check=False,
    )
    assert (asked.returncode == 0) == (answers or Path("/proc/driver/nvidia").is_dir())


def test_where_uv_fails_pip_installs_the_same(checkout: Checkout) -> None:
    assert checkout.ensure(FAILS="^uv")[0] == 0
    by_pip = [call.removeprefix("pip ") for call in checkout.calls() if call.startswith("pip ")]
    assert by_pip[1:] == [
        LOCKED.removeprefix("uv "),
        "torch==2.13.0+cpu",
        OURS.removeprefix("uv "),
    ]


def test_where_there_is_no_uv_pip_installs_and_says_so(checkout: Checkout) -> None:
    code, out, err = checkout.ensure(FAILS="-install.lock")
    assert (code, err) == (0, "")
    assert "uv could not be installed. Using pip" in out
    assert checkout.calls()[1:4] == [
        TOOLS,
        FETCH + ".venv/without-uv.lock",
        LOCKED.replace("uv ", "pip ", 1),
    ]
    assert (checkout.folder / ".venv/without-uv.lock").read_text() == "builder==1\n"


def test_a_failed_install_says_why_and_the_next_start_begins_again(checkout: Checkout) -> None:
    code, out, err = checkout.ensure(FAILS="-r requirements.lock|/requirements.lock")
    assert code == 1
    assert "ready" not in out
    assert "no such package" in err
    assert "To try again, repeat the command" in err
    checkout.calls()
    assert checkout.ensure()[0] == 0
    assert checkout.calls()[0] == MAKE


@pytest.mark.skipif(not shutil.which("flock"), reason="flock is not on this system")
def test_two_starts_at_once_make_one_environment(checkout: Checkout) -> None:
    both = [checkout.start(), checkout.start()]
    ends = [process.communicate(timeout=30) for process in both]
    assert [process.returncode for process in both] == [0, 0], ends
    assert checkout.calls().count(MAKE) == 1


def test_no_python_is_said_plainly(checkout: Checkout, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("bash", "sed", "grep", "flock", "cat", "sha256sum"):
        if found := shutil.which(tool):
            (tools / tool).symlink_to(found)
    code, _, err = checkout.ensure(PATH=str(tools), PYTHON="")
    assert code == 1
    assert "Dateline needs Python >=3.11,<3.13, and found none" in err


@pytest.mark.parametrize("minor", ["9", "10", "13"])
def test_a_python_that_is_not_tested_is_said_plainly(checkout: Checkout, minor: str) -> None:
    for name in ("python3.11", "python3.12", "python3"):
        shutil.copy(checkout.python, checkout.python.with_name(name))
    path = f"{checkout.python.parent}:{os.environ['PATH']}"
    code, _, err = checkout.ensure(PATH=path, PYTHON="", MINOR=minor)
    assert code == 1
    assert f"Dateline needs Python >=3.11,<3.13; python3 is Python 3.{minor}.99" in err


def test_every_python_that_pyproject_allows_is_taken(checkout: Checkout) -> None:
    assert checkout.ensure(MINOR="12")[0] == 0


PARSED = 'source "$ROOT/scripts/install/environment.sh"; torch_release; first_python; end_python'


def test_pyproject_says_which_pythons_where_the_scripts_read_it() -> None:
    parsed = subprocess.run(
        ["bash", "-c", PARSED],
        env=os.environ | {"ROOT": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    torch, first, end = parsed
    assert re.fullmatch(r"\d+\.\d+\.\d+", torch)
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    classified = re.findall(r"Programming Language :: Python :: 3\.(\d+)", text)
    assert classified == [str(minor) for minor in range(int(first), int(end))]
