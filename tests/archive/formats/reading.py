"""Fixtures of formats, read and built into articles.

Responsibility: read a fixture or bytes as an ingest does, and show what of each article is set.
Decision: an article is shown as a dictionary of its set fields, so that a test names all of them.
Must not depend on: any format.
"""

import dataclasses
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.article import Article
from archive.article_builder import build_article
from archive.ingest_types import Draft, IngestOptions, RawRecord, RawText, SourceItem, SourceItems

FIXTURES = Path(__file__).parents[2] / "fixtures" / "formats"
CASES = Path(__file__).parents[4] / "shared" / "cases" / "ingest"

Read = Callable[..., SourceItems]
_HEAD_BYTES = 4096
_LEFT_OUT = {"raw", "uri", "language", "date_inferred"}
_DEFAULT = Article(uri="", headline="", body="")


def read_bytes(read: Read, data: bytes, name: str = "x") -> list[SourceItem]:
    """Read bytes whose first 4 KiB were read before, as those of a file are."""
    return list(read(io.BytesIO(data[_HEAD_BYTES:]), name, head=data[:_HEAD_BYTES]))


def read_fixture(read: Read, name: str) -> list[SourceItem]:
    """Read a fixture by its name below `tests/fixtures/formats`."""
    return read_bytes(read, (FIXTURES / name).read_bytes(), name.rpartition("/")[2])


def build(item: SourceItem) -> Article:
    """Build the article of a record or a text."""
    assert isinstance(item, RawRecord | RawText), item
    built = build_article(item, IngestOptions())
    assert isinstance(built, Draft), built
    return built.article


def build_all(items: list[SourceItem]) -> list[Article]:
    """Build the articles of the records and texts among the items."""
    return [build(item) for item in items if isinstance(item, RawRecord | RawText)]


def show(article: Article) -> dict[str, Any]:
    """Return the fields that are set; the date as ISO 8601 without seconds, the id as `id`."""
    values: dict[str, Any] = {
        field.name: getattr(article, field.name)
        for field in dataclasses.fields(article)
        if field.name not in _LEFT_OUT
        and getattr(article, field.name) != getattr(_DEFAULT, field.name)
    }
    for name in ("first_created", "version_created"):
        if name in values:
            values[name] = values[name].strftime("%Y-%m-%dT%H:%M")
    return values if article.uri.startswith("hash:") else {"id": article.uri, **values}
