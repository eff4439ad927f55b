import bz2
import gzip
import io
import lzma
import os
import tarfile
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from archive.ingest_types import (
    FileKind,
    FoundFile,
    IngestOptions,
    RawRecord,
    RawText,
    Rejection,
    SourceItem,
)
from archive.sources.opening import streams
from archive.sources.reading import read_file

LINE = b'{"title": "a", "body": "b"}\n'
COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.compress,
}


def _read(path: Path) -> list[SourceItem | FileKind]:
    return list(read_file(FoundFile(path=path, is_named=True), IngestOptions()))


def _kinds(items: list[SourceItem | FileKind]) -> list[tuple[str, str, str]]:
    return [(i.where, i.kind, i.outcome) for i in items if isinstance(i, FileKind)]


def _reasons(items: list[SourceItem | FileKind]) -> dict[str, str]:
    return {item.where: item.reason for item in items if isinstance(item, Rejection)}


def _records(items: list[SourceItem | FileKind]) -> list[str]:
    return [item.where for item in items if isinstance(item, RawRecord | RawText)]


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _tar(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return packed.getvalue()


FILES = {
    "in/a.jsonl": LINE * 2,
    "in/b.txt": b"Mill opens\n\nIt opens.",
    "in/c.png": b"\x89PNG\r\n\x1a\n",
    "README": b"About.",
    "in/d.jsonl.gz": gzip.compress(LINE),
    "../../e.txt": b"Rain\n\nIt rains.",
}


@pytest.mark.parametrize("name", ["a.zip", "a", "a.txt"])
def test_the_files_in_a_zip_archive_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(_zip(FILES))
    items = _read(path)
    assert _kinds(items) == [
        (str(path), "zip archive", "read"),
        (f"{path}/in/a.jsonl", "JSON Lines", "read"),
        (f"{path}/in/b.txt", "wire text", "read"),
        (f"{path}/in/c.png", "PNG picture", "refused"),
        (f"{path}/README", "README", "skipped"),
        (f"{path}/in/d.jsonl.gz", "JSON Lines", "read"),
        (f"{path}/../../e.txt", "wire text", "read"),
    ]
    assert _records(items) == [
        f"{path}/in/a.jsonl:1",
        f"{path}/in/a.jsonl:2",
        f"{path}/in/b.txt:1",
        f"{path}/in/d.jsonl.gz:1",
        f"{path}/../../e.txt:1",
    ]
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("compression", ["", *COMPRESSORS])
def test_the_files_in_a_tar_archive_are_read(tmp_path: Path, compression: str) -> None:
    path = tmp_path / "a.tar"
    packed = _tar(FILES)
    path.write_bytes(COMPRESSORS[compression](packed) if compression else packed)
    items = _read(path)
    assert len(_records(items)) == 5
    assert _reasons(items)[f"{path}/link"] == "it is a link or a device"


@pytest.mark.parametrize("compression", COMPRESSORS)
@pytest.mark.parametrize("name", ["a.jsonl", "a", "a.jsonl.gz"])
def test_a_compression_is_recognised_by_content(
    tmp_path: Path, compression: str, name: str
) -> None:
    compress = COMPRESSORS[compression]
    (tmp_path / name).write_bytes(compress(LINE) + compress(LINE))
    assert len(_records(_read(tmp_path / name))) == 2


@pytest.mark.parametrize("compression", COMPRESSORS)
def test_a_broken_tail_costs_only_the_tail(tmp_path: Path, compression: str) -> None:
    records = [b'{"title": "%d", "body": "%s"}' % (n, os.urandom(600).hex().encode())
               for n in range(2000)]  # fmt: skip
    for content in (b"\n".join(records), b"[" + b",".join(records) + b"]"):
        packed = COMPRESSORS[compression](content)
        path = tmp_path / "a.json"
        path.write_bytes(packed[: len(packed) // 2])
        items = _read(path)
        # A block of bzip2 has 900 kB, one of zstandard 128 kB.
        assert len(_records(items)) > (700 if compression in ("bz2", "zst") else 980)
        assert "damaged or truncated" in list(_reasons(items).values())[-1]


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    packed = bytearray(_zip({"a.jsonl": LINE * 50, "b.jsonl": LINE}))
    packed[packed.index(b"a.jsonl") + 12] ^= 255
    (tmp_path / "a.zip").write_bytes(packed)
    items = _read(tmp_path / "a.zip")
    assert "damaged" in _reasons(items)[f"{tmp_path}/a.zip/a.jsonl"]
    assert f"{tmp_path}/a.zip/b.jsonl:1" in _records(items)


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    packed = bytearray(_zip({"a.txt": b"Mill opens\n\nIt opens."}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(packed)
    [reason] = _reasons(_read(tmp_path / "a.zip")).values()
    assert reason == "it is encrypted; unpack it first"


@pytest.mark.parametrize("cut", [4, 100, -30])
@pytest.mark.parametrize("pack", [_zip, _tar])
def test_a_truncated_archive_is_refused(
    tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes], cut: int
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(pack(FILES)[:cut])
    assert _reasons(_read(path)) or pack is _tar


def test_files_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    packed = _zip({"a.txt": b"Mill opens\n\nIt opens."})
    start, end = packed.index(b"PK\x01\x02"), packed.index(b"PK\x05\x06")
    entries = packed[start:end] * 2
    count = (2).to_bytes(2, "little") * 2
    tail = packed[end : end + 8] + count + len(entries).to_bytes(4, "little") + packed[end + 16 :]
    (tmp_path / "a.zip").write_bytes(packed[:start] + entries + tail)
    [reason] = _reasons(_read(tmp_path / "a.zip")).values()
    assert "its files overlap" in reason


def test_archives_within_archives_end(tmp_path: Path) -> None:
    packed = _zip({"a.txt": b"Mill opens\n\nIt opens."})
    for _ in range(6):
        packed = _zip({"inner.zip": packed})
    (tmp_path / "a.zip").write_bytes(packed)
    items = _read(tmp_path / "a.zip")
    assert _records(items) == []
    assert "packed more than 3 times" in list(_reasons(items).values())[-1]


@pytest.mark.parametrize("level", ["one", "two"])
def test_what_expands_beyond_measure_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: str
) -> None:
    monkeypatch.setattr("archive.sources.opening.decompression.FREE_EXPANSION", 1024 * 1024)
    packed = _zip({"a.txt": b"x " * 4_000_000})
    (tmp_path / "a.zip").write_bytes(packed if level == "one" else gzip.compress(packed))
    items = _read(tmp_path / "a.zip")
    assert _records(items) == []
    assert "expands to more than 100 times its size" in next(iter(_reasons(items).values()))


def test_a_pipe_is_read_and_an_idle_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(gzip.compress(LINE),))
    writer.start()
    assert len(_records(_read(path))) == 1
    writer.join()
    monkeypatch.setattr(streams, "IDLE_SECONDS", 0.05)
    [reason] = _reasons(_read(path)).values()
    assert "it is a pipe that sent nothing" in reason


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = io.TextIOWrapper(io.BufferedReader(io.BytesIO(LINE)))
    monkeypatch.setattr("sys.stdin", content)
    items = _read(streams.STANDARD_INPUT)
    assert _records(items) == ["standard input:1"]
    assert not content.closed


def test_a_device_is_refused() -> None:
    [reason] = _reasons(_read(Path("/dev/zero"))).values()
    assert reason == "cannot read the file (it is a device)"
