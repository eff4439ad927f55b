"""Running `dateline` from tests: in this process with fake models, or as the installed command.

Responsibility: run commands and servers, and collect their exit codes and output.
Decision: a test runs the installed command if it is about processes, and the same code in this
process otherwise, which is ten times faster.
Must not depend on: what a command prints.
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
from scripts.errors import WITHOUT_SEMANTIC_SEARCH
from tests.fakes import NoModels
from tests.source_tree import ROOT

SAMPLE = ROOT / "archive/sample"
NO_MODEL = "/nonexistent"
_INSTALLED = Path(sys.executable).with_name("dateline")
COMMAND = [str(_INSTALLED)] if _INSTALLED.exists() else [sys.executable, "-m", "scripts"]
_ADDRESS = re.compile(r"http://[\w.:\[\]-]+")


class AbsentModel(NoModels):
    """The models of `DATELINE_MODEL=/nonexistent`, without the seconds that loading takes."""

    name = NO_MODEL


class Dateline:
    """The command line over one archive folder, in this process.

    Attributes:
        home: The archive folder.
        models: The models its commands use; by default none can be loaded.
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
        """Run a command with `--json`, which must do its work, and return its output."""
        result = self.run(arguments[0], "--json", *arguments[1:])
        assert result.exit_code in {0, WITHOUT_SEMANTIC_SEARCH}, result.stderr
        return json.loads(result.stdout)


def create_environment(**variables: object) -> dict[str, str]:
    """Return this process's environment without `DATELINE_` variables, and with `variables`."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    path = os.pathsep.join((str(ROOT), plain.get("PYTHONPATH", ""))).rstrip(os.pathsep)
    added = {name: str(value) for name, value in variables.items()}
    return plain | {"PYTHONPATH": path, "COLUMNS": "100"} | added


def run_installed(
    *arguments: object, cwd: Path, **variables: object
) -> subprocess.CompletedProcess[str]:
    """Run the installed command to its end."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        env=create_environment(**variables),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


class ServeProcess:
    """`dateline serve` as a process; a context manager that kills it if it still runs.

    Attributes:
        announcement: Its standard output up to the address.
        address: Where it listens.
    """

    def __init__(self, *arguments: object, cwd: Path, **variables: object) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", *map(str, arguments)],
            cwd=cwd,
            env=create_environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.announcement, match = "", None
        while not match and (line := self.process.stdout.readline()):
            self.announcement += line
            match = _ADDRESS.search(line)
        if not match:
            _, errors = self.process.communicate(timeout=60)
            raise AssertionError(f"no address in {self.announcement!r}; {errors}")
        self.address = match[0]

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and the text of a page."""
        with urllib.request.urlopen(self.address + path, timeout=30) as response:
            return response.status, response.read().decode()

    def stop(self) -> tuple[int, str]:
        """Stop it with SIGTERM; return its exit code and standard error."""
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
