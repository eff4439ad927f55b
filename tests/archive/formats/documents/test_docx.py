import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest

from archive.formats.documents import docx as reader
from archive.formats.documents.docx import is_docx, read_docx
from archive.formats.documents.titles import clean_author, clean_title
from archive.ingest_types import Rejection
from tests.archive.formats.reading import FIXTURES, build_all, read_bytes, show


def _save(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _make_document(*paragraphs: str) -> docx.document.Document:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def test_a_document_field_by_field() -> None:
    document = docx.Document()
    document.add_heading("Mill opens as library", 0)
    document.add_paragraph("By Ana Roth")
    document.add_paragraph("BRENWICK, March 2 (Halyard) - The old mill opens in June.\nAt last.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Cost", "4 million"
    properties = document.core_properties
    properties.author, properties.keywords = "Edda Lind", "mill, library"
    properties.created = datetime(2031, 3, 2, 9, 30, tzinfo=UTC)
    properties.title, properties.language = "Microsoft Word - mill.docx", "en-GB"
    (article,) = build_all(read_bytes(read_docx, _save(document), "mill.docx"))
    assert show(article) == {
        "headline": "Mill opens as library",
        "body": "The old mill opens in June.\n\nAt last.\n\nCost 4 million",
        "by": "Ana Roth",
        "dateline": "BRENWICK, March 2 (Halyard) -",
        "located": "Brenwick",
        "source": "Halyard",
        "first_created": "2031-03-02T09:30",
        "subjects": ("mill", "library"),
    }
    assert article.language == "en-GB"


def test_the_title_is_the_headline_where_no_paragraph_is_one() -> None:
    document = _make_document("The old mill opens in June.", "It was shut for years.")
    document.core_properties.title = "Mill opens as library"
    (article,) = build_all(read_bytes(read_docx, _save(document)))
    assert article.headline == "Mill opens as library"
    assert article.first_created is None  # the day of the template says nothing


@pytest.mark.parametrize("name", ["nexis_uni.txt", "factiva_display.txt", "factiva.txt"])
def test_an_export_gives_the_articles_of_its_text(name: str) -> None:
    text = (FIXTURES / "text" / name).read_text("utf-8")
    if name == "factiva.txt":
        text = text.replace("Mill opens as\n   library", "Mill opens as library")
    if name == "factiva_display.txt":
        text = text.replace("the\nsecond", "the second").replace("council\nsaid", "council said")
    articles = build_all(read_bytes(read_docx, _save(_make_document(*text.splitlines()))))
    assert [article.headline for article in articles] == {
        "nexis_uni.txt": ["Mill opens as library; A long wait is over", "Weatherwatch"],
        "factiva.txt": ["Mill opens as library", "Rain"],
        "factiva_display.txt": ["Mill opens as library", "Rain stops play in the second test"],
    }[name]
    assert all(article.body and article.first_created and article.source for article in articles)


def test_factiva_in_a_table_of_tags() -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for tag, value in {
        "HD": "Mill opens", "WC": "120 words", "PD": "2 March 2031", "SN": "Halyard Press",
        "LP": "The old mill opens.\nIn June.", "TD": "Work began.", "RE": "uk : United Kingdom",
        "AN": "Document HALP000020310302e7320000a",
    }.items():  # fmt: skip
        row = table.add_row()
        row.cells[0].text, row.cells[1].text = tag, value
    (article,) = build_all(read_bytes(read_docx, _save(document)))
    assert article.body == "The old mill opens.\n\nIn June.\n\nWork began."
    assert (article.uri, article.places) == ("HALP000020310302e7320000a", ("United Kingdom",))


def _pack(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        for name, data in parts.items():
            package.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 no package", "damaged"),
        (_pack(xl__workbook=b"<x/>"), "no Word document"),
        (_pack(**{"word__document.xml": b"<no xml"}), "damaged"),
        (_save(docx.Document()), "no text"),
        (_save(_make_document("A paragraph."))[:-200], "damaged"),
    ],
)
def test_what_is_no_readable_document_is_rejected(data: bytes, reason: str) -> None:
    (item,) = read_bytes(read_docx, data)
    assert isinstance(item, Rejection)
    assert reason in item.reason


def test_a_document_that_unpacks_beyond_the_limit_is_rejected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "MAX_UNPACKED_BYTES", 1000)
    (item,) = read_bytes(read_docx, _pack(**{"word__document.xml": b" " * 2000}))
    assert isinstance(item, Rejection)
    assert "larger than" in item.reason


def test_the_beginning_of_a_document() -> None:
    data = _save(_make_document("A paragraph."))
    assert is_docx(data)
    assert is_docx(data[:60])
    assert not is_docx(_pack(xl__workbook=b"<x/>"))
    assert not is_docx(b"PK\x03\x04" + b"x" * 60)


def test_titles_and_authors_of_programs_are_none() -> None:
    titles = (
        "Mill opens",
        "Microsoft Word - a.doc",
        "mill.pdf",
        "Untitled 1",
        "20310302",
        None,
        "",
    )
    assert [clean_title(title) for title in titles] == ["Mill opens", "", "", "", "", "", ""]
    authors = ("Ana Roth", "aroth", "Microsoft Office User", "ana@x.example", "PC 12", None)
    assert [clean_author(author) for author in authors] == ["Ana Roth", "", "", "", "", ""]
