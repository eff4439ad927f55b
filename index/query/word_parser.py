"""The words, patterns and phrases in one token of a query.

Responsibility: parse a run of text, or the inside of quotation marks, into leaves of the tree.
Decision: a sign counts only where a reader can mean it: `fer*`, `te?t`, `word~` and `word^2`, but
not `Really?`, `5*3`, `~10` or `10^6`.
Must not depend on: brackets, operators or fields.
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
from index.text.analysis import fold, tokenize
from index.types.notices import make_notice
from index.types.search import Notice

MAX_SLOP = 100
_MIN_PREFIX, _MIN_WILDCARD, _MIN_FUZZY = 3, 2, 3
_ONE_EDIT_LENGTH = 5
"""A fuzzy word of at most this length allows one edit by default; a longer one allows two."""
_WEIGHTED = re.compile(r"(.*[^\W_].*?)\^+([^^]*)", re.DOTALL)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_FUZZY = re.compile(r"(.*[^\W_]['’+#.]*)~+([0-9]*(?:\.[0-9]*)?)", re.DOTALL)
_PATTERN = re.compile(r"[\w'’]*[*?][\w'’*?]*")
_ADDRESS = re.compile(r"\w*://|www\.", re.IGNORECASE)


@dataclass(slots=True)
class WordParser:
    """Parses runs and phrases; `notices` grows as they are parsed."""

    notices: list[Notice] = field(default_factory=list)

    def parse_run(self, text: str, start: int) -> list[Node]:
        """Parse one run of text; the result is empty if it has no letter or digit."""
        if _ADDRESS.match(text):
            return list(_parse_words(text, start))
        text, factor = self._split_weight(text, start)
        leaves = self._parse_fuzzy(text, start) or self._parse_words_and_patterns(text, start)
        return [Boost(leaf, factor) for leaf in leaves] if factor != 1 else list(leaves)

    def parse_phrase(self, text: str, start: int, *, slop: str, weight: str) -> list[Node]:
        """Parse the inside of quotation marks; the result is empty if it has no word."""
        words = tuple(_parse_words(text, start))
        if not words:
            return []
        for asterisk in re.finditer(r"(?<=\w)\*+", text):
            span = (start + asterisk.start(), start + asterisk.end())
            self.notices.append(make_notice("pattern-in-phrase", span))
        allowed_slop = min(int(slop[:9] or 0), MAX_SLOP)
        span = (start, start + len(text))
        if slop and int(slop[:9]) > MAX_SLOP:
            self.notices.append(make_notice("slop", span, MAX_SLOP))
        leaf = Phrase(words, span, allowed_slop if len(words) > 1 else 0)
        factor = self.parse_factor(weight, start + len(text)) if weight else 1.0
        return [Boost(leaf, factor)] if factor != 1 else [leaf]

    def parse_factor(self, number: str, start: int) -> float:
        """Parse a weight and limit it to `MIN_BOOST`..`MAX_BOOST`, with a notice."""
        span = (start, start + len(number))
        value = float(number[:9])
        factor = min(max(value, MIN_BOOST), MAX_BOOST)
        if factor != value:
            self.notices.append(make_notice("boost/bounded", span, number[:9], f"{factor:g}"))
        return factor

    def _split_weight(self, text: str, start: int) -> tuple[str, float]:
        """The run without its weight, and the weight: 1 for `10^6`, which is a number."""
        match = _WEIGHTED.fullmatch(text) if "^" in text else None
        if not match or match[1].isdigit():
            return text, 1.0
        if _NUMBER.fullmatch(match[2]):
            return match[1], self.parse_factor(match[2], start + match.start(2))
        span = (start + len(match[1]), start + len(text))
        self.notices.append(make_notice("boost/none", span))
        return text.replace("^", " "), 1.0

    def _parse_fuzzy(self, text: str, start: int) -> list[Leaf]:
        """The leaves of a run that ends in a fuzzy word; empty if it does not."""
        match = _FUZZY.fullmatch(text) if "~" in text else None
        if not match or "*" in match[1]:
            return []
        *words, last = _parse_words(match[1], start)
        span = (start + len(match[1]), start + len(text))
        if len(last.folded) < _MIN_FUZZY:
            self.notices.append(make_notice("fuzzy-too-short", span))
            return [*words, last]
        if match[2] not in {"", "1", "2"}:
            self.notices.append(make_notice("fuzzy-edits", span, match[2][:9]))
        edits = int(match[2]) if match[2] in {"1", "2"} else default_edits(last.folded)
        return [*words, Fuzzy(last.folded, edits, last.span)]

    def _parse_words_and_patterns(self, text: str, start: int) -> list[Leaf]:
        """The words of a run, and its patterns: words with a * or an inner ?."""
        leaves: list[Leaf] = []
        end = 0
        for match in _PATTERN.finditer(text) if "*" in text or "?" in text else ():
            region = match[0].rstrip("?")
            if not ("*" in region or "?" in region):
                continue
            leaves += _parse_words(text[end : match.start()], start + end)
            leaves += self._parse_pattern(region, start + match.start())
            end = match.end()
        return [*leaves, *_parse_words(text[end:], start + end)]

    def _parse_pattern(self, region: str, start: int) -> list[Leaf]:
        literal = re.split("[*?]", region, maxsplit=1)[0]
        head = list(tokenize(literal))
        span = (start, start + len(region))
        letters = len(head[0].folded) if len(head) == 1 and head[0].end == len(literal) else 0
        rest = region[len(literal) :]
        if not rest.strip("*") and letters >= _MIN_PREFIX:
            return [Prefix(head[0].folded, span)]
        if rest.strip("*") and letters >= _MIN_WILDCARD:
            return [Wildcard(head[0].folded + _fold_pattern(rest), span)]
        self.notices.append(make_notice("pattern-too-short", span))
        return list(_parse_words(region, start))


def default_edits(folded: str) -> int:
    """How many edits a fuzzy word allows if the query does not say."""
    return 1 if len(folded) <= _ONE_EDIT_LENGTH else 2


def _fold_pattern(text: str) -> str:
    parts = re.split(r"(\*+|\?)", re.sub("['’]", "", text))
    return "".join(part[0] if part[:1] in {"*", "?"} else fold(part) for part in parts if part)


def _parse_words(text: str, start: int) -> list[Word]:
    return [
        Word(token.folded, (start + token.start, start + token.end)) for token in tokenize(text)
    ]
