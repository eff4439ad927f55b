"""What the commands share at a terminal: JSON, progress bars and errors that say what to do.

Decision: results go to standard output, everything else to standard error.
Must not know what the commands do.
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
from index.ports import InvalidQueryError, NoGenerationError
from index.storage.generation import GenerationError

STAGES = {
    "words": "Indexing words",
    "meaning": "Embedding for meaning",
    "stories": "Finding stories",
    "lexical": "Queries, by words",
    "semantic": "Queries, by meaning",
    "hybrid": "Queries, by both",
}
SECONDS_BETWEEN_LINES = 10.0
"""Where there is no terminal: a log of an hour's reindex stays below 400 lines."""
_KNOWN = (
    StoreError,
    IngestError,
    GenerationError,
    NoGenerationError,
    InvalidQueryError,
    ReindexRunningError,
)


def print_json(value: Any) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """Tell a person something on standard error."""
    click.echo(text, err=True)


@contextmanager
def errors_explained() -> Iterator[None]:
    """Known errors as one line on standard error and exit code 1."""
    try:
        yield
    except _KNOWN as error:
        text = str(error)
        raise click.ClickException(text[:1].upper() + text[1:]) from error


@contextmanager
def stage_progress(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """A bar a stage, with rate and time left; lines now and then where there is no terminal."""
    with _bars(quiet=quiet) as bars:
        tasks: dict[str, TaskID] = {}
        lines = _Lines(bars)

        def progress(stage: str, done: int, total: int) -> None:
            label = STAGES.get(stage, stage)
            if stage not in tasks:
                tasks[stage] = bars.add_task(label, total=total)
            bars.update(tasks[stage], completed=done, total=total)
            lines.tell(f"{label}: {done:,} of {total:,}", always=done == total)

        yield progress


@contextmanager
def count_progress(label: str, *, quiet: bool = False) -> Iterator[Callable[[int, str], None]]:
    """A running count with its rate, where the total is not known."""
    with _bars(quiet=quiet) as bars:
        task = bars.add_task(label, total=None)
        lines = _Lines(bars)

        def progress(done: int, path: str) -> None:
            bars.update(task, completed=done, description=f"{label} {path}")
            lines.tell(f"{label} {path}: {done:,} so far")

        yield progress


class _Lines:
    """What stands in for bars in a log: a line now and then, and none where all is quiet."""

    def __init__(self, bars: "_Bars") -> None:
        self._wanted = not (bars.console.is_terminal or bars.quiet)
        self._next = time.monotonic() + SECONDS_BETWEEN_LINES

    def tell(self, text: str, *, always: bool = False) -> None:
        """Say the text if it is time to, or `always`."""
        if self._wanted and (always or time.monotonic() >= self._next):
            self._next = time.monotonic() + SECONDS_BETWEEN_LINES
            say(text)


class _Bars(Progress):
    """Bars on a terminal's standard error; nothing where there is none, or where all is quiet."""

    def __init__(self, *columns: ProgressColumn, quiet: bool) -> None:
        console = Console(stderr=True)
        super().__init__(*columns, console=console, disable=quiet or not console.is_terminal)
        self.quiet = quiet


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "")


def _bars(*, quiet: bool) -> _Bars:
    return _Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        quiet=quiet,
    )
