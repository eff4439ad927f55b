"""The live generation of a folder: noticed when it changes, and opened.

Responsibility: give every request the snapshot of the generation that is live when it begins.
Decision: the pointer to the live generation is read at every request, so that a reindex in another
process is noticed without a signal. A generation that cannot be opened does not replace one that
answers; it is tried again after a pause, since what is missing may come back (a full file table, a
network folder), and verifying it costs seconds.
Must not depend on: requests or results.
"""

import logging
import threading
import time
from copy import copy
from pathlib import Path

from index.lexical.ports import LexicalEngine
from index.local.generation import open_generation
from index.local.snapshot import LocalSnapshot
from index.semantic.ports import Models
from index.storage.checksums import Checksums
from index.storage.generation import GenerationError, read_current_id

log = logging.getLogger(__name__)

RETRY_SECONDS = 5.0
"""Between two attempts to open the same generation."""


class LocalIndex:
    """The index in `home`; safe for many threads."""

    def __init__(self, home: Path, *, lexical: LexicalEngine, models: Models) -> None:
        self._home = home
        self._lexical = lexical
        self._models = models
        self._checksums = Checksums()
        self._lock = threading.Lock()
        self._snapshot: LocalSnapshot | None = None
        self._failure: tuple[str, float, GenerationError] | None = None
        self._logged = ""

    def snapshot(self) -> LocalSnapshot | None:
        """The live generation, opened if it has changed; None where there is none.

        Raises:
            GenerationError: It cannot be opened, and no earlier one is open.
        """
        opened = self._snapshot
        try:
            name = read_current_id(self._home)
        except GenerationError as error:
            if opened is None:
                raise
            self._log(error)
            return opened
        if name is None:
            return None
        if opened is None or opened.id != name:
            with self._lock:
                opened = self._replace()
        return opened

    def _replace(self) -> LocalSnapshot | None:
        """Open the generation that is live now, unless another thread has done so."""
        while True:
            name = read_current_id(self._home)
            if name is None or (self._snapshot and self._snapshot.id == name):
                return self._snapshot if name else None
            try:
                self._snapshot = self._open(name)
            except GenerationError:
                if read_current_id(self._home) != name:
                    continue  # It was replaced, and its files removed, while it was opened.
                if self._snapshot is None:
                    raise
            return self._snapshot

    def _open(self, name: str) -> LocalSnapshot:
        """Open a generation, or repeat the error of the last attempt if that was a moment ago."""
        now = time.monotonic()
        if self._failure and self._failure[0] == name and now < self._failure[1] + RETRY_SECONDS:
            raise copy(self._failure[2])
        try:
            generation = open_generation(
                self._home,
                name,
                lexical=self._lexical,
                models=self._models,
                checksums=self._checksums,
            )
        except GenerationError as error:
            self._failure = (name, now, error)
            self._log(error)
            raise
        self._failure, self._logged = None, ""
        return LocalSnapshot(generation)

    def _log(self, error: GenerationError) -> None:
        """Log a fault that no caller sees, once for as long as it stays the same."""
        if self._snapshot and str(error) != self._logged:
            self._logged = str(error)
            log.error("%s Generation %s continues to answer.", error, self._snapshot.id)
