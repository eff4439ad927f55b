"""SGML collections: Reuters-21578, TREC and Gigaword, with many articles in a file.

Responsibility: split a file into documents, recognise the format, and make a record of each.
Decision: a document ends at its closing tag or at the next opening one, because these files are
not valid XML; the tables below say which element holds which field.
Must not depend on: what an article's text means.
"""

import re
from typing import IO

from archive.formats.splitting import Boundaries, Piece, read_pieces
from archive.formats.text.lines import expand_year, format_time, place_dateline, separate_indented
from archive.formats.text.sgml_elements import Document, parse_document
from archive.ingest_types import RawRecord, Rejection, SourceItem, SourceItems
from archive.limits import MAX_ARTICLE_BYTES
from archive.values.dates import parse_datetime
from archive.values.months import parse_month

_PROLOGUE = rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE\s+(?!html)[^>]{1,200}>\s*)?(?:<DOCSTREAM>\s*)?"
_START = re.compile(
    _PROLOGUE
    + rb"<(?:REUTERS\s|DOC(?:\s[^>]*)?>\s*<(?:DOCNO|DOCID|HEADLINE|TEXT|DOCTYPE|DATE|TITLE"
    rb"|FILEID|BODY)\b|DOC\s+(?:[^>]*\s)?id\s*=[^>]*>)",
    re.I,
)
_DOCUMENT_START = re.compile(rb"<(?:DOC|REUTERS)[\s>]", re.I)
_DOCUMENT_END = re.compile(rb"</(?:DOC|REUTERS)\s*>\s*\Z", re.I)
_BOUNDARIES = Boundaries(
    starts=lambda line: _DOCUMENT_START.match(line) is not None,
    ends=lambda line: _DOCUMENT_END.search(line) is not None,
    cut=re.compile(rb"(?i)(?=<(?:DOC|REUTERS)[\s>])|(?<=</DOC>)|(?<=</REUTERS>)"),
)
_NOTHING = re.compile(
    r"(?:\s|<[?!][^>]*>|</?(?:DOCSTREAM|DOCS|ROOT)[^>]*>|</(?:DOC|REUTERS)\s*>)*", re.I
)

_HEADLINE = ("HEADLINE", "TITLE", "HL", "HEAD", "TI", "H3", "TTL", "FIRST")
_BODY = ("LP", "LEADPARA", "BODY", "TEXT")
_BY = ("BYLINE", "AUTHOR", "BY", "AU")
_DATE = ("DATE_TIME", "DATETIME", "DATE", "DD", "DATE1")
_SOURCE = ("SOURCE", "SO", "PUB")
_ID = ("DOCNO", "DOCID")
_SUBJECTS = ("TOPICS", "SUBJECT", "SECTION", "CATEGORY")
_GIGAWORD = re.compile(r"(?P<source>[A-Z]{2,6})_(?P<language>[A-Z]{3})_(?P<day>\d{8})\.\d+")
_DAY_IN_ID = re.compile(r"[A-Z]+(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)\b")
_SHORT_DAY_IN_ID = re.compile(r"(?:AP|WSJ)\s?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)-\d+")
_SHORT_DATE = re.compile(r"(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_REUTERS_DATE = re.compile(
    r"(?P<day>\d{1,2})-(?P<month>[A-Za-z]{3})-(?P<year>\d{4})(?:\s+(?P<hour>\d\d):(?P<minute>\d\d))?.*"
)
_DATE_WITH_EDITION = re.compile(r"(?P<date>[A-Za-z]+\s+\d{1,2},\s+\d{4})\b.*")
_SOURCES = {
    "AFP": "AFP", "AFE": "AFP", "APW": "AP", "AP": "AP", "NYT": "New York Times", "XIN": "Xinhua",
    "XIE": "Xinhua", "CNA": "Central News Agency", "EFE": "EFE", "WSJ": "Wall Street Journal",
    "LTW": "Los Angeles Times/Washington Post", "WPB": "Washington Post/Bloomberg",
}  # fmt: skip
_LANGUAGES = {"ENG": "en", "SPA": "es", "FRE": "fr", "FRA": "fr", "ARB": "ar", "CMN": "zh"}
# The Financial Times of TREC repeats the day in its headlines.
_FT_DAY = re.compile(r"^\s*FT\s+\d\d [A-Z]{3} \d\d / ")
_LAST_WORD = re.compile(r"\s+REUTERS?[\s\x03]*$", re.I)


def is_sgml(head: bytes) -> bool:
    """Return whether content begins with a document of Reuters-21578, TREC or Gigaword."""
    return _START.match(head) is not None


def read_sgml(
    stream: IO[bytes], name: str, *, head: bytes = b"", limit: int = MAX_ARTICLE_BYTES
) -> SourceItems:
    """Yield a record for each document; text outside of documents is rejected.

    `head` is what was already read from the stream.
    """
    for piece in read_pieces(stream, name, head=head, boundaries=_BOUNDARIES, limit=limit):
        if not isinstance(piece, Piece):
            yield piece
        elif not _NOTHING.fullmatch(piece.text):
            yield _read_document(piece)


def _read_document(piece: Piece) -> SourceItem:
    document = parse_document(piece.text)
    if document is None:
        return Rejection(where=piece.where, reason="text outside of a document (<DOC>, <REUTERS>)")
    is_reuters = document.name == "REUTERS"
    attributes = document.attributes
    uri = (document.find(*_ID) or attributes.get("ID") or attributes.get("NEWID", "")).strip()
    values: dict[str, object] = {
        "uri": uri,
        "headline": _find_headline(document),
        "by": document.find(*_BY),
        "first_created": _find_date(document, uri),
        "source": "Reuters" if is_reuters else document.find(*_SOURCE),
        "subjects": document.find_all(*_SUBJECTS),
        "places": document.find_all("PLACES"),
        "people": document.find_all("PEOPLE"),
        "organisations": document.find_all("ORGS", "COMPANIES"),
        **place_dateline(document.find("DATELINE"), _find_body(document, is_reuters=is_reuters)),
    }
    values |= _read_id(uri, values)
    return RawRecord(where=piece.where, raw=piece.text, values=values)


def _read_id(uri: str, values: dict[str, object]) -> dict[str, object]:
    """Source and language of a Gigaword id, where the document names none."""
    match = _GIGAWORD.fullmatch(uri)
    if match is None:
        prefix = re.match(r"[A-Z]{2,3}", uri)
        known = _SOURCES.get(prefix[0], "") if prefix else ""
        return {"source": values["source"] or known}
    return {
        "source": values["source"] or _SOURCES.get(match["source"], match["source"]),
        "language": _LANGUAGES.get(match["language"], match["language"].lower()),
    }


def _find_headline(document: Document) -> str:
    headline = document.find(*_HEADLINE)
    # Of Reuters-21578 some texts are not divided further; the headline is their first line.
    if headline or document.name != "REUTERS":
        return _FT_DAY.sub("", headline)
    return document.find("TEXT").strip().partition("\n")[0].strip(" *")


def _find_body(document: Document, *, is_reuters: bool) -> str:
    if is_reuters:
        body = document.find("BODY")
        if not body and not document.find("TITLE"):
            body = document.find("TEXT").strip().partition("\n")[2]
        return _LAST_WORD.sub("", separate_indented(body))
    texts = (separate_indented(document.find(name)) for name in _BODY)
    return "\n\n".join(text for text in texts if text.strip())


def _find_date(document: Document, uri: str) -> str:
    stated = " ".join(document.find(*_DATE).split())
    for pattern in (_REUTERS_DATE, _SHORT_DATE):
        if match := pattern.fullmatch(stated):
            return _format(match) or stated
    if match := _DATE_WITH_EDITION.fullmatch(stated):
        stated = match["date"]
    if stated and parse_datetime(stated):
        return stated
    for pattern in (_GIGAWORD, _DAY_IN_ID, _SHORT_DAY_IN_ID):
        if match := pattern.match(uri):
            parts = match.groupdict()
            return _format_day(parts["day"]) if len(parts["day"]) == 8 else _format(match)
    return stated


def _format_day(day: str) -> str:
    return format_time(int(day[:4]), int(day[4:6]), int(day[6:]))


def _format(match: re.Match[str]) -> str:
    parts = match.groupdict()
    month = int(parts["month"]) if parts["month"].isdigit() else parse_month(parts["month"])
    clock = f"{parts['hour']}{parts['minute']}" if parts.get("hour") else ""
    year = expand_year(int(parts["year"]))
    return format_time(year, month, int(parts["day"]), clock) if month else ""
