"""Where in a text a word may begin that is one of some terms, or has one as its stem.

Responsibility: compile terms into a regular expression that matches at every such place.
Decision: a word and its stem begin with the same two letters, or nearly the same. A character
outside ASCII may fold to any letters, so that it always matches; in texts of other scripts, where
that would match everything, it matches only where its script is not one of `_KNOWN`.
Must not depend on: how the words are recognized in the end.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Set
from functools import cache
from itertools import pairwise

from index.text.analysis import strip_language
from index.text.folding import fold

_BETWEEN = r"[^\w\s]{0,3}"
"""Signs that may separate the first two letters of a word: U.S., O'Neill, 1,500, e-mail."""
_ALIKE = {"i": "iy", "y": "iy"}
"""Second letters that a stem may change: dying, die."""
_UMLAUTS = "aou"
"""Letters after which a German stem drops an e: aerzte, arzt."""
_ASCII = (0x00, 0x7F)
_ALPHABETS = ((0x0370, 0x17B3), (0x3041, 0x30FF))
"""From Greek to Khmer, and kana: each character folds to a letter that `_group_writings` knows."""
_SIGNS = ((0x3000, 0x303F), (0xFF08, 0xFF09), (0xFF0C, 0xFF0C), (0xFF1A, 0xFF1B), (0xFF1F, 0xFF1F))
_KNOWN = (*_ALPHABETS, (0x3400, 0x9FFF), *_SIGNS)
"""These, ideographs, each of which folds to itself, and signs that begin no word."""
_BEYOND_LATIN = re.compile(r"[\u0370-\u17b3\u3041-\u30ff\u3400-\u9fff]{2}")
_SAMPLE = 200

_Ranges = tuple[tuple[int, int], ...]


def is_beyond_latin(text: str) -> bool:
    """Whether a text begins in a script of which `compile_starts_beyond_latin` knows the letters.

    Both expressions find the same words in any text, each faster in its own.
    """
    return not text.isascii() and _BEYOND_LATIN.search(text, 0, _SAMPLE) is not None


def compile_starts(terms: Iterable[str]) -> re.Pattern[str]:
    """The expression for texts in Latin script, in half a millisecond."""
    return _compile(terms, (_ASCII,))


def compile_starts_beyond_latin(terms: Iterable[str]) -> re.Pattern[str]:
    """The expression for texts in other scripts, in several milliseconds."""
    return _compile(terms, (_ASCII, *_KNOWN))


def _compile(terms: Iterable[str], known: _Ranges) -> re.Pattern[str]:
    seconds: defaultdict[str, set[str]] = defaultdict(set)
    for term in terms:
        word = strip_language(term.encode()).decode()
        seconds[word[0]].add(word[1:2])
    alternatives = [
        f"(?<=[{re.escape(_list_writings(first, known))}]){_second_letter(first, after, known)}"
        for first, after in seconds.items()
    ]
    # The set of letters comes first, because the engine scans for it quickly; look-behinds follow.
    firsts = _or_unknown("".join(_list_writings(first, known) for first in seconds), known)
    return re.compile(
        rf"{firsts}(?<![A-Za-z0-9].)"
        rf"(?:{'|'.join(alternatives)}|(?<={_or_unknown('', known)}))",
        re.DOTALL,
    )


def _second_letter(first: str, seconds: Set[str], known: _Ranges) -> str:
    """What may follow a word's first letter; anything if the word may end there."""
    if "" in seconds:
        return ""
    letters = {like for second in seconds for like in _ALIKE.get(second, second)}
    letters |= {"e"} if first in _UMLAUTS else set()
    written = "".join(_list_writings(letter, known) for letter in sorted(letters))
    return _BETWEEN + _or_unknown(written, known)


def _list_writings(letter: str, known: _Ranges) -> str:
    """A letter in both cases, and the characters of known ranges that fold to it."""
    cases = letter + letter.upper() if letter.isascii() else letter
    return cases if known == (_ASCII,) else cases + _group_writings().get(letter, "")


@cache
def _group_writings() -> dict[str, str]:
    """The characters of the alphabets, by the letters that their folding begins with."""
    writings: defaultdict[str, str] = defaultdict(str)
    for first, last in _ALPHABETS:
        for char in map(chr, range(first, last + 1)):
            for letter in {fold(char)[:1], unicodedata.normalize("NFKD", char)[:1]} - {char}:
                writings[letter] += char
    return dict(writings)


def _or_unknown(letters: str, known: _Ranges) -> str:
    """A set of some letters and of all characters outside the known ranges.

    Written as a negated set: a positive set of a million characters takes 3 ms to compile.
    """
    codes = sorted(set(map(ord, letters)))
    pieces = []
    for first, last in known:
        bounds = [first - 1, *(code for code in codes if first <= code <= last), last + 1]
        pieces += [rf"\u{a + 1:04x}-\u{b - 1:04x}" for a, b in pairwise(bounds) if b - a > 1]
    return f"[^{''.join(pieces)}]"
