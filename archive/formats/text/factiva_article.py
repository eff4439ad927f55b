"""Articles of Factiva: their tagged fields, or their lines in the order of the display.

Responsibility: give the values of the articles in some lines.
Decision: within the text of a tagged article only a tag that can follow a text, below a blank line
or with coded values, is one, because a paragraph can begin with two capital letters.
Must not depend on: how articles are separated.
"""

import re
from dataclasses import dataclass, field

from archive.formats.text.day_lines import parse_day_line
from archive.values.language import normalize_language

DOCUMENT_LINE = re.compile(r"\s*(?:AN\s+)?Doc?k?umento?\s+[A-Za-z]{2,8}\w*\d{6}\w*")
WORDS_LINE = re.compile(
    r"\s*\d[\d,. ]*\s*(?:words?|Wörter|mots|palabras|parole|palavras|woorden)\s*", re.I
)
_TEXT_TAGS = ("LP", "TD")
_AFTER_TEXT = frozenset(
    {"ART", "CO", "IN", "NS", "RE", "IPD", "IPC", "PUB", "AN", "CT", "RF", "CX"}
)
_TAGS = frozenset(
    {"SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "CLM"}
    | {"HL", "LP", "TD"} | _AFTER_TEXT
)  # fmt: skip
_WORDS = frozenset({"IN", "RE", "CO", "TD"})
"""Tags that are words too, or begin a text: they count only with coded values, or alone."""
_TAG = re.compile(r"[ \t]*(?P<tag>[A-Z]{2,3})(?:(?P<gap>[ \t]+)(?P<value>.*))?")
_CODED = re.compile(r"\w+\s*:\s*\S")
_BYLINE = re.compile(r"\s*(?:By|Von|Par|Por|De|Di)\s+(?P<by>\S.*)", re.I)
_CODE = re.compile(r"[A-Z0-9]{2,10}")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?:\s*[AaPp][Mm])?(?:\s*[A-Z]{3,4})?")
_MIN_WRAPPED = 35
"""A shorter line above others is the section: a headline is wrapped later."""
_COPYRIGHT = re.compile(r"\s*(?:\(c\)|©|copyright\b)", re.I)


@dataclass(slots=True)
class FactivaArticle:
    """The values of an article by Dateline's field names, and its lines."""

    values: dict[str, object]
    lines: list[str]


@dataclass(slots=True)
class _Fields:
    """The lines of each tag of an article."""

    tags: dict[str, list[str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def get(self, tag: str) -> str:
        """Return the text of a tag on one line; empty if it is missing."""
        return " ".join(" ".join(self.tags.get(tag, [])).split())


def parse_articles(lines: list[str], *, are_paragraphs: bool) -> list[FactivaArticle]:
    """Return the articles in the lines, none if they are something else.

    `are_paragraphs` says that each line is a paragraph.
    """
    tagged = [one for one in _split_tags(lines) if "HD" in one.tags]
    if tagged:
        return [_read_tagged(fields, are_paragraphs=are_paragraphs) for fields in tagged]
    values = _read_displayed(lines, are_paragraphs=are_paragraphs)
    return [FactivaArticle(values=values, lines=lines)] if values else []


def _split_tags(lines: list[str]) -> list[_Fields]:
    articles = [_Fields()]
    tag, is_after_blank = "", True
    for line in lines:
        found = _match_tag(line, tag, is_after_blank=is_after_blank)
        if found:
            tag, value = found
            if tag in ("HD", "SE") and "HD" in articles[-1].tags:
                articles.append(_Fields())
            articles[-1].tags.setdefault(tag, []).append(value)
        elif DOCUMENT_LINE.fullmatch(line.strip()):
            articles[-1].tags.setdefault("AN", []).append(line)
            tag = ""
        elif tag:
            articles[-1].tags[tag].append(line)
        articles[-1].lines.append(line)
        is_after_blank = not line.strip()
    return articles


def _match_tag(line: str, current: str, *, is_after_blank: bool) -> tuple[str, str] | None:
    match = _TAG.fullmatch(line.rstrip())
    if match is None or match["tag"] not in _TAGS:
        return None
    tag, value = match["tag"], match["value"] or ""
    if current in _TEXT_TAGS:
        can_follow = tag in _AFTER_TEXT or tag in ("HD", "SE") or (tag == "TD" and current == "LP")
        is_certain = not value or _CODED.match(value) or len(match["gap"].expandtabs()) > 1
        is_certain = is_certain or (is_after_blank and tag not in _WORDS)
        return (tag, value) if can_follow and is_certain else None
    return tag, value


def _read_tagged(fields: _Fields, *, are_paragraphs: bool) -> FactivaArticle:
    texts = [_join_text(fields.tags.get(tag, []), are_paragraphs) for tag in _TEXT_TAGS]
    values: dict[str, object] = {
        "uri": fields.get("AN").rpartition(" ")[2],
        "headline": fields.get("HD"),
        "by": _strip_byline(fields.get("BY")),
        "body": "\n\n".join(text for text in texts if text),
        "first_created": _read_day(fields.get("PD"), fields.get("ET")),
        "source": fields.get("SN") or fields.get("PUB"),
        "language": fields.get("LA"),
        "section": fields.get("SE"),
        "subjects": _read_codes(fields.get("NS")) + _read_codes(fields.get("IN")),
        "places": _read_codes(fields.get("RE")),
        "organisations": _read_codes(fields.get("CO")),
    }
    return FactivaArticle(values=values, lines=fields.lines)


def _read_displayed(lines: list[str], *, are_paragraphs: bool) -> dict[str, object]:
    """The values of an article as displayed: headline, `120 words`, date, source, code, text."""
    places = (number for number, line in enumerate(lines) if WORDS_LINE.fullmatch(line))
    place = next(places, None)
    if place is None:
        return {}
    headline, by, section = _read_above(lines[:place])
    below = lines[place + 1 :]
    while below and not below[-1].strip():
        below.pop()
    is_ended = bool(below) and DOCUMENT_LINE.fullmatch(below[-1].strip()) is not None
    uri = below.pop().split()[-1] if is_ended else ""
    date, source, language, start = _read_below(below)
    return {
        "uri": uri,
        "headline": headline,
        "by": by,
        "body": _join_text(below[start:], are_paragraphs),
        "first_created": date,
        "source": source,
        "language": language,
        "section": section,
    }


def _read_above(lines: list[str]) -> tuple[str, str, str]:
    """Headline, byline and section from the lines above the count of words."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(" ".join(line.split()))
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    by = ""
    if blocks and (match := _BYLINE.fullmatch(blocks[-1][-1])):
        by = match["by"]
        blocks[-1].pop()
    blocks = [block for block in blocks if block]
    if not blocks:
        return "", by, ""
    section = " ".join(blocks[-2]) if len(blocks) > 1 else ""
    if len(blocks[-1]) > 1 and len(blocks[-1][0]) < _MIN_WRAPPED:
        section = blocks[-1].pop(0)
    return " ".join(blocks[-1]), by, section


def _read_below(lines: list[str]) -> tuple[str, str, str, int]:
    """Date, source, language, and where the text begins below the count of words."""
    date = clock = source = language = ""
    start = 0
    for number, line in enumerate(lines):
        plain = line.strip()
        if not plain:
            if language and source:
                return date, source, language, max(start, number)
            continue
        if not date:
            date = parse_day_line(plain)
        elif _COPYRIGHT.match(plain):
            return date, source, language, number + 1
        elif _CLOCK.fullmatch(plain) and not source:
            clock = plain
            date = _read_day(lines[start - 1].strip(), clock)
        elif not source:
            source = plain
        elif not language and normalize_language(plain) and not _CODE.fullmatch(plain):
            language = plain
        elif language:
            return date, source, language, number
        start = number + 1
    return date, source, language, start


def _read_day(day: str, clock: str) -> str:
    return parse_day_line(day, clock) or day


def _strip_byline(by: str) -> str:
    match = _BYLINE.fullmatch(by)
    return match["by"] if match else by


def _read_codes(value: str) -> list[str]:
    """The names of `gcat : Political News | e21 : Government Finance`."""
    parts = (part.rpartition(" : ")[2].strip() for part in value.split("|"))
    return [part for part in parts if part]


def _join_text(lines: list[str], are_paragraphs: bool) -> str:
    if are_paragraphs:
        return "\n\n".join(line.strip() for line in lines if line.strip())
    return "\n".join(line.strip() for line in lines).strip("\n")
