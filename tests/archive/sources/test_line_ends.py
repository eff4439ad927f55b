import gzip
import io
from pathlib import Path

import pytest

from archive.ingest_types import (
    FileKind,
    FoundFile,
    IngestOptions,
    RawRecord,
    RawText,
    SourceItem,
)  # fmt: skip
from archive.sources.opening.line_ends import translate_line_ends
from archive.sources.reading import read_file
from tests.archive.hostile_kinds import LINED


def _read(path: Path) -> tuple[list[str], list[SourceItem]]:
    items = list(read_file(FoundFile(path=path, is_named=True), IngestOptions()))
    kinds = [item.kind for item in items if isinstance(item, FileKind)]
    return kinds, [item for item in items if isinstance(item, RawRecord | RawText)]


@pytest.mark.parametrize("name", LINED)
def test_lines_may_end_with_a_return_alone(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(LINED[name].encode())
    kinds, expected = _read(path)
    assert expected
    path.write_bytes(LINED[name].replace("\n", "\r").encode())
    assert _read(path) == (kinds, expected)
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert _read(path) == (kinds, expected)


@pytest.mark.parametrize(
    ("head", "rest", "expected"),
    [(b"a\rb\r", b"c\rd", b"a\nb\nc\nd"), (b"a\r", b"\nb\r\nc", b"a\nb\nc"), (b"\r", b"", b"\n"),
     (b"a\r\nb", b"\r", b"a\r\nb\r"), (b"%PDF-1.4\r", b"\r", b"%PDF-1.4\r\r"),
     (b"a\0\r", b"\r", b"a\0\r\r"), (b"\xff\r", b"\xfe\r", b"\xff\n\xfe\n"), (b"", b"", b"")],
)  # fmt: skip
def test_only_a_text_without_newlines_is_changed(head: bytes, rest: bytes, expected: bytes) -> None:
    stream, first = translate_line_ends(io.BytesIO(rest), head)
    assert first + stream.read() == expected
