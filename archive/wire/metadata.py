"""Lines around a story that describe it: header, byline and editor's notes.

Responsibility: recognise header blocks, bylines and notes, and parse their values.
Decision: a block is a header only if each of its lines is a known key and a colon, so that a
headline with a colon stays a headline.
Must not depend on: datelines, or what the values mean.
"""

import re
from dataclasses import dataclass

_HEADER_LINE = re.compile(r"(?P<key>[A-Za-z]{2,10})\s*:\s*(?P<value>.*)")
HEADER_KEYS = frozenset(
    {"id", "date", "updated", "source", "language", "slug", "url", "byline", "note"}
    | {"status", "urgency", "embargo"}
)
_WORDS_OF_HEADLINES = frozenset({"note", "status", "updated"})

_MAX_BYLINE_WORDS = 12
_BYLINE = re.compile(r"(?:By|BY|by|Por|POR|Von|VON|Par|PAR|Di|DI|De|DE)\s+(?P<by>[^\W\d_].{1,110})")
_NOT_IN_BYLINE = re.compile(r"[.!?:;\"“”]\s|[!?:;\"“”]|\.$")
_NAME_PARTICLES = frozenset(
    {"and", "y", "e", "et", "und", "de", "del", "della", "di", "da", "do", "dos", "du", "van"}
    | {"von", "der", "den", "la", "le", "el", "in", "of", "con", "with", "bin", "al", "for", "the"}
)
_NOTE = re.compile(
    r"\(?\s*(?:"
    r"this (?:version|story|article|item) (?:corrects|has been|was|adds|removes|updates|refiles)\b|"
    r"editor['\u2019]?s['\u2019]? note\b|note to (?:editors|readers)\b|eds:|"
    r"corrects?\b|corrected\b|correction:|adds\b|updates\b|recasts\b|refiles\b|restores\b|"
    r"deletes\b|clarifies\b|repeats\b|rewrites\b|"
    r"nota del? (?:editor|redactor|la redacción)\b|nota (?:do|da) (?:editor|redação)\b|corrige\b|"
    r"note de la rédaction\b|anmerkung der redaktion\b|berichtigt\b|nota della redazione\b"
    r")",
    re.I,
)
_LEADING_NOTE = re.compile(r"(?P<note>\([^()]{3,300}\))\s+(?P<rest>\S.*)", re.S)
_CERTAIN_NOTE = re.compile(r"editor|eds:|note |nota |anmerkung|correction:", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The values of a header block; empty if missing."""

    id: str = ""
    date: str = ""
    updated: str = ""
    source: str = ""
    language: str = ""
    slug: str = ""
    url: str = ""
    byline: str = ""
    note: str = ""
    status: str = ""
    urgency: str = ""
    embargo: str = ""


def split_header(blocks: list[list[str]]) -> tuple[Header, list[list[str]]]:
    """Return the header of an article's blocks of lines, and the other blocks.

    The header is empty if the first block is not one. The last value of a repeated key counts. A
    block with only `Note:`, `Status:` and `Updated:` is a headline, not a header.
    """
    lines = [_HEADER_LINE.fullmatch(line) for line in blocks[0]] if blocks else []
    values = {line["key"].lower(): line["value"].strip() for line in lines if line}
    is_header = bool(lines) and all(lines) and values.keys() <= HEADER_KEYS
    if not is_header or values.keys() <= _WORDS_OF_HEADLINES:
        return Header(), blocks
    return Header(**values), blocks[1:]


def parse_byline(line: str) -> str:
    """Return the names of a byline that fills the line: `By Jo Doe` is `Jo Doe`; empty if none.

    A byline has 2 to 12 words, each capitalised or a particle, and is not a sentence.
    """
    match = _BYLINE.fullmatch(line.strip())
    if not match or _NOT_IN_BYLINE.search(re.sub(r"\b[A-Z]\.", "", match["by"])):
        return ""
    words = match["by"].replace(",", " ").split()
    is_byline = 1 < len(words) <= _MAX_BYLINE_WORDS and all(map(_is_name, words))
    return match["by"].strip(" ,") if is_byline else ""


def _is_name(word: str) -> bool:
    return (
        word[0].isupper()
        or word.casefold() in _NAME_PARTICLES
        or (word[1:2] in ("'", "\u2019") and word[2:3].isupper())
    )


def is_editor_note(paragraph: str) -> bool:
    """Return whether the paragraph is a note on corrections or updates, not part of the story.

    In brackets any known beginning is enough; without brackets only one that no story begins with.
    """
    if not may_be_note(paragraph):
        return False
    if paragraph.startswith("("):
        return paragraph.find(")", 0, len(paragraph) - 2) < 0
    return bool(
        _CERTAIN_NOTE.match(paragraph) or paragraph.lower().startswith("this version corrects")
    )


def may_be_note(paragraph: str) -> bool:
    """Return whether the paragraph begins as editor's notes do; a story may begin so too."""
    return bool(_NOTE.match(paragraph))


def split_note(paragraph: str) -> tuple[str, str]:
    """Return the bracketed editor's note that begins a paragraph, empty if none, and the rest."""
    match = _LEADING_NOTE.match(paragraph)
    if match and is_editor_note(match["note"]):
        return match["note"], match["rest"]
    return "", paragraph
