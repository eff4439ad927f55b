"""From a run of capitalized words to names.

Responsibility: say which parts of a run are names, and of which kind they are as far as the run
tells.
Decision: words that are no part of a name (days, titles, openers of sentences) separate names,
wherever they stand. The result depends on the run, its language and whether a sentence begins with
it, so it is kept for the next article.
Must not depend on: the text around a run.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from index.text.names import kind_words, titles
from index.text.names.gazetteer import get_variants
from index.text.names.german import GERMAN_ARTICLES
from index.text.names.kinds import Kind, is_organisation_or_place, is_place, judge_words
from index.text.names.seams import LEADING_PARTICLES, find_seam, strip_words
from index.text.names.tokens import (
    DEMONYM,
    LEGAL,
    NONE,
    NOUN_OF_ORGANISATION,
    NOUN_OF_PLACE,
    OPENER,
    PARTICLE,
    TITLE,
    VARIANT,
    Word,
    split_run,
)

_MAX_WORDS = 6
"""The most capitalized words of a name; a longer run is a headline in capitals."""
_MIN_LETTERS = 2
_CODE = re.compile(r"[A-Z0-9]{1,6}\.[A-Z]{1,2}")
"""Codes of exchanges, as in `(BAY.L)`."""
_SEPARATORS: dict[str, Kind] = {
    TITLE: "person",
    NOUN_OF_ORGANISATION: "organisation",
    NOUN_OF_PLACE: "place",
    NONE: "",
    OPENER: "",
    LEGAL: "",
}
"""Words between names, and of which kind the name after them is."""


class Part(NamedTuple):
    """A name within a run.

    Attributes:
        start, end: Its span in the run.
        name: As it is counted.
        kind: What the run tells.
        is_known: The gazetteer has it.
        follows_noun: A title or noun before it says what it is: Insel Tavea.
        is_doubtful: It begins a sentence, with a word that may be no part of it.
    """

    start: int
    end: int
    name: str
    kind: Kind
    is_known: bool = False
    follows_noun: bool = False
    is_doubtful: bool = False


@lru_cache(maxsize=200_000)
def read_run(
    run: str, language: str, begins_sentence: bool = False, follows_article: bool = False
) -> tuple[Part, ...]:
    """The names in a run, in order.

    Args:
        begins_sentence: A sentence begins with the run.
        follows_article: A German article is in front of the run, so that it begins with a noun.
    """
    run = run.replace("\u00a0", " ")
    canonical = get_variants(language).get(run, run)
    if canonical != run or is_place(run, language):
        kind: Kind = "place" if is_place(canonical, language) else "organisation"
        return (Part(0, len(run), canonical, kind, is_known=True),)
    words = split_run(run, language, begins_sentence=begins_sentence)
    follows_article |= language == "de" and words[0].folded in GERMAN_ARTICLES
    reader = _Reader(run, language, begins_sentence=begins_sentence, is_noun=follows_article)
    parts = reader.read(words)
    if begins_sentence and parts and words[0].start == parts[0].start:
        is_certain = " " in parts[0].name and (
            parts[0].kind == "organisation" or _is_known(words[0].folded, language)
        )
        parts[0] = parts[0]._replace(is_doubtful=not is_certain)
    return tuple(parts)


class _Reader:
    """Reads one run."""

    def __init__(self, run: str, language: str, *, begins_sentence: bool, is_noun: bool) -> None:
        self._run = run
        self._language = language
        self._begins_sentence = begins_sentence
        self._is_noun = is_noun
        self._parts: list[Part] = []

    def read(self, words: list[Word]) -> list[Part]:
        """The names that the words are."""
        name: list[Word] = []
        kind: Kind = ""
        for number, word in enumerate(words):
            following = words[number + 1 :]
            if word.sort in _SEPARATORS:
                name = _drop_modifiers(name) if word.sort == TITLE else name
                self._add(name, "organisation" if word.sort == LEGAL else kind)
                name, kind = [], _SEPARATORS[word.sort]
            elif word.sort == VARIANT and not _is_within_name(word, following):
                self._add(name, kind)
                self._add([word], "")
                name, kind = [], ""
            elif word.sort == PARTICLE and not (name or self._leads(word)):
                kind = kind if _continues_title(following) else ""
            elif name or kind != "person" or word.folded not in titles.TITLE_MODIFIERS:
                name.append(word)
        self._add(name, kind)
        return self._parts

    def _leads(self, word: Word) -> bool:
        """Whether a particle begins a surname: *van der* Houwel."""
        return self._language != "de" and word.text in LEADING_PARTICLES

    def _add(self, words: list[Word], kind: Kind) -> None:
        """Add the name, or the names, that a sequence of words is."""
        words = strip_words(words, self._language)
        is_noun = self._is_noun and not self._parts
        seam = find_seam(words, self._run, self._language, follows_article=is_noun)
        if seam is None:
            self._add_name(words, kind)
            return
        is_opening = self._begins_sentence and not self._parts and words[seam].sort == PARTICLE
        is_dropped = seam == 1 and (is_opening or is_noun)
        if not is_dropped or _is_known(words[0].folded, self._language):
            self._add(words[:seam], kind)
        self._add(words[seam:], "" if words[seam].sort == PARTICLE else kind)

    def _add_name(self, words: list[Word], kind: Kind) -> None:
        if not words or sum(word.sort != PARTICLE for word in words) > _MAX_WORDS:
            return
        name = self._run[words[0].start : words[-1].end]
        is_modifier = len(words) == 1 and words[0].folded in titles.TITLE_MODIFIERS
        is_too_short = len(name) < 2 * _MIN_LETTERS and sum(map(str.isalnum, name)) < _MIN_LETTERS
        if (
            is_too_short
            or ("." in name and _CODE.fullmatch(name))
            or (is_modifier and self._language == "en")
        ):
            return
        variants = get_variants(self._language)
        name = variants.get(name, name)
        found = judge_words(name, [word.folded for word in words], self._language)
        if kind == "organisation" or (kind == "person" and found != "organisation"):
            found = kind
        self._parts.append(
            Part(
                words[0].start,
                words[-1].end,
                name,
                found or kind,
                is_known=is_place(name, self._language) or name in variants.values(),
                follows_noun=bool(kind),
            )
        )


def _is_within_name(variant: Word, following: list[Word]) -> bool:
    """Whether a variant such as `US` is part of a longer name: US Airways."""
    is_acronym = variant.text.isupper() and "." not in variant.text
    is_short = 0 < len(following) <= 2
    return is_acronym and is_short and following[-1].folded in kind_words.ORGANISATION_WORDS


def _continues_title(following: list[Word]) -> bool:
    """Whether a particle is within a title: Secretary of State."""
    return bool(following) and following[0].folded in titles.TITLE_MODIFIERS


def _drop_modifiers(words: list[Word]) -> list[Word]:
    """Words before a title without those that belong to the title: *Prime* Minister."""
    end = len(words)
    while end and (
        words[end - 1].folded in titles.TITLE_MODIFIERS or words[end - 1].sort == DEMONYM
    ):
        end -= 1
    return words[:end]


def _is_known(folded: str, language: str) -> bool:
    """Whether a word is known as the first of names."""
    return (
        folded in kind_words.FIRST_NAMES
        or is_organisation_or_place(folded)
        or is_place(folded, language)
    )
