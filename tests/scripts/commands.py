"""Running `dateline` from tests: in this process with stand-in models, or as the installed command.

Decision: a test runs the installed command where a process is the point, and the same code in this
process otherwise, which is ten times faster. Must not know what a command should answer.
"""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from click.testing import CliRunner, Result

from index.semantic.ports import Models
from scripts.cli import main
from tests.fakes import NoModels
from tests.source_tree import ROOT

SAMPLE = ROOT / "archive/sample"
NO_MODEL = "/nonexistent"
_INSTALLED = Path(sys.executable).with_name("dateline")
COMMAND = [str(_INSTALLED)] if _INSTALLED.exists() else [sys.executable, "-m", "scripts"]
_ADDRESS = re.compile(r"http://[\w.:\[\]-]+")


class AbsentModel(NoModels):
    """What `DATELINE_MODEL=/nonexistent` gives, without the seconds that it takes to find out."""

    name = NO_MODEL


class Dateline:
    """The command line over one archive folder, in this process.

    Attributes:
        models: The encoders that its commands get; none unless told.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.models: Models = AbsentModel()

    def run(self, *arguments: object) -> Result:
        """Run a command; the result has `exit_code`, `stdout` and `stderr`."""
        words = ["--home", str(self.home), *map(str, arguments)]
        result = CliRunner().invoke(main, words, prog_name="dateline")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def json(self, *arguments: object) -> Any:
        """What a command that must succeed prints with `--json`."""
        result = self.run(arguments[0], "--json", *arguments[1:])
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)


def environment(**settings: object) -> dict[str, str]:
    """This process's environment with the house importable, no archive or model named, and more."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    path = os.pathsep.join((str(ROOT), plain.get("PYTHONPATH", ""))).rstrip(os.pathsep)
    told = {name: str(value) for name, value in settings.items()}
    return plain | {"PYTHONPATH": path, "COLUMNS": "100"} | told


def installed(
    *arguments: object, cwd: Path, **settings: object
) -> subprocess.CompletedProcess[str]:
    """Run the installed command to its end."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


class Serving:
    """`dateline serve` as a process of its own, from its start to its end; a context manager."""

    def __init__(self, *arguments: object, cwd: Path, **settings: object) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", *map(str, arguments)],
            cwd=cwd,
            env=environment(**settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.announcement, found = "", None
        while not found and (line := self.process.stdout.readline()):
            self.announcement += line
            found = _ADDRESS.search(line)
        if not found:
            _, errors = self.process.communicate(timeout=60)
            raise AssertionError(f"no address in {self.announcement!r}; {errors}")
        self.address = found[0]

    def get(self, place: str) -> tuple[int, str]:
        """Status and text of one page."""
        with urllib.request.urlopen(self.address + place, timeout=30) as answer:
            return answer.status, answer.read().decode()

    def stop(self) -> tuple[int, str]:
        """End it as a system does; its exit code, and what it said on standard error."""
        self.process.send_signal(signal.SIGTERM)
        _, errors = self.process.communicate(timeout=20)
        return self.process.returncode, errors

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
