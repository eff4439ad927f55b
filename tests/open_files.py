"""The number of files that this process has open, on systems that list them.

Responsibility: count open files, and skip tests where they cannot be counted.
Decision: `/proc` is enough, because only Linux servers run into the limit in practice.
Must not depend on: what is tested.
"""

from pathlib import Path

import pytest

_DESCRIPTORS = Path("/proc/self/fd")

needs_open_files = pytest.mark.skipif(
    not _DESCRIPTORS.is_dir(), reason="only Linux lists open files in /proc"
)


def count_open_files() -> int:
    """Return the number of open descriptors, including the one that lists them."""
    return sum(1 for _ in _DESCRIPTORS.iterdir())
