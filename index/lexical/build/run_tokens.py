"""The tokens of a run as arrays, and the forms of its words.

Responsibility: turn raw tokens into words with their forms, section by section.
Decision: a distinct raw token is analysed once, and NumPy repeats its forms for every occurrence.
Must not depend on: articles, terms or postings.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from index.lexical.schema import (
    BY,
    EXACT,
    HEADLINE_WEIGHT,
    LABELS,
    PHRASE_GAP,
    PLACE,
    TEXT,
    TITLE,
)
from index.text.tokens import Token, analyze_token

SECTION_COUNT = 7
_HEADLINE, _HEADLINE_GAP, _BODY, _BODY_GAP, _LABELS, _BY, _PLACES = range(SECTION_COUNT)
"""The layout of an article's tokens; each gap is one `PHRASE_GAP`."""
FIELD_SECTIONS = {
    TEXT: (_HEADLINE, _BODY, _LABELS),
    EXACT: (_HEADLINE, _HEADLINE_GAP, _BODY, _LABELS),
    TITLE: (_HEADLINE,),
    LABELS: (_BODY_GAP, _LABELS),
    BY: (_BY,),
    PLACE: (_PLACES,),
}


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """The forms of distinct raw tokens, end to end.

    Attributes:
        ends: (raw,) int64, where the forms of each raw token end.
        numbers: (forms,) int32, which distinct form each is.
        is_next: (forms,) bool, whether a form begins the next word; others are its further forms.
        weights: (forms,) float32: 1, or 0 where the word before has the same form in a compound.
    """

    ends: NDArray[np.int64]
    numbers: NDArray[np.int32]
    is_next: NDArray[np.bool_]
    weights: NDArray[np.float32]

    @classmethod
    def analyze(cls, raw_tokens: Iterable[str]) -> "tuple[list[str], Forms]":
        """All distinct forms of some raw tokens, and which of them each raw token has."""
        known: defaultdict[str, int] = defaultdict(count().__next__)
        ends, numbers, is_next, weights = array("q"), array("i"), array("b"), array("f")
        for raw in raw_tokens:
            before: tuple[str, ...] = ()
            for folded, _, _, also in _analyze(raw):
                numbers.extend(known[form] for form in (folded, *also))
                is_next.extend((1, *(0 for _ in also)))
                weights.extend((1, *(float(form not in before) for form in also)))
                before = also
            ends.append(len(numbers))
        forms = cls(
            np.array(ends, np.int64),
            np.array(numbers, np.int32),
            np.array(is_next, np.bool_),
            np.array(weights, np.float32),
        )
        return list(known), forms


def _analyze(raw: str) -> tuple[Token, ...]:
    if raw == PHRASE_GAP:
        return (Token(PHRASE_GAP, 0, 1),)
    return analyze_token(raw, is_query=False)


@dataclass(frozen=True, slots=True, eq=False)
class RunTokens:
    """Tokens in row order: (tokens,) each; `numbers` are those of distinct raw tokens or forms.

    `is_next` is false for a further form of the word before it, which has the same position;
    `weights` count each form of a compound once.
    """

    numbers: NDArray[np.int32]
    rows: NDArray[np.int32]
    sections: NDArray[np.int8]
    is_next: NDArray[np.bool_]
    weights: NDArray[np.float32]

    @classmethod
    def read(cls, tokens: "array[int]", section_lengths: "array[int]") -> "RunTokens":
        """The raw tokens of a run."""
        numbers, lengths = np.array(tokens, np.int32), np.array(section_lengths, np.int32)
        articles = len(lengths) // SECTION_COUNT
        article_lengths = lengths.reshape(-1, SECTION_COUNT).sum(1)
        rows = np.repeat(np.arange(articles, dtype=np.int32), article_lengths)
        layout = np.tile(np.arange(SECTION_COUNT, dtype=np.int8), articles)
        ones = np.ones(len(numbers), np.float32)
        return cls(numbers, rows, np.repeat(layout, lengths), ones > 0, ones)

    def expand(self, forms: Forms) -> "RunTokens":
        """The forms of these raw tokens; a raw token without any disappears."""
        ends = forms.ends[self.numbers]
        counts = np.diff(forms.ends, prepend=0)[self.numbers]
        places = np.arange(counts.sum()) + np.repeat(ends - np.cumsum(counts), counts)
        return RunTokens(
            forms.numbers[places],
            np.repeat(self.rows, counts),
            np.repeat(self.sections, counts),
            forms.is_next[places],
            forms.weights[places],
        )

    def select(self, mask: NDArray[np.bool_]) -> "RunTokens":
        """The tokens where a mask is true."""
        return RunTokens(
            self.numbers[mask],
            self.rows[mask],
            self.sections[mask],
            self.is_next[mask],
            self.weights[mask],
        )

    def select_sections(self, sections: tuple[int, ...]) -> "RunTokens":
        """The tokens of some sections."""
        return self.select(np.isin(np.arange(SECTION_COUNT), sections)[self.sections])

    def weigh(self, part: "RunTokens", field: str) -> NDArray[np.float32]:
        """The weight of each token of a field, (tokens,); `part` are the field's among these."""
        weights = part.weights.copy()
        if field == TEXT:
            weights[part.sections == _HEADLINE] *= HEADLINE_WEIGHT
        if field == LABELS:
            gaps = part.sections == _BODY_GAP
            before_gap = self.rows[(self.sections < _BODY_GAP) & self.is_next]
            weights[gaps] = np.bincount(before_gap, minlength=int(gaps.sum()))
        return weights
