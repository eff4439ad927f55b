import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import ingest as ingest_module
from archive.article import Article
from archive.database.store import ArticleStore
from archive.ingest import IngestError, IngestOptions, IngestReport, ingest
from archive.ingest_counter import StrictIngestError
from tests.archive.builders import write_lines

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
DEFAULTS = IngestOptions()

TEXT = """Ministers agree on a bridge

Oslo, July 15 (EFE).- The ministry\u2019s plan was approved on Friday after a long debate. EFE


Related Articles
"""


def _ingest(home: Path, *paths: Path, **options: Any) -> tuple[IngestReport, list[Article]]:
    with ArticleStore.open(home / "home") as store:
        report = ingest(store, paths, IngestOptions(**options))
        articles = [article for _, article in store.newest()]
        return report, [_with_raw(store, article) for article in articles]


def _with_raw(store: ArticleStore, article: Article) -> Article:
    return replace(article, raw=store.read_raw(article.uri, article.version) or "")


def _ingest_record(home: Path, record: dict[str, object], **options: Any) -> Article:
    [article] = _ingest(home, write_lines(home / "a.jsonl", record), **options)[1]
    return article


def _counts(report: IngestReport) -> tuple[int, int, int, int, int]:
    rejected = len(report.rejected)
    return report.added, report.updated, report.unchanged, report.duplicate, rejected


def test_wire_text_becomes_an_article(tmp_path: Path) -> None:
    path = tmp_path / "efe-2023-07-15-bridge.txt"
    path.write_text(TEXT, encoding="utf-8")
    report, [article] = _ingest(tmp_path, path)
    assert _counts(report) == (1, 0, 0, 0, 0)
    assert article == Article(
        uri=f"hash:{article.content_hash[:24]}",
        headline="Ministers agree on a bridge",
        body="The ministry\u2019s plan was approved on Friday after a long debate.",
        dateline="Oslo, July 15 (EFE).-",
        located="Oslo",
        source="EFE",
        first_created=datetime(2023, 7, 15, tzinfo=UTC),
        date_inferred=True,
        language="en",
        raw=TEXT,
    )


def test_the_seed_article_is_parsed(tmp_path: Path) -> None:
    path = SEEDS / "efe-2023-07-15-wagner-belarus.txt"
    if not path.exists():
        pytest.skip(f"no seed article at {path}")
    _, [article] = _ingest(tmp_path, path)
    assert article.headline.startswith("Russia\u2019s Wagner Group")
    assert (article.located, article.source, article.language) == ("Moscow", "EFE", "en")
    assert (article.first_created, article.date_inferred) == (
        datetime(2023, 7, 15, tzinfo=UTC),
        True,
    )
    assert article.paragraphs[0].startswith("Belarus\u2019 defense ministry")
    assert article.paragraphs[-1].endswith("in the event of an attack.")
    assert len(article.paragraphs) == 12
    assert article.raw == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "name", "day", "created", "inferred"),
    [
        ("Oslo, July 15 (EFE).- X", "a.txt", date(2020, 8, 1), datetime(2020, 7, 15), True),
        (
            "Oslo, July 15 (EFE).- X",
            "a-20190101.txt",
            date(2020, 8, 1),
            datetime(2019, 7, 15),
            True,
        ),
        ("Oslo, Dec 31 (EFE).- X", "a-20190101.txt", None, datetime(2018, 12, 31), True),
        ("Oslo, July 15, 2011 (EFE).- X", "a-20190101.txt", None, datetime(2011, 7, 15), False),
        ("No dateline here.", "a-20190101.txt", None, datetime(2019, 1, 1), True),
        ("No dateline here.", "a.txt", date(2020, 8, 1), datetime(2020, 8, 1), True),
        ("No dateline here.", "a.txt", None, None, False),
    ],
)
def test_the_date_comes_from_dateline_file_name_or_option(
    tmp_path: Path,
    text: str,
    name: str,
    day: date | None,
    created: datetime | None,
    inferred: bool,
) -> None:
    (tmp_path / name).write_text(f"Head\n\n{text}")
    _, [article] = _ingest(tmp_path, tmp_path / name, date=day)
    assert article.first_created == (created and created.replace(tzinfo=UTC))
    assert article.date_inferred is inferred


def test_a_header_sets_metadata(tmp_path: Path) -> None:
    header = "Id: x-1\nDate: 2023-07-16\nSource: NOL\nLanguage: English\nSlug: BRIDGE\nNote: Moved."
    (tmp_path / "a.txt").write_text(f"{header}\nByline: Jo Doe\nUrl: https://a.org/\n\n{TEXT}")
    _, [article] = _ingest(tmp_path, tmp_path / "a.txt")
    assert (article.uri, article.source, article.language, article.by) == (
        "x-1",
        "NOL",
        "en",
        "Jo Doe",
    )
    assert (article.slugline, article.ed_note, article.url) == (
        "BRIDGE",
        "Moved.",
        "https://a.org/",
    )
    assert (article.first_created, article.date_inferred) == (
        datetime(2023, 7, 16, tzinfo=UTC),
        False,
    )
    assert article.located == "Oslo"


def test_a_record_with_other_field_names_becomes_an_article(tmp_path: Path) -> None:
    record: dict[str, object] = {
        "_id": 77,
        "Title": "CORRECTED-A bridge",
        "Content": "By Jo Doe\n\nOSLO (Reuters) - It is\nbuilt.\n\nShare this article",
        "datePublished": "July 15, 2023",
        "publisher": {"name": "The Daily"},
        "inLanguage": "en_GB",
        "author": ["Ann Roe", "Jo Doe"],
        "keywords": "bridges, rivers",
        "section": "World",
        "link": "https://a.org/?utm_source=x",
        "story": "s-1",
    }
    article = _ingest_record(tmp_path, record)
    assert article == Article(
        uri="77@The Daily",
        headline="CORRECTED-A bridge",
        body="It is built.",
        by="Ann Roe, Jo Doe",
        dateline="OSLO (Reuters) -",
        located="Oslo",
        source="The Daily",
        first_created=datetime(2023, 7, 15, tzinfo=UTC),
        language="en-GB",
        subjects=("bridges", "rivers", "World"),
        url="https://a.org/?utm_source=x",
        raw=json.dumps(record),
    )


def test_records_take_precedence_over_options_and_options_over_text(tmp_path: Path) -> None:
    body = "OSLO (Reuters) - It is built."
    bare: dict[str, object] = {"title": "a", "body": body}
    full = bare | {"source": "AP", "lang": "fr", "date": "2001-01-01"}
    for name in "123":
        (tmp_path / name).mkdir()
    assert _ingest_record(tmp_path / "1", bare).source == "Reuters"
    assert _ingest_record(tmp_path / "2", bare, source="NOL").source == "NOL"
    article = _ingest_record(
        tmp_path / "3", full, source="NOL", language="de", date=date(2020, 1, 1)
    )
    assert (article.source, article.language) == ("AP", "fr")
    assert article.first_created == datetime(2001, 1, 1, tzinfo=UTC)


def test_an_article_with_an_impossible_date_is_stored(tmp_path: Path) -> None:
    article = _ingest_record(tmp_path, {"title": "a", "date": "2023-02-30"})
    assert article.first_created is None
    assert "2023-02-30" in article.raw


def test_control_characters_and_surrogates_are_removed(tmp_path: Path) -> None:
    article = _ingest_record(
        tmp_path, {"title": "a\x00b\ud800", "body": "c\x07d\ud800", "source": "\ud800E"}
    )
    assert (article.headline, article.body, article.source) == ("ab", "cd", "E")


def test_an_empty_body_is_stored_and_an_empty_record_is_rejected(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", {"title": "a"}, {"id": 7}, {"title": " ", "body": " "})
    report, [article] = _ingest(tmp_path, path)
    assert (article.headline, article.body) == ("a", "")
    assert [one.where for one in report.rejected] == [f"{path}:2", f"{path}:3"]


def test_every_outcome_is_counted_and_a_dry_run_agrees(tmp_path: Path) -> None:
    a, b, c = ({"id": name, "title": name} for name in "abc")
    stored = write_lines(tmp_path / "stored.jsonl", a, b)
    new = write_lines(
        tmp_path / "new.jsonl", a, a, b | {"title": "x"}, c, c, "{", c | {"body": "y"}
    )
    dry, _ = _ingest(tmp_path, stored, dry_run=True)
    assert _counts(dry) == (2, 0, 0, 0, 0)
    assert _counts(_ingest(tmp_path, stored)[0]) == (2, 0, 0, 0, 0)
    dry, articles = _ingest(tmp_path, new, dry_run=True)
    assert len(articles) == 2
    report, _ = _ingest(tmp_path, new)
    assert _counts(report) == (1, 2, 1, 2, 1)
    assert replace(dry, previews=()) == report
    [preview] = dry.previews
    assert (preview.file.kind, preview.count) == ("JSON Lines", 6)
    assert [article.headline for article in preview.first] == ["a", "a", "x"]


def test_nothing_is_stored_if_a_path_is_missing(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", {"title": "a"})
    with ArticleStore.open(tmp_path) as store:
        with pytest.raises(IngestError, match="does not exist"):
            ingest(store, [path, tmp_path / "none"], DEFAULTS)
        assert store.count() == 0


def test_an_empty_file_and_an_empty_folder_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n")
    (tmp_path / "folder").mkdir()
    report, _ = _ingest(tmp_path, tmp_path / "a.txt", tmp_path / "folder")
    assert [one.where for one in report.rejected] == [
        str(tmp_path / "a.txt"),
        str(tmp_path / "folder"),
    ]


def test_the_report_counts_files_by_kind_and_outcome(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / ".git").mkdir(parents=True)
    for name in ("README.md", "b.txt", "c.txt", ".d"):
        (folder / name).write_text(f"Head {name}\n\nText.")
    (folder / "e.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    write_lines(folder / "a.jsonl", {"title": "a", "body": "b"})
    report, _ = _ingest(tmp_path, folder)
    assert {(each.kind, each.outcome): each.count for each in report.files} == {
        ("hidden folder", "skipped"): 1,
        ("hidden file", "skipped"): 1,
        ("README", "skipped"): 1,
        ("JSON Lines", "read"): 1,
        ("wire text", "read"): 2,
        ("PNG picture", "refused"): 1,
    }
    assert [one.where for one in report.rejected] == [str(folder / "e.png")]


def test_a_file_of_rejections_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_module, "MAX_REJECTIONS", 20)
    mixed = write_lines(tmp_path / "a.jsonl", *({"title": "a"}, {"x": 1}) * 100)
    bad = write_lines(tmp_path / "b.jsonl", *[{"x": 1}] * 100)
    report, _ = _ingest(tmp_path, mixed, bad)
    assert len(report.rejected) == 100 + 21 + 1
    assert report.rejected[-1].reason.endswith("the rest of the file was not read")


def test_remarks_are_counted_by_file(tmp_path: Path) -> None:
    one = write_lines(tmp_path / "1.jsonl", {"title": "a"}, {"title": "b", "body": "c"})
    two = write_lines(tmp_path / "2.jsonl", {"title": "d", "date": "2031-01-01"})
    remarks = {each.code: each for each in _ingest(tmp_path, one, two)[0].remarks}
    assert remarks["no-body"].files == ((str(one), 1), (str(two), 1))
    assert remarks["no-date"].files == ((str(one), 2),)


@pytest.mark.parametrize("problem", [{"title": "no date"}, "{", {"title": "b", "date": "2031-1-x"}])
def test_a_strict_ingest_stores_nothing_if_anything_is_wrong(
    tmp_path: Path, problem: dict[str, object] | str
) -> None:
    good = {"title": "a", "body": "b", "date": "2031-01-01"}
    lines = [{**good, "id": f"a-{number}"} for number in range(1200)]
    path = write_lines(tmp_path / "a.jsonl", *lines, problem)
    with ArticleStore.open(tmp_path / "home") as store:
        with pytest.raises(StrictIngestError, match=r"a\.jsonl:1201") as caught:
            ingest(store, [path], IngestOptions(is_strict=True))
        assert "Nothing was stored." in caught.value.__notes__
        assert store.count() == 0
        path = write_lines(tmp_path / "b.jsonl", *lines)
        assert ingest(store, [path], IngestOptions(is_strict=True)).added == 1200


def test_batches_before_a_crash_are_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_module, "BATCH_SIZE", 10)
    path = write_lines(tmp_path / "a.jsonl", *({"id": n, "title": "a"} for n in range(25)))

    def crash(count: int, where: str) -> None:
        assert where == str(path)
        if count == 20:
            raise KeyboardInterrupt

    with ArticleStore.open(tmp_path) as store:
        with pytest.raises(KeyboardInterrupt):
            ingest(store, [path], DEFAULTS, progress=crash)
        assert 10 <= store.count() <= 20
        report = ingest(store, [path], DEFAULTS)
        assert (report.added + report.unchanged, store.count()) == (25, 25)


RECORDS = st.lists(
    st.dictionaries(
        st.sampled_from(["id", "title", "body", "date", "source", "lang", "url", "tags", "other"]),
        st.none()
        | st.integers()
        | st.text(max_size=60)
        | st.sampled_from(["a", "OSLO, May 5 (AP) - X", "2023-07-15", "EFE", "Related Articles"])
        | st.lists(st.text(max_size=5), max_size=2),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(records=RECORDS)
def test_ingesting_twice_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("twice")
    path = write_lines(folder / "a.jsonl", *records)
    dry, none = _ingest(folder, path, dry_run=True)
    first, stored = _ingest(folder, path)
    again, _ = _ingest(folder, path)
    assert (replace(dry, previews=()), none) == (first, [])
    assert (again.added, again.updated) == (0, 0)
    assert sum(_counts(first)) == sum(_counts(again)) == max(1, len(records))
    assert all(json.loads(article.raw) in records for article in stored)


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_the_raw_text_is_stored(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("raw")
    (folder / "a.txt").write_bytes(text.encode())
    report, stored = _ingest(folder, folder / "a.txt")
    assert len(stored) + len(report.rejected) > 0
    for article in stored:
        lone = text.replace("\r", "\n")
        assert article.raw in text or article.raw in lone or report.duplicate
        with ArticleStore.open(folder / "home", readonly=True) as store:
            assert store.get(article.uri) == replace(article, raw="")
