"""Files that survive a power failure.

Responsibility: write a file, or what a folder lists, to disk before going on.
Decision: one call for each step, so that the order of the steps is read where it matters.
Must not depend on: what is written.
"""

import os
from pathlib import Path


def write_durably(path: Path, text: str) -> None:
    """Write a text file to disk."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Write a file or a folder to disk; not every system can open a folder for it."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
