"""RIS: bibliographies of reference managers and databases, many records a file.

Responsibility: split a file into records, and map the tags of each to an article's fields.
Decision: rispy reads each record alone, so that a bad one costs only itself. The abstract is the
body, because RIS has no other text.
Must not depend on: what an article's text means.
"""

import re
from collections.abc import Mapping
from typing import IO

from archive.formats.splitting import Boundaries, Piece, read_pieces
from archive.ingest_types import RawRecord, Rejection, SourceItem, SourceItems
from archive.limits import MAX_ARTICLE_BYTES

_START = re.compile(rb"\s*(?:[A-Z][A-Z0-9]  - [^\n]*\n\s*){0,3}?TY  - [A-Z]+", re.M)
_TYPE = re.compile(rb"TY  ?- ?")
_END = re.compile(rb"ER  ?-\s*$")
_BOUNDARIES = Boundaries(
    starts=lambda line: _TYPE.match(line) is not None,
    ends=lambda line: _END.match(line) is not None,
)
_TAG_LINE = re.compile(r"^([A-Z][A-Z0-9])  ?- ?", re.M)
_DAY = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:/.*)?")
_FIELDS: dict[str, tuple[str, ...]] = {
    "uri": ("accession_number", "doi"),
    "url": ("urls", "url", "file_attachments1"),
    "headline": ("title", "primary_title", "translated_title", "short_title"),
    "by": ("authors", "first_authors"),
    "body": ("abstract", "notes_abstract"),
    "first_created": ("date", "publication_year", "year"),
    "source": (
        "secondary_title", "journal_name", "alternate_title1", "alternate_title3", "publisher",
        "name_of_database",
    ),
    "located": ("place_published",),
    "language": ("language",),
    "subjects": ("keywords",),
    "section": ("section",),
}  # fmt: skip


def is_ris(head: bytes) -> bool:
    """Return whether content begins with a record of RIS."""
    return _START.match(head) is not None


def read_ris(
    stream: IO[bytes], name: str, *, head: bytes = b"", limit: int = MAX_ARTICLE_BYTES
) -> SourceItems:
    """Yield a record for each record, and a rejection for one that cannot be read.

    `head` is what was already read from the stream.
    """
    for piece in read_pieces(stream, name, head=head, boundaries=_BOUNDARIES, limit=limit):
        yield _read_record(piece) if isinstance(piece, Piece) else piece


def _read_record(piece: Piece) -> SourceItem:
    import rispy

    text = _TAG_LINE.sub(r"\1  - ", piece.text.strip().replace("\r\n", "\n").replace("\r", "\n"))
    if not re.search(r"^ER  -", text, re.M):
        text = f"{text}\nER  - "
    try:
        records = rispy.loads(text)
    except (ValueError, OSError, KeyError, IndexError, TypeError) as error:
        reason = f"not a valid record of RIS ({' '.join(str(error).split())[:200]})"
        return Rejection(where=piece.where, reason=reason)
    if not records:
        reason = "not a record of RIS; a record begins with TY and ends with ER"
        return Rejection(where=piece.where, reason=reason)
    return RawRecord(where=piece.where, raw=piece.text, values=_make_values(records[0]))


def _make_values(record: Mapping[str, object]) -> dict[str, object]:
    values: dict[str, object] = {
        field: next((record[name] for name in names if record.get(name)), "")
        for field, names in _FIELDS.items()
    }
    if isinstance(values["url"], list):
        values["url"] = values["url"][0]
    authors = values["by"] if isinstance(values["by"], list) else [values["by"]]
    values["by"] = ", ".join(filter(None, (_turn_name(str(one)) for one in authors)))
    if match := _DAY.fullmatch(str(values["first_created"]).strip()):
        values["first_created"] = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    else:
        values["first_created"] = str(values["first_created"]).strip("/ ")
    return values


def _turn_name(name: str) -> str:
    """`Ana Roth` for `Roth, Ana`."""
    family, comma, given = name.strip().strip(",").partition(",")
    return f"{given.strip()} {family.strip()}" if comma else family.strip()
