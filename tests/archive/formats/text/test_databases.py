from archive.formats.text.factiva import is_factiva, read_factiva
from archive.formats.text.nexis import is_nexis, read_nexis
from archive.ingest_types import Rejection
from tests.archive.formats.reading import FIXTURES, build_all, read_bytes, read_fixture, show


def test_nexis_field_by_field() -> None:
    first, second = build_all(read_fixture(read_nexis, "text/nexis.txt"))
    assert show(first) == {
        "headline": "Mill opens as library in the old quarter of Brenwick",
        "body": "The old mill at Brenwick will open as a library in June, the council said.\n\n"
        "Note: the door stays shut until then.",
        "by": "Ana Roth",
        "dateline": "BRENWICK, March 1 -",
        "located": "Brenwick",
        "source": "Halyard Press",
        "first_created": "2031-03-02T00:00",
        "subjects": ("LIBRARIES", "MILLS & RIVERS", "NEWS"),
        "people": ("EDDA LIND",),
        "organisations": ("BRENWICK COUNCIL",),
        "places": ("UNITED KINGDOM",),
    }
    assert show(second) == {
        "headline": "Regen",
        "body": "Die Arbeit begann vor zwei Jahren.",
        "source": "Nordkurier",
        "first_created": "2031-03-12T00:00",
    }
    assert (first.language, second.language) == ("en", "de")


def test_nexis_uni_field_by_field() -> None:
    first, second = build_all(read_fixture(read_nexis, "text/nexis_uni.txt"))
    assert show(first) == {
        "headline": "Mill opens as library; A long wait is over",
        "body": "The old mill at Brenwick will open as a library in June, the council said.\n\n"
        "Subject: a word of the council.",
        "by": "Ana Roth, correspondent",
        "source": "Halyard Press",
        "first_created": "2031-03-02T21:05",
        "subjects": ("LIBRARIES", "NEWS"),
    }
    assert show(second) == {
        "headline": "Weatherwatch",
        "body": "Rain fell.",
        "source": "Halyard Press",
        "first_created": "2031-03-04T00:00",
        "ed_note": "It was snow.",
    }


def test_factiva_field_by_field() -> None:
    first, second = build_all(read_fixture(read_factiva, "text/factiva.txt"))
    assert show(first) == {
        "id": "HALP000020310302e7320000a",
        "headline": "Mill opens as library",
        "body": "The old mill at Brenwick will open as a library in June.\n\n"
        "IN 2029 the work began.\n\nWork began two years ago and cost four million crowns.",
        "by": "Ana Roth",
        "dateline": "BRENWICK, March 2 (Halyard) -",
        "located": "Brenwick",
        "source": "Halyard Press",
        "first_created": "2031-03-02T08:15",
        "subjects": (
            "Political/General News", "Arts", "Printing/Publishing", "Media", "News",
        ),
        "organisations": ("Halyard Press plc",),
        "places": ("United Kingdom",),
    }  # fmt: skip
    assert second.uri == "HALP000020310303e7330000b"
    assert second.body == "Rain text."


def test_factiva_as_displayed_field_by_field() -> None:
    items = read_fixture(read_factiva, "text/factiva_display.txt")
    first, second = build_all(items)
    assert len(items) == 2  # what is below the last article is no article
    assert show(first) == {
        "id": "HALP000020310302e7320000a",
        "headline": "Mill opens as library",
        "body": "The old mill at Brenwick will open as a library in June, the council said.\n\n"
        "IN 2029 the work began.",
        "by": "Ana Roth",
        "source": "Halyard Press",
        "first_created": "2031-03-02T08:15",
    }
    assert show(second) == {
        "id": "HALP000020310303e7330000b",
        "headline": "Rain stops play in the second test",
        "body": "Work began two years ago and cost four million crowns.",
        "source": "Halyard Press",
        "first_created": "2031-03-03T00:00",
        "subjects": ("News",),
    }


def test_the_beginning_of_an_export_is_recognised() -> None:
    assert is_nexis((FIXTURES / "text/nexis.txt").read_bytes()[:200])
    assert is_nexis(b"1 of 2 DOCUMENTS\r\n\r\nHalyard Press\r\n")
    assert is_nexis(b"\n   Dokument 1 von 12\n")
    assert is_nexis((FIXTURES / "text/nexis_uni.txt").read_bytes()[:200])
    assert is_factiva((FIXTURES / "text/factiva.txt").read_bytes()[:200])
    assert is_factiva((FIXTURES / "text/factiva_display.txt").read_bytes()[:200])


def test_wire_text_is_no_export() -> None:
    for text in (
        b"Mill opens\n\nLENGTH: 12 metres\n\nIt opens.\n",
        b"1 of 2 documents is missing\n\nThe court said so.\n",
        b"Mill opens\n\n120 words\n\nwere spoken.\n",
        b"HD displays sell\n\nBY the way, PD is a code. SN too.\n",
        b"Body found\n\nBody\n\nThe police said.",
    ):
        assert not is_nexis(text)
        assert not is_factiva(text)


def test_what_is_no_article_is_rejected() -> None:
    (item,) = read_bytes(read_nexis, b"1 of 1 DOCUMENTS\n\nNothing here\n")
    assert isinstance(item, Rejection)
    (item,) = read_bytes(read_factiva, b"Nothing here\n")
    assert isinstance(item, Rejection)
