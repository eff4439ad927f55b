"""One run of text between spaces, read as words, patterns, a fuzzy word or a weighted one.

Decision: signs count only where they can be meant: `fer*`, `te?t`, `word~` and `word^2`, but not
`Really?`, `5*3` of digits, `~10` or `10^6`.
Must not know brackets, operators or fields.
"""

import re
from dataclasses import dataclass, field

from index.query.tree import (
    MAX_BOOST,
    MIN_BOOST,
    Boost,
    Fuzzy,
    Leaf,
    Node,
    Phrase,
    Prefix,
    Wildcard,
    Word,
)
from index.text.analysis import Token, fold, tokenize
from index.types.notices import make_notice
from index.types.search import Notice

MAX_SLOP = 100
_PREFIX_LETTERS, _WILDCARD_LETTERS, _FUZZY_LETTERS = 3, 2, 3
_SHORT = 5
"""A word of so many letters may differ in one of them, a longer one in two."""
_WEIGHTED = re.compile(r"(.*[^\W_].*?)\^+([^^]*)", re.DOTALL)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_FUZZED = re.compile(r"(.*[^\W_]['’+#.]*)~+([0-9]*(?:\.[0-9]*)?)", re.DOTALL)
_PATTERN = re.compile(r"[\w'’]*[*?][\w'’*?]*")
_ADDRESS = re.compile(r"\w*://|www\.", re.IGNORECASE)


@dataclass(slots=True)
class WordParser:
    """Reads runs and phrases; `notices` fills as they are read."""

    notices: list[Notice] = field(default_factory=list)

    def parse_run(self, text: str, start: int) -> list[Node]:
        """The leaves of one run; none where it holds no letter or digit."""
        if _ADDRESS.match(text):
            return list(_words(text, start))
        text, factor = self._weight(text, start)
        found = self._fuzzy(text, start) or self._patterned(text, start)
        return [Boost(leaf, factor) for leaf in found] if factor != 1 else list(found)

    def parse_phrase(self, text: str, start: int, *, slop: str, weight: str) -> list[Node]:
        """The phrase of a quoted text; none where it holds no word."""
        words = tuple(_words(text, start))
        if not words:
            return []
        for lost in re.finditer(r"(?<=\w)\*+", text):
            span = (start + lost.start(), start + lost.end())
            self.notices.append(make_notice("pattern-in-phrase", span))
        apart = min(int(slop[:9] or 0), MAX_SLOP)
        span = (start, start + len(text))
        if slop and int(slop[:9]) > MAX_SLOP:
            self.notices.append(make_notice("slop", span, MAX_SLOP))
        leaf = Phrase(words, span, apart if len(words) > 1 else 0)
        factor = self.parse_factor(weight, start + len(text)) if weight else 1.0
        return [Boost(leaf, factor)] if factor != 1 else [leaf]

    def parse_factor(self, number: str, start: int) -> float:
        """A weight within its bounds."""
        span = (start, start + len(number))
        value = float(number[:9])
        factor = min(max(value, MIN_BOOST), MAX_BOOST)
        if factor != value:
            self.notices.append(make_notice("boost/bounded", span, number[:9], f"{factor:g}"))
        return factor

    def _weight(self, text: str, start: int) -> tuple[str, float]:
        """The run without its weight, and the weight; 10^6 is a number and has none."""
        found = _WEIGHTED.fullmatch(text) if "^" in text else None
        if not found or found[1].isdigit():
            return text, 1.0
        place = start + found.start(2)
        if _NUMBER.fullmatch(found[2]):
            return found[1], self.parse_factor(found[2], place)
        span = (start + len(found[1]), start + len(text))
        self.notices.append(make_notice("boost/none", span))
        return text.replace("^", " "), 1.0

    def _fuzzy(self, text: str, start: int) -> list[Leaf]:
        found = _FUZZED.fullmatch(text) if "~" in text else None
        if not found or "*" in found[1]:
            return []
        *words, last = _words(found[1], start)
        span = (start + len(found[1]), start + len(text))
        if len(last.folded) < _FUZZY_LETTERS:
            self.notices.append(make_notice("fuzzy-too-short", span))
            return [*words, last]
        usual = default_edits(last.folded)
        if found[2] not in {"", "1", "2"}:
            self.notices.append(make_notice("fuzzy-edits", span, found[2][:9]))
        edits = int(found[2]) if found[2] in {"1", "2"} else usual
        return [*words, Fuzzy(last.folded, edits, last.span)]

    def _patterned(self, text: str, start: int) -> list[Leaf]:
        """Words, and patterns where a * or an inner ? stands."""
        found: list[Leaf] = []
        place = 0
        for match in _PATTERN.finditer(text) if "*" in text or "?" in text else ():
            region = match[0].rstrip("?")
            if not ("*" in region or "?" in region):
                continue
            found += _words(text[place : match.start()], start + place)
            found += self._pattern(region, start + match.start())
            place = match.end()
        return [*found, *_words(text[place:], start + place)]

    def _pattern(self, region: str, start: int) -> list[Leaf]:
        fixed = re.split("[*?]", region, maxsplit=1)[0]
        head = list(tokenize(fixed))
        span = (start, start + len(region))
        letters = len(head[0].folded) if len(head) == 1 and head[0].end == len(fixed) else 0
        rest = region[len(fixed) :]
        if not rest.strip("*") and letters >= _PREFIX_LETTERS:
            return [Prefix(head[0].folded, span)]
        if rest.strip("*") and letters >= _WILDCARD_LETTERS:
            return [Wildcard(head[0].folded + _folded_pattern(rest), span)]
        self.notices.append(make_notice("pattern-too-short", span))
        return list(_words(region, start))


def default_edits(folded: str) -> int:
    """How many letters of a word may differ where the query does not say."""
    return 1 if len(folded) <= _SHORT else 2


def _folded_pattern(text: str) -> str:
    parts = re.split(r"(\*+|\?)", re.sub("['’]", "", text))
    return "".join(part[0] if part[:1] in {"*", "?"} else fold(part) for part in parts if part)


def _words(text: str, start: int) -> list[Word]:
    return [_word(token, start) for token in tokenize(text)]


def _word(token: Token, start: int) -> Word:
    return Word(token.folded, (start + token.start, start + token.end))
