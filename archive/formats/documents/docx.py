"""Word documents: one article, or the articles of an export of Nexis or Factiva.

Responsibility: read the paragraphs and tables of a .docx file in their order.
Decision: what the paragraphs say decides whether the document is an export. The size of what is
packed is checked before anything is unpacked.
Must not depend on: what an article's text means.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from archive.formats.documents.titles import clean_title, format_day
from archive.formats.text.factiva import is_factiva, read_factiva_paragraphs
from archive.formats.text.nexis import is_nexis, read_nexis_paragraphs
from archive.ingest_types import RawRecord, Rejection, SourceItems
from archive.limits import MAX_ARTICLE_BYTES, MAX_UNPACKED_BYTES

if TYPE_CHECKING:
    from docx.document import Document

_PARTS = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|word/)", re.S)
_OTHERS = re.compile(rb"\b(?:xl|ppt)/")
_MAIN_PART = "word/document.xml"
_SNIFFED_PARAGRAPHS = 120
_MAX_HEADLINE_CHARACTERS = 300
# What python-docx writes into new documents.
_TEMPLATE_YEAR = 2013
_HEADING = re.compile(r"Title|Heading 1|Titel|Überschrift 1|Título|Titre", re.I)


def is_docx(head: bytes) -> bool:
    """Return whether content begins as a Word document does: a package, no spreadsheet or slides.

    Where the first bytes leave it open, the reader says what the file is.
    """
    return _PARTS.match(head) is not None and not _OTHERS.search(head)


def read_docx(
    stream: IO[bytes], name: str, *, head: bytes = b"", limit: int = MAX_ARTICLE_BYTES
) -> SourceItems:
    """Yield the article of a document, or those of an export that it is.

    `head` is what was already read from the stream. A file of more than `limit` bytes is rejected.
    """
    data = head + stream.read(limit + 1 - len(head))
    reason = _find_fault(data, limit)
    if reason:
        yield Rejection(where=name, reason=reason)
        return
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_read_lines(document))
    except (
        OpcError,
        KeyError,
        ValueError,
        AttributeError,
        etree.LxmlError,
        zipfile.BadZipFile,
    ) as error:
        reason = f"this Word document is damaged ({error}); open it in Word and save it again"
        yield Rejection(where=name, reason=reason)
        return
    beginning = "\n".join(lines[:_SNIFFED_PARAGRAPHS]).encode()
    if is_nexis(beginning):
        yield from read_nexis_paragraphs(lines, name)
    elif is_factiva(beginning):
        yield from read_factiva_paragraphs(lines, name)
    elif any(line.strip() for line in lines):
        yield _make_record(document, lines, name)
    else:
        yield Rejection(where=name, reason="this Word document has no text")


def _find_fault(data: bytes, limit: int) -> str:
    """Why the package is not read; empty if nothing speaks against it."""
    if len(data) > limit:
        return f"longer than {limit // 1024 // 1024} MiB, the limit for a document"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        return f"this Word document is damaged ({error}); open it in Word and save it again"
    names = {info.filename for info in infos}
    if _MAIN_PART not in names:
        return "this package is no Word document; unpack it, or save it as DOCX or plain text"
    if any(info.flag_bits & 1 for info in infos):
        return "this Word document is encrypted; save it without a password"
    if sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
        size = MAX_UNPACKED_BYTES // 1024 // 1024
        return f"unpacked, this Word document is larger than {size} MiB, the limit"
    return ""


def _read_lines(document: "Document") -> Iterator[str]:
    """The lines of paragraphs and rows in their order; the cells of a row are joined."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
                yield from "  ".join(filter(None, cells)).split("\n")
        else:
            yield from block.text.split("\n")


def _make_record(document: "Document", lines: list[str], name: str) -> RawRecord:
    properties = document.core_properties
    headline = clean_title(properties.title)
    filled = [line.strip() for line in lines if line.strip()]
    styled = next(
        (
            " ".join(paragraph.text.split())
            for paragraph in document.paragraphs
            if paragraph.text.strip() and _HEADING.match(_get_style(paragraph.style))
        ),
        "",
    )
    first = filled[0] if len(filled) > 1 and len(filled[0]) <= _MAX_HEADLINE_CHARACTERS else ""
    headline = styled or headline or first
    body = [line for number, line in enumerate(filled) if number > 1 or line != headline]
    created = properties.created
    if created and created.year == _TEMPLATE_YEAR and properties.author == "python-docx":
        created = None
    values = {
        "headline": headline,
        "body": "\n\n".join(body),
        "first_created": format_day(created),
        "subjects": properties.keywords,
        "language": properties.language,
    }
    return RawRecord(where=name, raw="\n".join(lines), values=values)


def _get_style(style: object) -> str:
    return str(getattr(style, "name", "") or "")
