"""Finding a query's words in many texts: most of each text is never looked at closely.

Decision: no token reaches over white space, so a text is cut there; each different stretch is asked
about once for a query, what it holds is remembered from earlier ones, and only those that hold a
wanted word are read. The tokens found are those of reading every one, for two fifths of the time.
Must not know queries, nor what is done with the words.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache

from index.analysis import Token, term, tokens, without_language

_LONG = 40
"""Longer stretches are addresses, or sentences of a script without blanks: none comes twice."""
_REMEMBERED = 50_000
"""Stretches whose words are known from earlier queries: 15 MB, and most of what a page shows."""
_AROUND = '"“”‘(),.:;?![]'
"""Signs that are no part of a word of two letters or more that stands between them."""

Accepts = Callable[[str], bool]


class WordFinder:
    """Finds some words in texts of one language; made once for a query."""

    def __init__(self, wanted: Set[str], language: str, patterns: Sequence[Accepts] = ()) -> None:
        """`wanted` are folded words and terms; `patterns` say which other folded words are."""
        self._wanted = wanted
        self._language = language
        self._patterns = patterns
        # A word and its stem begin alike, so most words are never stemmed.
        self._first = {without_language(form.encode()).decode()[0] for form in wanted}
        self._with: dict[str, list[Token]] = {}
        self._without: set[str] = set()

    def find(self, text: str) -> list[Token]:
        """The wanted tokens of a text, in order."""
        found = []
        for stretch in set(text.split()) - self._without:
            inside = self._with.get(stretch) or self._wanted_in(stretch)
            for place in _standing(stretch, text) if inside else ():
                found += [Token(t.folded, place + t.start, place + t.end) for t in inside]
        return sorted(found, key=_start)

    def _wanted_in(self, stretch: str) -> list[Token]:
        """The wanted tokens of a stretch, which is remembered for the next text."""
        for word in _words(stretch) if len(stretch) > _LONG else _known_words(stretch):
            if (word[0] in self._first or self._patterns) and self._accepts(word):
                inside = [token for token in tokens(stretch) if self._accepts(token.folded)]
                self._with[stretch] = inside
                return inside
        self._without.add(stretch)
        return []

    def _accepts(self, folded: str) -> bool:
        if folded in self._wanted or term(folded, self._language) in self._wanted:
            return True
        return bool(self._patterns) and any(accepts(folded) for accepts in self._patterns)


def _words(stretch: str) -> tuple[str, ...]:
    """The words of a text without white space, folded."""
    core = stretch.strip(_AROUND)
    # One word is most of what there is, and need not be looked for.
    if 1 < len(core) <= _LONG and core.isascii() and core.isalpha():
        return (core.lower(),)
    return tuple(token.folded for token in tokens(stretch))


_known_words = lru_cache(maxsize=_REMEMBERED)(_words)


def _standing(stretch: str, text: str) -> Iterator[int]:
    """Where a stretch stands between white space or the ends of a text."""
    place = text.find(stretch)
    while place >= 0:
        end = place + len(stretch)
        alone = not (text[place - 1 : place].strip() or text[end : end + 1].strip())
        if alone:
            yield place
        place = text.find(stretch, end if alone else place + 1)


def _start(token: Token) -> int:
    return token.start
