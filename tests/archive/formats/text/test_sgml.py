import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.text.sgml import is_sgml, read_sgml
from archive.formats.text.sgml_elements import parse_document
from archive.ingest_types import RawRecord, Rejection
from tests.archive.formats.reading import build_all, read_bytes, read_fixture, show


def test_reuters_21578_field_by_field() -> None:
    first, second = build_all(read_fixture(read_sgml, "text/reuters.sgm"))
    assert show(first) == {
        "id": "1@Reuters",
        "headline": "HALYARD COCOA & COFFEE REVIEW",
        "body": "Showers went on for a week in the zone of <HAL> since January.\n\n"
        "The harvest will be late this year, and the price < 5 crowns.",
        "dateline": "SIVALA, March 2 -",
        "located": "Sivala",
        "source": "Reuters",
        "first_created": "1987-03-02T15:01",
        "subjects": ("cocoa", "coffee"),
        "places": ("el-salvador", "usa"),
        "people": ("lind",),
        "organisations": ("icco",),
    }
    assert show(second) == {
        "id": "2@Reuters",
        "headline": "HALYARD BANK RAISES RATE",
        "source": "Reuters",
        "first_created": "1987-02-26T15:02",
    }


def test_trec_field_by_field_with_a_document_that_is_not_closed() -> None:
    assert [show(one) for one in build_all(read_fixture(read_sgml, "text/trec.sgm"))] == [
        {
            "id": "AP880212-0001",
            "headline": "Mill opens as library & cafe",
            "body": "The old mill will open in June, the council said.\n\n"
            "Work began two years ago.",
            "by": "ANA ROTH",
            "dateline": "BRENWICK, England (AP) -",
            "located": "Brenwick, England",
            "source": "AP",
            "first_created": "1988-02-12T00:00",
        },
        {
            "id": "WSJ870324-0001",
            "headline": "Rain stops play",
            "body": "The final was put off.",
            "dateline": "NEW SIVALA",
            "located": "New Sivala",
            "source": "HALYARD JOURNAL (H)",
            "first_created": "1987-03-24T00:00",
        },
        {
            "id": "LA010189-0001",
            "headline": "NEW BOOKS",
            "body": "First paragraph.\n\nSecond one.",
            "first_created": "1989-01-01T00:00",
            "subjects": ("Book Review",),
        },
    ]


def test_gigaword_field_by_field() -> None:
    (article,) = build_all(read_fixture(read_sgml, "text/gigaword.sgm"))
    assert show(article) == {
        "id": "APW_SPA_20310302.0001",
        "headline": "El molino abre",
        "body": "El viejo molino de Brenwick abre en junio, dijo el ayuntamiento.\n\n"
        "La obra costó cuatro millones.",
        "dateline": "BRENWICK, Inglaterra, 2 mar (AP) -",
        "located": "Brenwick, Inglaterra",
        "source": "AP",
        "first_created": "2031-03-02T00:00",
    }
    assert article.language == "es"


def test_many_documents_on_one_line_and_text_around_them() -> None:
    data = (
        b"<DOC><DOCNO>a-1</DOCNO><TEXT>One.</TEXT></DOC><DOC><DOCNO>a-2</DOCNO><TEXT>Two.</TEXT>"
        b"</DOC>\nleft over\n"
    )
    items = read_bytes(read_sgml, data)
    assert [one.uri for one in build_all(items)] == ["a-1", "a-2"]
    assert isinstance(items[-1], Rejection)


def test_a_document_beyond_the_limit_costs_only_itself() -> None:
    long = b"<DOC>\n<DOCNO>b</DOCNO>\n<TEXT>\n" + b"long line\n" * 50 + b"</TEXT>\n</DOC>\n"
    short = b"<DOC>\n<DOCNO>a</DOCNO>\n<TEXT>Short.</TEXT>\n</DOC>\n"
    items = read_bytes(lambda *args, **more: read_sgml(*args, **more, limit=300), long + short)
    assert [type(item) for item in items] == [Rejection, RawRecord]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'<!DOCTYPE lewis SYSTEM "lewis.dtd">\n<REUTERS TOPICS="YES" NEWID="1">', True),
        (b"<DOC>\n<DOCNO> AP880212-0001 </DOCNO>", True),
        (b'\n<DOC id="AFP_ENG_20310302.0001" type="story" >', True),
        (b"<doc><docid>1</docid>", True),
        (b"<DOC>uments of the council</DOC>", False),
        (b"<html><doc>", False),
        (b"<REUTERS> says that it rains", False),
        (b"Mill opens\n\n<DOC>", False),
    ],
)
def test_the_beginning_of_a_collection(head: bytes, *, expected: bool) -> None:
    assert is_sgml(head) is expected


@given(st.text(alphabet="<>/DOCTEXP&; a\n", max_size=200))
def test_any_text_of_a_document_is_read(text: str) -> None:
    document = parse_document(f"<DOC><DOCNO>x</DOCNO><TEXT>{text}")
    assert document is not None
    assert document.find("DOCNO") == "x"
