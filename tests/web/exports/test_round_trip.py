"""What Dateline exports, it reads back: every field of every article."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.article import Article
from archive.article_builder import build_article
from archive.database.store import ArticleStore
from archive.ingest import ingest
from archive.ingest_types import Draft, FileKind, FoundFile, IngestOptions, Rejection, Remark
from archive.sources.reading import read_file
from archive.wire.text import to_single_line
from tests.web.exports.samples import HOSTILE_TEXTS, export_of
from web.exports.export import strip_unprintable
from web.exports.formats import FORMATS, Format

READ_BACK = [FORMATS[ending] for ending in ("csv", "jsonl", "ninjs")]
# The archive that stores an article counts its versions, and keeps the text it was read from.
NOT_RESTORED = {"version", "raw"}

LINES = HOSTILE_TEXTS.map(strip_unprintable).map(to_single_line)
WORDS = LINES.filter(bool) | st.sampled_from(
    ["By Jo Doe", "Oslo, July 15 (EFE).- X.", "ENDS", "Related Articles", "a; b", "[1]", "'=1", "="]
)
PARAGRAPHS = st.lists(WORDS, max_size=3).map("\n\n".join)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
TIMES = st.none() | st.datetimes(min_value=datetime(1000, 1, 2)).map(
    lambda when: when.replace(tzinfo=UTC)
)
ARTICLES = st.builds(
    Article,
    uri=WORDS,
    headline=WORDS,
    body=PARAGRAPHS,
    by=LINES,
    dateline=LINES,
    located=LINES,
    source=LINES,
    first_created=TIMES,
    version_created=TIMES,
    embargoed=TIMES,
    date_inferred=st.booleans(),
    language=st.sampled_from(["und", "en", "pt-BR", "zh-Hant-TW"]),
    pub_status=st.sampled_from(["usable", "withheld", "canceled"]),
    slugline=LINES,
    ed_note=PARAGRAPHS,
    urgency=st.none() | st.integers(1, 9),
    subjects=LISTS,
    people=LISTS,
    places=LISTS,
    organisations=LISTS,
    url=LINES,
)


def _read_back(path: Path) -> Iterator[Article | Rejection]:
    for item in read_file(FoundFile(path=path, is_named=True), IngestOptions()):
        if isinstance(item, FileKind):
            continue
        assert not isinstance(item, Rejection | Remark), item
        built = build_article(item, IngestOptions())
        yield built.article if isinstance(built, Draft) else built


@pytest.mark.parametrize("written", READ_BACK, ids=lambda each: each.extension)
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(articles=st.lists(ARTICLES, min_size=1, max_size=3))
@example(articles=[Article(uri="x", headline="KILL", body="", pub_status="canceled", urgency=1)])
def test_an_export_is_read_back_as_it_was(
    tmp_path: Path, articles: list[Article], written: Format
) -> None:
    path = tmp_path / f"search.{written.extension}"
    path.write_bytes("".join(written.write(export_of(*articles))).encode())
    read = list(_read_back(path))
    assert [isinstance(each, Article) for each in read] == [True] * len(articles)
    for name in {field.name for field in fields(Article)} - NOT_RESTORED:
        assert [getattr(each, name) for each in read] == [getattr(a, name) for a in articles], name


@pytest.mark.parametrize("written", READ_BACK, ids=lambda each: each.extension)
def test_an_exported_archive_is_the_same_archive(tmp_path: Path, written: Format) -> None:
    articles = [
        Article(
            uri=f"hly-{number}",
            headline="Mill opens",
            body="By Jo Doe\n\nThe mill opened.\n\nEFE",
            urgency=number,
            pub_status="withheld" if number == 2 else "usable",
            subjects=("Milling, wind; water", "mills"),
        )
        for number in (1, 2)
    ]
    path = tmp_path / f"search.{written.extension}"
    path.write_text("".join(written.write(export_of(*articles))), encoding="utf-8")
    with ArticleStore.open(tmp_path / "home") as store:
        for expected in (2, 0):
            assert ingest(store, [path], IngestOptions()).added == expected
        assert [article for _, article in store.newest()] == articles
        assert {store.put(article) for article in articles} == {"unchanged"}
