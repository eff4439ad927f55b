"""Fields of a message's header: decoded text, senders and dates.

Responsibility: decode encoded words and raw bytes, and tell authors from publications.
Decision: a sender is a publication if the message comes from a list, or if the address is that of a
desk such as `news@`; otherwise the sender is the author.
Must not depend on: the text of a message.
"""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from archive.limits import MAX_FIELD_CHARACTERS
from archive.sources.encodings import UnknownEncodingError, decode_text
from archive.values.dates import parse_datetime

_DESKS = re.compile(
    r"(?:news|newsletters?|noreply|no-reply|do-?not-?reply|info|editors?|editorial|press|presse|prensa"
    r"|redaktion|redaccion|redazione|redacao|redaction|hello|mail|mailer|digest|daily|weekly|briefing"
    r"|alerts?|updates?|contact|list|announce|bulletin|desk|newsroom|nytdirect|subscriptions?|boletin"
    r"|bounces?|reply)(?:[.+_-].*|\d*)",
    re.I,
)
_LIST_FIELDS = ("List-Id", "List-Unsubscribe")
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[Qq]\?(?P<text>[^?]*)\?=")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_COMMENT = re.compile(r"\s*\([^()]*\)\s*$")
_FROM_LINE_ZONE = re.compile(r"\s(?P<zone>[+-]\d{4})(?P<year>\s\d{4})$")


def decode_field(message: Message, name: str) -> str:
    """Return a field on one line, decoded; empty if it is missing. Never raises.

    Of a very long one its beginning, since the library's time grows with the square of its length.
    """
    value = message.get(name)
    if value is None:
        return ""
    if len(shown := str(value)) > MAX_FIELD_CHARACTERS:
        value = shown[:MAX_FIELD_CHARACTERS]
    # What is not ASCII reaches us as lone surrogates, in a text or in a header object.
    text = "".join(_decode_part(part, charset) for part, charset in _split_words(value))
    plain = " ".join(_ENCODED_WORD.sub(_decode_word, text).split())
    return plain or " ".join(str(value).split())


def _decode_word(match: re.Match[str]) -> str:
    """An encoded word that has other letters than ASCII in it, against the standard."""
    data = match["text"].replace("_", " ").encode("utf-8")
    data = _HEX.sub(lambda code: bytes([int(code[1], 16)]), data)
    return _decode_part(data, None)


def _split_words(value: object) -> list[tuple[bytes | str, str | None]]:
    try:
        return list(decode_header(value))  # type: ignore[arg-type]
    except (HeaderParseError, ValueError, TypeError):
        return [(str(value), None)]


def _decode_part(part: bytes | str, charset: str | None) -> str:
    data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
    declared = "" if charset in (None, "unknown-8bit") else str(charset)
    try:
        return decode_text(data, declared=declared).text
    except UnknownEncodingError:
        return data.decode("latin-1")


def find_sender(message: Message) -> tuple[str, str]:
    """Return the author and the publication that a message names; empty where it names none."""
    name, address = _parse_address(decode_field(message, "From"))
    organization = decode_field(message, "Organization")
    listed = decode_field(message, "List-Id").partition("<")[0].strip("\"' ")
    is_desk = _DESKS.fullmatch(address.partition("@")[0]) is not None
    if listed:
        return ("" if is_desk else name), listed
    if is_desk or any(message.get(field) for field in _LIST_FIELDS):
        return "", name or organization or address.partition("@")[2]
    return name, organization


def _parse_address(text: str) -> tuple[str, str]:
    """Name and address of `Ana Roth <ana@x>` or `ana@x (Ana Roth)`."""
    pairs = getaddresses([text])
    name, address = pairs[0] if pairs else ("", "")
    if not address and "@" in text:
        address = text.strip(" <>")
    family, comma, given = name.strip("\"' ").partition(",")
    return (f"{given.strip()} {family.strip()}" if comma else family), address


def find_date(message: Message) -> str:
    """Return the date that a message states; ISO 8601 where its own form is not one of ours."""
    stated = _COMMENT.sub("", decode_field(message, "Date"))
    if not stated or parse_datetime(stated):
        return stated
    try:
        return parsedate_to_datetime(stated).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return stated


def parse_from_line(line: str) -> str:
    """Return ISO 8601 for the time of a mailbox's line `From x@y Sun Mar  2 09:00:00 2031`."""
    words = line.split()
    time = " ".join(words[2:])
    if zone := _FROM_LINE_ZONE.search(time):
        time = f"{_FROM_LINE_ZONE.sub(zone['year'], time)} {zone['zone']}"
    try:
        parsed = parsedate_to_datetime(time)
    except (ValueError, TypeError, IndexError):
        return ""
    return parsed.isoformat() if parsed.tzinfo else f"{parsed.isoformat()}+00:00"
