from pathlib import Path

import pytest

from archive.article_builder import build_article
from archive.formats.xml.nitf import is_nitf, read_nitf
from archive.ingest_types import Draft, IngestOptions, RawRecord
from tests.archive.formats.samples import (
    CASES,
    places,
    read_bytes,
    read_fixture,
    reasons,
    remarks,
    values,
)


def _document(body: str, docdata: str = "", top: str = "") -> bytes:
    text = (
        f"<nitf><head><docdata>{docdata}</docdata></head><body><body.head>{top}</body.head>"
        f"<body.content>{body}</body.content></body></nitf>"
    )
    return text.encode()


def test_the_flavour_of_efe() -> None:
    [article] = values(read_fixture(read_nitf, "nitf_efe.xml"))
    assert article == {
        "uri": "90031002",
        "headline": "El molino de Brenwick abre como biblioteca",
        "body": "Brenwick (Reino Unido), 2 mar (EFE).- El viejo molino de Brenwick abrirá en junio"
        " como biblioteca, informó el concejo.\n\nLas obras costaron cuatro millones de coronas.",
        "located": "Brenwick",
        "source": "Agencia Ejemplo",
        "first_created": "20310302T093000+0100",
        "version_created": "20310302T093000+0100",
        "language": "es-ES",
        "pub_status": "usable",
        "urgency": "5",
        "slugline": "BRENWICK BIBLIOTECA",
        "subjects": [
            "Bibliotecas",
            "Arte, cultura y espectáculos",
            "CULTURA",
            "BRENWICK BIBLIOTECA",
        ],
        "places": ["Brenwick"],
    }


def test_every_element_that_is_mapped() -> None:
    items = read_fixture(read_nitf, "nitf_agency.xml")
    article, weather = values(items)
    assert article.pop("body").split("\n\n") == [
        "BRENWICK, England (HAL) — The old mill will open as a library, said Jo Lind's office.",
        "The cost",
        "First line\nsecond line",
        "after a blank line",
        "One",
        "Two",
        "Books 4,000",
        "Chairs 60",
        "Set in type.",
        "Sam Ode contributed.",
    ]
    assert article == {
        "uri": "HAL-mill",
        "headline": "Mill at Brenwick opens",
        "by": "By ANA ROTH, Halyard Writer",
        "located": "Brenwick",
        "source": "HAL",
        "first_created": "20310302T080000Z",
        "version_created": "20310302T080000Z",
        "pub_status": "embargoed",
        "urgency": "4",
        "slugline": "mill-library",
        "ed_note": "For global distribution",
        "subjects": ["sport", "Libraries", "mills"],
        "people": ["Ana Roth", "Jo Lind"],
        "places": ["Brenwick", "Northshire"],
        "organisations": ["Brenwick Council"],
        "url": "https://halyard.example/mill",
    }
    assert weather == {"headline": "Rain", "body": "Rain is expected."}
    assert places(items) == ["x:4", "x:49"]


def test_documents_one_after_another_are_versions_of_one_article() -> None:
    items = read_fixture(read_nitf, "nitf_versions.xml")
    assert [(one["uri"], one["headline"]) for one in values(items)] == [
        ("mill-31", "Møllen åpner"),
        ("mill-31", "Møllen åpner i juni"),
    ]
    assert places(items) == ["x:2", "x:4"]
    assert reasons(items) == []


def test_the_original_is_kept_for_each_document() -> None:
    first = read_fixture(read_nitf, "nitf_versions.xml")[0]
    assert isinstance(first, RawRecord)
    assert first.raw.startswith('<nitf baselang="nb-NO">')
    assert first.raw.endswith("</nitf>")


@pytest.mark.parametrize(
    ("docdata", "date"),
    [
        ('<date.issue norm="20310302"/><date.release norm="20310303"/>', "20310302"),
        ('<date.issue/><date.release norm="20310303"/>', "20310303"),
        ("", "20310304"),
    ],
)
def test_a_date_is_the_attribute(docdata: str, date: str) -> None:
    top = '<dateline><story.date norm="20310304">March 9</story.date></dateline>'
    [article] = values(read_bytes(read_nitf, _document("<p>One.</p>", docdata, top)))
    assert article["first_created"] == date


@pytest.mark.parametrize(
    ("byline", "by"),
    [
        ("gr/bp", None),
        ("AR", None),
        ("By Ana Roth", "By Ana Roth"),
        ("By <person>Ana Roth</person>, <byttl>Writer</byttl>", "By Ana Roth, Writer"),
    ],
)
def test_initials_are_no_byline(byline: str, by: str | None) -> None:
    content = _document("<p>One.</p>", top=f"<byline>{byline}</byline>")
    [article] = values(read_bytes(read_nitf, content))
    assert article.get("by") == by


def test_a_dateline_that_is_printed_whole_is_one() -> None:
    top = "<dateline>STOCKHOLM, Aug 29, 2031 (AFP) -</dateline>"
    [article] = values(read_bytes(read_nitf, _document("<p>One.</p>", top=top)))
    assert article["dateline"] == "STOCKHOLM, Aug 29, 2031 (AFP) -"
    assert article["located"] == "Stockholm"


def test_bytes_of_windows_in_a_text_that_calls_itself_latin_1() -> None:
    declaration = b'<?xml version="1.0" encoding="ISO-8859-1"?>'
    content = declaration + _document("<p>@One@</p>").replace(b"@", b"\x93")
    [article] = values(read_bytes(read_nitf, content))
    assert article["body"] == "\u201cOne\u201c"


def test_a_wrong_declaration_is_found_out() -> None:
    utf8 = b'<?xml version="1.0" encoding="iso-8859-1"?>' + _document("<p>@</p>").replace(
        b"@", "Décès à Naïve".encode()
    )
    [article] = values(read_bytes(read_nitf, utf8))
    assert article["body"] == "Décès à Naïve"
    latin = b'<?xml version="1.0" encoding="utf-8"?>' + _document("<p>@</p>").replace(
        b"@", "El niño llegó a la ciudad el miércoles con su mamá.".encode("latin-1")
    )
    items = read_bytes(read_nitf, latin)
    assert values(items)[0]["body"] == "El niño llegó a la ciudad el miércoles con su mamá."
    assert remarks(items) == [("encoding-guessed", "windows-1252")]


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b"<nitf>", True),
        (b'<?xml version="1.0"?>\n<!-- a > b --><nitf version="3">', True),
        (b'<!DOCTYPE nitf SYSTEM "nitf.dtd" [<!-- x -->]>\n<nitf>', True),
        (b'<n:nitf xmlns:n="http://iptc.org/std/NITF/2006-10-18/">', True),
        ("\ufeff<nitf/>".encode(), True),
        ("\ufeff<?xml version='1.0'?><nitf/>".encode("utf-16-le"), True),
        (b"<wire><nitf>", True),
        (b"<NewsML><NewsItem><nitf>", False),
        (b"<!doctype html><html><body>&lt;nitf> <nitf>", False),
        (b"<nitfx>", False),
        (b"The element <nitf> of IPTC", False),
        (b'{"a": "<nitf>"}', False),
        (b"", False),
    ],
)
def test_it_is_recognised_by_content(head: bytes, is_one: bool) -> None:
    assert is_nitf(head) is is_one


@pytest.mark.shared
@pytest.mark.skipif(not CASES.exists(), reason="needs the cases beside the project")
def test_the_case_of_a_small_document() -> None:
    [item] = read_bytes(read_nitf, Path(CASES / "x01_nitf.xml").read_bytes())
    assert isinstance(item, RawRecord)
    draft = build_article(item, IngestOptions())
    assert isinstance(draft, Draft)
    article = draft.article
    assert (article.uri, article.headline, article.by) == (
        "hal1",
        "Mill at Brénwick opens",
        "Ana Roth",
    )
    assert article.body == "The old mill & river."
    assert str(article.first_created) == "2031-03-02 08:00:00+00:00"
    assert (article.located, article.urgency) == ("Brenwick", 4)


@pytest.mark.shared
@pytest.mark.skipif(not CASES.exists(), reason="needs the cases beside the project")
def test_the_case_of_an_outside_entity() -> None:
    items = read_bytes(read_nitf, Path(CASES / "x05_xxe.xml").read_bytes())
    assert values(items) == []
    assert "declares entities" in reasons(items)[0]


@pytest.mark.parametrize(
    ("issued", "released", "embargoed"),
    [
        ("20310302T080000Z", "20310303T060000Z", "20310303T060000Z"),
        ("20310302T080000Z", "20310302T080000Z", None),
        ("20310302T080000Z", "20310302", None),
        ("", "20310303T060000Z", "20310303T060000Z"),
    ],
)
def test_a_release_after_the_issue_is_an_embargo(
    issued: str, released: str, embargoed: str | None
) -> None:
    docdata = f'<date.issue norm="{issued}"/><date.release norm="{released}"/>'
    [article] = values(read_bytes(read_nitf, _document("<p>Text.</p>", docdata)))
    assert article.get("embargoed") == embargoed
