"""IPTC 7901: the messages of European agencies, between control characters.

Responsibility: split a file into messages, and read header, text and time of each.
Decision: the text before the first ` =` is the headline with its byline; what an agency marks as a
notebook or as not for publication is left out of the body and stays in the raw text.
Must not depend on: what an article's text means.
"""

import re
from typing import IO

from archive.formats.splitting import Boundaries, Piece, read_pieces
from archive.formats.text.lines import format_worded_day
from archive.formats.text.takes import TakeJoiner, parse_take, strip_take
from archive.ingest_types import RawRecord, Rejection, SourceItem, SourceItems
from archive.limits import MAX_ARTICLE_BYTES
from archive.wire.agencies import is_agency
from archive.wire.dateline import split_dateline

_HEADER = (
    r"\x01\s*(?P<service>[A-Za-z]{2,5})(?P<number>\d{2,5})[ \t]+(?P<priority>\d)[ \t]+"
    r"(?P<category>[A-Za-z]{1,3})[ \t]+(?P<words>\d{1,5})\b(?P<rest>[^\r\n]*)"
)
_HEADER_LINE = re.compile(_HEADER)
_IS_IPTC = re.compile(rb"[\s\x00\x16\x7f]*" + _HEADER.encode())
_TIME = re.compile(
    r"\x03\s*(?P<day>\d\d)(?P<clock>\d{4})\s*(?:[A-Z]{1,4})?\s*"
    r"(?P<month>[^\W\d_]{3,9})\.?\s+(?P<year>\d{4}|\d\d)\b"
)
_BOUNDARIES = Boundaries(
    starts=lambda line: line.startswith(b"\x01"),
    ends=lambda line: line.endswith(b"\x04"),
    cut=re.compile(rb"(?=\x01)|(?<=\x04)"),
)
_FILL = re.compile(r"[\s\x00-\x1f\x7f]*")
_NOT_FOR_PUBLICATION = re.compile(
    r"^[ \t]*(?:#{1,2}[ \t]*(?:[\w-]+[ \t]+)?(?:notebook|notizblock|bloc-notes)\b"
    r"|(?:\*[ \t]*){3,}$|the following information is not (?:intended )?for publication"
    r"|die folgenden informationen sind nicht zur veröffentlichung).*",
    re.I | re.M | re.S,
)
_INITIALS = re.compile(r"\n\s*[a-z]{2,4}(?:[ /-][a-z]{1,4}){0,6}\s*$")
_END_OF_HEADLINE = re.compile(r"[ \t]=[ \t]*(?:\n|$)")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_TAKE_KEY = re.compile(
    r"\(?(?:\d{1,2}(?:st|nd|rd|th)\s+)?(?:lead|ld|add|take|refile|repeat|update\d*|correction|urgent"
    r"|extra|corrected|roundup|advance|advisory|eilmeldung|achtung|zusammenfassung|kill|writethru)"
    r"(?:[\s:-]+\w+){0,2}\)?:?",
    re.I,
)
_CATEGORIES = {
    "i": "international", "s": "sports", "f": "finance", "e": "entertainment", "p": "politics",
    "pl": "politics", "wi": "finance", "sp": "sports", "ku": "culture", "vm": "general",
}  # fmt: skip
_MAX_HEADLINE_CHARACTERS = 300


def is_iptc7901(head: bytes) -> bool:
    """Return whether content begins with the header of an IPTC 7901 message."""
    return _IS_IPTC.match(head) is not None


def read_iptc7901(
    stream: IO[bytes], name: str, *, head: bytes = b"", limit: int = MAX_ARTICLE_BYTES
) -> SourceItems:
    """Yield a record for each message; text outside of messages is rejected.

    `head` is what was already read from the stream. Later takes are joined to their first one.
    """
    joiner = TakeJoiner()
    for piece in read_pieces(stream, name, head=head, boundaries=_BOUNDARIES, limit=limit):
        if not isinstance(piece, Piece):
            yield from joiner.add(piece)
        elif not _FILL.fullmatch(piece.text) and piece.text.strip() != "NNNN":
            item, take = _read_message(piece)
            slug = item.values.get("slugline") if isinstance(item, RawRecord) else ""
            yield from joiner.add(item, slug=str(slug or ""), take=take)
    yield from joiner.finish()


def _read_message(piece: Piece) -> tuple[SourceItem, int]:
    """The record of a message, and the number of its take; 0 if it is not a later one."""
    header = _HEADER_LINE.match(piece.text)
    if header is None:
        reason = "text outside of an IPTC 7901 message; a message begins with SOH and its header"
        return Rejection(where=piece.where, reason=reason), 0
    before, _, rest = piece.text[header.end() :].replace("\r\n", "\n").partition("\x02")
    text, _, _ = rest.partition("\x03")
    sent = _TIME.search(rest)
    date = (
        format_worded_day(sent["day"], sent["month"], sent["year"], sent["clock"]) if sent else ""
    )
    key, headline, by, body = _split_heading(text)
    slug = " ".join(before.split())
    number = f"{header['service']}{header['number']}"
    values = {
        "uri": f"{number}-{date[:10].replace('-', '')}" if date else "",
        "headline": headline,
        "by": by,
        "body": _clean_body(body),
        "first_created": date,
        "source": _find_agency(header["rest"]),
        "slugline": strip_take(slug),
        "urgency": header["priority"],
        "subjects": [_CATEGORIES.get(header["category"].lower(), "")],
        "ed_note": strip_take(key),
    }
    return RawRecord(where=piece.where, raw=piece.text, values=values), parse_take(f"{key} {slug}")


def _find_agency(rest: str) -> str:
    words = (word for part in rest.split() for word in (part, part.split("-")[0]))
    return next((word for word in words if is_agency(word)), "")


def _split_heading(text: str) -> tuple[str, str, str, str]:
    """The key of the take, the headline, the byline and the body of the text of a message."""
    end = _END_OF_HEADLINE.search(text)
    blank = _BLANK_LINE.search(text)
    if end and (not blank or end.start() < blank.start()):
        lines, body = text[: end.start()].splitlines(), text[end.end() :]
    elif blank and _may_be_headline(text[: blank.start()]):
        lines, body = text[: blank.start()].splitlines(), text[blank.end() :]
    else:
        return "", "", "", text
    lines = [" ".join(line.split()) for line in lines if line.strip()]
    is_byline = len(lines) > 1 and lines[-1].startswith(("By ", "Von ", "Por "))
    by = lines.pop().partition(" ")[2] if is_byline else ""
    keys = []
    while len(lines) > 1 and _TAKE_KEY.fullmatch(lines[0]):
        keys.append(lines.pop(0))
    return ", ".join(keys), " ".join(lines), by, body


def _may_be_headline(text: str) -> bool:
    joined = " ".join(text.split())
    return len(joined) <= _MAX_HEADLINE_CHARACTERS and split_dateline(joined)[0] is None


def _clean_body(text: str) -> str:
    return _INITIALS.sub("", _NOT_FOR_PUBLICATION.sub("", text).rstrip()).strip("\n")
