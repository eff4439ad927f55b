import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.report import Rejection
from archive.sources.discovery import FoundFile, find_files, is_taken, read_file
from archive.sources.records import Piece, RecordPiece, TextPiece
from tests.archive.builders import write_lines

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.compress,
}


def _read(path: Path) -> list[Piece]:
    return list(read_file(path))


def _reasons(pieces: list[Piece]) -> list[str]:
    return [one.reason for one in pieces if isinstance(one, Rejection)]


@pytest.mark.parametrize(
    ("name", "taken"),
    [("a.txt", True), ("A.JSONL", True), ("a.json.gz", True), ("a.csv.xz", True), ("a.tsv", True),
     ("a.ndjson.zst", True), ("a.md", False), ("README.txt", False), ("LICENSE", False),
     ("LICENSE.txt", False), ("queries.jsonl", False), ("queries.jsonl.xz", False),
     ("qrels.tsv", False), ("qrels.test.tsv.gz", False), (".a.txt", False), ("a.gz", False),
     ("a.png", False), ("a.txt.bak", False)],
)  # fmt: skip
def test_what_a_folder_gives(name: str, taken: bool) -> None:
    assert is_taken(Path(name)) is taken


def test_folders_are_walked_in_order_and_hidden_ones_are_not(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".git/c.txt", "b/.d.txt", "b/e.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [one.path for one in find_files([tmp_path]) if isinstance(one, FoundFile)]
    assert [str(path.relative_to(tmp_path)) for path in found] == ["a.txt", "b/1.txt", "b/2.txt"]


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    [found] = find_files([tmp_path])
    assert isinstance(found, Rejection)
    assert "nothing to read" in found.reason


@pytest.mark.parametrize("ending", PACKERS)
def test_compressed_files_are_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.jsonl{ending}"
    path.write_bytes(PACKERS[ending](b'{"title": "a"}\n') + PACKERS[ending](b'{"title": "b"}\n'))
    assert [one.raw for one in _read(path) if isinstance(one, RecordPiece)] == [
        '{"title": "a"}',
        '{"title": "b"}',
    ]


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize("harm", ["cut", "flipped", "nonsense"])
def test_damaged_compression_costs_the_rest_only(tmp_path: Path, ending: str, harm: str) -> None:
    lines = b"".join(b'{"title": "%d"}\n' % (number**9) for number in range(40_000))
    packed = bytearray(PACKERS[ending](lines))
    if harm == "cut":
        del packed[-len(packed) // 3 :]
    elif harm == "flipped":
        packed[len(packed) // 2] ^= 255
    else:
        packed[:] = b"no compressed file, but plain words"
    path = tmp_path / f"a.jsonl{ending}"
    path.write_bytes(packed)
    found = _read(path)
    assert "damaged or cut off" in _reasons(found)[-1] or "JSON" in _reasons(found)[-1]
    if harm == "cut":
        assert sum(isinstance(one, RecordPiece) for one in found) > 100


@pytest.mark.parametrize(
    ("line", "reason"),
    [('{"title": "a', "not valid JSON"), ("[1]", "a JSON list"), ("7", "a JSON int"),
     ("NUL", "not valid JSON"), ("[" * 100_000, "not valid JSON")],
)  # fmt: skip
def test_a_bad_line_costs_itself(tmp_path: Path, line: str, reason: str) -> None:
    path = write_lines(tmp_path / "a.jsonl", {"title": "a"}, line, {"title": "b"})
    found = _read(path)
    assert [type(one) for one in found] == [RecordPiece, Rejection, RecordPiece]
    assert found[1].where == f"{path}:2"
    assert reason in _reasons(found)[0]


def test_bytes_that_are_no_utf8_cost_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"title": "a"}\n{"title": "\xe9"}\n\n{"title": "b"}')
    found = _read(path)
    assert [one.where.rpartition(":")[2] for one in found] == ["1", "2", "4"]
    assert "not UTF-8" in _reasons(found)[0]


def test_an_endless_line_is_refused_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as stream:
        for _ in range(33):
            stream.write(b"x" * 1024 * 1024)
        stream.write(b'\n{"title": "b"}\n')
    found = _read(path)
    assert [type(one) for one in found] == [Rejection, RecordPiece]
    assert "32 MiB" in _reasons(found)[0]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("array", [True, False])
def test_json_files(tmp_path: Path, indent: int | None, array: bool) -> None:
    records = [{"title": f"é{number}", "body": "b" * 3000} for number in range(800)]
    path = tmp_path / "a.json"
    if array:
        text = json.dumps(records, indent=indent, ensure_ascii=False)
    else:
        text = "\n".join(json.dumps(one, indent=indent, ensure_ascii=False) for one in records)
    path.write_text(text, encoding="utf-8")
    found = _read(path)
    assert [one.values for one in found if isinstance(one, RecordPiece)] == records
    assert json.loads(found[-1].raw) == records[-1]  # type: ignore[union-attr]


def test_a_json_array_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"title": "a"}, 7, {"title": "b"')
    found = _read(path)
    assert [one.where for one in found] == [f"{path}#1", f"{path}#2", f"{path}#3"]
    assert "the rest of the file was not read" in _reasons(found)[1]


def test_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'\xef\xbb\xbfTitle,Body\n"A, b","One\n\ntwo"\n\nc\xe9,d\ne\nf,g,h\n')
    found = _read(path)
    values = [dict(one.values) for one in found if isinstance(one, RecordPiece)]
    assert values == [
        {"Title": "A, b", "Body": "One\n\ntwo"},
        {"Title": "cé", "Body": "d"},
        {"Title": "e"},
    ]
    assert "3 columns under 2 names" in _reasons(found)[0]
    assert found[-1].where == f"{path}:8"


@pytest.mark.parametrize(("name", "mark"), [("a.tsv", "\t"), ("a.csv", ";")])
def test_other_delimiters(tmp_path: Path, name: str, mark: str) -> None:
    (tmp_path / name).write_text(f"title{mark}body\na{mark}b, c\n")
    [found] = _read(tmp_path / name)
    assert isinstance(found, RecordPiece)
    assert found.values == {"title": "a", "body": "b, c"}


def test_a_table_without_names_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n3,4\n")
    assert "neither a headline nor a body" in _reasons(_read(tmp_path / "a.csv"))[0]


@pytest.mark.parametrize("rule", ["NNNN\n", "\f", "========\n", "  NNNN \r\n", "\n==========\n"])
def test_several_articles_in_one_text(tmp_path: Path, rule: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"One\n\nText.\n{rule}\nTwo\n\nText.\n{rule}")
    found = [one for one in _read(path) if isinstance(one, TextPiece)]
    assert [one.raw.strip() for one in found] == ["One\n\nText.", "Two\n\nText."]
    assert found[0].where == f"{path}:1"


def test_a_rule_inside_a_line_parts_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One NNNN\n=======\n")
    assert len(_read(tmp_path / "a.txt")) == 1


def test_old_bytes_in_text_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Caf\xe9 \x93x\x94\n")
    assert [one.raw for one in _read(tmp_path / "a.txt") if isinstance(one, TextPiece)] == [
        "Café \u201cx\u201d\n"
    ]


@pytest.mark.parametrize("head", [b"\x89PNG\r\n", b"%PDF-1.7\n", bytes(range(256)) * 4])
def test_binary_files_are_refused(tmp_path: Path, head: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(head + b"text")
    assert _reasons(_read(tmp_path / "a.txt")) == ["a binary file, no text"]


def test_a_file_of_unknown_ending_is_sniffed(tmp_path: Path) -> None:
    (tmp_path / "a").write_text('\n {"title": "a"}\n')
    (tmp_path / "b.dat").write_text("Title\n\nBody.")
    assert isinstance(_read(tmp_path / "a")[0], RecordPiece)
    assert isinstance(_read(tmp_path / "b.dat")[0], TextPiece)


def test_a_file_that_went_away_is_reported(tmp_path: Path) -> None:
    assert "cannot be read" in _reasons(_read(tmp_path / "a.txt"))[0]


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from([f"a{e}{c}" for e in (".txt", ".jsonl", ".json", ".csv", "") for c in
                          ("", ".gz", ".xz", ".zst")]),
    content=st.binary(max_size=300) | st.text(alphabet='{}[]",:\n\r\fa1é\x00 ').map(str.encode),
)  # fmt: skip
def test_any_bytes_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(content)
    for one in read_file(path):
        assert one.where.startswith(str(path))
