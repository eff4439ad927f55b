"""Runs of capitalized words, as they stand in a text.

Responsibility: find every run that may be a name, or several.
Decision: one regular expression over the text, with the capitals of all scripts in one character
class. Words in lower case that join parts of names (*van der*, *de la*) are part of a run only
between capitalized words.
Must not depend on: what words mean.
"""

import re
import sys
import unicodedata
from functools import lru_cache

from index.text.names.gazetteer import get_joined_places, get_variants


def _list_capitals() -> str:
    """A character class of all capitals; ranges, where capitals follow each other."""
    codes = [n for n in range(sys.maxunicode) if unicodedata.category(chr(n)) in {"Lu", "Lt"}]
    spans: list[list[int]] = []
    for code in codes:
        if spans and code == spans[-1][1] + 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in spans)


CAPITAL = f"[{_list_capitals()}]"
APOSTROPHE = "['’‘ʼʻ`´＇]"
_ANY_PARTICLE = (
    r"van(?: de[rnm]?| [’']t)?|von(?: de[rnm]| und zu)?|bin|ibn|bint|ben|al|el|af|av|ter|ten|&"
    r"|de(?: la| las| los)?|del|della|dos"
)
_PARTICLES = {
    "en": "of(?: the)?|da|di|do|das|du|des|la|le|dei|degli",
    "es": "sin",
    "fr": "du|des|sur|sous|sans|le|la|les",
    "de": "von",
    "pt": "da|do|das|sem",
    "it": "di|dei|degli|delle|dello|da|senza|sul",
}
"""Words in lower case that join the words of a name, besides those of every language."""
_PREFIX = "(?:al|el|ad|ar|as|ash|at|an|ul|ur)-"
_ABBREVIATIONS = (
    "St Ste Mt Dr Mr Mrs Ms Gen Col Lt Sgt Capt Sen Rep Gov Prof Rev Mgr Sr Sra Jr".split()
)
_REST = (
    rf"(?:\.(?:(?:{CAPITAL}\.)+|(?=[ -]?{CAPITAL}))"  # of U.S., or of an initial
    rf"|\w*+(?:(?:{APOSTROPHE}|[&-]|\.(?=[a-z]|[A-Z]{{1,2}}\b))\w+)*"
    rf"(?:['’](?<=s['’])(?= {CAPITAL}))?"
    rf"(?:\.(?!\w)(?:(?<=\b[JS]r\.)|(?= {CAPITAL})(?:"
    + "|".join(rf"(?<=\b{each}\.)" for each in _ABBREVIATIONS)
    + ")))?)"
)
"""A word after its capital."""
_ELISION = rf"(?:(?:d|dell|dall|nell|de l|l){APOSTROPHE})"
_BEFORE = re.compile(rf"(?:(?<!\w)van(?: de[rn]?)? |(?<!\w)von der |(?<!\w){_PREFIX})\Z")
_ENDS_BEFORE = frozenset({"van ", "der ", "den ", " de "})
_LANGUAGES_OF_VAN = frozenset({"nl", "de", "af"})
"""Where *van* or *von* before a name is as often a preposition."""
_REACH = 8
_FIXED = ("Frankfurt am Main", "Frankfurt an der Oder")


@lru_cache(maxsize=64)
def compile_runs(language: str) -> re.Pattern[str]:
    """The pattern of a run in a language, without particles in lower case before it.

    It begins with a capital, which is what a regular expression finds fastest.
    """
    particles = _ANY_PARTICLE + "".join(f"|{more}" for more in [_PARTICLES.get(language)] if more)
    lower = rf"(?=[&abdeilnostuv])(?:(?:{particles})[ \u00a0])?(?:{_ELISION}|{_PREFIX})?"
    joint = rf"(?:[ \u00a0](?:{lower})?|(?<=\.))"
    return re.compile(rf"{CAPITAL}(?<!\w\w){_REST}(?:{joint}{CAPITAL}{_REST})*")


@lru_cache(maxsize=64)
def get_longer_runs(language: str) -> dict[str, tuple[str, ...]]:
    """Names that go on after a run, longest first: Bosnia *and Herzegovina*."""
    names = {*_FIXED, *get_joined_places(language)}
    names |= {variant for variant in get_variants(language) if " " in variant}
    runs: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        if match := compile_runs(language).match(name):
            runs.setdefault(match[0], []).append(name)
    return {run: tuple(found) for run, found in runs.items()}


def find_start(text: str, start: int, language: str) -> int:
    """Where a run begins, with particles before its first capital: *van der* Houwel."""
    if text[start - 4 : start] not in _ENDS_BEFORE and text[start - 1 : start] != "-":
        return start
    match = _BEFORE.search(text, max(0, start - _REACH), start)
    if match is None or (match[0][0] == "v" and language in _LANGUAGES_OF_VAN):
        return start
    return match.start()
