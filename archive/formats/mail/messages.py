"""Messages of mail and news groups, alone in a file or many in a mailbox.

Responsibility: recognise messages and mailboxes, and make a record of each message.
Decision: an attached message is an article of its own; other attachments are named in a remark,
because a newsletter carries pictures and forms rather than articles.
Must not depend on: what an article's text means.
"""

import re
from email.message import Message
from email.parser import BytesParser
from typing import IO

from archive.formats.mail.furniture import strip_furniture
from archive.formats.mail.headers import decode_field, find_date, find_sender, parse_from_line
from archive.formats.mail.parts import Parts, collect_parts
from archive.formats.recoding import recode
from archive.formats.splitting import Boundaries, split_bytes
from archive.ingest_types import RawRecord, Rejection, Remark, SourceItems
from archive.limits import MAX_ARTICLE_BYTES, MAX_ATTACHED_DEPTH
from archive.sources.encodings import UnknownEncodingError
from archive.sources.lines import TOO_LONG

_FIELD = re.compile(rb"(?P<name>[!-9;-~]{1,60}):")
_OF_MAIL = frozenset(
    b"""message-id received mime-version return-path newsgroups delivered-to x-mailer list-id
    list-unsubscribe references in-reply-to content-transfer-encoding dkim-signature path
    organization lines reply-to sender to cc xref approved distribution nntp-posting-host
    article-i.d. summary keywords content-type user-agent x-newsreader originator""".split()
)
_MIN_OF_MAIL_ALONE = 2
_FROM_LINE = re.compile(
    rb"From \S+ +.{0,40}?[A-Z][a-z]{2} +\d{1,2} +\d{1,2}:\d\d(?::\d\d)?(?: +[A-Z]{2,5})?"
    rb"(?: +[+-]\d{4})? +\d{4}(?: +[+-]\d{4})?[ \t\r]*\n"
)
_IS_MBOX = re.compile(_FROM_LINE.pattern + rb">?[!-9;-~]{1,60}[: ]")
_BOUNDARIES = Boundaries(starts=lambda line: _FROM_LINE.match(line) is not None)
_QUOTED_FROM = re.compile(rb"^>(?=>*From )", re.M)


def is_mail(head: bytes) -> bool:
    """Return whether content begins with the header of a message of mail or a news group.

    Each line up to the first blank one must be a field or continue one, and there must be a
    subject or a sender beside a field that only messages have.
    """
    text = head.lstrip(b"\r\n \t").replace(b"\r\n", b"\n")
    block, blank, _ = text.partition(b"\n\n")
    lines = block.split(b"\n")
    if not blank and len(lines) > 1:
        lines.pop()  # it may be cut
    names = set()
    for number, line in enumerate(lines):
        match = _FIELD.match(line)
        if match:
            names.add(match["name"].lower())
        elif number == 0 or not line.startswith((b" ", b"\t")):
            return False
    of_mail = len(names & _OF_MAIL)
    stated = len(names & {b"from", b"subject"})
    return stated == 2 or (stated == 1 and of_mail > 0) or of_mail >= _MIN_OF_MAIL_ALONE


def is_mbox(head: bytes) -> bool:
    """Return whether content begins with the line `From ` of a mailbox and a header."""
    return _IS_MBOX.match(head.lstrip(b"\r\n")) is not None


def read_mail(
    stream: IO[bytes], name: str, *, head: bytes = b"", limit: int = MAX_ARTICLE_BYTES
) -> SourceItems:
    """Yield the record of a message, those of messages in it, and remarks on attachments.

    `head` is what was already read from the stream. A file of more than `limit` bytes is rejected.
    """
    stream, head = recode(stream, head)
    data = head + stream.read(max(0, limit + 1 - len(head)))
    if len(data) > limit:
        yield Rejection(where=name, reason=TOO_LONG)
    else:
        yield from _read_message(data.lstrip(b"\r\n \t"), name)


def read_mbox(
    stream: IO[bytes], name: str, *, head: bytes = b"", limit: int = MAX_ARTICLE_BYTES
) -> SourceItems:
    """Yield the record of each message of a mailbox, in its order.

    A line that the mailbox quotes as `>From ` is restored.
    """
    pieces = split_bytes(stream, name, head=head, boundaries=_BOUNDARIES, limit=limit)
    for where, data in pieces:
        if data is None:
            yield Rejection(where=where, reason=TOO_LONG)
            continue
        line, _, message = data.partition(b"\n")
        if _FROM_LINE.match(line + b"\n"):
            time = parse_from_line(line.decode("ascii", "replace"))
            yield from _read_message(_QUOTED_FROM.sub(b"", message), where, time=time)
        else:
            yield Rejection(where=where, reason="text before the first message of the mailbox")


def _read_message(data: bytes, where: str, *, time: str = "") -> SourceItems:
    try:
        message = BytesParser().parsebytes(data)
        yield from _make_items(message, where, time=time, depth=0)
    except UnknownEncodingError as error:
        yield Rejection(where=where, reason=str(error))
    except RecursionError:
        yield Rejection(where=where, reason="the parts of this message are nested too deeply")


def _make_items(message: Message, where: str, *, time: str, depth: int) -> SourceItems:
    parts = collect_parts(message)
    raw = "\n".join(
        f"{name}: {decode_field(message, name)}" for name in dict.fromkeys(message.keys())
    )
    text = strip_furniture("\n\n".join(parts.texts))
    if text or not parts.messages:
        values = _make_values(message, text, time=time)
        yield RawRecord(where=where, raw="\n\n".join([raw, *parts.raw]), values=values)
    yield from _make_remarks(parts, where)
    if depth < MAX_ATTACHED_DEPTH:
        for number, attached in enumerate(parts.messages, start=1):
            yield from _make_items(attached, f"{where}/{number}", time="", depth=depth + 1)


def _make_remarks(parts: Parts, where: str) -> SourceItems:
    if parts.guessed:
        yield Remark(code="encoding-guessed", where=where, value=parts.guessed)
    if parts.attachments:
        yield Remark(code="attachments", where=where, value=", ".join(parts.attachments))


def _make_values(message: Message, body: str, *, time: str) -> dict[str, object]:
    by, source = find_sender(message)
    groups = decode_field(message, "Newsgroups") or decode_field(message, "Keywords")
    return {
        "uri": decode_field(message, "Message-ID").strip("<> "),
        "url": decode_field(message, "Archived-At").strip("<> "),
        "headline": decode_field(message, "Subject"),
        "body": body,
        "by": by,
        "source": source,
        "first_created": find_date(message) or time,
        "language": decode_field(message, "Content-Language").partition(",")[0],
        "subjects": groups,
    }
