"""Kinds of files that Dateline recognises in order to name them.

Responsibility: recognise pictures, sound, office documents, databases and the like.
Decision: the kinds that newsrooms have get a name and advice of their own; puremagic names others.
Must not depend on: any reader.
"""

import re

from archive.sources.kind import Kind, Test

_AS_TEXT = "Save it as plain text, JSON Lines or CSV"
_AS_TABLE = "Save the table as CSV"
_UNPACK = "Unpack it first"
_NO_TEXT = "It has no text to read"


def begins(pattern: bytes) -> Test:
    """Return a test for content that begins with a pattern, in any case and after white space."""
    matches = re.compile(rb"\s*(?:" + pattern + rb")", re.IGNORECASE).match
    return lambda head: bool(matches(head))


def _magic(*signatures: bytes, at: int = 0) -> Test:
    return lambda head: head.startswith(signatures, at)


def _zipped(pattern: bytes) -> Test:
    search = re.compile(pattern).search
    return lambda head: head.startswith(b"PK\x03\x04") and bool(search(head))


def _riff(form: bytes) -> Test:
    return lambda head: head.startswith(b"RIFF") and head[8:12] == form


UNREAD_KINDS = (
    Kind(name="PNG picture", test=_magic(b"\x89PNG\r\n"), advice=_NO_TEXT),
    Kind(name="JPEG picture", test=_magic(b"\xff\xd8\xff"), advice=_NO_TEXT),
    Kind(name="GIF picture", test=_magic(b"GIF87a", b"GIF89a"), advice=_NO_TEXT),
    Kind(name="WebP picture", test=_riff(b"WEBP"), advice=_NO_TEXT),
    Kind(name="TIFF picture", test=_magic(b"II*\0", b"MM\0*"), advice=_NO_TEXT),
    Kind(name="icon", test=_magic(b"\0\0\1\0"), advice=_NO_TEXT),
    Kind(name="SVG picture", test=begins(rb"(?:<[?!][^>]*>\s*)*<svg[\s>]"), advice=_NO_TEXT),
    Kind(name="MP3 sound", test=_magic(b"ID3", b"\xff\xfb", b"\xff\xf3"), advice=_NO_TEXT),
    Kind(name="WAV sound", test=_riff(b"WAVE"), advice=_NO_TEXT),
    Kind(name="MP4 video", test=_magic(b"ftyp", at=4), advice=_NO_TEXT),
    Kind(name="RTF document", test=begins(rb"\{\\rtf"), advice="Save it as plain text or DOCX"),
    Kind(
        name="document of an old Office program",
        test=_magic(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        advice="Save a text as DOCX or plain text, a table as CSV, a message as EML",
    ),
    Kind(name="Excel spreadsheet", test=_zipped(rb"\bxl/"), advice=_AS_TABLE),
    Kind(name="PowerPoint presentation", test=_zipped(rb"\bppt/"), advice=_AS_TEXT),
    Kind(
        name="OpenDocument text",
        test=_zipped(rb"opendocument\.text"),
        advice="Save it as DOCX or plain text",
    ),
    Kind(name="OpenDocument table", test=_zipped(rb"opendocument\.spreadsheet"), advice=_AS_TABLE),
    Kind(name="EPUB book", test=_zipped(rb"epub\+zip"), advice=_AS_TEXT),
    Kind(name="PostScript document", test=_magic(b"%!PS"), advice="Save it as PDF"),
    Kind(name="SQLite database", test=_magic(b"SQLite format 3"), advice="Export it as CSV"),
    Kind(name="Parquet table", test=_magic(b"PAR1"), advice="Convert it to JSON Lines or CSV"),
    Kind(name="Arrow table", test=_magic(b"ARROW1"), advice="Convert it to JSON Lines or CSV"),
    Kind(
        name="Python pickle",
        test=_magic(b"\x80\x03", b"\x80\x04", b"\x80\x05"),
        advice="Convert it to JSON Lines; reading a pickle would run its code",
    ),
    Kind(name="7-Zip archive", test=_magic(b"7z\xbc\xaf'\x1c"), advice=_UNPACK),
    Kind(name="RAR archive", test=_magic(b"Rar!\x1a\x07"), advice=_UNPACK),
    Kind(
        name="program",
        test=_magic(b"\x7fELF", b"MZ\x90", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"),
        advice=_NO_TEXT,
    ),
)


def name_binary(head: bytes) -> Kind:
    """Return the kind of content that is not text and of no other kind."""
    import puremagic

    try:
        named = max(puremagic.magic_string(head), key=lambda match: match.confidence).name
    except (puremagic.PureError, ValueError):
        named = ""
    return Kind(name=named or "binary file of an unknown kind", advice=_AS_TEXT)
