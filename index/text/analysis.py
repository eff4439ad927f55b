"""Text to terms: tokens with their places, folded forms and stems, in six languages.

Decision: fold accents before stemming, so that a query typed without accents meets the same stem;
a stem belongs to its language, so that `policy` is not found by *policía*.
Must not know Whoosh, queries or articles.
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

_SHAPES = {
    "plain": r"[^\W\d_]{2,}+(?![\w'’])",  # most words; first, because it is quick
    "acronym": r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])",  # U.S., e.u.
    "number": r"\d+(?:[.,]\d+)+(?![^\W_])",  # 1,500.75
    "code": r"[^\W\d_](?:\+\+|#)(?![^\W_])",  # C++, C#
    "word": r"[^\W_]+(?:['’][^\W_]+)*",  # don't, l'eau, 2023, naïve
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{shape})" for kind, shape in _SHAPES.items()))
_UNTOLD = re.compile("|".join(_SHAPES.values()))
"""The same without names of groups: found in a third of the time."""
_APOSTROPHE = re.compile("['’]")
_ELISIONS = frozenset(
    "l d j m n s t c qu jusqu lorsqu puisqu all dall dell nell sull un gl quest".split()
)
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)
_OF = ":"
"""Between a language and its stem; no folded word holds it."""
_MAX_TERM = 64
"""Longer runs of letters are not words; cut so that no term bloats the index."""


class Token(NamedTuple):
    """One token of a text: its folded form and its span in the text."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=400_000)
def fold(word: str) -> str:
    """Lower-case, without accents or ligatures: `São` -> `sao`, `Straße` -> `strasse`."""
    folded = word.casefold()
    if folded.isascii():
        return folded
    # Some signs come apart into capitals (ℌ) or into several words (ﷺ); a term is one word.
    parts = unicodedata.normalize("NFKD", folded).casefold()
    kept = (c for c in parts if not (unicodedata.combining(c) or c.isspace()))
    return "".join(kept).translate(_LETTERS)


def stem(folded: str, language: str) -> str:
    """Snowball stem of a folded word; the word itself in a language without a stemmer."""
    name = STEMMERS.get(language)
    return str(_stemmer(name).stemWord(folded)) if name else folded


@lru_cache(maxsize=8)
def _stemmer(name: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(name)


def _normal(match: re.Match[str]) -> str:
    """The folded form of a token; empty where nothing of it is left."""
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
    """Every token of a text in order, stop words included."""
    for match in _TOKEN.finditer(text):
        folded = _normal(match)
        if folded:
            yield Token(folded[:_MAX_TERM], *match.span())


def split_tokens(text: str) -> list[str]:
    """Every token of a text as it stands there, in order, also those that fold to nothing."""
    return _UNTOLD.findall(text)


def fold_token(raw: str) -> str:
    """The folded form of one token; empty where nothing of it is left."""
    match = _TOKEN.fullmatch(raw)
    return _normal(match)[:_MAX_TERM] if match else ""


@lru_cache(maxsize=400_000)
def to_term(folded: str, language: str) -> str:
    """The index's form of a word: `en:polici`, or the word where its language has no stemmer."""
    return f"{language}{_OF}{stem(folded, language)}" if language in STEMMERS else folded


def to_terms(folded: str, languages: Iterable[str]) -> tuple[str, ...]:
    """The index's forms of a word that may be of any language: stems, and the word itself.

    An article is in one language, so no article has two of them.
    """
    return tuple(dict.fromkeys((*(to_term(folded, language) for language in languages), folded)))


def strip_language(form: bytes) -> bytes:
    """The stem of a term in UTF-8, for where languages are to meet: names are spelt alike."""
    return form.rpartition(_OF.encode())[2]


def list_terms_of_stem(stem: str) -> tuple[str, ...]:
    """The terms whose stem this is, `without_language`."""
    return (stem, *(f"{language}{_OF}{stem}" for language in STEMMERS))


def is_stopword(folded: str, languages: Iterable[str]) -> bool:
    """Whether a word is a stop word in every one of these languages that has a list."""
    lists = [STOPWORDS[language] for language in languages if language in STOPWORDS]
    return bool(lists) and all(folded in words for words in lists)


def is_stopword_in_any(folded: str, languages: Iterable[str]) -> bool:
    """Whether a word is a stop word in any of these languages."""
    return any(folded in STOPWORDS.get(language, ()) for language in languages)


def normalize_language(language: str) -> str:
    """The analyser's language for a BCP 47 tag: `pt-BR` -> `pt`."""
    return language.split("-")[0].casefold()


def analyzer_languages(tags: Iterable[str]) -> tuple[str, ...]:
    """The languages with an analyzer among BCP 47 tags; English where there is none."""
    primaries = {normalize_language(tag) for tag in tags}
    return tuple(language for language in LANGUAGES if language in primaries) or ("en",)
