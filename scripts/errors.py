"""From an error to its message and exit code, for every command.

Responsibility: report known errors and interruptions; leave unknown errors to Python.
Decision: one place for all commands. The message is the error's own, unchanged, so that terminal,
pages, API and logs say the same about the same fault.
Must not depend on: what the commands do.
"""

import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import click

from archive.errors import DatelineError
from scripts.terminal import escape_controls, print_message

WITHOUT_SEMANTIC_SEARCH = 3
"""The command did its work, but the model could not be loaded."""
_SIGNALLED = 128
"""A program that ends because of signal N has the exit code 128 + N, by convention."""
_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_SYSTEM = _DISK_FULL | {errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
"""Reported even if the system does not say for which file."""


class _TerminatedError(KeyboardInterrupt):
    """SIGTERM; handled as Ctrl+C is, but with its own exit code."""


class Commands(click.Group):
    """A group whose commands report their errors."""

    def invoke(self, context: click.Context) -> Any:
        """Run a command.

        Raises:
            ClickException: A known error, with its message.
            Exit: It was interrupted, which was reported.
        """
        with _terminated_by_signal(), report_errors():
            return super().invoke(context)

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the command line, and write all output before it ends.

        Raises:
            SystemExit: With the exit code.
        """
        try:
            return super().main(*arguments, **options)
        except OSError as error:  # Help could not be written.
            message = describe_error(error)
            if not message:
                raise
            _flush_output()
            print_message(f"Error: {message}")
            raise SystemExit(1) from error
        except SystemExit as end:
            failure = _flush_output()
            if end.code or failure is None:
                raise
            if message := describe_error(failure):
                print_message(f"Error: {message}")
            raise SystemExit(1) from end


@contextmanager
def report_errors() -> Iterator[None]:
    """Turn known errors into a message on standard error and an exit code."""
    try:
        yield
    except KeyboardInterrupt as error:
        terminated = isinstance(error, _TerminatedError)
        print_message(" ".join(("Interrupted.", *_read_notes(error))))
        number = signal.SIGTERM if terminated else signal.SIGINT
        raise click.exceptions.Exit(_SIGNALLED + number) from error
    except Exception as error:
        message = describe_error(error)
        if not message:
            raise
        raise click.ClickException(escape_controls(message)) from error


@contextmanager
def saying_what_is_kept(describe: Callable[[], str]) -> Iterator[None]:
    """Add to the report of an interruption what it leaves behind, in a sentence."""
    try:
        yield
    except KeyboardInterrupt as error:
        error.add_note(describe())
        raise


def describe_error(error: Exception) -> str:
    """The message for an error outside the code; empty for any other error."""
    if isinstance(error, DatelineError):
        message = str(error)
    else:
        message = _describe_os_error(error) if isinstance(error, OSError) else ""
    return " ".join((message, *_read_notes(error))) if message else ""


def _read_notes(error: BaseException) -> tuple[str, ...]:
    """Sentences that were added on the way, about what the error leaves behind."""
    return tuple(getattr(error, "__notes__", ()))


def _describe_os_error(error: OSError) -> str:
    path, reason = error.filename, error.strerror or str(error)
    if error.errno == errno.EPIPE or (path is None and error.errno not in _SYSTEM):
        return ""
    if error.errno in _DISK_FULL:
        return (
            f"There is no space to write{f' {path}' if path else ''} ({reason})."
            " Free some space and try again."
        )
    if error.errno in _DENIED:
        return f"{path or 'A file'} cannot be used ({reason}). Check its permissions."
    return f"{path or 'A file'} cannot be used ({reason})."


def _flush_output() -> OSError | None:
    """Write what is buffered; if that fails, drop it and return the error."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # Python would try again when it ends, and show a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return error
    return None


@contextmanager
def _terminated_by_signal() -> Iterator[None]:
    """Let SIGTERM end a command as Ctrl+C does, so that nothing half-done stays behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def _terminate(number: int, frame: FrameType | None) -> None:
    raise _TerminatedError
