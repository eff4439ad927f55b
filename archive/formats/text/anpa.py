"""ANPA 1312: the messages of American agencies, with typesetting marks in every line.

Responsibility: split a file into messages, and read header, text and time of each.
Decision: a line that begins with `^` belongs to the heading until the first line that begins with a
tab; files that lost their control characters on the way are read too.
Must not depend on: what an article's text means.
"""

import re
from typing import IO

from archive.formats.splitting import Boundaries, Piece, read_pieces
from archive.formats.text.lines import format_time
from archive.formats.text.takes import TakeJoiner, parse_take, strip_take
from archive.ingest_types import RawRecord, Rejection, SourceItem, SourceItems
from archive.limits import MAX_ARTICLE_BYTES

_FIRST = r"[\x16\s]*\x01?(?P<service>[A-Za-z])(?P<number>\d{4})\x1f?(?P<selector>[\w-]{3,6})"
_SECOND = (
    r"(?P<priority>[a-z])[ \t]+(?P<category>[a-z])[\x13\x14 ]*[\x11\x12 ]*"
    r"(?P<keyword>[A-Z]{2}-\S.*?)[ \t]+(?P<month>\d\d?)-(?P<day>\d\d?)(?:[ \t]+(?P<words>\d{1,5}))?"
)
_HEADER_LINES = re.compile(rf"{_FIRST}[ \t\r]*\n{_SECOND}[ \t\r]*(?:\n|$)", re.I)
_IS_ANPA = re.compile(
    _FIRST.encode() + rb"[ \t\r]*\n[a-z][ \t]+[a-z][\x13\x14 ]*[\x11\x12 ]*[A-Z]{2}-\S", re.I
)
_STARTS = re.compile(rb"\x16|\x01|[A-Za-z]\d{4}[a-z-]{4,6}\s*$")
_BOUNDARIES = Boundaries(
    starts=lambda line: _STARTS.match(line) is not None,
    ends=lambda line: b"\x04" in line,
    cut=re.compile(rb"(?<!\x16)(?=\x16+\x01)|(?<=\x04)"),
)
_TIME = re.compile(
    r"^[\t \x03]*\x03?(?P<agency>[A-Z]{2,6})-[A-Z]{2,3}-(?P<month>\d\d)-(?P<day>\d\d)-"
    r"(?P<year>\d\d)[ \t]+(?P<clock>\d{4})\s?GMT<?",
    re.M,
)
_SLUG = re.compile(r"(?P<slug>[^,]*)(?:,\s*(?P<key>.*?))??(?:,\s*\d{1,5})?")
_FUTURES_NUMBER = re.compile(r"\*\d+<\s*\^")
_CYCLE = re.compile(r"(?:AM|PM|BC|AP)-(?=\w)")
_NOTE = re.compile(r"\(?(?:Eds:|EDITOR'?S'? NOTE)[\s_-]*(?P<note>.*?)\)?", re.I)
_BYLINE = re.compile(r"By\s+\S.*", re.I)
_NOT_TEXT = re.compile(r"(?:AP|AFP|UPI)?\s?(?:Photos?|Graphics?|Video|Interactive)\b.*", re.I)
_MARKS = re.compile(r"[<=\s]*$")
_FILL = re.compile(r"[\s\x00-\x1f\x7f]*")
_SPACES = str.maketrans({"\x1e": " ", "\x1f": " ", "\x10": " ", "\x08": None})
_RULE = re.compile(r"[_=\s-]+")
_URGENCIES = {"f": "1", "b": "2", "u": "3", "r": "4", "d": "5"}
_CATEGORIES = {
    "a": "domestic", "c": "features", "e": "entertainment", "f": "finance", "i": "international",
    "k": "commentary", "l": "lifestyle", "n": "regional", "o": "weather", "p": "politics",
    "q": "sports", "s": "sports", "t": "travel", "v": "advisories", "w": "Washington",
}  # fmt: skip


def is_anpa(head: bytes) -> bool:
    """Return whether content begins with the two header lines of an ANPA 1312 message."""
    return _IS_ANPA.match(head) is not None


def read_anpa(
    stream: IO[bytes], name: str, *, head: bytes = b"", limit: int = MAX_ARTICLE_BYTES
) -> SourceItems:
    """Yield a record for each message; text outside of messages is rejected.

    `head` is what was already read from the stream. Later takes are joined to their first one.
    """
    joiner = TakeJoiner()
    for piece in read_pieces(stream, name, head=head, boundaries=_BOUNDARIES, limit=limit):
        if not isinstance(piece, Piece):
            yield from joiner.add(piece)
        elif not _FILL.fullmatch(piece.text):
            item, take = _read_message(piece)
            slug = item.values.get("slugline") if isinstance(item, RawRecord) else ""
            yield from joiner.add(item, slug=str(slug or ""), take=take)
    yield from joiner.finish()


def _read_message(piece: Piece) -> tuple[SourceItem, int]:
    """The record of a message, and the number of its take; 0 if it is not a later one."""
    header = _HEADER_LINES.match(piece.text)
    if header is None:
        reason = "text outside of an ANPA 1312 message; a message begins with two header lines"
        return Rejection(where=piece.where, reason=reason), 0
    text = piece.text[header.end() :]
    sent = _TIME.search(text)
    date = (
        format_time(int(sent["year"]), int(sent["month"]), int(sent["day"]), sent["clock"])
        if sent
        else ""
    )
    heading, paragraphs = _split_lines(text[: sent.start()] if sent else text)
    slug, key = _parse_slug(heading.pop(0) if heading else header["keyword"])
    values = {
        "uri": f"{header['service']}{header['number']}-{date[:10].replace('-', '')}"
        if date
        else "",
        **_read_heading(heading, paragraphs, key),
        "first_created": date,
        "source": sent["agency"] if sent else "",
        "slugline": slug,
        "urgency": _URGENCIES.get(header["priority"].lower(), ""),
        "subjects": [_CATEGORIES.get(header["category"].lower(), "")],
    }
    return RawRecord(where=piece.where, raw=piece.text, values=values), parse_take(key)


def _split_lines(text: str) -> tuple[list[str], list[str]]:
    """The lines of the heading and the paragraphs, without their marks."""
    heading: list[str] = []
    paragraphs: list[str] = []
    for line in text.replace("\x02", "").replace("\x03", "").split("\n"):
        plain = _clean_line(line)
        if not plain or _FILL.fullmatch(plain):
            continue
        if line.startswith("^") and not paragraphs:
            heading.append(plain)
        elif line.startswith(("\t", "^", "\x08", " ")) or not paragraphs:
            paragraphs.append(plain)
        else:
            paragraphs[-1] += f" {plain}"
    return heading, [one for one in paragraphs if not _RULE.fullmatch(one)]


def _clean_line(line: str) -> str:
    plain = _FUTURES_NUMBER.sub("", line.lstrip("^")).translate(_SPACES)
    plain = _MARKS.sub("", plain).replace("``", '"').replace("''", '"').replace(" _ ", " — ")
    return " ".join(plain.split())


def _parse_slug(line: str) -> tuple[str, str]:
    """The slug and the key of the take: `BC-Mill, 1st Add,120` is (`Mill`, `1st Add`)."""
    match = _SLUG.fullmatch(line)
    if match is None:
        return _CYCLE.sub("", line), ""
    return _CYCLE.sub("", match["slug"].strip(), count=1), (match["key"] or "").strip(" ,")


def _read_heading(heading: list[str], paragraphs: list[str], key: str) -> dict[str, str]:
    """Headline, byline, note and body; the heading is the body of a message without paragraphs."""
    headline = heading[0] if heading else ""
    notes = [strip_take(key)]
    by = ""
    rest = []
    for line in heading[1:]:
        if match := _NOTE.fullmatch(line):
            notes.append(match["note"])
        elif _BYLINE.fullmatch(line):
            by = by or line[3:].strip()
        elif not by and not _NOT_TEXT.fullmatch(line):
            rest.append(line)
    return {
        "headline": headline,
        "by": by,
        "ed_note": " ".join(filter(None, notes)),
        "body": "\n\n".join(paragraphs or rest),
    }
