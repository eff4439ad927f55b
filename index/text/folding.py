"""Folding: the form of a word by which it is found.

Responsibility: fold a word to lower case without accents.
Decision: a combining mark is removed only where it is an accent. Japanese voicing marks, Indic
vowel signs and Thai marks are letters, as are the Cyrillic short i and the yi of Ukrainian.
Must not depend on: tokens or languages.
"""

import re
import unicodedata
from functools import lru_cache

from index.text.characters import ARABIC_MARKS, HEBREW_POINTS, JOINERS

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ѐ": "е", "ѝ": "и"}
)
_CYRILLIC = "\u0400-\u052f"
_ACCENTS = re.compile(
    f"(?<![{_CYRILLIC}])[\u0300-\u036f]"
    # In Cyrillic, a stress mark and the dots of yo; other marks make another letter.
    f"|(?<=[{_CYRILLIC}])(?<![\u0433\u043a])[\u0300\u0301]|(?<=\u0435)\u0308"
    f"|[{ARABIC_MARKS}{HEBREW_POINTS}{JOINERS}\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20f0\ufe20-\ufe2f]"
)


@lru_cache(maxsize=400_000)
def fold(word: str) -> str:
    """Fold a word to lower case without accents or ligatures: `São` -> `sao`, `ß` -> `ss`."""
    folded = word.casefold()
    if folded.isascii():
        return folded
    # Some characters decompose into capitals (ℌ) or several words (ﷺ); a term is one word.
    parts = unicodedata.normalize("NFKD", folded).casefold()
    letters = "".join(_ACCENTS.sub("", parts).split())
    return unicodedata.normalize("NFC", _fold_digits(letters)).translate(_LETTERS)


def _fold_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9."""
    if text.isascii() or not any(char.isdecimal() and not char.isascii() for char in text):
        return text
    return "".join(str(unicodedata.decimal(char, char)) for char in text)
