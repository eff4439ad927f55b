"""Fixtures of formats, and what their readers make of them.

Responsibility: run a reader on a fixture or on bytes.
Decision: a reader is given the first bytes as its head, as when a file is ingested, so that tests
cover how both are joined.
Must not depend on: any format.
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.ingest_types import RawRecord, Rejection, Remark, SourceItem, SourceItems

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures/formats"
CASES = Path(__file__).resolve().parents[4] / "shared/cases/ingest"

Reader = Callable[..., SourceItems]


def read_bytes(read: Reader, content: bytes, *, head_size: int = 40) -> list[SourceItem]:
    """Return all items of a content named `x`."""
    head, stream = content[:head_size], io.BytesIO(content[head_size:])
    return list(read(stream, "x", head=head))


def read_fixture(read: Reader, name: str) -> list[SourceItem]:
    """Return all items of a file among the fixtures."""
    return read_bytes(read, (FIXTURES / name).read_bytes())


def values(items: list[SourceItem]) -> list[dict[str, Any]]:
    """Return the values of the records."""
    return [dict(item.values) for item in items if isinstance(item, RawRecord)]


def places(items: list[SourceItem]) -> list[str]:
    """Return where the records are."""
    return [item.where for item in items if isinstance(item, RawRecord)]


def reasons(items: list[SourceItem]) -> list[str]:
    """Return the rejections, each as `where: reason`."""
    return [f"{item.where}: {item.reason}" for item in items if isinstance(item, Rejection)]


def remarks(items: list[SourceItem]) -> list[tuple[str, str]]:
    """Return the remarks, each as (code, value)."""
    return [(item.code, item.value) for item in items if isinstance(item, Remark)]
