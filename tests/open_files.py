"""How many files this process has open, where the system says so."""

from pathlib import Path

import pytest

_DESCRIPTORS = Path("/proc/self/fd")

needs_open_files = pytest.mark.skipif(
    not _DESCRIPTORS.is_dir(), reason="only Linux lists open files in /proc"
)


def count_open_files() -> int:
    """How many descriptors are open, with the one that lists them."""
    return sum(1 for _ in _DESCRIPTORS.iterdir())
