"""What stands around a name in a text.

Responsibility: tell the kind of a name, and its end, from the words before and after it.
Decision: one word before and one after; what they leave open is decided by how often each kind
occurs (docs/decisions/0019-names-by-rules.md).
Must not depend on: articles.
"""

import re

from index.text.folding import fold
from index.text.names import german, kind_words, titles
from index.text.names.kinds import Kind, NameKind
from index.text.names.runs import APOSTROPHE

LANGUAGES_WITH_LOWER_CASE = frozenset(kind_words.LOWER_CASE_HEADS)
"""Languages in which names have nouns and adjectives in lower case: Parti socialiste."""
_REACH = 30
"""Characters before a name in which the words before it are looked for."""
_SIGNS = ',:;()"“„«»”'
_ELISION = re.compile(rf"\A\w+{APOSTROPHE}(?=\w)")
_AGE = re.compile(r", \d\d\b")
_ADJECTIVE = (
    r"[a-zà-ÿ]+(?:al|ale|aux|iste|ista|ique|ica|ico|enne|ea|eia|aire|ario|aria|ano|ana|aise|verde"
    r"|ese)"
)
_JOINT = rf"(?:(?:de la|de|du|des|del|della|di|dei|da|do|dos|das) |(?:de l|d|dell){APOSTROPHE})"
_BETWEEN = re.compile(rf" {_ADJECTIVE} {_JOINT}\Z")
_TAIL = re.compile(rf"(?: (?:et )?{_ADJECTIVE}\b)?(?: {_JOINT}[a-zà-ÿ]{{3,}}\b)?")
_ADJECTIVE_TAIL = re.compile(rf" {_ADJECTIVE}\b")
_HEADS_WITH_TAIL = frozenset(
    "organisation organizzazione organizacion cour corte conseil consiglio".split()
)
_HEAD = {
    language: re.compile(rf"(?<!\w)({heads.replace(' ', '|')})(?: {_ADJECTIVE})? (?:{_JOINT})?\Z")
    for language, heads in kind_words.LOWER_CASE_HEADS.items()
}
_ROLES = {
    language: words | titles.ROLES.get(language, frozenset())
    for language, words in titles.TITLES.items()
}
_GERMAN_LOCATIVES = frozenset("in aus nach bei vor".split())
_AT = frozenset("in en em a à bei near nach aus outside".split())
"""Prepositions before places only."""


def judge_context(
    text: str, start: int, end: int, name: str, language: str
) -> tuple[NameKind, float]:
    """The kind of a name by what stands around it, and how much that weighs."""
    written, word = _get_word_before(text, start)
    if word in _ROLES.get(language, _ROLES["en"]) or _AGE.match(text, end):
        return "person", 3
    if " " in name:
        is_place = word in _AT and written[-1] not in ",:"
        return ("place", 2) if is_place else ("person", 0.4)
    if word in kind_words.LOCATIVES.get(language, kind_words.LOCATIVES["en"]):
        return "place", 2
    if word in kind_words.WEAK_LOCATIVES:
        return "place", 0.5
    return "organisation", 0.4


def _get_word_before(text: str, start: int) -> tuple[str, str]:
    """The word before a name, as written, and folded without an elided article; may be empty."""
    words = text[max(0, start - _REACH) : start].rsplit(None, 1)
    if not words:
        return "", ""
    written = words[-1]
    bare = written.strip(_SIGNS)
    return written, fold(bare if bare.isalpha() else _ELISION.sub("", bare))


def is_german_place(text: str, start: int, name: str) -> bool:
    """Whether a German noun is a place: it follows a preposition without an article."""
    _, word = _get_word_before(text, start)
    folded = fold(name)
    is_origin = word == "von" and text.startswith(" nach ", start + len(name))
    return (
        (is_origin or word in _GERMAN_LOCATIVES)
        and not folded.endswith(german.GERMAN_NOUN_ENDINGS)
        and folded not in german.GERMAN_NOUNS
    )


def follows_article(text: str, start: int) -> bool:
    """Whether a German article, with or without an adjective, stands in front of a name."""
    words = text[max(0, start - _REACH) : start].split()[-2:]
    return any(word.casefold() in german.GERMAN_ARTICLES for word in words)


def joins(text: str, start: int, end: int, following: int, language: str) -> bool:
    """Whether an organisation goes on after words in lower case: Banque *centrale de* Kestria."""
    first = re.match(r"\w+", text[start:end])
    return (
        0 < following - end < _REACH
        and first is not None
        and fold(first[0]) in kind_words.ORGANISATION_WORDS
        and _BETWEEN.match(text[end:following]) is not None
    )


def find_head(text: str, start: int, language: str) -> tuple[int, Kind]:
    """Where a name begins whose first word is in lower case, and its kind; "" if it has none."""
    match = _HEAD[language].search(text, max(0, start - _REACH), start)
    if match is None:
        return start, ""
    head = fold(match[1])
    return match.start(), "place" if head in kind_words.PLACE_WORDS else "organisation"


def find_tail(text: str, start: int, end: int, language: str) -> int:
    """Where an organisation ends whose last words are in lower case: Parti *socialiste*."""
    words = text[start:end].split()
    head = fold(words[0])
    if head not in kind_words.ORGANISATION_WORDS or len(words) > 1:
        return end
    pattern = _TAIL if head in _HEADS_WITH_TAIL else _ADJECTIVE_TAIL
    match = pattern.match(text, end)
    return match.end() if match else end


_AND = frozenset({" and ", " und ", " y ", " et ", " e ", ", "})


def is_coordinated(text: str, last_end: int, start: int) -> bool:
    """Whether a name is in a list with the one before it."""
    return text[last_end:start] in _AND
