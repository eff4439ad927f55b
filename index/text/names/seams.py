"""Where a sequence of capitalized words is more than one name, or less.

Responsibility: cut the words of a name from those before and after it.
Decision: a preposition joins the parts of an organisation or a place, and separates a person from
either: Bank of Halden, but Ben Wood of Alpina.
Must not depend on: the text around a run.
"""

from index.text.folding import fold
from index.text.names import kind_words
from index.text.names.gazetteer import get_places
from index.text.names.kinds import begins_with_person, is_organisation_or_place
from index.text.names.tokens import DEMONYM, ELIDED, NAME, PARTICLE, Word

LEADING_PARTICLES = frozenset({"van", "von"})
"""Particles with which a surname begins; in German *von* is as often a preposition."""
_PERSONAL_PARTICLES = frozenset({"&", "van", "bin", "ibn", "bint"})


def strip_words(words: list[Word], language: str) -> list[Word]:
    """The words without particles at the ends, and without what a person is: Kenyan Grace Wood."""
    words = list(words)
    while words and words[-1].sort == PARTICLE:
        words.pop()
    while words and _is_stripped(words, language):
        words.pop(0)
    is_lower = bool(words) and words[0].text[0].islower()
    if is_lower and (elided := ELIDED.match(words[0].text)):
        text = words[0].text[elided.end() :]
        start = words[0].start + elided.end()
        words[0] = words[0]._replace(text=text, folded=fold(text), start=start)
    return words


def find_seam(words: list[Word], run: str, language: str, *, follows_article: bool) -> int | None:
    """The number of the word at which another name begins, or the preposition before it.

    Args:
        follows_article: A German article stands before the words, so that the first is a noun.
    """
    if len(words) < 2:
        return None
    is_plain = "'" not in run and "’" not in run and all(w.sort != PARTICLE for w in words)
    for number in () if is_plain else range(1, len(words)):
        if _ends_with_possessive(words[:number], words, run, language):
            return number
        if words[0].folded not in kind_words.ORGANISATION_HEADS and _is_preposition(
            words, number, language, follows_article=follows_article
        ):
            return number
    if language == "de" and len(words) == 2 and words[0].folded in get_places("de"):
        return None if words[1].folded in kind_words.ORGANISATION_WORDS else 1
    return None


def _is_stripped(words: list[Word], language: str) -> bool:
    """Whether the first word is no part of the name."""
    first, following = words[0], words[1] if len(words) > 1 else None
    if first.sort == PARTICLE:
        return language == "de" or first.text not in LEADING_PARTICLES
    if first.folded in kind_words.DIRECTIONS:
        return following is not None and following.sort == DEMONYM
    if first.sort != DEMONYM:
        return False
    if following is None or following.folded in kind_words.FIRST_NAMES:
        return True
    is_noun = language == "de" and len(words) == 2
    if is_noun and following.folded not in kind_words.ORGANISATION_WORDS:
        return True
    return all(word.sort != NAME for word in words)


def _ends_with_possessive(owner: list[Word], words: list[Word], run: str, language: str) -> bool:
    """Whether an owner ends before what is owned: *Germany's* Alpina, but not Moody's Service."""
    if not run.startswith(("'s ", "’s "), owner[-1].end):
        return False
    name = fold(" ".join(word.text for word in owner))
    return name in get_places(language) or not is_organisation_or_place(words[-1].folded)


def _is_preposition(
    words: list[Word], number: int, language: str, *, follows_article: bool
) -> bool:
    """Whether a word separates the names before and after it."""
    word = words[number]
    elided = ELIDED.match(word.text)
    is_particle = word.sort == PARTICLE and word.text not in _PERSONAL_PARTICLES
    following = words[number + 1 :] if is_particle else words[number:]
    if not following or not (is_particle or (elided and elided[0][0].islower())):
        return False
    right = word.folded[elided.end() :] if elided else following[0].folded
    if right in kind_words.ORGANISATION_WORDS:
        return True
    place = fold(" ".join(w.text for w in following))
    is_person = begins_with_person(words[0].text + " ", words[0].folded)
    if word.folded == "of":
        return not _takes_of(words[:number], place, language)
    if follows_article and word.folded == "von" and not is_person:
        return True
    is_noun = number == 1 and not is_person and not is_organisation_or_place(words[0].folded)
    return is_noun and place in get_places(language)


def _takes_of(left: list[Word], right: str, language: str) -> bool:
    """Whether *of* is part of a name."""
    if any(is_organisation_or_place(word.folded) for word in left):
        return True
    is_noun = len(left) == 1 and left[0].folded not in kind_words.FIRST_NAMES
    return is_noun and right not in get_places(language)
