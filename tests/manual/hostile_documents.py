"""Reads hundreds of hostile documents, and measures the time and memory that each takes.

Responsibility: ingest each document in a process of its own, and list those beyond the limits.
Decision: processes are forked after all imports, so that a document is charged for itself alone,
and for the process that reads its kind, with its start. Processor time counts, since other work
makes the time on the clock longer; that is shown too.
Must not depend on: what is wrong with a document.

    python -m tests.manual.hostile_documents
"""

import argparse
import operator
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, ingest
from archive.isolation import stop_workers
from tests.archive.hostile import Hostile, list_hostile
from tests.archive.hostile_kinds import list_hostile_kinds

SECONDS = 5.0
MEGABYTES = 512
_PATIENCE = 40
"""Seconds after which a document is given up."""


class Outcome(NamedTuple):
    """What reading one document took, with the process that reads its kind.

    Attributes:
        seconds: Processor time.
        clock: Seconds on the clock.
        megabytes: Memory of the larger process at its peak.
        what: Its articles and first rejection.
    """

    name: str
    seconds: float
    clock: float
    megabytes: int
    what: str

    def __str__(self) -> str:
        """Return one line."""
        times = f"{self.seconds:.1f} s ({self.clock:.1f} s on the clock)"
        return f"{self.name}: {times}, {self.megabytes} MB, {self.what[:200]}"

    @property
    def is_within(self) -> bool:
        """Whether it was read or refused within the limits."""
        is_said = self.what[:1].isdigit() and self.what != "0 articles"
        return is_said and self.seconds <= SECONDS and self.megabytes <= MEGABYTES


def measure(hostile: Hostile, folder: Path) -> Outcome:
    """Write and ingest one document, and remove it."""
    path, said = folder / hostile.name, folder / "said"
    hostile.write(path)
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        signal.alarm(_PATIENCE)
        try:
            said.write_text(_ingest(path, folder / "home"), encoding="utf-8")
        except BaseException as error:
            said.write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
        os._exit(0)
    _, _, usage = os.wait4(child, 0)
    clock, seconds = time.monotonic() - begun, usage.ru_utime + usage.ru_stime
    what = said.read_text(encoding="utf-8") if said.exists() else "ended"
    for name in (path, said):
        name.unlink(missing_ok=True)
    shutil.rmtree(folder / "home", ignore_errors=True)
    return Outcome(hostile.name, seconds, clock, usage.ru_maxrss // 1024, what)


def _ingest(path: Path, home: Path) -> str:
    with ArticleStore.open(home) as store:
        report = ingest(store, [path], IngestOptions())
    stop_workers()  # only of a process that has ended the system tells what it took
    articles = report.added + report.updated + report.unchanged + report.duplicate
    first = f": {report.rejected[0].reason}" if report.rejected else ""
    return f"{articles} articles{first}"


def main() -> None:
    """Measure all documents, or those whose names contain a word, and print the worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("word", nargs="?", default="")
    word = parser.parse_args().word
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        for hostile in list_hostile() + list_hostile_kinds():
            if word in hostile.name:
                outcomes.append(measure(hostile, Path(folder)))
                if not outcomes[-1].is_within or word:
                    print(outcomes[-1], flush=True)
    within = sum(one.is_within for one in outcomes)
    print(f"{within} of {len(outcomes)} within {SECONDS:.0f} s and {MEGABYTES} MB")
    for measured in ("seconds", "clock", "megabytes"):
        print(f"most {measured}: {max(outcomes, key=operator.attrgetter(measured))}")


if __name__ == "__main__":
    main()
