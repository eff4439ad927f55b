"""The libraries of the extra `bench`, and the commands that need them.

Responsibility: import what is installed, and say what to install before a command begins.
Decision: a library that is missing is None until a command runs, so that help needs no extra.
Must not depend on: how a library is used.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

from scripts.errors import report_errors

_LIBRARIES = ("bm25s", "faiss", "lancedb", "matplotlib", "tantivy", "txtai")


def load_library(name: str) -> Any:
    """Import a library of the extra; None if it is not installed."""
    return import_module(name) if find_spec(name) else None


class BenchCommand(click.Command):
    """A command that needs the extra."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command.

        Raises:
            ClickException: A library is not installed, or the command failed with a known error.
        """
        if missing := [name for name in _LIBRARIES if not find_spec(name)]:
            raise click.ClickException(
                f"Not installed: {', '.join(missing)}. Run `pip install 'dateline[bench]'`, or in a"
                " checkout `pip install -e '.[bench]'`."
            )
        with report_errors():
            return super().invoke(context)
