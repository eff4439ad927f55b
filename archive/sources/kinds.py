"""Kinds: what a file is, by its content, and what reads it.

Responsibility: list every kind in the order in which they are tried, and recognise a file's kind.
Decision: content decides; the ending of a name only decides between kinds that content leaves open.
The first kind whose test holds counts, so that special kinds come before general ones.
Must not depend on: paths, or what an article's text means.
"""

from pathlib import PurePath

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
    Kind(name="WARC", test=begins(rb"WARC/\d"), advice=_CONVERT),
    Kind(
        name="HTML page",
        test=begins(
            rb"(?:<\?xml[^>]*>\s*|<!--(?>(?s:.*?)-->)\s*)*"
            rb"(?:<!doctype\s+html|<html[\s>]|<head>|<body[\s>])"
        ),
        advice=_CONVERT,
    ),
)

_MAIL: tuple[Kind, ...] = (
    Kind(name="mailbox", test=begins(rb"From \S+ .*\d\d:\d\d"), advice=_CONVERT),
    Kind(
        name="mail message",
        test=begins(
            rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*"
            rb"(?:Received|Message-ID|MIME-Version|Return-Path|Subject):"
        ),
        advice=_CONVERT,
    ),
)

_TEXT: tuple[Kind, ...] = (
    Kind(name="RIS", test=begins(rb"TY  - "), advice=_CONVERT),
    Kind(
        name="SGML",
        test=begins(rb"(?:<!DOCTYPE\s+(?!html)\w+\s+SYSTEM[^>]*>\s*<REUTERS|<DOC[\s>]|<REUTERS\s)"),
        advice=_CONVERT,
    ),
)

_DOCUMENTS: tuple[Kind, ...] = (Kind(name="PDF", test=begins(rb"%PDF-"), advice=_CONVERT),)

_MARKUP: tuple[Kind, ...] = (
    Kind(
        name="XML of an unknown kind",
        test=begins(rb"<\?xml[\s?]|<!DOCTYPE\s|<([A-Za-z_][\w.:-]*)(?:\s[^>]*)?>(?s:.*)</"),
        advice=_CONVERT,
    ),
)

_RECORDS: tuple[Kind, ...] = (
    Kind(name="JSON Lines", test=is_json_lines, read=read_json_lines),
    Kind(name="JSON", test=is_json, read=read_json),
    Kind(name="table", test=is_table, read=read_table),
)

_ARCHIVES: tuple[Kind, ...] = (
    Kind(name="zip archive", test=is_zip, unpack=list_zip),
    Kind(name="tar archive", test=is_tar, unpack=list_tar),
)

# Only the ending tells these from wire text; a reader says what is wrong with the content.
_BY_ENDING: tuple[Kind, ...] = (
    Kind(name="JSON Lines", endings=frozenset({".jsonl", ".ndjson"}), read=read_json_lines),
    Kind(name="JSON", endings=frozenset({".json", ".ninjs"}), read=read_json),
    Kind(name="table", endings=frozenset({".csv", ".tsv"}), read=read_table),
    Kind(name="Markdown", endings=frozenset({".md", ".markdown"}), advice=_CONVERT),
)

_WIRE_TEXT = Kind(name="wire text", endings=frozenset({"", ".txt", ".text"}), read=read_wire_text)
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
