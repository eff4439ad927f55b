"""Parts of a message: the text to read, attached messages, and the names of other attachments.

Responsibility: choose among alternatives, decode each part, and list what is attached.
Decision: plain text is preferred to HTML, unless it only says that there is HTML.
Must not depend on: the header's meaning.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from archive.formats.mail.headers import decode_field
from archive.formats.markup import convert_markup
from archive.limits import MAX_PART_DEPTH
from archive.sources.encodings import Decoded, UnknownEncodingError, decode_text

_STUB_CHARACTERS = 300
_STUB_RATIO = 4
"""A plain text this much shorter than the HTML beside it only points to a web page."""


@dataclass(slots=True)
class Parts:
    """What a message consists of.

    Attributes:
        texts: Plain text of the parts to read, in their order.
        raw: The same parts as they were, HTML included.
        guessed: The encoding of a part that was guessed; empty if all were certain.
        messages: Messages that are attached or forwarded.
        attachments: The names, or else the types, of other attachments.
    """

    texts: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    guessed: str = ""
    messages: list[Message] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    text: str
    raw: str
    guessed: str = ""


def collect_parts(message: Message) -> Parts:
    """Return the parts of a message.

    Raises:
        UnknownEncodingError: A text is in no likely encoding.
    """
    parts = Parts()
    for one in _walk(message, parts, depth=0):
        parts.texts.append(one.text)
        parts.raw.append(one.raw)
        parts.guessed = parts.guessed or one.guessed
    return parts


def _walk(message: Message, parts: Parts, *, depth: int) -> Iterator[_Text]:
    kind = message.get_content_type()
    if depth > MAX_PART_DEPTH:
        parts.attachments.append("parts that are nested too deeply")
    elif kind == "message/rfc822" and message.is_multipart():
        parts.messages += _list_parts(message)
    elif kind == "multipart/alternative":
        yield from _choose(message, parts, depth=depth)
    elif message.is_multipart():
        for part in _list_parts(message):
            yield from _walk(part, parts, depth=depth + 1)
    elif kind in ("text/plain", "text/html") and not _is_attachment(message):
        yield _read_text(message, is_html=kind == "text/html")
    elif depth:
        parts.attachments.append(_find_name(message) or kind)


def _choose(message: Message, parts: Parts, *, depth: int) -> Iterator[_Text]:
    """The texts of the alternative to read."""
    plain: list[_Text] = []
    rich: list[_Text] = []
    for part in _list_parts(message):
        found = list(_walk(part, parts, depth=depth + 1))
        (plain if part.get_content_type() == "text/plain" else rich).extend(found)
    shown = " ".join(one.text for one in plain).strip()
    other = " ".join(one.text for one in rich)
    is_stub = len(shown) < _STUB_CHARACTERS and len(other) > _STUB_RATIO * len(shown)
    yield from rich if is_stub and rich else plain or rich


def _list_parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _is_attachment(message: Message) -> bool:
    return message.get_content_disposition() == "attachment"


def _find_name(message: Message) -> str:
    try:
        return " ".join((message.get_filename() or "").split())
    except (ValueError, TypeError, LookupError):
        return decode_field(message, "Content-Disposition")


def _read_text(message: Message, *, is_html: bool) -> _Text:
    payload = message.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    declared = message.get_content_charset() or ""
    decoded = _decode(data, declared)
    raw = decoded.text.replace("\r\n", "\n")
    return _Text(
        text=convert_markup(raw) if is_html else raw,
        raw=raw,
        guessed=decoded.encoding if decoded.is_guessed else "",
    )


def _decode(data: bytes, declared: str) -> Decoded:
    try:
        return decode_text(data, declared=declared)
    except UnknownEncodingError:
        # Mail programs name single-byte sets wrongly, but for a few letters: better than nothing.
        if not declared or len(data) > 4 * sum(byte < 128 for byte in data):
            raise
        text = data.decode("cp1252", errors="replace")
        return Decoded(text=text, encoding="windows-1252", is_guessed=True)
