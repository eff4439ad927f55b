import os
import sys
import time
from io import BytesIO
from typing import IO

import pytest

from archive import isolation
from archive.ingest_types import IngestOptions, RawText, Rejection, SourceItem, SourceItems
from archive.sources.kind import Kind


def read_document(stream: IO[bytes], name: str, *, head: bytes = b"") -> SourceItems:
    """A reader that breaks as the document says; it runs in the worker."""
    sys.stdout.write("what a library prints")
    sys.stdout.flush()
    text = (head + stream.read()).decode()
    if text == "hang":
        while True:
            pass
    if text == "wait":
        time.sleep(60)
    if text == "grow":
        bytearray(2 * 1024 * 1024 * 1024)
    if text == "end":
        os._exit(1)
    if text == "fail":
        raise ValueError("not a document")
    for number in range(250 if text == "many then end" else 1):
        yield RawText(where=f"{name}#{number}", raw=f"{os.getpid()} {text}")
    if text == "many then end":
        os._exit(1)


def read_with_options(
    stream: IO[bytes], name: str, *, head: bytes = b"", options: IngestOptions
) -> SourceItems:
    """A reader that takes options; it runs in the worker."""
    yield RawText(where=name, raw=options.source)


KIND = Kind(name="document", read=read_document, is_isolated=True)


def _read(text: str, head: str = "") -> list[SourceItem]:
    stream = BytesIO(text.encode())
    options = IngestOptions(source="HLY")
    return list(isolation.read_isolated(KIND, stream, "a", head=head.encode(), options=options))


def _get_worker() -> str:
    [item] = _read("who")
    assert isinstance(item, RawText)
    return item.raw.split()[0]


def test_one_worker_reads_many_documents() -> None:
    [item] = _read("two", head="one ")
    assert isinstance(item, RawText)
    assert (item.where, item.raw.partition(" ")[2]) == ("a#0", "one two")
    assert _get_worker() == item.raw.split()[0] != str(os.getpid())


@pytest.mark.parametrize(
    ("text", "reason"),
    [("end", "took more than"), ("fail", "ValueError: not a document"),
     ("grow", "took more than 400 MiB"), ("hang", "of processor time"),
     ("wait", "took longer than")],
)  # fmt: skip
def test_what_breaks_a_reader_costs_only_its_document(
    text: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _get_worker()
    if text == "hang":
        monkeypatch.setattr(isolation, "DOCUMENT_SECONDS", 0.1)
    if text == "wait":
        monkeypatch.setattr(isolation, "DOCUMENT_WAIT", 0.1)
    [item] = _read(text)
    assert isinstance(item, Rejection)
    assert reason in item.reason
    monkeypatch.undo()
    assert _get_worker()


def test_items_before_a_break_are_kept() -> None:
    items = _read("many then end")
    assert len(items) > 100
    assert isinstance(items[-1], Rejection)
    assert all(isinstance(item, RawText) for item in items[:-1])


def test_a_caller_that_stops_early_gets_the_next_document_right() -> None:
    stream = BytesIO(b"many then end")
    items = isolation.read_isolated(KIND, stream, "a", head=b"", options=IngestOptions())
    assert next(items).where == "a#0"
    items.close()  # type: ignore[attr-defined]
    [item] = _read("next")
    assert isinstance(item, RawText)
    assert item.raw.endswith(" next")


def test_options_reach_the_reader() -> None:
    kind = Kind(name="document", read=read_with_options, takes_options=True, is_isolated=True)
    options = IngestOptions(source="HLY")
    [item] = isolation.read_isolated(kind, BytesIO(), "a", head=b"", options=options)
    assert isinstance(item, RawText)
    assert item.raw == "HLY"


def test_a_long_document_goes_through_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "MAX_DOCUMENT_BYTES", 1000)
    [item] = _read("x" * 3000)
    assert isinstance(item, RawText)
    assert len(item.raw) > 3000
    monkeypatch.setattr(isolation, "MAX_SPOOLED_BYTES", 2 * 1024 * 1024)
    [item] = _read("x" * (2 * 1024 * 1024 + 1))
    assert isinstance(item, Rejection)
    assert item.reason == "document longer than 2 MiB, the limit"


class _Broken(BytesIO):
    """A stream that cannot be read to its end."""

    def read(self, size: int | None = -1, /) -> bytes:
        if not (content := super().read(size)):
            raise OSError("broken")
        return content


def test_what_comes_before_a_damage_is_read() -> None:
    stream, options = _Broken(b" more"), IngestOptions()
    items = isolation.read_isolated(KIND, stream, "a", head=b"who", options=options)
    item = next(items)
    assert isinstance(item, RawText)
    assert item.raw.endswith(" who more")
    with pytest.raises(OSError, match="broken"):
        next(items)
