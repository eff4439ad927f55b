"""Kinds: what a file is, by its content, and what reads it.

Responsibility: list every kind in the order in which they are tried, and recognise a file's kind.
Decision: content decides; the ending of a name only decides between kinds that content leaves open.
The first kind whose test holds counts, so that special kinds come before general ones.
Must not depend on: paths, or what an article's text means.
"""

from pathlib import PurePath

from archive.formats.documents.docx import is_docx, read_docx
from archive.formats.documents.pdf import is_pdf, read_pdf
from archive.formats.mail.messages import is_mail, is_mbox, read_mail, read_mbox
from archive.formats.text.anpa import is_anpa, read_anpa
from archive.formats.text.factiva import is_factiva, read_factiva
from archive.formats.text.iptc7901 import is_iptc7901, read_iptc7901
from archive.formats.text.markdown import is_markdown, read_markdown
from archive.formats.text.nexis import is_nexis, read_nexis
from archive.formats.text.ris import is_ris, read_ris
from archive.formats.text.sgml import is_sgml, read_sgml
from archive.formats.web.feeds import is_feed, read_feed
from archive.formats.web.pages import is_page, read_page
from archive.formats.web.warc import is_warc, read_warc
from archive.formats.xml.newsml import is_newsml, read_newsml
from archive.formats.xml.newsml_g2 import is_newsml_g2, read_newsml_g2
from archive.formats.xml.nitf import is_nitf, read_nitf
from archive.sources.head import is_binary, normalize_head
from archive.sources.jsonlines import is_json, is_json_lines, read_json, read_json_lines
from archive.sources.kind import Kind
from archive.sources.opening.containers import is_tar, is_zip, list_tar, list_zip
from archive.sources.tables import is_table, read_table
from archive.sources.unread_kinds import UNREAD_KINDS, begins, name_binary
from archive.sources.wiretext import read_wire_text

_CONVERT = "Convert it to JSON Lines, CSV or plain text"

# One group for each family of formats: what has a reader comes first in it.
_XML: tuple[Kind, ...] = (
    Kind(name="NewsML-G2", test=is_newsml_g2, read=read_newsml_g2),
    Kind(name="NewsML", test=is_newsml, read=read_newsml),
    Kind(name="NITF", test=is_nitf, read=read_nitf),
)

_WEB: tuple[Kind, ...] = (
    Kind(name="WARC", test=is_warc, read=read_warc, is_isolated=True),
    Kind(name="feed", test=is_feed, read=read_feed, is_isolated=True),
    Kind(name="HTML page", test=is_page, read=read_page, is_isolated=True),
)

_MAIL: tuple[Kind, ...] = (
    Kind(name="mailbox", test=is_mbox, read=read_mbox, is_isolated=True),
    Kind(name="mail message", test=is_mail, read=read_mail, is_isolated=True),
)

_TEXT: tuple[Kind, ...] = (
    Kind(name="IPTC 7901", test=is_iptc7901, read=read_iptc7901, is_isolated=True),
    Kind(name="ANPA 1312", test=is_anpa, read=read_anpa),
    Kind(name="RIS", test=is_ris, read=read_ris),
    Kind(name="SGML", test=is_sgml, read=read_sgml),
    Kind(name="Nexis", test=is_nexis, read=read_nexis),
    Kind(name="Factiva", test=is_factiva, read=read_factiva),
    Kind(
        name="Markdown",
        test=is_markdown,
        endings=frozenset({".md", ".markdown"}),
        read=read_markdown,
        is_isolated=True,
    ),
)

_DOCUMENTS: tuple[Kind, ...] = (
    Kind(name="PDF", test=is_pdf, read=read_pdf, is_isolated=True),
    Kind(name="Word document", test=is_docx, read=read_docx, is_isolated=True),
)

_MARKUP: tuple[Kind, ...] = (
    Kind(
        name="XML of an unknown kind",
        test=begins(rb"<\?xml[\s?]|<!DOCTYPE\s|<([A-Za-z_][\w.:-]*)(?:\s[^>]*)?>(?s:.*)</"),
        advice=_CONVERT,
    ),
)

_RECORDS: tuple[Kind, ...] = (
    Kind(name="JSON Lines", test=is_json_lines, read=read_json_lines, takes_options=True),
    Kind(name="JSON", test=is_json, read=read_json, takes_options=True),
    Kind(name="table", test=is_table, read=read_table, takes_options=True),
)

_ARCHIVES: tuple[Kind, ...] = (
    Kind(name="zip archive", test=is_zip, unpack=list_zip),
    Kind(name="tar archive", test=is_tar, unpack=list_tar),
)

# Only the ending tells these from wire text; a reader says what is wrong with the content.
_BY_ENDING: tuple[Kind, ...] = (
    Kind(
        name="JSON Lines",
        endings=frozenset({".jsonl", ".ndjson"}),
        read=read_json_lines,
        takes_options=True,
    ),
    Kind(name="JSON", endings=frozenset({".json", ".ninjs"}), read=read_json, takes_options=True),
    Kind(name="table", endings=frozenset({".csv", ".tsv"}), read=read_table, takes_options=True),
)

_WIRE_TEXT = Kind(
    name="wire text",
    endings=frozenset({"", ".txt", ".text"}),
    read=read_wire_text,
    takes_options=True,
)
_OTHER_TEXT = Kind(
    name="text of an unknown kind",
    advice="If it is wire text, name the file itself, or give it the ending .txt",
)

KINDS: tuple[Kind, ...] = (
    *_XML, *_WEB, *_MAIL, *_DOCUMENTS, *UNREAD_KINDS, *_ARCHIVES, *_TEXT, *_MARKUP, *_RECORDS,
    *_BY_ENDING,
)  # fmt: skip
"""In the order in which they are tried."""


def recognize(head: bytes, name: str, *, is_named: bool) -> Kind:
    """Return the kind of content with these first bytes.

    `name` is that of the file, without the suffix of a compression. `is_named` says that a person
    named the file, so that text of any ending is wire text; in a folder, only text with a usual
    ending, without one or with digits for one is.
    """
    text = normalize_head(head)
    for kind in KINDS:
        if kind.test and kind.test(text):
            return kind
    if is_binary(text):
        return name_binary(text)
    ending = PurePath(name).suffix.lower()
    for kind in KINDS:
        if ending in kind.endings:
            return kind
    is_usual = ending in _WIRE_TEXT.endings or ending[1:].isdecimal()
    return _WIRE_TEXT if is_named or is_usual else _OTHER_TEXT
