"""Damage in JSON and tables costs the record that it is in."""

import io

from archive.ingest_types import RawRecord, Rejection
from archive.sources.jsonlines import read_json
from archive.sources.tables import read_table


def test_a_string_that_does_not_end_is_rejected() -> None:
    content = b'[{"title": "a"}, {"title": "' + b"x" * 40_000_000
    items = list(read_json(io.BytesIO(content), "x"))
    assert [type(item) for item in items] == [RawRecord, Rejection]


def test_an_array_that_does_not_end_is_rejected() -> None:
    items = list(read_json(io.BytesIO(b"[" * 2_000_000), "x"))
    assert [item.reason for item in items if isinstance(item, Rejection)] == [
        "not valid JSON (the file ends within an array)"
    ]
    cut = list(read_json(io.BytesIO(b'[{"title": "a"},\n{"title": "b"},\n'), "x"))
    assert [type(item) for item in cut] == [RawRecord, RawRecord, Rejection]


def test_a_file_of_commas_has_nothing() -> None:
    assert list(read_json(io.BytesIO(b"," * 5_000_000), "x")) == []


def test_rows_that_each_open_a_mark_do_not_swallow_each_other() -> None:
    content = b'id,title,text\n1,a,"b\n2,c,"d\n3,e,f\n'
    items = list(read_table(io.BytesIO(content), "x"))
    records = [item.values["id"] for item in items if isinstance(item, RawRecord)]
    assert records == ["3"]
    assert [item.where for item in items if isinstance(item, Rejection)] == ["x:2", "x:3"]
