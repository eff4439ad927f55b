"""Word lists: the words of a language.

Responsibility: load the words of a language when they are first needed, and answer whether a text
is one of them.
Decision: the lists of pyspellchecker, 7 MB for twelve languages, completed by stems, because a list
has only some forms of a word; its spelling corrections are not used.
Must not depend on: what the words are for.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import snowballstemmer

from archive.article import UNKNOWN_LANGUAGE

_STEMMERS = {
    "ar": "arabic", "de": "german", "en": "english", "es": "spanish", "eu": "basque",
    "fr": "french", "it": "italian", "nl": "dutch", "pt": "portuguese", "ru": "russian",
}  # fmt: skip
# In English a stem says little: `inlaw` and `inlaws` are no words. Most words have few forms.
_LISTED_IN_FULL = frozenset({"en"})
# The lists give words that they have no count of a count of 50.
_MIN_COMMON_COUNT = 51
_MIN_PART = 4
_LINKS = ("", "s", "n", "en", "es")


class WordList:
    """The words of a language. Words are asked for in lower case and NFC.

    It keeps a 64-bit hash of each: 6 MB for the largest list, where sets take 60.

    Args:
        counts: How often each word occurs in the texts that the list was made from.
        stemmer: The name of the language for Snowball; empty for none.
        has_compounds: The language writes compounds of nouns as one word, as German does.
    """

    def __init__(
        self, counts: dict[str, int], *, stemmer: str = "", has_compounds: bool = False
    ) -> None:
        self._stemmer = snowballstemmer.stemmer(stemmer) if stemmer else None
        self.has_compounds = has_compounds
        self._words = _Hashes(counts)
        stems = self._stemmer.stemWords(list(counts)) if self._stemmer else ()
        self._stems = _Hashes(stems)
        self._common = _Hashes(w for w, count in counts.items() if count >= _MIN_COMMON_COUNT)

    def has(self, word: str) -> bool:
        """Return whether this is a word, in any of its forms."""
        if self._words.has(word):
            return True
        return self._stemmer is not None and self._stems.has(self._stemmer.stemWord(word))

    def has_common(self, word: str) -> bool:
        """Return whether this is a word that occurs often enough to be part of a compound."""
        return self._common.has(word)

    def is_compound(self, word: str) -> bool:
        """Return whether this is a compound of two or three words of four letters or more.

        Always False in a language that writes compounds apart.
        """
        return self.has_compounds and any(self._splits(word, parts) for parts in (2, 3))

    def _splits(self, word: str, parts: int) -> bool:
        if parts == 1:
            return len(word) >= _MIN_PART and self.has(word)
        for end in range(_MIN_PART, len(word) - _MIN_PART + 1):
            if self._is_first_part(word[:end]) and self._splits(word[end:], parts - 1):
                return True
        return False

    def _is_first_part(self, part: str) -> bool:
        return any(
            part.endswith(link) and self._words.has(part.removesuffix(link))
            for link in _LINKS
            if len(part) - len(link) >= _MIN_PART
        )


class _Hashes:
    """The hashes of texts, in order; about one absent text in 10**13 is taken for present."""

    def __init__(self, texts: Iterable[str]) -> None:
        ordered = sorted(map(hash, texts))
        self._values = array("q", ordered[:1])
        self._values.extend(second for first, second in pairwise(ordered) if first != second)

    def has(self, text: str) -> bool:
        """Return whether the text is one of them."""
        value = hash(text)
        place = bisect_left(self._values, value)
        return place < len(self._values) and self._values[place] == value


def load_words(language: str) -> WordList:
    """Return the words of a BCP 47 language; an empty list if there is none for it.

    The first call for a language takes 1 to 3 s.
    """
    return _load(language.partition("-")[0])


@cache
def _load(primary: str) -> WordList:
    if primary in ("", UNKNOWN_LANGUAGE):
        return WordList({})
    from spellchecker import SpellChecker

    if primary not in SpellChecker.languages():
        return WordList({})
    return WordList(
        SpellChecker(language=primary).word_frequency.dictionary,
        stemmer="" if primary in _LISTED_IN_FULL else _STEMMERS.get(primary, ""),
        has_compounds=primary in ("de", "nl"),
    )
