"""Progress of long work, with the time left.

Responsibility: show bars in a terminal, and occasional lines elsewhere.
Decision: the time left comes from an average of the rate in which the last minutes count most,
since stages speed up and slow down. The first estimate appears as soon as two reports allow it.
Must not depend on: what the work is.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
)
from rich.text import Text

from scripts.terminal import print_message

STAGE_LABELS = {
    "indexing": "Indexing text",
    "loading": "Loading the model",
    "embedding": "Embedding passages",
    "clustering": "Clustering stories",
    "lexical": "Running keyword queries",
    "semantic": "Running semantic queries",
    "hybrid": "Running hybrid queries",
}
_ANNOUNCED = frozenset({"loading", "embedding"})
"""Stages that take so long that their beginning is worth a line."""
_ESTIMATED_TOTALS = frozenset({"embedding"})
"""Stages whose total is known roughly before they end."""
SECONDS_BETWEEN_LINES = 10.0
"""Without a terminal: the log of a reindex of one hour stays below 400 lines."""
_SECONDS_TO_FIRST_LINE = 3.0
HALF_LIFE = 30.0
"""Seconds after which a rate counts half as much. While nothing else uses the cores, 15 to 120 are
equally right; a short one follows sooner (docs/measurements/indexing.md#time-left)."""

Clock = Callable[[], float]


class RemainingTime:
    """Estimates the seconds left from reports of what is done.

    The rate is work divided by time, both with weights that halve every `HALF_LIFE`. Unlike an
    average of rates, it does not depend on how often the work is reported.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._last: tuple[float, float] | None = None
        self._work = self._seconds = 0.0
        self._left = 0.0

    def report(self, done: float, total: float) -> None:
        """Note that so much of the total is done now."""
        now = self._clock()
        if self._last is not None:
            then, before = self._last
            weight = 0.5 ** ((now - then) / HALF_LIFE)
            self._work = self._work * weight + (done - before)
            self._seconds = self._seconds * weight + (now - then)
        self._last, self._left = (now, done), max(0.0, total - done)

    def estimate(self) -> float | None:
        """The seconds left from now on; None while there is no rate."""
        if self._last is None or self._work <= 0 or self._seconds <= 0:
            return None
        since = self._clock() - self._last[0]
        return max(0.0, self._left * self._seconds / self._work - since)


def format_seconds(seconds: float) -> str:
    """A duration as people say it: `40 s`, `2 min 30 s`, `25 min`, `2 h 10 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 595:
        tens = round(seconds / 10)
        return f"{tens // 6} min {tens % 6 * 10} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def stage_progress(
    *, quiet: bool = False, clock: Clock = time.monotonic
) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for each stage, with rate and time left; occasional lines without a terminal.

    Yields a function to call with the stage, the number of steps done and their total.
    """
    with _create_bars(quiet=quiet) as bars:
        tasks: dict[str, TaskID] = {}
        times: dict[str, RemainingTime] = {}
        lines = _LogLines(bars, clock)

        def progress(stage: str, done: int, total: int) -> None:
            label = STAGE_LABELS.get(stage, stage)
            if stage not in tasks or done == 0:
                times[stage] = RemainingTime(clock)
            if stage not in tasks:
                tasks[stage] = bars.add_task(label, total=total)
            times[stage].report(done, total)
            bars.update(tasks[stage], completed=done, total=total, left=times[stage])
            about = "about " if stage in _ESTIMATED_TOTALS and done < total else ""
            text = label if stage == "loading" else f"{label}: {done:,} of {about}{total:,}"
            always = done == total or (done == 0 and stage in _ANNOUNCED)
            if total:
                lines.print(_with_time_left(text, times[stage]), always=always)

        yield progress


@contextmanager
def count_progress(label: str, *, quiet: bool = False) -> Iterator[Callable[[int, str], None]]:
    """Show a running count with its rate, for an unknown total.

    Yields a function to call with the count and the current path.
    """
    with _create_bars(quiet=quiet) as bars:
        task = bars.add_task(label, total=None)
        lines = _LogLines(bars, time.monotonic)

        def progress(done: int, path: str) -> None:
            bars.update(task, completed=done, description=f"{label} {path}")
            lines.print(f"{label} {path}: {done:,} so far")

        yield progress


def _with_time_left(text: str, remaining: RemainingTime) -> str:
    seconds = remaining.estimate()
    return f"{text}, about {format_seconds(seconds)} left" if seconds else text


class _LogLines:
    """Prints a line at intervals in place of bars, if there is no terminal and quiet is off."""

    def __init__(self, bars: "_Bars", clock: Clock) -> None:
        self._enabled = not (bars.console.is_terminal or bars.quiet)
        self._clock = clock
        self._next = clock() + _SECONDS_TO_FIRST_LINE
        self._printed = ""

    def print(self, text: str, *, always: bool = False) -> None:
        """Print the text if the interval has passed or `always`, but not twice in a row.

        The first line after one that was printed `always`, at the beginning of a stage, is early.
        """
        now = self._clock()
        if self._enabled and text != self._printed and (always or now >= self._next):
            self._next = now + (_SECONDS_TO_FIRST_LINE if always else SECONDS_BETWEEN_LINES)
            self._printed = text
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


class _TimeLeftColumn(ProgressColumn):
    def render(self, task: Task) -> Text:
        remaining = task.fields.get("left")
        seconds = remaining.estimate() if remaining and not task.finished else None
        return Text(f"{format_seconds(seconds)} left" if seconds else "")


def _create_bars(*, quiet: bool) -> _Bars:
    return _Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        _TimeLeftColumn(),
        quiet=quiet,
    )
