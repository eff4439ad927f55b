"""The analyzer: from text to terms, in six languages.

Responsibility: split text into tokens with spans, fold and stem them, and recognize stop words.
Decision: accents are folded before stemming, so that a query without accents gets the same stem. A
stem belongs to its language, so that *policía* does not match `policy`.
Must not depend on: Whoosh, queries or articles.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from index.text.stopwords import STOPWORDS

STEMMERS = {
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "de": "german",
    "pt": "portuguese",
    "it": "italian",
}
LANGUAGES = tuple(STEMMERS)

_TOKEN_PATTERNS = {
    "plain": r"[^\W\d_]{2,}+(?![\w'’])",  # most words; first, because it is the fastest
    "acronym": r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])",  # U.S., e.u.
    "number": r"\d+(?:[.,]\d+)+(?![^\W_])",  # 1,500.75
    "code": r"[^\W\d_](?:\+\+|#)(?![^\W_])",  # C++, C#
    "word": r"[^\W_]+(?:['’][^\W_]+)*",  # don't, l'eau, 2023, naïve
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _TOKEN_PATTERNS.items()))
_UNNAMED_TOKEN = re.compile("|".join(_TOKEN_PATTERNS.values()))
"""The same pattern without named groups, which takes a third of the time."""
_APOSTROPHE = re.compile("['’]")
_ELISIONS = frozenset(
    "l d j m n s t c qu jusqu lorsqu puisqu all dall dell nell sull un gl quest".split()
)
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)
_LANGUAGE_SEPARATOR = ":"
"""Separates a language from its stem; no folded word contains it."""
_MAX_TOKEN_LENGTH = 64
"""Longer tokens are cut: they are no words and would bloat the index."""


class Token(NamedTuple):
    """One token of a text: its folded form and its span, `[start, end)` in code points."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=400_000)
def fold(word: str) -> str:
    """Fold a word to lower case without accents or ligatures: `São` -> `sao`, `ß` -> `ss`."""
    folded = word.casefold()
    if folded.isascii():
        return folded
    # Some characters decompose into capitals (ℌ) or several words (ﷺ); a term is one word.
    parts = unicodedata.normalize("NFKD", folded).casefold()
    letters = (c for c in parts if not (unicodedata.combining(c) or c.isspace()))
    return "".join(letters).translate(_LETTERS)


def stem(folded: str, language: str) -> str:
    """Stem a folded word with Snowball; a language without a stemmer returns the word itself."""
    name = STEMMERS.get(language)
    return str(_get_stemmer(name).stemWord(folded)) if name else folded


@lru_cache(maxsize=8)
def _get_stemmer(name: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(name)


def _fold_match(match: re.Match[str]) -> str:
    """The folded form of a token; empty if no letter or digit is left."""
    text, kind = match[0], match.lastgroup
    if kind == "plain":
        return fold(text)
    if kind == "acronym":
        return fold(text.replace(".", ""))
    if kind == "number":
        return text.replace(",", "")
    if kind == "code":
        return fold(text)
    pieces = _APOSTROPHE.split(text)
    if len(pieces) > 1 and fold(pieces[-1]) == "s":
        pieces.pop()
    if len(pieces) > 1 and fold(pieces[0]) in _ELISIONS:
        pieces.pop(0)
    return fold("".join(pieces))


def tokenize(text: str) -> Iterator[Token]:
    """Yield every token of a text in order, stop words included."""
    for match in _TOKEN.finditer(text):
        folded = _fold_match(match)
        if folded:
            yield Token(folded[:_MAX_TOKEN_LENGTH], *match.span())


def split_tokens(text: str) -> list[str]:
    """Split a text into tokens as written, in order; some of them may fold to nothing."""
    return _UNNAMED_TOKEN.findall(text)


def fold_token(raw: str) -> str:
    """Fold one token of `split_tokens`; empty if no letter or digit is left."""
    match = _TOKEN.fullmatch(raw)
    return _fold_match(match)[:_MAX_TOKEN_LENGTH] if match else ""


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
