"""Datelines that metadata states: `STOCKHOLM, Aug 29, 2014 (AFP) -`.

Responsibility: tell a dateline that is printed whole from the name of a place.
Decision: only one with an agency in brackets is whole; a bare place is left for the text, where
the whole dateline is.
Must not depend on: which format the metadata is in.
"""

from archive.wire.dateline import split_dateline

_DASHES = ("-", "\u2013", "\u2014")


def read_printed_dateline(text: str) -> tuple[str, str]:
    """Return (dateline, place) if the text is a whole dateline, else two empty texts."""
    if "(" not in text:
        return "", ""
    printed = text if text.endswith(_DASHES) else f"{text} -"
    parsed, _ = split_dateline(f"{printed} Text")
    return (text, parsed.located) if parsed else ("", "")
