"""Terminal output shared by the commands: JSON, messages, progress bars and errors.

Responsibility: print results, messages, progress and known errors.
Decision: results go to standard output, everything else to standard error.
Must not depend on: what the commands do.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from archive.database.store import StoreError
from archive.ingest import IngestError
from index.indexing.reindex import ReindexRunningError
from index.ports import IndexUnavailableError, InvalidQueryError, NoGenerationError

STAGE_LABELS = {
    "indexing": "Indexing text",
    "embedding": "Embedding passages",
    "clustering": "Clustering stories",
    "lexical": "Running keyword queries",
    "semantic": "Running semantic queries",
    "hybrid": "Running hybrid queries",
}
SECONDS_BETWEEN_LINES = 10.0
"""Without a terminal: the log of a reindex of one hour stays below 400 lines."""
_KNOWN_ERRORS = (
    StoreError,
    IngestError,
    IndexUnavailableError,
    NoGenerationError,
    InvalidQueryError,
    ReindexRunningError,
)


def print_json(value: Any) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_message(text: str) -> None:
    """Print a message on standard error."""
    click.echo(text, err=True)


@contextmanager
def report_errors() -> Iterator[None]:
    """Report known errors as a sentence on standard error, with exit code 1."""
    try:
        yield
    except _KNOWN_ERRORS as error:
        raise click.ClickException(as_sentence(str(error))) from error


def format_count(value: int, noun: str, plural: str = "") -> str:
    """`1 article`, `12,310 articles`."""
    return f"{value:,} {noun if value == 1 else plural or noun + 's'}"


def as_sentence(text: str) -> str:
    """Return the text with a capital first letter and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


@contextmanager
def stage_progress(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for each stage, with rate and time left; occasional lines without a terminal.

    Yields a function to call with the stage, the number of steps done and their total.
    """
    with _create_bars(quiet=quiet) as bars:
        tasks: dict[str, TaskID] = {}
        lines = _LogLines(bars)

        def progress(stage: str, done: int, total: int) -> None:
            label = STAGE_LABELS.get(stage, stage)
            if stage not in tasks:
                tasks[stage] = bars.add_task(label, total=total)
            bars.update(tasks[stage], completed=done, total=total)
            lines.print(f"{label}: {done:,} of {total:,}", always=done == total)

        yield progress


@contextmanager
def count_progress(label: str, *, quiet: bool = False) -> Iterator[Callable[[int, str], None]]:
    """Show a running count with its rate, for an unknown total.

    Yields a function to call with the count and the current path.
    """
    with _create_bars(quiet=quiet) as bars:
        task = bars.add_task(label, total=None)
        lines = _LogLines(bars)

        def progress(done: int, path: str) -> None:
            bars.update(task, completed=done, description=f"{label} {path}")
            lines.print(f"{label} {path}: {done:,} so far")

        yield progress


class _LogLines:
    """Prints a line at intervals in place of bars, if there is no terminal and quiet is off."""

    def __init__(self, bars: "_Bars") -> None:
        self._enabled = not (bars.console.is_terminal or bars.quiet)
        self._next = time.monotonic() + SECONDS_BETWEEN_LINES

    def print(self, text: str, *, always: bool = False) -> None:
        """Print the text if the interval has passed or `always`."""
        if self._enabled and (always or time.monotonic() >= self._next):
            self._next = time.monotonic() + SECONDS_BETWEEN_LINES
            print_message(text)


class _Bars(Progress):
    """Bars on standard error; disabled if it is not a terminal or quiet is on."""

    def __init__(self, *columns: ProgressColumn, quiet: bool) -> None:
        console = Console(stderr=True)
        super().__init__(*columns, console=console, disable=quiet or not console.is_terminal)
        self.quiet = quiet


class _RateColumn(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "")


def _create_bars(*, quiet: bool) -> _Bars:
    return _Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeRemainingColumn(),
        quiet=quiet,
    )
