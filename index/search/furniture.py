"""Page furniture: what is printed around a story and would make a poor snippet.

Responsibility: recognize captions, credits, bylines, datelines, copyright lines and links to other
stories within a body.
Decision: the lines that ingest removes count, and others that it must keep because they may be part
of a story; a snippet loses little where it passes one over.
Must not depend on: queries or snippets.
"""

import re

from archive.wire.boilerplate import is_boilerplate, is_related_heading
from archive.wire.dateline import split_dateline
from archive.wire.metadata import parse_byline

_MAX_LINE = 300
"""A longer line is a paragraph of the story."""
_MAX_SENTENCE, _MAX_TITLE, _MAX_BYLINE = 160, 160, 100
_MAX_TITLES = 12
"""Titles below a heading of related links."""
_OPENING = 400
_PICTURE = (
    r"(?:photo(?:graph)?s?|pictures?|images?|video|graphic|illustration|caption|fotos?|fotografías?"
    r"|im[aá]ge(?:n|m|ns)|bild(?:er)?|légende|legenda|immagine|grafik|gráfico)"
)
_CREDIT = r"(?:credits?|cr[eé]dit[os]?|courtesy|copyright|quelle|rechte)"
_CAPTION = re.compile(
    rf"\W*(?:file |stock |archive |handout )?{_PICTURE}\s?(?:{_CREDIT}\s?)?[:|/]\s?\S"
    rf"|\W*{_CREDIT}(?: {_PICTURE})?\s?[:|/]\s?\S"
    rf"|\W*{_PICTURE} (?:by|courtesy of|credit|de|von|par|di) (?-i:[A-ZÀ-ÖØ-Þ])[^.!?]{{2,60}}\Z",
    re.IGNORECASE,
)
_CREDIT_AT_END = re.compile(
    rf"\b{_PICTURE}(?: {_CREDIT})?(?: by)?\s?[:/]\s?[^.:]{{2,60}}\W*\Z"
    r"|\((?:ap|afp|epa|reuters|getty|pa|dpa|efe|ansa|lusa)\b[^()]{0,20}(?:photo|/)[^()]*\)\W*\Z"
    r"|/(?:getty images|reuters|afp|ap|epa|getty|dpa|efe)\W*\Z|\breuters/[^\W\d_ ]+ [^\W\d_ ]+\Z",
    re.IGNORECASE,
)
_END_OF_LINE = 90
_RIGHTS = re.compile(
    r"\W*(?:©|\(c\)|copyright\b(?:\W+(?:©|\(c\)))?\W+(?:by\b|\d{4}|[^\W\d_]+ \d{4}))", re.IGNORECASE
)
_RESERVED = (
    "rights reserved",
    "derechos reservados",
    "direitos reservados",
    "droits réservés",
    "rechte vorbehalten",
    "diritti riservati",
)
_CREDITED = re.compile(
    r"\W*(?i:(?:additional )?(?:reporting|writing|editing|compiled|photography)) by [A-Z]"
    r"|\W*(?:[Ff]ollow|[Ll]ike) (?:us|me|him|her|@\w+) on\b|\W*[Ss]hare (?:this|on|via|by)\b"
    r"|\W*[Rr]elated (?:articles?|stor(?:y|ies)|news|links?|topics?|content|coverage)\b\W*[:|]"
    r"|\W*(?:[Rr]ead (?:more|also|next|full)|[Ss]ee also|[Aa]lso read|[Mm]ore on)\s?[:|]"
)
_STAMP = re.compile(
    r"\W*(?:(?:first )?(?:published|posted|updated|modified)|last (?:updated|modified)|publicado"
    r"|actualizado|atualizado|publié|mis à jour|veröffentlicht|aktualisiert|pubblicato|aggiornato)"
    r"\b[^.!?]*\d[^.!?]{0,60}\Z"
    r"|\W*(?:[^\W\d_]+,?\s)?(?:\d{1,2}\.?\s(?:de\s)?[^\W\d_]+|[^\W\d_]+\s\d{1,2}),?\s(?:de\s)?\d{4}"
    r"[\s,|–-]*(?:\d{1,2}[:.h]\d{2}.{0,12})?\Z"
    r"|\W*\d+[ -]min(?:ute)?s?\.? read\W*\Z",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:By|BY|Por|POR|Von|VON|Par|PAR|Di|DI)\s[^\W\d_a-z]")
_LOOSE_DATELINE = re.compile(
    r"[A-ZÀ-ÖØ-Þ]{2}[A-ZÀ-ÖØ-Þ.'’/ -]{1,40}(?:,\s[^\W\d_][\w. ]{1,30})?\s?(?:--|[—–]|(?<=\s)-)\s"
)


def is_furniture(text: str, start: int, end: int) -> bool:
    """Whether a sentence of a body, or the line that it is in, is no part of the story."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", max(end, first))
    last = len(text) if last < 0 else last
    is_line = last - first <= _MAX_LINE
    if is_line and (line := text[first:last].strip()) and _is_line(line):
        return True
    is_part = end - start <= _MAX_SENTENCE and not (is_line and (start, end) == (first, last))
    if is_part and _is_sentence(text[start:end].strip()):
        return True
    return _is_related_title(text, first, last)


def skip_dateline(text: str, start: int) -> int:
    """Where a paragraph that begins at `start` goes on after its dateline; `start` without one."""
    before = start
    while before and text[before - 1] == " ":
        before -= 1
    if before and text[before - 1] != "\n":
        return start
    opening = text[start : start + _OPENING].partition("\n")[0]
    dateline, rest = split_dateline(opening)
    if dateline and rest:
        return start + len(opening) - len(rest)
    loose = _LOOSE_DATELINE.match(opening)
    return start + loose.end() if loose and loose.end() < len(opening) else start


def _is_line(line: str) -> bool:
    if _is_sentence(line) or _CAPTION.match(line) or _STAMP.match(line) or _is_byline(line):
        return True
    end = line[-_END_OF_LINE:]
    if (":" in end or "/" in end) and _CREDIT_AT_END.search(end):
        return True
    dateline, rest = split_dateline(line) if len(line) <= _MAX_BYLINE else (None, line)
    return dateline is not None and not rest


def _is_sentence(sentence: str) -> bool:
    if is_boilerplate(sentence) or _RIGHTS.match(sentence) or _CREDITED.match(sentence):
        return True
    folded = sentence.casefold()
    return any(phrase in folded for phrase in _RESERVED)


def _is_byline(line: str) -> bool:
    """Whether a line only names its authors, and perhaps what they are."""
    if len(line) > _MAX_BYLINE or not _BYLINE.match(line):
        return False
    if parse_byline(line):
        return True
    words = [word for word in line.split() if word[0].isalpha()]
    capitalized = sum(word[0].isupper() for word in words)
    return not line.endswith((".", "!", "?")) and capitalized * 3 >= len(words) * 2


def _is_related_title(text: str, first: int, last: int) -> bool:
    """Whether a line is one of the titles below a heading of related links."""
    for _ in range(_MAX_TITLES):
        line = text[first:last].strip()
        if len(line) > _MAX_TITLE or line.rstrip("\"'”’»").endswith((".", "…", "。")):
            return False
        if is_related_heading(line):
            return True
        if first == 0:
            return False
        last = len(text[:first].rstrip())
        first = text.rfind("\n", 0, last) + 1
    return False
