"""Sentences: where one ends and the next begins, in any script.

Responsibility: find the sentence around a place in a text.
Decision: only the surroundings of a place are read, so that a long text costs no more than a short
one. A full stop ends no sentence after an abbreviation, an initial or a number, or before a
lower-case letter; in scripts without blanks the sign alone ends one.
Must not depend on: queries or languages.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from index.text.folding import fold
from index.text.stopwords import STOPWORDS

REACH = 1_000
"""Code points in which the beginning or the end of a sentence is looked for on either side."""
_NEAR = 240
"""Most sentences begin no further back than this."""
_END = re.compile(r"""[.!?…]+["'”’»)\]]*(?=\s|\Z)|[。！？｡．؟۔।॥။።]+["'”’»)\]」』】）》]*|\n""")
_NEXT = re.compile(r"""\s+["'“‘„«»(\[¿¡—–-]*(?P<word>[^\W_]+)""")
_BEFORE = re.compile(r"[^\s(\[\"'“‘„«]*\Z")
_BEFORE_REACH = 24
_LONG = 7
_TITLES = frozenset(
    "mr mrs ms mx dr prof rev hon gen col lt sgt capt cmdr adm gov sen rep pres st sr jr maj brig"
    " messrs sra srta dra ing lic gral vd ud uds m mm mme mlle me ste hr fr sig dott avv on exmo"
    " vs no nos nr num núm art abs fig vol pp pag pág cf approx ca ed eds rt".split()
)
"""Abbreviations that stand before a name or a number."""
_SHORT_FORMS = frozenset(
    "inc ltd co corp bros plc dept univ assn est jan feb mar apr jun jul aug sep sept oct nov dec"
    " mon tue tues wed thu thur thurs fri sat sun etc usw bzw evtl ggf mio mrd str av ave blvd"
    " mt ft in lb oz km cm mm ene abr ago dic janv févr juil okt dez".split()
)
"""Abbreviations that may end a sentence too."""
_OPENERS = frozenset(word for words in STOPWORDS.values() for word in words)


def find_start(text: str, place: int) -> int | None:
    """Where the sentence at a place begins; None if that is more than `REACH` before it."""
    for reach in (_NEAR, REACH):
        first = max(0, place - reach)
        start = next(_iter_ends_before(text, first, place), None if first else 0)
        if start is not None:
            break
    while start is not None and start < place and text[start].isspace():
        start += 1
    return start


def find_end(text: str, place: int) -> int | None:
    """Where the sentence at a place ends; None if that is more than `REACH` after it."""
    if len(text) <= place + REACH:
        return next(_iter_ends(text, place), len(text))
    return next(_iter_ends(text, place, place + REACH), None)


def _iter_ends(text: str, start: int, last: int | None = None) -> Iterator[int]:
    """Where sentences end from `start` on, up to `last`; each end is after its closing marks."""
    for match in _END.finditer(text, start):
        end = match.start() if text[match.start()] == "\n" else match.end()
        if last is not None and end > last:
            return
        if _is_end(text, match):
            yield end


def _iter_ends_before(text: str, start: int, place: int) -> Iterator[int]:
    """Where sentences end from `start` on, up to `place`, the last one first."""
    matches = takewhile(lambda match: match.start() < place, _END.finditer(text, start))
    for match in reversed(list(matches)):
        end = match.start() if text[match.start()] == "\n" else match.end()
        if end <= place and _is_end(text, match):
            yield end


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Whether these signs end a sentence, and not an abbreviation or a quotation within one."""
    signs, end = match[0], match.end()
    if signs[0] not in ".!?…" or end == len(text):
        return True
    if not text[end].isspace():
        return False
    start = match.start()
    word = text[start - _LONG : start] if start >= _LONG else ""
    if word.isalpha() and text[end + 1 : end + 2].isupper():
        return True  # The most frequent case, checked first: no abbreviation is that long.
    after = _NEXT.match(text, end)
    word = after["word"] if after else ""
    if word[:1].islower():
        return False
    if signs[0] != "." or signs.startswith("..") or not word:
        return True
    before = _BEFORE.search(text[max(0, start - _BEFORE_REACH) : start])
    last = before[0].casefold() if before else ""
    if last in _TITLES:
        return False
    is_short = last in _SHORT_FORMS or "." in last or len(last) == 1 or _is_small_number(last)
    return not is_short or fold(word) in _OPENERS


def _is_small_number(word: str) -> bool:
    """Whether a word may be an ordinal before its full stop: `3. Oktober`, `19. Jahrhundert`."""
    return len(word) < 3 and word.isdigit()
