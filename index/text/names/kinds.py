"""The kind of a name, by its own words.

Responsibility: say whether a name is of a person, an organisation or a place.
Decision: first and last words decide, with initials and particles of people; nothing is guessed.
Must not depend on: the text around a name.
"""

import re
from collections.abc import Sequence
from typing import Literal

from index.text.folding import fold
from index.text.names import kind_words, titles
from index.text.names.gazetteer import get_places, get_variants
from index.text.names.runs import APOSTROPHE

NameKind = Literal["person", "organisation", "place"]
"""What a name is the name of."""
Kind = NameKind | Literal[""]
"""The same; "" if it is not known yet."""

_LAST_WORD_DECIDES = frozenset({"en", "de", "nl", "sv", "da"})
"""Languages in which the head of a name is its last word: Bank Street."""
_MAX_ACRONYM = 6
_INITIAL = re.compile(r"(?:^|[ .-])\w\.[ -]|\w\.\w\. |(?:^| )\w (?=\w{2})")
_PERSONAL = re.compile(
    rf"(?:^| )(?:van|von|bin|ibn|bint|ben|ter|der|dos|Mc[A-Z]\w+|(?:O|D|d|N){APOSTROPHE}\w+"
    r"|(?:al|el|Al|El)-\w+|Jr\.|Sr\.|II|III|IV)(?: |$)"
)
_SURNAME = re.compile(rf"(?:O{APOSTROPHE}|Mc)[A-Z]")
_SAINT = re.compile(r"San(?:kt|t|ta|to)?-|Sainte?-")


def is_place(name: str, language: str) -> bool:
    """Whether the gazetteer has a name."""
    return fold(name.replace("’", "'")) in get_places(language)


def is_organisation_or_place(folded: str) -> bool:
    """Whether a folded word, at the end of a name, makes it an organisation or a place."""
    return folded in kind_words.ORGANISATION_WORDS or folded in kind_words.PLACE_WORDS


def begins_with_person(name: str, first: str) -> bool:
    """Whether the words of a name, of which `first` is the first folded one, are of a person."""
    return first in kind_words.FIRST_NAMES or bool(_INITIAL.search(name) or _PERSONAL.search(name))


def judge_words(name: str, words: Sequence[str], language: str) -> Kind:
    """The kind of a name by its own words.

    Args:
        words: Folded.
    """
    if is_place(name, language):
        return "place"
    if "&" in name or name in get_variants(language).values():
        return "organisation"
    if len(words) == 1:
        return _judge_word(name, words[0])
    first, last = words[0], words[-1]
    if first in kind_words.ORGANISATION_HEADS:
        return "organisation"
    is_full_name = first in kind_words.FIRST_NAMES and len(words) == 2
    others = kind_words.CORPORATE_WORDS if is_full_name else kind_words.ORGANISATION_WORDS
    if last not in others and begins_with_person(name, first):
        return "person"
    for word in (last, first) if language in _LAST_WORD_DECIDES else (first, last):
        if word in kind_words.ORGANISATION_WORDS:
            return "organisation"
        if word in kind_words.PLACE_WORDS:
            return "place"
    if first in kind_words.ARTICLES_OF_PLACES:
        return "place"
    return "person" if first in titles.TITLES.get(language, titles.TITLES["en"]) else ""


def _judge_word(name: str, folded: str) -> Kind:
    """The kind of a name of one word."""
    is_acronym = name.isupper() and len(name) <= _MAX_ACRONYM
    if is_acronym or folded in kind_words.ORGANISATION_WORDS:
        return "organisation"
    if _SURNAME.match(name):
        return "person"
    return "place" if _SAINT.match(name) else ""
