"""Responsibility: uv uses the sources that pip is configured with.

Decision: a shell script replaces uv and prints the variables and arguments that it receives.
Must not depend on: a network, uv, or the settings of pip on this machine.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.install.uv_as_pip import as_uv_reads_them, read_pip_settings
from tests.source_tree import ROOT

LISTED = r"""
:env:.find-links='/first ~/second'
download.find-links='/not/for/install'
global.default-timeout='60'
global.find-links='/third'
global.index-url='https://a.invalid/simple'
install.extra-index-url='\nhttps://b.invalid/simple\nhttps://c.invalid/simple'
install.index-url="https://d.invalid/o'brien/simple"
:env:.no-index=''
"""


def test_variables_come_before_the_install_section_and_that_before_the_global_one() -> None:
    assert read_pip_settings(LISTED) == {
        "timeout": "60",
        "find-links": "/first ~/second",
        "index-url": "https://d.invalid/o'brien/simple",
        "extra-index-url": "https://b.invalid/simple\nhttps://c.invalid/simple",
    }


def test_each_source_is_given_to_uv_in_its_own_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    assert as_uv_reads_them(read_pip_settings(LISTED)) == (
        {
            "UV_HTTP_TIMEOUT": "60",
            "UV_FIND_LINKS": "/first,/home/reader/second",
            "UV_DEFAULT_INDEX": "https://d.invalid/o'brien/simple",
            "UV_INDEX": "https://b.invalid/simple https://c.invalid/simple",
            "UV_INDEX_STRATEGY": "unsafe-best-match",
        },
        [],
    )


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("cert", "/ca.pem", ({"SSL_CERT_FILE": "/ca.pem"}, [])),
        ("proxy", "http://p:1", ({"HTTP_PROXY": "http://p:1", "HTTPS_PROXY": "http://p:1"}, [])),
        ("trusted-host", "a b", ({"UV_INSECURE_HOST": "a b"}, [])),
        ("no-cache-dir", "1", ({"UV_NO_CACHE": "1"}, [])),
        ("no-index", "true", ({}, ["--no-index"])),
        ("no-index", "0", ({}, [])),
        ("disable-pip-version-check", "1", ({}, [])),
    ],
)
def test_a_setting_of_pip(
    setting: str, value: str, expected: tuple[dict[str, str], list[str]]
) -> None:
    assert as_uv_reads_them({setting: value}) == expected


@pytest.mark.parametrize("setting", ["constraint", "no-binary", "only-binary", "platform"])
def test_a_setting_that_uv_does_not_have_is_an_error(setting: str) -> None:
    with pytest.raises(ValueError, match=setting):
        as_uv_reads_them({setting: "x"})


def _run(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the script with a fake uv, and without this machine's pip settings."""
    uv = folder / "uv"
    uv.write_text('#!/bin/sh\necho "$UV_FIND_LINKS|$UV_DEFAULT_INDEX|$*"\nexit 7\n')
    uv.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name[:3] not in {"PIP", "UV_"}}
    return subprocess.run(
        [sys.executable, "-P", ROOT / "scripts/install/uv_as_pip.py", uv, "pip", "install", "a b"],
        env=kept | {"PIP_CONFIG_FILE": os.devnull} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_uv_gets_what_pip_is_configured_with_and_its_exit_code_is_kept(tmp_path: Path) -> None:
    ended = _run(tmp_path, PIP_FIND_LINKS="/wheels", PIP_NO_INDEX="1")
    assert (ended.returncode, ended.stdout) == (7, "/wheels||pip install a b --no-index\n")


def test_a_file_of_pip_counts_as_its_variables_do(tmp_path: Path) -> None:
    (tmp_path / "pip.conf").write_text("[install]\nfind-links = /wheels\n    /more\n")
    ended = _run(tmp_path, PIP_CONFIG_FILE=str(tmp_path / "pip.conf"))
    assert ended.stdout.partition("|")[0] == "/wheels,/more"


def test_variables_of_uv_come_first(tmp_path: Path) -> None:
    ended = _run(tmp_path, PIP_INDEX_URL="https://a.invalid", UV_DEFAULT_INDEX="https://b.invalid")
    assert ended.stdout == "|https://b.invalid|pip install a b\n"


def test_uv_is_not_started_with_less_than_pip_is_told(tmp_path: Path) -> None:
    ended = _run(tmp_path, PIP_ONLY_BINARY=":all:")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "uv has no setting like pip's only-binary\n"
