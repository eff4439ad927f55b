"""Finding a query's words in many texts: most of each text is never looked at closely.

Decision: one regular expression finds where a wanted word may begin, by its first two letters; what
stands there up to the next white space is cut into tokens, once for a query. The tokens found are
those of reading every one, for a tenth of the time.
Must not know queries, nor what is done with the words.
"""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import pairwise

from index.text.analysis import Token, strip_language, to_term, tokenize

_ASCII = 128
_BETWEEN = "[.,']?"
"""What may stand between the first two letters of a word: U.S., O'Neill, 1,500."""
_ALIKE = {"i": "iy", "y": "iy"}
"""Second letters that a stem may change: dying, die."""
_UMLAUTS = "aou"
"""Letters after which a German stem drops an e: aerzte, arzt."""
_EVERY = re.compile(r"\S")
_REST = re.compile(r"\S*")

Accepts = Callable[[str], bool]


class WordFinder:
    """Finds some words in texts of one language; made once for a query."""

    def __init__(self, wanted: Set[str], language: str, patterns: Sequence[Accepts] = ()) -> None:
        """`wanted` are folded words and terms; `patterns` say which other folded words are."""
        self._wanted = wanted
        self._language = language
        self._patterns = patterns
        self._begins = _EVERY if patterns else _beginning(wanted)
        self._inside: dict[str, list[Token]] = {}

    def find(self, text: str) -> list[Token]:
        """The wanted tokens of a text, in order."""
        found = []
        for start, stretch in self._stretches(text):
            inside = self._inside.get(stretch)
            if inside is None:
                inside = [token for token in tokenize(stretch) if self._accepts(token.folded)]
                self._inside[stretch] = inside
            found += [Token(t.folded, start + t.start, start + t.end) for t in inside]
        return found

    def _stretches(self, text: str) -> Iterator[tuple[int, str]]:
        """Where a wanted word may be: what stands between white space, as no token reaches over it.

        Each once, in order, with its place.
        """
        end = 0
        for match in self._begins.finditer(text):
            start = match.start()
            if start < end:
                continue
            while start > end and not text[start - 1].isspace():
                start -= 1
            rest = _REST.match(text, match.start())
            end = rest.end() if rest else start
            yield start, text[start:end]

    def _accepts(self, folded: str) -> bool:
        if folded in self._wanted or to_term(folded, self._language) in self._wanted:
            return True
        return bool(self._patterns) and any(accepts(folded) for accepts in self._patterns)


def _beginning(wanted: Set[str]) -> re.Pattern[str]:
    """Where a word may begin that is one of these or has one as its stem: both begin alike."""
    seconds: dict[str, set[str]] = {}
    for form in wanted:
        word = strip_language(form.encode()).decode()
        seconds.setdefault(word[0], set()).add(word[1:2])
    ways = [
        f"(?<=[{re.escape(_both(first))}]){_then(first, after)}" for first, after in seconds.items()
    ]
    # A set of letters comes first, as that is searched for at once; what is before them next.
    firsts = _or_other("".join(map(_both, seconds)))
    return re.compile(
        rf"{firsts}(?<![A-Za-z0-9].)(?:{'|'.join(ways)}|(?<={_or_other('')}))", re.DOTALL
    )


def _then(first: str, seconds: Set[str]) -> str:
    """What may follow a word's first letter; anything where the word may end there."""
    if "" in seconds:
        return ""
    letters = {like for second in seconds for like in _ALIKE.get(second, second)}
    letters |= {"e"} if first in _UMLAUTS else set()
    return _BETWEEN + _or_other("".join(map(_both, letters)))


def _both(letter: str) -> str:
    """A letter small and capital."""
    return letter + letter.upper()


def _or_other(letters: str) -> str:
    """A set of some letters and all that is not ASCII, which may fold to any letter.

    Said by what is not in it: a set of a million takes 3 ms to compile.
    """
    bounds = [-1, *sorted({ord(letter) for letter in letters if letter.isascii()}), _ASCII]
    others = (rf"\x{a + 1:02x}-\x{b - 1:02x}" for a, b in pairwise(bounds) if b - a > 1)
    return f"[^{''.join(others)}]"
