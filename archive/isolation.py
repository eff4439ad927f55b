"""Reading one document in a process of its own, with limits on its time and memory.

Responsibility: run a reader in a worker, and replace the worker if a document breaks it.
Decision: one worker reads document after document, since starting one costs more than reading a
page. It is a plain subprocess: multiprocessing would run the program's own module again in it.
Must not depend on: any format.
"""

import atexit
import logging
import os
import pickle
import resource
import select
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple

from archive.ingest_types import IngestOptions, Rejection, SourceItem, SourceItems
from archive.limits import (
    DOCUMENT_MEMORY,
    DOCUMENT_SECONDS,
    DOCUMENT_WAIT,
    MAX_DOCUMENT_BYTES,
    MAX_SPOOLED_BYTES,
)
from archive.sources.head import read_up_to
from archive.sources.kind import Kind

_LENGTH_BYTES = 8
_BATCH = 100
_PIPE_BYTES = 1024 * 1024
_TOO_LARGE = f"reading it took more than {DOCUMENT_MEMORY // 1024 // 1024} MiB of memory"


class _Task(NamedTuple):
    """What a worker needs to read a document; the reader by its module and name.

    `content` is the path of a file that has it, if it is long.
    """

    module: str
    reader: str
    name: str
    content: bytes | str
    options: IngestOptions | None
    seconds: float


class _BrokenError(Exception):
    """The worker ended, or took too long."""


def read_isolated(
    kind: Kind, stream: IO[bytes], name: str, *, head: bytes, options: IngestOptions
) -> SourceItems:
    """Yield the items of a document as its kind reads them, in a worker.

    A document that takes too long or too much memory gives a rejection, after the items that it
    gave before. Where the stream cannot be read on, its error is raised after the items before it.
    """
    readable = _Readable(stream)
    with _copy(readable, head) as content:
        if content is None:
            limit = MAX_SPOOLED_BYTES // 1024 // 1024
            yield Rejection(where=name, reason=f"{kind.name} longer than {limit:,} MiB, the limit")
        else:
            yield from _read_copy(kind, content, name, options)
    if readable.error:
        raise readable.error


class _Readable:
    """A stream that ends where it cannot be read on."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.error: Exception | None = None

    def read(self, size: int) -> bytes:
        """Return the next bytes; none at the end, or where reading fails."""
        try:
            return b"" if self.error else self._stream.read(size)
        except Exception as error:  # of whatever the stream is read from
            self.error = error
            return b""


@contextmanager
def _copy(stream: _Readable, head: bytes) -> Iterator[bytes | str | None]:
    """The content of a stream, or the path of a file with it if it is long; None if too long."""
    start = head + read_up_to(stream, MAX_DOCUMENT_BYTES - len(head))
    if len(start) < MAX_DOCUMENT_BYTES:
        yield start
        return
    with tempfile.NamedTemporaryFile(prefix="dateline-") as file:
        size = file.write(start)
        while size <= MAX_SPOOLED_BYTES and (chunk := stream.read(_PIPE_BYTES)):
            size += file.write(chunk)
        file.flush()
        yield file.name if size <= MAX_SPOOLED_BYTES else None


def _read_copy(kind: Kind, content: bytes | str, name: str, options: IngestOptions) -> SourceItems:
    reader = kind.read
    assert reader
    chosen = options if kind.takes_options else None
    task = _Task(reader.__module__, reader.__qualname__, name, content, chosen, DOCUMENT_SECONDS)
    try:
        yield from _workers.get().read(task)
    except _BrokenError as error:
        yield Rejection(where=name, reason=f"{kind.name}: {error}")


class _Worker:
    """A process that reads documents, one after another."""

    def __init__(self) -> None:
        program = "from archive.isolation import serve; serve()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,  # what is buffered here, `select` would not see
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,  # Ctrl+C is for the parent, which ends it
        )

    @property
    def is_alive(self) -> bool:
        """Whether it can read another document."""
        return self._process.poll() is None

    def read(self, task: _Task) -> Iterator[SourceItem]:
        """Yield the items of a document.

        Raises:
            _BrokenError: The worker ended, or took too long; it is not used again.
        """
        is_done = False
        try:
            self._send(task)
            while not is_done:
                items, is_done = self._receive()
                yield from items
        finally:
            if not is_done:  # also if the caller stops listening
                self.stop()

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()

    def _send(self, task: _Task) -> None:
        assert self._process.stdin
        try:
            _write(self._process.stdin.fileno(), tuple(task))
        except OSError as error:
            raise _BrokenError("its reader ended; try it again") from error

    def _receive(self) -> tuple[list[SourceItem], bool]:
        pipe = self._process.stdout
        assert pipe
        ready, _, _ = select.select([pipe], [], [], DOCUMENT_WAIT)
        message = _read(pipe.fileno()) if ready else None
        if message is not None:
            return message  # type: ignore[no-any-return]
        if not ready:
            raise _BrokenError(f"reading it took longer than {DOCUMENT_WAIT:.0f} seconds")
        self._process.wait()
        raise _BrokenError(
            f"reading it took more than {DOCUMENT_SECONDS} seconds of processor time, or more than"
            f" {DOCUMENT_MEMORY // 1024 // 1024} MiB of memory"
        )


class _Workers:
    """One worker for each thread, begun when it is first needed."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._all: list[_Worker] = []
        atexit.register(self.stop)

    def get(self) -> _Worker:
        """Return the thread's worker, a new one if the last one is broken."""
        worker: _Worker | None = getattr(self._local, "worker", None)
        if worker is None or not worker.is_alive:
            worker = self._local.worker = _Worker()
            self._all = [each for each in self._all if each.is_alive] + [worker]
        return worker

    def stop(self) -> None:
        """End all workers."""
        for worker in self._all:
            worker.stop()


_workers = _Workers()


def stop_workers() -> None:
    """End all workers; the next document gets a new one."""
    _workers.stop()


def serve() -> None:
    """Read documents until the parent closes the pipe; the program of a worker."""
    tasks, results = 0, os.dup(1)
    os.dup2(2, 1)  # what a library prints must not be taken for a result
    logging.disable()
    # What libraries say of a document, its rejection says; the system's own errors are still shown.
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (DOCUMENT_MEMORY, DOCUMENT_MEMORY))
    while (message := _read(tasks)) is not None:
        task = _Task(*message)
        batch: list[SourceItem] = []
        try:
            for item in _run(task):
                batch.append(item)
                _limit_time(task.seconds)
                if len(batch) == _BATCH:
                    _write(results, (batch, False))
                    batch = []
        except MemoryError:
            batch.append(Rejection(where=task.name, reason=_TOO_LARGE))
        except Exception as error:
            reason = f"it cannot be read ({type(error).__name__}: {str(error)[:200]})"
            batch.append(Rejection(where=task.name, reason=reason))
        _write(results, (batch, True))


def _run(task: _Task) -> Iterator[SourceItem]:
    reader: Any = getattr(import_module(task.module), task.reader)
    options = {"options": task.options} if task.options else {}
    _limit_time(task.seconds)
    content = task.content
    with BytesIO(content) if isinstance(content, bytes) else Path(content).open("rb") as stream:
        yield from reader(stream, task.name, head=b"", **options)


def _limit_time(seconds: float) -> None:
    """Let the system end this process after some seconds of processor time from now."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _write(descriptor: int, message: object) -> None:
    content = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    unwritten = memoryview(len(content).to_bytes(_LENGTH_BYTES, "big") + content)
    while unwritten:
        unwritten = unwritten[os.write(descriptor, unwritten) :]


def _read(descriptor: int) -> Any:
    """The next message; None if the other side ended."""
    length = _read_exactly(descriptor, _LENGTH_BYTES)
    content = length and _read_exactly(descriptor, int.from_bytes(length, "big"))
    return pickle.loads(content) if content else None


def _read_exactly(descriptor: int, count: int) -> bytes:
    """The next bytes; none if there are fewer."""
    parts = []
    while count and (part := os.read(descriptor, min(count, _PIPE_BYTES))):
        parts.append(part)
        count -= len(part)
    return b"" if count else b"".join(parts)
