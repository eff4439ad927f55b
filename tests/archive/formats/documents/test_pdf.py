import io

import pytest
from pypdf import PdfReader, PdfWriter

from archive.formats.documents.pdf import drop_repeated, is_pdf, join_lines, read_pdf
from archive.ingest_types import Rejection
from tests.archive.formats.reading import build_all, read_bytes, show

TEXT = (
    "Mill opens as library",
    "By Ana Roth",
    "BRENWICK, March 2 (Halyard) - The old mill at Brenwick will open as a",
    "library in June, the council of the town said at its meeting on Sunday.",
    "It had been shut.",
    "Work began two years ago and cost four million crowns, of which the town",
    "paid one.",
)


def make_pdf(*pages: tuple[str, ...], info: str = "") -> bytes:
    """A PDF with the lines of each page, written by hand to the standard."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        stream = f"BT /F1 11 Tf 72 720 Td {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
            " >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size"
        f" {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n"
        f"startxref\n{len(data)}\n%%EOF"
    )
    return data + end.encode()


def test_a_document_field_by_field() -> None:
    info = "/Title (mill.indd) /Author (Edda Lind) /CreationDate (D:20310302093000+01'00')"
    (article,) = build_all(read_bytes(read_pdf, make_pdf(TEXT, info=info), "mill.pdf"))
    assert show(article) == {
        "headline": "Mill opens as library",
        "body": "The old mill at Brenwick will open as a library in June, the council of the town"
        " said at its meeting on Sunday. It had been shut.\n\n"
        "Work began two years ago and cost four million crowns, of which the town paid one.",
        "by": "Edda Lind",
        "dateline": "BRENWICK, March 2 (Halyard) -",
        "located": "Brenwick",
        "source": "Halyard",
        "first_created": "2031-03-02T08:30",
    }


def test_a_title_of_a_person_is_the_headline() -> None:
    data = make_pdf(TEXT[2:], info="/Title (A mill of books)")
    (article,) = build_all(read_bytes(read_pdf, data))
    assert article.headline == "A mill of books"
    assert article.body.endswith("the town paid one.")


def _encrypt(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_encrypt(make_pdf(TEXT)), "encrypted"),
        (make_pdf(()), "scan"),
        (b"%PDF-1.7\nnothing else", "damaged"),
        (b"%PDF-1.4\n" + b"[" * 20000, "damaged"),
    ],
)
def test_what_has_no_readable_text_is_rejected(data: bytes, reason: str) -> None:
    (item,) = read_bytes(read_pdf, data)
    assert isinstance(item, Rejection)
    assert reason in item.reason


def test_headers_footers_and_page_numbers_are_no_text() -> None:
    pages = [
        ["Halyard Press, page 1", "One.", "- 1 -"],
        ["Halyard Press, page 2", "Two.", "2 / 3"],
        ["Halyard Press, page 3", "Three.", "3"],
    ]
    assert drop_repeated(pages) == ["One.", "Two.", "Three."]
    assert drop_repeated([["One.", "", "12 mills"]]) == ["One.", "", "12 mills"]


def test_lines_are_joined_to_paragraphs() -> None:
    long = "A line of the usual width, which goes on to the edge of the text"
    assert join_lines([long, "ends here.", long, long]) == [
        f"{long}\nends here.",
        f"{long}\n{long}",
    ]
    assert join_lines(["One.", "", "Two."]) == ["One.", "Two."]


def test_the_beginning_of_a_pdf() -> None:
    assert is_pdf(b"%PDF-1.7\n")
    assert is_pdf(b"\r\n\x00%PDF-1.4")
    assert not is_pdf(b"Mill opens")
