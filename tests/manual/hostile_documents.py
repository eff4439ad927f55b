"""Reads hundreds of hostile documents, and measures the time and memory that each takes.

Responsibility: ingest each document in a process of its own, and list those beyond the limits.
Decision: processes are forked after all imports, so that a document is charged for itself alone.
Must not depend on: what is wrong with a document.

    python -m tests.manual.hostile_documents
"""

import argparse
import os
import resource
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, ingest
from tests.archive.hostile import Hostile, list_hostile

SECONDS = 5.0
MEGABYTES = 512
_PATIENCE = 120
"""Seconds after which a document is given up."""


class Outcome(NamedTuple):
    """What reading one document took; `what` are its articles and first rejection."""

    name: str
    seconds: float
    megabytes: int
    what: str

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
    seconds = time.monotonic() - begun
    what = said.read_text(encoding="utf-8") if said.exists() else "ended"
    for name in (path, said):
        name.unlink(missing_ok=True)
    shutil.rmtree(folder / "home", ignore_errors=True)
    return Outcome(hostile.name, seconds, usage.ru_maxrss // 1024, what)


def _ingest(path: Path, home: Path) -> str:
    with ArticleStore.open(home) as store:
        report = ingest(store, [path], IngestOptions())
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    articles = report.added + report.updated + report.unchanged + report.duplicate
    first = f": {report.rejected[0].reason}" if report.rejected else ""
    worker = f" (worker {children} MB)" if children > MEGABYTES else ""
    return f"{articles} articles{first}{worker}"


def main() -> None:
    """Measure all documents, or those whose names contain a word, and print the worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("word", nargs="?", default="")
    word = parser.parse_args().word
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        for hostile in list_hostile():
            if word in hostile.name:
                outcomes.append(measure(hostile, Path(folder)))
                if not outcomes[-1].is_within or word:
                    one = outcomes[-1]
                    print(f"{one.name}: {one.seconds:.1f} s, {one.megabytes} MB, {one.what[:200]}")
    within = sum(one.is_within for one in outcomes)
    slowest = max(outcomes, key=lambda one: one.seconds)
    largest = max(outcomes, key=lambda one: one.megabytes)
    print(f"{within} of {len(outcomes)} within {SECONDS:.0f} s and {MEGABYTES} MB")
    print(f"slowest: {slowest.name}, {slowest.seconds:.1f} s")
    print(f"largest: {largest.name}, {largest.megabytes} MB")


if __name__ == "__main__":
    main()
