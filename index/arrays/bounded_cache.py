"""A cache of the most recently used values.

Responsibility: remember a bounded number of computed values; safe for many threads.
Decision: the function that computes a value is passed with each lookup. `lru_cache` around a bound
method makes a reference cycle: an index that is dropped would stay mapped until the collector runs.
Must not depend on: what is cached.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """Values by key; the least recently used one is forgotten first."""

    def __init__(self, size: int) -> None:
        """Remember up to `size` values."""
        self._size = size
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, compute: Callable[[], V]) -> V:
        """The value of a key, computed unless it is remembered.

        Threads that look for a new key at the same time may each compute its value.
        """
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = compute()
        with self._lock:
            self._values[key] = value
            if len(self._values) > self._size:
                self._values.popitem(last=False)
        return value
