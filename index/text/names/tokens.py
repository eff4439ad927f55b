"""The words of a run of capitalized words, each with its sort.

Responsibility: say what a word can be to a name: part of it, a title before it, or what separates
two names.
Decision: the sort of a word alone is looked up once for each word and language; only a few words
depend on their neighbours.
Must not depend on: the text around a run.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from index.text.analysis import is_stopword
from index.text.folding import fold
from index.text.names import german, kind_words, openers, titles
from index.text.names.demonyms import DEMONYMS
from index.text.names.gazetteer import get_calendar_words, get_places, get_variants
from index.text.names.runs import APOSTROPHE

NAME, PARTICLE, DEMONYM, TITLE, VARIANT = "name", "particle", "demonym", "title", "variant"
LEGAL, OPENER, NONE = "legal form", "opener", "none"
NOUN_OF_ORGANISATION, NOUN_OF_PLACE = "noun of organisation", "noun of place"
_CALENDAR, _AMBIGUOUS_TITLE, _STOP_WORD = "calendar", "ambiguous title", "stop word in capitals"

_CONTRACTION = re.compile(rf"{APOSTROPHE}(?:m|re|ve|ll|d|t)\Z", re.IGNORECASE)
_POSSESSIVE = re.compile(rf"{APOSTROPHE}s?\Z")
_TURKIC_ENDING = re.compile(rf"{APOSTROPHE}\w+\Z")
_TURKIC = frozenset({"tr", "az"})
_COMPOUND = re.compile(
    r"-(?:based|led|owned|backed|listed|style|born|wide|era|like|held|run|made|only|old|day|year"
    r"|language|member|format|[a-z]{3,}ing|[a-z]{4,}ed)\Z"
)
"""Compounds that only begin with a name: Kalashnikov-carrying."""
ELIDED = re.compile(
    rf"(?:[Ll]|[Aa]ll|[Dd]ell|[Nn]ell|[Ss]ull|[Dd]all|[Uu]n|[Qq]u|[Ll]orsqu|[Dd]){APOSTROPHE}(?=\w)"
)
"""An elided article or preposition: *l'* Orne."""
_SETTLED = frozenset(
    {NAME, PARTICLE, DEMONYM, TITLE, VARIANT, OPENER, NONE, NOUN_OF_ORGANISATION, NOUN_OF_PLACE}
)
"""Sorts that do not depend on other words."""
_ENDS_OF_OPENERS = ("ing", "ed", "ly")
_MIN_OPENER = 5
_GERMAN_ADJECTIVES = ("ische", "ischen", "ischer", "isches", "ischem")


class Word(NamedTuple):
    """A word of a run.

    Attributes:
        text: As written, without a possessive.
        folded: The same, folded.
        start, end: Its span in the run.
        sort: What it is to a name.
    """

    text: str
    folded: str
    start: int
    end: int
    sort: str


def split_run(run: str, language: str, *, begins_sentence: bool) -> list[Word]:
    """The words of a run, in order.

    Args:
        begins_sentence: A sentence begins with the run, so that its first words may be no names.
    """
    words: list[Word] = []
    pieces = run.split(" ")
    is_opening, start = True, 0
    for number, piece in enumerate(pieces):
        looked_up = _look_up(piece, language)
        shift = 0
        if not number and (elided := ELIDED.match(looked_up.text)):
            is_article = elided[0][0].islower() or (begins_sentence and elided[0][0] != "D")
            shift = elided.end() if is_article else 0
            looked_up = _look_up(piece[shift:], language)
        text, folded, sort, is_stop, is_opener = looked_up
        following = pieces[number + 1 :]
        if is_opening and (is_stop or is_opener):
            is_opener = is_opener if begins_sentence else is_stop and language == "en"
            if is_opener and _is_no_name(text, folded, following):
                sort = OPENER
        if sort not in _SETTLED:
            sort = _settle(sort, folded, words[-1] if words else None, following)
        if is_stop and words and words[-1].text.isupper() and text[0].isupper():
            sort = NONE  # A headline in capitals, or an abbreviation, and the sentence after it.
        is_opening = is_opening and sort in {OPENER, NONE}
        if text:
            words.append(Word(text, folded, start + shift, start + shift + len(text), sort))
        start += len(piece) + 1
    return words


class _LookedUp(NamedTuple):
    """What a word alone tells; `is_opener` is what it is where a sentence begins."""

    text: str
    folded: str
    sort: str
    is_stop: bool
    is_opener: bool


@lru_cache(maxsize=200_000)
def _look_up(piece: str, language: str) -> _LookedUp:
    """A word without its possessive, and what it alone tells."""
    text = (_TURKIC_ENDING if language in _TURKIC else _POSSESSIVE).sub("", piece)
    if text != piece and fold(piece.replace("’", "'")) in kind_words.NAMES_WITH_POSSESSIVE:
        text = piece
    folded = fold(text.rstrip("."))
    is_stop = is_stopword(folded, (language,))
    is_opener = (
        is_stop
        or folded in openers.OPENERS.get(language, ())
        or (language == "en" and len(text) >= _MIN_OPENER and text.endswith(_ENDS_OF_OPENERS))
    )
    return _LookedUp(text, folded, _sort(text, folded, language), is_stop, is_opener)


def _sort(text: str, folded: str, language: str) -> str:
    if text == "&" or text[:1].islower():
        return PARTICLE if text == "&" or text.islower() else NAME
    if text in get_variants(language):
        return VARIANT
    if text.isupper() and len(text) > 1 and is_stopword(folded, (language,)):
        return _STOP_WORD
    if folded in get_calendar_words(language):
        return _CALENDAR
    if (
        folded in openers.CAPITALIZED_NON_NAMES
        or _CONTRACTION.search(text)
        or _COMPOUND.search(text)
    ):
        return NONE
    if text.rstrip(".") in kind_words.LEGAL_FORMS:
        return LEGAL
    sort = _sort_german(folded, text) if language == "de" else ""
    if sort:
        return sort
    return _sort_title(folded, language)


def _sort_title(folded: str, language: str) -> str:
    if folded in titles.TITLES.get(language, titles.TITLES["en"]):
        return _AMBIGUOUS_TITLE if folded in titles.AMBIGUOUS_TITLES else TITLE
    if folded in DEMONYMS and folded not in get_places(language):
        return DEMONYM
    return NAME


def _settle(sort: str, folded: str, previous: Word | None, following: list[str]) -> str:
    """The sort of a word that depends on its neighbours."""
    match sort:
        case "calendar":  # `_CALENDAR`: Theresa May
            return NAME if previous and previous.folded in kind_words.FIRST_NAMES else NONE
        case "legal form":
            return sort if previous else NONE
        case "stop word in capitals":
            return NONE if previous else NAME
        case "ambiguous title":
            return TITLE if _is_title(folded, following) else NAME
    return sort


def _is_title(folded: str, following: list[str]) -> bool:
    """Whether a word is a title, rather than part of a name such as Justice Department."""
    if following and fold(following[0]) in kind_words.FIRST_NAMES:
        return True
    if len(following) < 2 or folded not in titles.TITLES_OF_FULL_NAMES:
        return False
    last = fold(following[-1])
    return last not in kind_words.ORGANISATION_WORDS and last not in kind_words.PLACE_WORDS


def _is_no_name(text: str, folded: str, following: list[str]) -> bool:
    """Whether a word that can begin sentences is no part of the name after it."""
    if not following:
        is_acronym = len(text) > 1 and text.isupper()
        is_verb = folded.endswith(_ENDS_OF_OPENERS)
        return not is_acronym and not is_verb
    return (
        folded not in kind_words.FIRST_NAMES
        and folded not in kind_words.ORGANISATION_WORDS
        and folded not in openers.NAMES_LIKE_VERBS
    )


def _sort_german(folded: str, text: str) -> str:
    """What a German noun says about the name after it; "" if nothing."""
    if folded in german.GERMAN_NOUNS:
        return NONE
    if folded in german.GERMAN_NOUNS_OF_ORGANISATIONS:
        return NOUN_OF_ORGANISATION
    if folded in german.GERMAN_NOUNS_OF_PLACES:
        return NOUN_OF_PLACE
    if folded.endswith(_GERMAN_ADJECTIVES):
        return DEMONYM
    is_role = folded in titles.TITLES["de"] or (
        len(folded) > 6 and folded.endswith(german.GERMAN_ROLE_ENDINGS)
    )
    return TITLE if is_role and not text.isupper() else ""
