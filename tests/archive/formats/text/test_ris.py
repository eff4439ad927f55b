from archive.formats.text.ris import is_ris, read_ris
from archive.ingest_types import RawRecord, Rejection
from tests.archive.formats.reading import build_all, read_bytes, read_fixture, show


def test_ris_field_by_field() -> None:
    first, second = build_all(read_fixture(read_ris, "text/records.ris"))
    assert show(first) == {
        "id": "HAL0001",
        "headline": "Mill opens",
        "body": "The old mill at Brenwick will open as a library in June.",
        "by": "Ana Roth, Edda Lind",
        "located": "Brenwick",
        "source": "Halyard Press",
        "first_created": "2031-03-02T00:00",
        "subjects": ("mills", "libraries"),
        "url": "https://halyard.example/mill",
    }
    assert show(second) == {"headline": "Rain"}


def test_a_bad_record_costs_only_itself() -> None:
    data = b"TY  - NEWS\nTI  - One\nER  - \nnot a record\nTY  - NEWS\nTI  - Two\n"
    items = read_bytes(read_ris, data)
    assert [type(item) for item in items] == [RawRecord, Rejection, RawRecord]
    assert [one.headline for one in build_all(items)] == ["One", "Two"]


def test_the_beginning_of_ris() -> None:
    assert is_ris(b"TY  - JOUR\r\n")
    assert is_ris(b"\nTY  - NEWS\n")
    assert not is_ris(b"TY - the company said\n")
    assert not is_ris(b"Mill opens\n\nTY  - NEWS\n")
