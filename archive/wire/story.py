"""The story: headline, byline, dateline, paragraphs, notes and sign-off out of blocks of lines.

Decision: text and records go through one reading of the body; only text is searched for a headline.
Must not know files, dates with years, ids or the store.
"""

import re
from dataclasses import dataclass

from archive.wire.agencies import is_agency, split_sign_off
from archive.wire.dateline import Dateline, split_dateline
from archive.wire.furniture import drop_furniture
from archive.wire.header import Header, split_header
from archive.wire.text import blocks, clean, paragraphs

# Notes and a byline stand before the dateline; after this many of them the text has begun.
_MOST_BEFORE_DATELINE = 4
_MOST_HEADLINE_CHARACTERS = 300

_BYLINE = re.compile(r"(?:By|BY|by|Por|POR|Von|VON|Par|PAR|Di|DI|De|DE)\s+(?P<by>[^\W\d_].{1,110})")
_NO_HEADER = Header()
_BYLINE_STOP = re.compile(r"[.!?:;\"“”]\s|[!?:;\"“”]|\.$")
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
_NOTE_FIRST = re.compile(r"(?P<note>\([^()]{3,300}\))\s+(?P<rest>\S.*)", re.S)
_NOTE_SURE = re.compile(r"editor|eds:|note |nota |anmerkung|correction:", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a wire story says about itself. Fields as in `Article`; `dateline` is None or read."""

    header: Header = _NO_HEADER
    headline: str = ""
    by: str = ""
    dateline: Dateline | None = None
    body: str = ""
    agency: str = ""
    ed_note: str = ""


def read_story(text: str) -> Story:
    """Read plain text that opens with an optional header and a headline.

    The first block of lines is the headline, joined; where it opens with a dateline, or is longer
    than 300 characters, there is no headline and it is the first paragraph. Never raises.
    """
    header, found = split_header(blocks(clean(text)))
    found = drop_furniture(found)
    headline, rest = _split_headline(found)
    return _read(rest, headline=headline, header=header)


def read_body(text: str) -> Story:
    """Read a body whose headline is known from elsewhere. Never raises."""
    return _read(drop_furniture(blocks(clean(text))))


def _split_headline(found: list[list[str]]) -> tuple[str, list[list[str]]]:
    if not found:
        return "", []
    first = found[0]
    joined = " ".join(" ".join(first).split())
    if len(first) > 1 and _opens_story(first[1:]):
        return " ".join(first[0].split()), [first[1:], *found[1:]]
    if len(joined) > _MOST_HEADLINE_CHARACTERS or split_dateline(joined)[0]:
        return "", found
    return joined, found[1:]


def _opens_story(lines: list[str]) -> bool:
    """Whether the lines under the first one are no rest of a headline, but byline or text."""
    joined = " ".join(lines)
    long = len(joined) > _MOST_HEADLINE_CHARACTERS
    return long or bool(byline_of(lines[0])) or split_dateline(joined)[0] is not None


def _read(found: list[list[str]], *, headline: str = "", header: Header = _NO_HEADER) -> Story:
    texts = _note_apart(paragraphs(_byline_apart(found)))
    opening = _Opening(texts)
    dateline = opening.dateline
    agency = dateline.agency if dateline else ""
    body, sign_off = _without_sign_off(opening.texts, agency)
    notes = [one for one in body if is_note(one)]
    return Story(
        header=header,
        headline=headline,
        by=opening.by or (dateline.by if dateline else ""),
        dateline=dateline,
        body="\n\n".join(body),
        agency=agency or (sign_off if is_agency(sign_off) else ""),
        ed_note="\n\n".join(notes),
    )


def _byline_apart(found: list[list[str]]) -> list[list[str]]:
    """The blocks, with a byline in the first line of the first one as a block of its own."""
    if found and len(found[0]) > 1 and byline_of(found[0][0]):
        return [found[0][:1], found[0][1:], *found[1:]]
    return found


def _note_apart(texts: list[str]) -> list[str]:
    """The paragraphs, a note in brackets that opens the first one as one of its own."""
    found = _NOTE_FIRST.match(texts[0]) if texts else None
    if found and is_note(found["note"]):
        return [found["note"], found["rest"], *texts[1:]]
    return texts


class _Opening:
    """The paragraphs once the byline and the dateline have been taken from the first ones."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = list(texts)
        self.by = ""
        self.dateline: Dateline | None = None
        number = 0
        for _ in range(_MOST_BEFORE_DATELINE):
            if number < len(self.texts) and self._takes(number):
                continue
            if number >= len(self.texts) or self.dateline or not _may_precede(self.texts[number]):
                break
            number += 1

    def _takes(self, number: int) -> bool:
        """Whether the paragraph, or its head, was byline or dateline and has been taken out."""
        if self.dateline:
            return False
        self.dateline, rest = split_dateline(self.texts[number])
        if self.dateline:
            self.texts[number : number + 1] = [rest] if rest else []
            return True
        if not self.by and (by := byline_of(self.texts[number])):
            self.by = by
            del self.texts[number]
            return True
        return False


def _may_precede(paragraph: str) -> bool:
    """Whether a dateline may still follow this paragraph."""
    bracketed = paragraph[0] == "(" and paragraph[-1] == ")"
    return bracketed or (
        len(paragraph) < _MOST_HEADLINE_CHARACTERS and bool(_NOTE.match(paragraph))
    )


def byline_of(line: str) -> str:
    """The names of a byline that fills the line: `By Jo Doe` is `Jo Doe`; empty if it is none.

    Every word must be capitalised or a particle, twelve of them at most, and no sentence.
    """
    found = _BYLINE.fullmatch(line.strip())
    if not found or _BYLINE_STOP.search(re.sub(r"\b[A-Z]\.", "", found["by"])):
        return ""
    words = found["by"].replace(",", " ").split()
    named = all(_is_name(word) for word in words)
    return found["by"].strip(" ,") if 1 < len(words) <= 12 and named else ""


def _is_name(word: str) -> bool:
    return (
        word[0].isupper()
        or word.casefold() in _NAME_PARTICLES
        or (word[1:2] in ("'", "\u2019") and word[2:3].isupper())
    )


def is_note(paragraph: str) -> bool:
    """Whether the paragraph is an editor's note: on corrections and updates, not part of the story.

    In brackets any known opening will do; without brackets only one that no story begins with.
    """
    if not _NOTE.match(paragraph):
        return False
    if paragraph.startswith("("):
        return paragraph.find(")", 0, len(paragraph) - 2) < 0
    return bool(
        _NOTE_SURE.match(paragraph) or paragraph.lower().startswith("this version corrects")
    )


def _without_sign_off(texts: list[str], agency: str) -> tuple[list[str], str]:
    if not texts:
        return texts, ""
    last, sign_off = split_sign_off(texts[-1], agency=agency)
    if not sign_off or not (last or texts[:-1]):
        return texts, ""
    body = [*texts[:-1], *([last] if last else [])]
    return body, sign_off
