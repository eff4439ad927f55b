"""The words, patterns and phrases in one token of a query.

Responsibility: parse a run of text, or the inside of quotation marks, into leaves of the tree.
Decision: a sign counts only where a reader can mean it: `fer*`, `te?t`, `word~` and `word^2`, but
not `Really?`, `5*3`, `~10` or `10^6`.
Must not depend on: brackets, operators or fields.
"""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace

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
from index.text.characters import APOSTROPHES, EMOJI, INVISIBLE
from index.text.folding import fold
from index.text.token_patterns import is_part_of_run, is_syllabic
from index.text.tokens import Token as TextToken
from index.text.tokens import is_in_capitals, tokenize
from index.types.notices import make_notice
from index.types.search import Notice

MAX_SLOP = 100
_MIN_PREFIX, _MIN_WILDCARD, _MIN_FUZZY = 3, 2, 3
_ONE_EDIT_LENGTH = 5
"""A fuzzy word of at most this length allows one edit by default; a longer one allows two."""
_LONGEST_SYLLABIC, _LONGEST_ALPHABETIC = 5, 12
"""Letters of the longest word of Chinese, Japanese or Korean, and of Thai or Khmer."""
_WEIGHTED = re.compile(rf"(.*(?:[^\W_]|[{EMOJI}]).*?)\^+([^^]*)", re.DOTALL)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_FUZZY = re.compile(rf"(.*[^\W_]['+#.{APOSTROPHES}{INVISIBLE}]*)~+([0-9]*(?:\.[0-9]*)?)", re.DOTALL)
_PATTERN = re.compile(rf"[\w'{APOSTROPHES}]*[*?][\w'{APOSTROPHES}*?]*")
_ADDRESS = re.compile(r"\w*://|www\.", re.IGNORECASE)


@dataclass(slots=True)
class WordParser:
    """Parses runs and phrases; `notices` grows as they are parsed."""

    notices: list[Notice] = field(default_factory=list)
    keeps_capitals: bool = True
    """Whether a word in capitals is an acronym, which it is not in a query all in capitals."""

    def parse_run(self, text: str, start: int) -> list[Node]:
        """Parse one run of text; the result is empty if it has no letter or digit."""
        if _ADDRESS.match(text):
            return list(self._parse_leaves(text, start))
        text, factor = self._split_weight(text, start)
        leaves = self._parse_fuzzy(text, start) or self._parse_words_and_patterns(text, start)
        return [Boost(leaf, factor) for leaf in leaves] if factor != 1 else list(leaves)

    def parse_phrase(self, text: str, start: int, *, slop: str, weight: str) -> list[Node]:
        """Parse the inside of quotation marks; the result is empty if it has no word."""
        words = self._parse_words(text, start)
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
        every = self._parse_words(match[1], start)
        if not every:
            return []
        *words, last = every
        # The last word is no part of a compound any more.
        words = [_strip_forms(word, last.also) for word in words]
        span = (start + len(match[1]), start + len(text))
        if len(last.folded) < _MIN_FUZZY:
            self.notices.append(make_notice("fuzzy-too-short", span))
            return [*words, replace(last, also=())]
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
            leaves += self._parse_leaves(text[end : match.start()], start + end)
            leaves += self._parse_pattern(region, start + match.start())
            end = match.end()
        return [*leaves, *self._parse_leaves(text[end:], start + end)]

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
        return self._parse_leaves(region, start)

    def _parse_words(self, text: str, start: int) -> tuple[Word, ...]:
        """The words of a phrase."""
        return tuple(self._create_word(token, start) for token in _drop_end(list(tokenize(text))))

    def _parse_leaves(self, text: str, start: int) -> list[Leaf]:
        """The words of a text, and a phrase for each run of letters without spaces.

        A run too long for one word is as many words as it has pairs of letters.
        """
        leaves: list[Leaf] = []
        for is_run, tokens in _group_runs(tokenize(text)):
            words = [self._create_word(token, start) for token in tokens]
            length = words[-1].span[1] - words[0].span[0]
            if not is_run or len(words) == 1:
                leaves += words
            elif length <= _get_longest_word(words[0].folded):
                leaves.append(Phrase(tuple(words), (words[0].span[0], words[-1].span[1])))
            else:
                leaves += [word for word in words if word.span[1] - word.span[0] > 1]
        return leaves

    def _create_word(self, token: TextToken, start: int) -> Word:
        also = tuple(form for form in token.also if not is_in_capitals(form))
        capitals = next(filter(is_in_capitals, token.also), "") if self.keeps_capitals else ""
        return Word(token.folded, (start + token.start, start + token.end), also, capitals)


def _strip_forms(word: Word, forms: Container[str]) -> Word:
    return replace(word, also=tuple(form for form in word.also if form not in forms))


def _group_runs(tokens: Iterable[TextToken]) -> Iterator[tuple[bool, list[TextToken]]]:
    """Tokens of runs that touch each other, as (True, tokens), and all others between them."""
    group: list[TextToken] = []
    for token in tokens:
        if group and not (
            is_part_of_run(token.folded) == is_part_of_run(group[-1].folded)
            and (token.start <= group[-1].end or not is_part_of_run(token.folded))
        ):
            yield _finish_group(group)
            group = []
        group.append(token)
    if group:
        yield _finish_group(group)


def _finish_group(group: list[TextToken]) -> tuple[bool, list[TextToken]]:
    return is_part_of_run(group[0].folded), _drop_end(group)


def _drop_end(tokens: list[TextToken]) -> list[TextToken]:
    """Drop the last letter of a run, which an article continues with any other."""
    if len(tokens) > 1 and tokens[-2].end == tokens[-1].end:
        return tokens[:-1]
    return tokens


def _get_longest_word(folded: str) -> int:
    return _LONGEST_SYLLABIC if is_syllabic(folded) else _LONGEST_ALPHABETIC


def default_edits(folded: str) -> int:
    """How many edits a fuzzy word allows if the query does not say."""
    return 1 if len(folded) <= _ONE_EDIT_LENGTH else 2


def _fold_pattern(text: str) -> str:
    parts = re.split(r"(\*+|\?)", re.sub(f"['{APOSTROPHES}]", "", text))
    return "".join(part[0] if part[:1] in {"*", "?"} else fold(part) for part in parts if part)
