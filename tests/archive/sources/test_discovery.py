import gzip
import json
import lzma
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.ingest_types import (
    FileKind,
    FoundFile,
    IngestOptions,
    RawRecord,
    RawText,
    Rejection,
    Remark,
    SourceItem,
)
from archive.sources.discovery import find_files
from archive.sources.names import name_skipped
from archive.sources.reading import read_file
from tests.archive.builders import write_lines

COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.compress,
}


def _read(path: Path) -> list[SourceItem]:
    file = FoundFile(path=path, is_named=True)
    return [item for item in read_file(file, IngestOptions()) if not isinstance(item, FileKind)]


def _reasons(items: list[SourceItem]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Rejection)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.txt", ""), ("A.JSONL", ""), ("a.gz", ""), ("a.png", ""), ("a.txt.bak", ""), ("a", ""),
     ("README.txt", "README"), ("readme", "README"), ("LICENSE", "licence"),
     ("LICENCE.txt", "licence"), ("queries.jsonl", "queries"), ("queries.jsonl.xz", "queries"),
     ("qrels.tsv", "relevance judgements"), ("qrels.test.tsv.gz", "relevance judgements"),
     (".a.txt", "hidden file"), ("Thumbs.db", "hidden file")],
)  # fmt: skip
def test_files_beside_articles_are_skipped_by_kind(name: str, kind: str) -> None:
    assert name_skipped(name) == kind


def test_folders_are_read_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".git/c.txt", "b/.d.txt", "b/e.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = list(find_files([tmp_path]))
    files = [str(file.path.relative_to(tmp_path)) for file in found if isinstance(file, FoundFile)]
    assert files == ["a.txt", "b/1.txt", "b/2.txt", "b/e.md"]
    skipped = [(file.where, file.kind) for file in found if isinstance(file, FileKind)]
    assert skipped == [
        (str(tmp_path / ".git"), "hidden folder"),
        (str(tmp_path / "b/.d.txt"), "hidden file"),
    ]


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("x")
    skipped, rejection = find_files([tmp_path])
    assert isinstance(skipped, FileKind)
    assert isinstance(rejection, Rejection)
    assert "no files to read" in rejection.reason


@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_compressed_files_are_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    compress = COMPRESSORS[suffix]
    path.write_bytes(compress(b'{"title": "a"}\n') + compress(b'{"title": "b"}\n'))
    assert [item.raw for item in _read(path) if isinstance(item, RawRecord)] == [
        '{"title": "a"}',
        '{"title": "b"}',
    ]


@pytest.mark.parametrize("suffix", COMPRESSORS)
@pytest.mark.parametrize("damage", ["truncated", "flipped byte", "not compressed"])
def test_articles_before_damage_are_read(tmp_path: Path, suffix: str, damage: str) -> None:
    lines = b"".join(b'{"title": "%d"}\n' % (number**9) for number in range(40_000))
    packed = bytearray(COMPRESSORS[suffix](lines))
    if damage == "truncated":
        del packed[-len(packed) // 3 :]
    elif damage == "flipped byte":
        packed[len(packed) // 2] ^= 255
    else:
        packed[:] = b"plain words, not a compressed file"
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(packed)
    items = _read(path)
    assert "damaged or truncated" in _reasons(items)[-1] or "JSON" in _reasons(items)[-1]
    if damage == "truncated":
        assert sum(isinstance(item, RawRecord) for item in items) > 100


@pytest.mark.parametrize(
    ("line", "reason"),
    [('{"title": "a', "not valid JSON"), ("[1]", "not a JSON array"), ("7", "not a JSON number"),
     ("NUL", "not valid JSON"), ("[" * 100_000, "not valid JSON")],
)  # fmt: skip
def test_a_bad_line_is_rejected_alone(tmp_path: Path, line: str, reason: str) -> None:
    path = write_lines(tmp_path / "a.jsonl", {"title": "a"}, line, {"title": "b"})
    items = _read(path)
    assert [type(item) for item in items] == [RawRecord, Rejection, RawRecord]
    assert items[1].where == f"{path}:2"
    assert reason in _reasons(items)[0]


def test_a_line_that_is_not_utf8_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = b'{"title": "a"}\n' * 9
    path.write_bytes(
        b"\xef\xbb\xbf" + good + b'{"title": "' + bytes(range(128, 256)) + b'"}\n\n{"title": "b"}'
    )
    items = _read(path)
    lines = [item.where.rpartition(":")[2] for item in items]
    assert lines[8:11] == ["9", "10", "12"]
    assert "not valid UTF-8" in _reasons(items)[0]


def test_a_huge_line_is_rejected_without_reading_it_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    chunk = os.urandom(512 * 1024).hex().encode()
    with gzip.open(path, "wb", compresslevel=1) as stream:
        for _ in range(33):
            stream.write(chunk)
        stream.write(b'\n{"title": "b"}\n')
    items = _read(path)
    assert [type(item) for item in items] == [Rejection, RawRecord]
    assert "32 MiB" in _reasons(items)[0]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("array", [True, False])
def test_json_files(tmp_path: Path, indent: int | None, array: bool) -> None:
    records = [{"title": f"é{number}", "body": "b" * 3000} for number in range(800)]
    path = tmp_path / "a.json"
    if array:
        text = json.dumps(records, indent=indent, ensure_ascii=False)
    else:
        text = "\n".join(json.dumps(item, indent=indent, ensure_ascii=False) for item in records)
    path.write_text(text, encoding="utf-8")
    items = _read(path)
    assert [item.values for item in items if isinstance(item, RawRecord)] == records
    assert json.loads(items[-1].raw) == records[-1]  # type: ignore[union-attr]


def test_values_before_the_end_of_a_truncated_json_array_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"title": "a"}, 7, {"title": "b"')
    items = _read(path)
    assert [item.where for item in items] == [f"{path}#1", f"{path}#2", f"{path}#3"]
    assert "the rest of the file was not read" in _reasons(items)[1]


def test_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'\xef\xbb\xbfTitle,Body\n"A, b","One\n\ntwo"\n\nc\xe9,d\ne\nf,g,h\n')
    items = _read(path)
    values = [dict(item.values) for item in items if isinstance(item, RawRecord)]
    assert values == [
        {"Title": "A, b", "Body": "One\n\ntwo"},
        {"Title": "cé", "Body": "d"},
        {"Title": "e"},
    ]
    assert "3 values, but the table has 2 columns" in _reasons(items)[0]
    assert [item.where for item in items] == [
        *(f"{path}:{line}" for line in (2, 6, 7, 8)),
        str(path),
    ]
    assert items[-1] == Remark(code="encoding-guessed", where=str(path), value="windows-1252")


@pytest.mark.parametrize(("name", "delimiter"), [("a.tsv", "\t"), ("a.csv", ";")])
def test_other_delimiters(tmp_path: Path, name: str, delimiter: str) -> None:
    (tmp_path / name).write_text(f"title{delimiter}body\na{delimiter}b, c\n")
    [record] = _read(tmp_path / name)
    assert isinstance(record, RawRecord)
    assert record.values == {"title": "a", "body": "b, c"}


def test_a_table_without_column_names_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n3,4\n")
    assert "must name a headline or a body" in _reasons(_read(tmp_path / "a.csv"))[0]


@pytest.mark.parametrize(
    "separator", ["NNNN\n", "\f", "========\n", "  NNNN \r\n", "\n==========\n"]
)
def test_several_articles_in_one_text(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"One\n\nText.\n{separator}\nTwo\n\nText.\n{separator}")
    items = [item for item in _read(path) if isinstance(item, RawText)]
    assert [item.raw.strip() for item in items] == ["One\n\nText.", "Two\n\nText."]
    assert items[0].where == f"{path}:1"


def test_a_separator_within_a_line_does_not_split_articles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One NNNN\n=======\n")
    assert len(_read(tmp_path / "a.txt")) == 1


def test_text_of_more_lines_than_an_article_has_is_not_read_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.sources.wiretext.MAX_ARTICLE_LINES", 100)
    (tmp_path / "a.txt").write_text(f"One\n\nText.\nNNNN\n{' ' * 3}\n" + "\n" * 200)
    items = _read(tmp_path / "a.txt")
    assert isinstance(items[0], RawText)
    assert _reasons(items) == [
        "more than 100 lines in one article; the rest of the file was not read"
    ]


def test_windows_1252_text_is_decoded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Caf\xe9 \x93x\x94\n")
    assert [item.raw for item in _read(tmp_path / "a.txt") if isinstance(item, RawText)] == [
        "Café \u201cx\u201d\n"
    ]


@pytest.mark.parametrize(
    ("head", "kind"),
    [(b"\x89PNG\r\n", "PNG picture"), (b"{\\rtf1 a}", "RTF document"),
     (bytes(range(256)) * 4, "binary file of an unknown kind"),
     (b"\x50\x4b\x03\x04 xl/workbook.xml", "Excel spreadsheet")],
)  # fmt: skip
def test_what_is_not_read_is_refused_by_the_name_of_its_kind(
    tmp_path: Path, head: bytes, kind: str
) -> None:
    (tmp_path / "a.txt").write_bytes(head + b"text")
    [reason] = _reasons(_read(tmp_path / "a.txt"))
    assert reason.startswith(f"{kind}: not read. ")


def test_the_format_of_an_unknown_suffix_is_detected(tmp_path: Path) -> None:
    (tmp_path / "a").write_text('\n {"title": "a"}\n')
    (tmp_path / "b.dat").write_text("Title\n\nBody.")
    assert isinstance(_read(tmp_path / "a")[0], RawRecord)
    assert isinstance(_read(tmp_path / "b.dat")[0], RawText)


def test_a_deleted_file_is_rejected(tmp_path: Path) -> None:
    assert "cannot read the file" in _reasons(_read(tmp_path / "a.txt"))[0]


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from([f"a{e}{c}" for e in (".txt", ".jsonl", ".json", ".csv", "") for c in
                          ("", ".gz", ".xz", ".zst")]),
    content=st.binary(max_size=300) | st.text(alphabet='{}[]",:\n\r\fa1é\x00 ').map(str.encode),
)  # fmt: skip
def test_any_bytes_are_read_without_an_error(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(content)
    for item in read_file(FoundFile(path=path, is_named=True), IngestOptions()):
        assert item.where.startswith(str(path))


def test_a_folder_that_may_not_be_read_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text("Text.")
    scan = os.scandir

    def deny(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", deny)
    file, rejection = find_files([tmp_path])
    assert file == FoundFile(path=tmp_path / "a.txt", is_named=False)
    assert isinstance(rejection, Rejection)
    assert rejection.where == str(tmp_path / "closed")
    assert rejection.reason == "cannot read the folder (Permission denied)"
