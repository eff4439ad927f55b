"""An article of Nexis: its lines of source, date and headline, its named fields and its text.

Responsibility: give the values of one article in either layout.
Decision: the line with the date is the fixed point. The source is above it; the headline is below
it in the older layout and above the source in Nexis Uni. Within the text only fields that end an
article count, so that a paragraph that begins with a word and a colon stays text.
Must not depend on: how articles are separated.
"""

import re

from archive.formats.text.day_lines import parse_day_line
from archive.formats.text.lines import place_dateline

_BEFORE_TEXT = {
    "byline": "by", "author": "by", "autor": "by", "auteur": "by", "section": "section",
    "rubrik": "section", "rubrique": "section", "ressort": "section", "length": "length",
    "länge": "length", "longueur": "length", "longitud": "length", "dateline": "dateline",
    "headline": "headline", "title": "headline", "highlight": "highlight", "url": "url",
    "series": "", "edition": "", "distribution": "", "type": "",
}  # fmt: skip
_AFTER_TEXT = {
    "load-date": "loaded", "update": "loaded", "language": "language", "sprache": "language",
    "langue": "language", "subject": "subjects", "geographic": "places", "person": "people",
    "company": "organisations", "organization": "organisations", "correction": "ed_note",
    "correction-date": "", "publication-type": "", "journal code": "", "journal-code": "",
    "graphic": "", "grafik": "", "industry": "", "ticker": "", "country": "", "state": "",
    "city": "", "loaddate": "loaded", "acc-no": "", "document-type": "", "pub-type": "",
    "notes": "", "classification": "", "publisher": "",
}  # fmt: skip
_FIRST_AFTER_TEXT = {
    name: _AFTER_TEXT[name]
    for name in (
        "classification", "graphic", "correction", "correction-date", "load-date", "language",
        "publication-type",
    )
}  # fmt: skip
"""Of Nexis Uni: what can end the text itself; the others follow one of these."""
_FIELD = re.compile(r"\s*(?P<name>[^\W\d_][\w -]{2,20}):(?:\s+(?P<value>.*)|$)")
_NO_VALUE = ("graphic", "classification", "correction", "notes", "load-date")
_COPYRIGHT = re.compile(r"\s*(?:copyright\b|©|\(c\)|all rights reserved)", re.I)
_BELOW_DATE = re.compile(rf"{_COPYRIGHT.pattern}|\s*correction appended", re.I)
_EDITION = re.compile(r".{0,40}\bedition\b.{0,20}|correction appended", re.I)
_COVER_LINE = re.compile(
    r"\s*(?:Client/Matter|Search Terms|Search Type|Narrowed by|Job Number|User Name|Date and Time"
    r"|Documents? \(\d+\)|Content Type|-None-)",
    re.I,
)
_BYLINE_WORD = re.compile(r"^by\s+", re.I)
_LABELS = frozenset({"ABSTRACT", "FULL TEXT"})
_PERCENT = re.compile(r"\s*\(\d{1,3}%\)")
_PAGE = re.compile(r"\s*(?:;|,)?\s*(?:Pg?|S|page|seite)\.?\s*[A-Z]?\d+.*", re.I)


class _Parts:
    """Sorts the lines of one article by where they are."""

    def __init__(self, *, has_body_line: bool) -> None:
        self.preamble: list[str] = []
        self.fields: dict[str, str] = {}
        self.text: list[str] = []
        self._has_body_line = has_body_line
        self._where = "preamble"
        self._name = ""
        self._is_after_blank = True

    def add(self, line: str) -> None:
        """Add the next line."""
        if not self._enter(line):
            self._continue(line)
        self._is_after_blank = not line.strip()

    def _enter(self, line: str) -> bool:
        """Whether the line begins the text or a field."""
        if line.strip() in ("Body", "BODY:"):
            self._where = "text"
            return True
        if self._where == "text" and not (self._is_after_blank or self._has_body_line):
            return False
        found = _match_field(line, self._list_names())
        if found is None:
            return False
        label, value = found
        self._name = (_BEFORE_TEXT | _AFTER_TEXT)[label]
        self._where = "tail" if label in _AFTER_TEXT else "fields"
        self.fields.setdefault(self._name, value)
        return True

    def _list_names(self) -> dict[str, str]:
        """The fields that can begin here."""
        if self._where == "text" and self._has_body_line:
            return _FIRST_AFTER_TEXT
        return _AFTER_TEXT if self.text else _BEFORE_TEXT | _AFTER_TEXT

    def _continue(self, line: str) -> None:
        if self._where == "preamble":
            self.preamble.append(line)
        elif self._where == "text":
            self.text.append(line)
        elif not line.strip():
            # In the older layout the text can follow any of the fields before it.
            if self._where == "fields" and not self._has_body_line:
                self._where = "between"
            if self.fields.get(self._name):
                self._name = ""
        elif self._where == "between":
            self._where = "text"
            self.text.append(line)
        elif self._name:
            self.fields[self._name] = f"{self.fields[self._name]} {line.strip()}".strip()


def parse_article(
    lines: list[str], *, is_numbered: bool, lines_are_paragraphs: bool
) -> dict[str, object]:
    """Return the values of an article by Dateline's field names; empty if it is none.

    `is_numbered` says that the lines followed `1 of 20 DOCUMENTS`, so that the headline is below
    the date.
    """
    parts = _Parts(has_body_line=any(line.strip() == "Body" for line in lines))
    for line in lines:
        parts.add(line)
    place = _find_date(parts.preamble, is_last=not is_numbered)
    if place is None:
        place = _find_copyright(parts.preamble) if parts.text else None
    if place is None:
        return {}
    before, after = parts.preamble[:place], parts.preamble[place + 1 :]
    headline, source, text = _read_preamble(before, after, is_numbered=is_numbered)
    found = parts.fields
    body = _join_text([*text, *parts.text], lines_are_paragraphs=lines_are_paragraphs)
    return {
        "headline": found.get("headline", headline),
        "source": source,
        "first_created": parse_day_line(parts.preamble[place])
        or parse_day_line(found.get("loaded", "")),
        "by": _BYLINE_WORD.sub("", found.get("by", "")),
        **place_dateline(found.get("dateline", ""), body or found.get("highlight", "")),
        "section": _PAGE.sub("", found.get("section", "")).strip(" ;,"),
        "language": found.get("language", "").partition(";")[0].title(),
        "subjects": _split_list(found.get("subjects", "")),
        "places": _split_list(found.get("places", "")),
        "people": _split_list(found.get("people", "")),
        "organisations": _split_list(found.get("organisations", "")),
        "url": found.get("url", ""),
        "ed_note": found.get("ed_note", ""),
    }


def _match_field(line: str, names: dict[str, str]) -> tuple[str, str] | None:
    """The name and value of one of these fields."""
    plain = line.strip().casefold()
    if plain in _NO_VALUE and plain in names:
        return plain, ""
    match = _FIELD.fullmatch(line)
    if match is None or match["name"].casefold() not in names:
        return None
    return match["name"].casefold(), (match["value"] or "").strip()


def _find_date(preamble: list[str], *, is_last: bool) -> int | None:
    places = range(len(preamble))
    for place in reversed(places) if is_last else places:
        if parse_day_line(preamble[place]):
            return place
    return None


def _find_copyright(preamble: list[str]) -> int | None:
    """Where the date is missing, what stands below it."""
    places = (number for number, line in enumerate(preamble) if _BELOW_DATE.match(line))
    return next(places, None)


def _read_preamble(
    before: list[str], after: list[str], *, is_numbered: bool
) -> tuple[str, str, list[str]]:
    """Headline, source, and the lines of text that stand above the first field."""
    above = _to_blocks([line for line in before if not _COPYRIGHT.match(line)])
    below = _to_blocks([line for line in after if not _COPYRIGHT.match(line)])
    source = above[-1][-1] if above else ""
    if is_numbered:
        if after and after[0].strip() and below:
            below = [below[0][1:], *below[1:]]  # the rest of the line with the date
        blocks = [block for block in below if block and not _is_edition(block)]
        headline = " ".join(blocks[0]) if blocks else ""
        return headline, source, [line for block in blocks[1:] for line in ["", *block]]
    above = [block for block in above if not _COVER_LINE.match(block[0])]
    if not above:
        return "", source, []
    *rest, source = above[-1]
    if not rest and len(above) > 1:
        rest = above[-2]
    return " ".join(rest), source, []


def _is_edition(block: list[str]) -> bool:
    return all(_EDITION.fullmatch(line) for line in block)


def _to_blocks(lines: list[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(" ".join(line.split()))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _join_text(lines: list[str], *, lines_are_paragraphs: bool) -> str:
    kept = [line.rstrip() for line in lines if line.strip() not in _LABELS]
    if lines_are_paragraphs:
        return "\n\n".join(line.strip() for line in kept if line.strip())
    return "\n".join(kept).strip("\n")


def _split_list(value: str) -> list[str]:
    parts = (_PERCENT.sub("", part).strip() for part in value.split(";"))
    return [part for part in parts if part]
