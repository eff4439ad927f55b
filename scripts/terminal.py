"""What the commands share at a terminal: JSON, progress bars and errors that say what to do.

Decision: results go to standard output, everything else to standard error.
Must not know what the commands do.
"""

import json
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
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from archive.ingest import IngestError
from archive.store import StoreError
from index.build import ReindexRunningError
from index.generation import GenerationError
from index.ports import NoGenerationError

STAGES = {
    "words": "Indexing words",
    "meaning": "Embedding for meaning",
    "stories": "Finding stories",
}
_KNOWN = (StoreError, IngestError, GenerationError, NoGenerationError, ReindexRunningError)


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
        tasks: dict[str, Any] = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(STAGES.get(stage, stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield progress


@contextmanager
def count_progress(label: str, *, quiet: bool = False) -> Iterator[Callable[[int, str], None]]:
    """A running count with its rate, where the total is not known."""
    with _bars(quiet=quiet) as bars:
        task = bars.add_task(label, total=None)

        def progress(done: int, path: str) -> None:
            bars.update(task, completed=done, description=f"{label} {path}")

        yield progress


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "")


def _bars(*, quiet: bool) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=quiet,
    )
