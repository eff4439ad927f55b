"""The story: headline, byline, dateline, paragraphs, notes and sign-off from blocks of lines.

Responsibility: find the parts of a story and return its body without them.
Decision: text and records use the same reading of a body; only text is searched for a headline.
Must not depend on: files, dates with years, ids or the store.
"""

from dataclasses import dataclass

from archive.values.language import detect_language, normalize_language
from archive.values.word_lists import load_words
from archive.wire.agencies import is_agency, split_sign_off
from archive.wire.boilerplate import drop_boilerplate
from archive.wire.broken_words import has_broken_words, join_broken_words
from archive.wire.dateline import Dateline, is_certain, split_dateline
from archive.wire.metadata import (
    Header,
    is_editor_note,
    may_be_note,
    parse_byline,
    split_header,
    split_note,
)
from archive.wire.text import blocks_to_paragraphs, clean_text, ends_sentence, split_blocks

# Notes and a byline may precede the dateline; after this many of them the text has begun.
_MAX_BEFORE_DATELINE = 4
_MAX_HEADLINE_CHARACTERS = 300
# A line above a certain dateline, such as a deck, a credit or names without "By", is no longer.
_MAX_LINE_ABOVE = 160
_NO_HEADER = Header()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The parts of a wire story, empty or None if missing. Fields as in `Article`."""

    header: Header = _NO_HEADER
    headline: str = ""
    by: str = ""
    dateline: Dateline | None = None
    body: str = ""
    agency: str = ""
    ed_note: str = ""


def read_story(text: str, *, language: str = "") -> Story:
    """Read plain text that begins with an optional header and a headline. Never raises.

    `language` (BCP 47) is that of a text whose header names none; if empty, it is detected where it
    matters, for words that are broken at the end of a line.

    The first block of lines is the headline, joined. If it begins with a dateline or is longer than
    300 characters, there is no headline and it is the first paragraph.
    """
    header, blocks = split_header(split_blocks(clean_text(text)))
    blocks = _join_words(blocks, normalize_language(header.language) or language)
    headline, rest = _split_headline(drop_boilerplate(blocks))
    return _read_body(rest, headline=headline, header=header)


def read_body(text: str, *, language: str = "") -> Story:
    """Read a body without its headline. Never raises. `language` as in `read_story`.

    Without blank lines, each line is a paragraph if all of them end a sentence: programs that
    collect pages write so, and text is hardly ever wrapped so.
    """
    blocks = _join_words(split_blocks(clean_text(text)), language)
    if len(blocks) == 1 and len(blocks[0]) > 1 and all(map(ends_sentence, blocks[0])):
        blocks = [[line] for line in blocks[0]]
    return _read_body(drop_boilerplate(blocks))


def _join_words(blocks: list[list[str]], language: str) -> list[list[str]]:
    if not has_broken_words(blocks):
        return blocks
    language = language or detect_language(" ".join(" ".join(lines) for lines in blocks))
    return join_broken_words(blocks, load_words(language))


def _split_headline(blocks: list[list[str]]) -> tuple[str, list[list[str]]]:
    if not blocks:
        return "", []
    first = blocks[0]
    joined = " ".join(" ".join(first).split())
    if len(first) > 1 and _begins_story(first[1:]):
        return " ".join(first[0].split()), [first[1:], *blocks[1:]]
    if len(joined) > _MAX_HEADLINE_CHARACTERS or split_dateline(joined)[0]:
        return "", blocks
    return joined, blocks[1:]


def _begins_story(lines: list[str]) -> bool:
    """Whether the lines below the first one are a byline or text, not the rest of a headline."""
    joined = " ".join(lines)
    is_long = len(joined) > _MAX_HEADLINE_CHARACTERS
    return is_long or bool(parse_byline(lines[0])) or split_dateline(joined)[0] is not None


def _read_body(
    blocks: list[list[str]], *, headline: str = "", header: Header = _NO_HEADER
) -> Story:
    paragraphs = _separate_note(blocks_to_paragraphs(_separate_byline(blocks)))
    opening = _Opening(paragraphs)
    dateline = opening.dateline
    agency = dateline.agency if dateline else ""
    body, sign_off = _drop_sign_off(opening.paragraphs, agency)
    return Story(
        header=header,
        headline=headline,
        by=opening.by or (dateline.by if dateline else ""),
        dateline=dateline,
        body="\n\n".join(body),
        agency=agency or (sign_off if is_agency(sign_off) else ""),
        ed_note="\n\n".join(filter(is_editor_note, body)),
    )


def _separate_byline(blocks: list[list[str]]) -> list[list[str]]:
    """Make a byline, or a short line above a dateline, at the very start a block of its own."""
    if not blocks or len(blocks[0]) < 2:
        return blocks
    first, rest = blocks[0][0], blocks[0][1:]
    if parse_byline(first) or _is_above_dateline(first, " ".join(rest)):
        return [[first], rest, *blocks[1:]]
    return blocks


def _is_above_dateline(line: str, below: str) -> bool:
    """Whether a line is short, and what is below it begins with a dateline beyond doubt."""
    if len(line) > _MAX_LINE_ABOVE or split_dateline(line)[0]:
        return False
    dateline, _ = split_dateline(below)
    return dateline is not None and is_certain(dateline)


def _separate_note(paragraphs: list[str]) -> list[str]:
    """Make a bracketed note at the start of the first paragraph a paragraph of its own."""
    note, rest = split_note(paragraphs[0]) if paragraphs else ("", "")
    return [note, rest, *paragraphs[1:]] if note else paragraphs


class _Opening:
    """The paragraphs without the byline and the dateline, which are parsed from the first ones."""

    def __init__(self, paragraphs: list[str]) -> None:
        self.paragraphs = list(paragraphs)
        self.by = ""
        self.dateline: Dateline | None = None
        number = 0
        for _ in range(_MAX_BEFORE_DATELINE):
            if number >= len(self.paragraphs):
                break
            if self._extract(number):
                continue
            if self.dateline or not self._precedes_dateline(number):
                break
            number += 1

    def _precedes_dateline(self, number: int) -> bool:
        """Whether a dateline may follow: after a note, or right below a short line."""
        paragraph, *below = self.paragraphs[number : number + 2]
        if _may_precede_dateline(paragraph):
            return True
        return bool(below) and _is_above_dateline(paragraph, below[0])

    def _extract(self, number: int) -> bool:
        """Remove a dateline or a byline from the paragraph; return whether there was one."""
        if self.dateline:
            return False
        self.dateline, rest = split_dateline(self.paragraphs[number])
        if self.dateline:
            self.paragraphs[number : number + 1] = [rest] if rest else []
            return True
        if not self.by and (by := parse_byline(self.paragraphs[number])):
            self.by = by
            del self.paragraphs[number]
            return True
        return False


def _may_precede_dateline(paragraph: str) -> bool:
    bracketed = paragraph[0] == "(" and paragraph[-1] == ")"
    return bracketed or (len(paragraph) < _MAX_HEADLINE_CHARACTERS and may_be_note(paragraph))


def _drop_sign_off(paragraphs: list[str], agency: str) -> tuple[list[str], str]:
    """The paragraphs without the sign-off at their end, and the sign-off; empty if none."""
    if not paragraphs:
        return paragraphs, ""
    last, sign_off = split_sign_off(paragraphs[-1], agency=agency)
    if not sign_off or not (last or paragraphs[:-1]):
        return paragraphs, ""
    return [*paragraphs[:-1], *([last] if last else [])], sign_off
