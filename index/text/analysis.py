"""The analyzer: the terms of words in the languages that have a stemmer.

Responsibility: stem folded words, give their terms, and recognize stop words.
Decision: accents are folded before stemming, so that a query without accents gets the same stem. A
stem belongs to its language, so that *policía* does not match `policy`.
Must not depend on: Whoosh, queries or articles.
"""

from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from index.text.folding import fold
from index.text.stopwords import STOPWORDS

STEMMERS = {
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "de": "german",
    "pt": "portuguese",
    "it": "italian",
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "el": "greek",
    "eo": "esperanto",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""Snowball's stemmers by language."""
LANGUAGES = tuple(STEMMERS)
LANGUAGES_OF_CHANGED_BEGINNINGS = frozenset("ar eo et fi ga id nl sr st tr yi".split())
"""Those in which a stem may begin otherwise than its word, as that of Dutch `gewerkt` does."""
_FURTHER_FORM = "~"
"""Begins the terms of further forms, so that stories compare words and not spellings."""
_LANGUAGE_SEPARATOR = ":"
"""Separates a language from its stem; no folded word contains it."""


def stem(folded: str, language: str) -> str:
    """Stem a folded word with Snowball; a language without a stemmer returns the word itself.

    A stem is folded, too: those of Serbian and Esperanto have letters with marks, such as `ĉ` for
    `cx`. Of a word that is all ending, the stem is the word.
    """
    name = STEMMERS.get(language)
    if not name:
        return folded
    stemmed = str(_get_stemmer(name).stemWord(folded))
    return (stemmed if folded.startswith(stemmed) else fold(stemmed)) or folded


@lru_cache(maxsize=len(STEMMERS))
def _get_stemmer(name: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(name)


@lru_cache(maxsize=400_000)
def to_term(folded: str, language: str) -> str:
    """The term of a folded word: `en:polici`, or the word if its language has no stemmer."""
    return (
        f"{language}{_LANGUAGE_SEPARATOR}{stem(folded, language)}"
        if language in STEMMERS
        else folded
    )


def to_terms(folded: str, languages: Iterable[str]) -> tuple[str, ...]:
    """The terms of a folded word in any of the languages: its stems, and the word itself.

    An article is in one language, so it has at most one of them.
    """
    return tuple(dict.fromkeys((*(to_term(folded, language) for language in languages), folded)))


def to_term_of_form(form: str, language: str) -> str:
    """The term of a word's further form, which finds the word but is not one of the article's."""
    return _FURTHER_FORM + to_term(form, language)


def is_further_form(term: bytes) -> bool:
    """Whether a term in UTF-8 was made by `to_term_of_form`."""
    return term.startswith(_FURTHER_FORM.encode())


def strip_language(form: bytes) -> bytes:
    """Strip the language from a term in UTF-8: names are spelt alike in every language."""
    return form.rpartition(_LANGUAGE_SEPARATOR.encode())[2]


def list_terms_of_stem(stem: str, languages: Iterable[str] = tuple(STEMMERS)) -> tuple[str, ...]:
    """The terms of some languages that `strip_language` turns into this stem."""
    return (stem, *(f"{language}{_LANGUAGE_SEPARATOR}{stem}" for language in languages))


def is_stopword(folded: str, languages: Iterable[str]) -> bool:
    """Whether a folded word is a stop word in all of the languages that have a list."""
    lists = [STOPWORDS[language] for language in languages if language in STOPWORDS]
    return bool(lists) and all(folded in words for words in lists)


def is_stopword_in_any(folded: str, languages: Iterable[str]) -> bool:
    """Whether a folded word is a stop word in at least one of the languages."""
    return any(folded in STOPWORDS.get(language, ()) for language in languages)


def normalize_language(language: str) -> str:
    """The analyzer's language for a BCP 47 tag: `pt-BR` -> `pt`."""
    return language.split("-")[0].casefold()


def analyzer_languages(tags: Iterable[str]) -> tuple[str, ...]:
    """The languages with an analyzer among BCP 47 tags; English where there is none."""
    primaries = {normalize_language(tag) for tag in tags}
    return tuple(language for language in LANGUAGES if language in primaries) or ("en",)
