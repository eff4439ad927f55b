"""A bounded cache: the latest used stay, many threads agree, nothing is kept alive by it."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor

from index.arrays.bounded_cache import BoundedCache


def test_a_value_is_computed_once_while_it_is_remembered() -> None:
    cache, computed = BoundedCache[str, str](2), list[str]()

    def upper(key: str) -> str:
        computed.append(key)
        return key.upper()

    found = [cache.get(key, lambda key=key: upper(key)) for key in "abaacab"]  # type: ignore[misc]
    assert found == list("ABAACAB")
    assert computed == list("abcb")


def test_none_is_a_value() -> None:
    cache, computed = BoundedCache[int, None](2), list[int]()
    for _ in range(3):
        cache.get(1, lambda: computed.append(1))
    assert computed == [1]


def test_a_computation_that_fails_leaves_nothing() -> None:
    cache = BoundedCache[int, float](2)
    for divisor, expected in ((0, "failed"), (1, 1.0)):
        try:
            found: object = cache.get(7, lambda divisor=divisor: 1 / divisor)  # type: ignore[misc]
        except ZeroDivisionError:
            found = "failed"
        assert found == expected


def test_threads_agree() -> None:
    cache = BoundedCache[int, int](5)
    with ThreadPoolExecutor(4) as pool:
        keys = [number * number % 11 for number in range(2_000)]
        found = list(pool.map(lambda key: cache.get(key, lambda: key * 2), keys))
    assert found == [key * 2 for key in keys]


class Owner:
    """Caches what a method of its own computes."""

    def __init__(self) -> None:
        self._cache = BoundedCache[int, int](3)

    def square(self, number: int) -> int:
        return self._cache.get(number, lambda: self._square(number))

    def _square(self, number: int) -> int:
        return number * number


def test_an_owner_is_gone_with_its_last_reference() -> None:
    gc.disable()
    try:
        owner = Owner()
        assert owner.square(3) == 9
        gone = weakref.ref(owner)
        del owner
        assert gone() is None
    finally:
        gc.enable()
