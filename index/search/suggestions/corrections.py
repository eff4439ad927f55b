"""Corrections: a query with its misspelt words as the archive spells them.

Responsibility: "did you mean".
Decision: only a word that hardly any article has is questioned, unless the word list of the query's
language has it, and only words of that language are proposed. What is proposed must be a likely
slip, be frequent, and occur together with the other words of the query: `vulcano erruption` is
`volcano eruption`, not `vulcan corruption`. A word that only articles in another language have is
questioned, too, but changed only where articles have the whole corrected query.
Must not depend on: how words are indexed.
"""

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from archive.values.word_lists import load_words
from index.query import (
    MAX_QUERY_LENGTH,
    And,
    Node,
    ParsedQuery,
    Phrase,
    Value,
    Word,
    iter_leaves,
)
from index.search.ports import Vocabulary
from index.search.suggestions.languages import QueryLanguages
from index.text.misspelling import weigh_misspelling
from index.types.fields import Span
from index.types.search import FacetValue

_LETTERS, _USED_LETTERS = 4, 6
"""Shorter words, and shorter ones that an article has, are similar to too many others."""
_RARE, _FAR_MORE = 1, 20
"""A word that `_RARE` articles have is questioned if a similar word is this much more frequent."""
_MOST = 3
"""Words questioned in one query."""
_WEIGHED, _KEPT = 32, 4
"""Similar words that are weighed, and that are tried together with the other words."""
_CONTEXT = 5
"""Words of the query that a correction is looked for with."""
_LIMITS, _NEAR, _FAR, _LONG = {4: 0.8, 5: 1.0}, 1.4, 2.0, 8
"""The most that slips may weigh: by letters, in other words, and in words of `_LONG` letters
(docs/measurements/suggestions.md, as all weights)."""
_USED = 1.0
"""The most in a word that `_RARE` articles have."""
_WITH_CONTEXT = 0.6
"""How much more they may weigh where articles have the whole corrected query."""
_SLIP = 4.0
"""What a slip of weight 1 costs, in the logarithm of frequencies."""
_TOGETHER, _ALONE = 1.0, 0.5
"""The logarithm of the articles with the whole query counts more than that of each word."""
_BLANK = 0.9
"""The weight of a blank too many or too few."""
_LEAST_JOINED = 3
_NO_SPAN = (0, 0)


@dataclass(frozen=True, slots=True)
class _Correction:
    """What a part of the query may be meant to be.

    Attributes:
        span: The part of the query as typed.
        words: Folded.
        weight: Of the slips.
        articles: How many articles have it.
        is_likely_alone: Whether it is likely where the other words of the query do not confirm it.
    """

    span: Span
    words: tuple[str, ...]
    weight: float
    articles: int
    is_likely_alone: bool = True

    @property
    def node(self) -> Node:
        """The correction as a part of a query."""
        return _to_node(self.words)

    @property
    def value(self) -> float:
        """How likely it is by itself, as a logarithm."""
        return _ALONE * math.log1p(self.articles) - _SLIP * self.weight


def did_you_mean(
    query: ParsedQuery,
    vocabulary: Vocabulary,
    articles: Iterable[FacetValue],
    *,
    only: Sequence[str] = (),
    preferred: str = "",
) -> str | None:
    """The query with its misspelt words corrected; None if there is nothing to correct.

    Args:
        articles: How many articles the archive has in each language.
        only: Languages that the reader filters by.
        preferred: The language of the interface; empty where it is not known.
    """
    counts = {word: vocabulary.count_articles(word) for word in query.highlight_words}
    words = [word for word in query.highlight_words if counts[word] > _RARE]
    languages = QueryLanguages(
        dict.fromkeys(word.folded for word in words),
        vocabulary,
        articles,
        only=(*only, *_list_language_filters(query)),
        preferred=preferred,
    )
    speller = _Speller(query.input[:MAX_QUERY_LENGTH], vocabulary, languages, counts)
    return speller.correct(query.highlight_words)


class _Speller:
    """Corrects the words of one query.

    Attributes:
        counts: How many articles have each word of the query.
    """

    def __init__(
        self,
        text: str,
        vocabulary: Vocabulary,
        languages: QueryLanguages,
        counts: Mapping[Word, int],
    ) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._languages = languages
        self.counts = counts

    def correct(self, words: Sequence[Word]) -> str | None:
        """The text with corrections; None if there are none."""
        chosen = self._join_words(words)
        joined = {word for each in chosen for word in words if _is_within(word.span, each.span)}
        words = [word for word in words if word not in joined]
        context = [word for word in words if self.counts[word] > _RARE]
        suspects = [word for word in words if self._may_be_misspelt(word, context)][:_MOST]
        options = [found for word in suspects if (found := self._list_corrections(word))]
        if options:
            chosen += self._choose(options, [*(each.node for each in chosen), *context])
        corrected = self._text
        for each in sorted(chosen, key=lambda each: each.span, reverse=True):
            first, last = each.span
            written = _match_case(" ".join(each.words), self._text[first:last])
            corrected = corrected[:first] + written + corrected[last:]
        return corrected if corrected != self._text else None

    def _may_be_misspelt(self, word: Word, context: Sequence[Word]) -> bool:
        count = self.counts[word]
        letters = len(word.folded) if word.folded.isalpha() else 0
        if count > _RARE or letters < (_USED_LETTERS if count else _LETTERS):
            return False
        is_confirmed = self._is_foreign(word) and bool(context)
        return not (is_confirmed and self._vocabulary.count_articles(And((*context, word))))

    def _is_foreign(self, word: Word) -> bool:
        """Whether articles have the word, but none in a language of the query."""
        return bool(self.counts[word]) and not self._languages.count(word.folded)

    def _join_words(self, words: Sequence[Word]) -> list[_Correction]:
        """Words that the archive writes as one, and never next to each other: `water melon`."""
        found: list[_Correction] = []
        for one, other in pairwise(words):
            if self._text[one.span[1] : other.span[0]] != " " or (
                found and one.span[0] < found[-1].span[1]
            ):
                continue
            parts, joined = (one.folded, other.folded), one.folded + other.folded
            if not joined.isalpha() or min(map(len, parts)) < _LEAST_JOINED:
                continue
            count = self._languages.count(joined)
            if count > _RARE and not self._vocabulary.count_articles(_to_node(parts)):
                span = (one.span[0], other.span[1])
                found.append(_Correction(span, (joined,), _BLANK, count))
        return found

    def _list_corrections(self, word: Word) -> list[_Correction]:
        """The likeliest corrections of one word, likeliest first."""
        typed, count = word.folded, self.counts[word]
        is_foreign = self._is_foreign(word)
        least = 1 if is_foreign else count * _FAR_MORE or 1
        limit = min(_get_limit(len(typed)), _USED if count else _FAR)
        most = limit if count else limit + _WITH_CONTEXT
        similar = [each for each in self._vocabulary.similar_words(typed) if each.articles >= least]
        similar.sort(key=lambda each: (each.edits, -each.articles, each.word))
        found = []
        for each in similar[:_WEIGHED]:
            weight = weigh_misspelling(typed, each.word) if each.word.isalpha() else math.inf
            if weight <= most and self._languages.count(each.word):
                is_likely = weight <= limit and not is_foreign
                found.append(_Correction(word.span, (each.word,), weight, each.articles, is_likely))
        if found and self._is_listed(word):
            found = []
        if not count:
            found += self._split(word)
        return sorted(found, key=lambda each: -each.value)[:_KEPT]

    def _is_listed(self, word: Word) -> bool:
        """Whether the word as typed is one of the query's languages, which articles happen to lack.

        Asked last, because the first question about a language loads its words.
        """
        typed = unicodedata.normalize("NFC", self._text[slice(*word.span)].lower())
        return any(load_words(language).has(typed) for language in self._languages.chosen)

    def _split(self, word: Word) -> list[_Correction]:
        """Two words next to each other in articles that were typed as one: `watermelon`."""
        found = []
        for place in range(_LEAST_JOINED, len(word.folded) - _LEAST_JOINED + 1):
            parts = word.folded[:place], word.folded[place:]
            if all(map(self._languages.count, parts)):
                count = self._vocabulary.count_articles(_to_node(parts))
                if count:
                    found.append(_Correction(word.span, parts, _BLANK, count))
        return found

    def _choose(
        self, options: Sequence[Sequence[_Correction]], context: Sequence[Node]
    ) -> list[_Correction]:
        """One correction of each word, so that the whole query is likeliest."""
        if len(options) == 1 and not context:
            return [each for each in options[0][:1] if each.is_likely_alone]
        around = tuple(context[:_CONTEXT])

        def weigh(corrections: Sequence[_Correction]) -> tuple[float, int]:
            nodes = (*around, *(each.node for each in corrections))
            together = self._vocabulary.count_articles(And(nodes))
            value = sum(each.value for each in corrections) + _TOGETHER * math.log1p(together)
            return value, together

        weighed = [(*weigh(corrections), corrections) for corrections in product(*options)]
        _, together, best = max(weighed, key=lambda each: each[0])
        return [each for each in best if together or each.is_likely_alone]


def _list_language_filters(query: ParsedQuery) -> list[str]:
    leaves = iter_leaves(query.tree)
    return [
        leaf.leaf.text
        for leaf in leaves
        if leaf.field == "lang" and not leaf.negated and isinstance(leaf.leaf, Value)
    ]


def _get_limit(letters: int) -> float:
    return _FAR if letters >= _LONG else _LIMITS.get(letters, _NEAR)


def _to_node(words: Sequence[str]) -> Node:
    parts = tuple(Word(word, _NO_SPAN) for word in words)
    return parts[0] if len(parts) == 1 else Phrase(parts, _NO_SPAN)


def _is_within(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _match_case(word: str, typed: str) -> str:
    """The word in the case of what was typed: upper case, capitalized, or lower case."""
    if typed.isupper():
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word
