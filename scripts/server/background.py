"""Background: the reindexes that a running server needs.

Responsibility: run them in their own process, one at a time, and start one when an embargo ends.
Decision: the index has nothing of an embargoed article, so that no search can leak it; its end is
looked for on a clock, which costs one query of the archive.
Must not depend on: what is served.
"""

import logging
import subprocess
import sys
import threading

from archive.errors import DatelineError
from scripts import composition
from scripts.settings.loader import LoadedSettings

SECONDS_BETWEEN_CHECKS = 10.0

_logger = logging.getLogger(__name__)


class Background:
    """The reindexes of one server; use it from one thread."""

    def __init__(self, settings: LoadedSettings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> bool:
        """Start a reindex if there is a reason, then look for ended embargoes until `stop`.

        Returns whether a reindex was started.
        """
        is_started = bool(composition.create_reindexer(self._settings).find_reason())
        if is_started:
            self._reindex()
        self._thread.start()
        return is_started

    def stop(self) -> None:
        """Stop looking, and end a reindex that still runs; what it had done is kept."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()

    def _watch(self) -> None:
        while not self._stopping.wait(SECONDS_BETWEEN_CHECKS):
            if self._process and self._process.poll() is None:
                continue
            try:
                if composition.create_reindexer(self._settings).has_released():
                    self._reindex()
            except (DatelineError, OSError) as error:
                _logger.warning("Embargoes were not checked: %s", error)

    def _reindex(self) -> None:
        """Start a reindex; it shows its own progress."""
        settings = self._settings
        config = ["--config", str(settings.file)] if settings.explicit_file else []
        command = [sys.executable, "-m", "scripts", *config, "--home", str(settings.home)]
        command += ["reindex", "--passages", str(settings.passages)]
        self._process = subprocess.Popen(command, stdout=sys.stderr)
