"""Statements and transactions on an archive file, for several threads.

Responsibility: run statements on the connection of the current thread, alone or in a transaction.
Decision: a transaction belongs to the thread that opened it, and a nested one is part of it.
Must not depend on: the archive's tables.
"""

import contextlib
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

from archive.database.connection import Connections, StoreError, translate_errors


class Session:
    """Runs statements; a context manager that closes the connections."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._thread_state = threading.local()

    def close(self) -> None:
        """Close every connection; a second call does nothing."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what this thread puts inside the block together, or none of it after an error.

        A nested transaction is part of the outer one.
        """
        if getattr(self._thread_state, "in_transaction", False):
            yield
            return
        self._execute("BEGIN IMMEDIATE")
        self._thread_state.in_transaction = True
        try:
            yield
            self._execute("COMMIT")
        except BaseException:
            with contextlib.suppress(StoreError):
                self._execute("ROLLBACK")
            raise
        finally:
            self._thread_state.in_transaction = False

    def _insert(self, sql: str, *values: object) -> int:
        with translate_errors(self._connections.path):
            return int(self._connections.current().execute(sql, values).lastrowid or 0)

    def _execute(self, sql: str, *values: object) -> list[Any]:
        with translate_errors(self._connections.path):
            return self._connections.current().execute(sql, values).fetchall()

    def _execute_scalar(self, sql: str, *values: object) -> int:
        return int(self._execute(sql, *values)[0][0])
