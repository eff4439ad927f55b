"""Which words of a query are scored, and how many of the optional ones a match must have.

Responsibility: plan the scoring of a query, and relax it when too few articles match.
Decision: all optional words should match, and few must: if too few articles have all of them, those
without one of them match too, and so on. Words of required clauses count as matched. A word that a
query repeats, alone and in a compound, is one word with the forms of both.
Must not depend on: postings, masks or scores.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.query import (
    Fuzzy,
    LeafInContext,
    Node,
    Not,
    ParsedQuery,
    Pattern,
    Phrase,
    Prefix,
    Wildcard,
    Word,
    iter_leaves,
    select_ranked_leaves,
)
from index.query.forms import list_forms
from index.ranking.scores import Coverage
from index.text.stopwords import STOPWORDS

MAX_KEYWORDS = 4
"""A query of more words is a sentence, which needs only two matching words
(docs/measurements/ranking.md)."""
_SENTENCE_MINIMUM = 2


@dataclass(frozen=True, slots=True)
class ScoringPlan:
    """What is scored for a query, and what a match should have.

    Attributes:
        words, patterns: Each once, with its factor.
        optional_words: The words that a match should have; stop words only if there are no others.
        required_count: How many other words and clauses that rank articles every match has.
    """

    words: dict[Word, float]
    patterns: dict[Pattern, float]
    optional_words: frozenset[Word]
    required_count: int

    @property
    def word_count(self) -> int:
        """How many words and clauses a match should have."""
        return len(self.optional_words) + self.required_count

    @property
    def is_sentence(self) -> bool:
        """Whether the query has so many words that few articles have them all."""
        return bool(self.optional_words) and self.word_count > MAX_KEYWORDS


def plan_scoring(query: ParsedQuery, languages: Sequence[str]) -> ScoringPlan:
    """The plan of a query for an archive of these languages."""
    merged = _merge_repeated(query.ranked_leaves)
    words, patterns = _factors(query.ranked_leaves, merged)
    any_language, all_languages = _stopwords(tuple(languages))
    forms = {word: list_forms(word, languages)[0] for word in words}
    stopwords = {word for word, form in forms.items() if form in any_language}
    unscored = {word for word, form in forms.items() if form in all_languages}
    required_words, other_clauses = _required(query.mandatory_clauses, merged)
    optional_words = {merged[word] for word in query.optional_words} - required_words
    if words.keys() <= stopwords and not other_clauses:
        return ScoringPlan(words, patterns, frozenset(optional_words), len(required_words))
    return ScoringPlan(
        {word: factor for word, factor in words.items() if word not in unscored},
        patterns,
        frozenset(optional_words - stopwords),
        len(required_words - stopwords) + other_clauses,
    )


def relax(count_matches: Callable[[int], int], plan: ScoringPlan, enough: int) -> int:
    """How many optional words a match must have: all, or fewer until `enough` articles match.

    Args:
        count_matches: How many candidates have at least so many of them.
    """
    if not plan.optional_words:
        return 0
    minimum = _SENTENCE_MINIMUM if plan.is_sentence else plan.word_count
    while minimum > 1 and count_matches(max(minimum - plan.required_count, 0)) < enough:
        minimum -= 1
    return max(minimum - plan.required_count, 0)


def measure_coverage(
    matched_words: NDArray[np.uint8], plan: ScoringPlan, minimum: int
) -> Coverage | None:
    """How many of the query's words the matches have; None if it has no optional words.

    Args:
        matched_words: (matches,) how many optional words each has, at least `minimum`.
    """
    if not plan.optional_words:
        return None
    return Coverage(
        words=plan.word_count,
        least=minimum + plan.required_count,
        complete=int((matched_words == len(plan.optional_words)).sum()),
        is_sentence=plan.is_sentence,
    )


def find_complete(matched_words: NDArray[np.uint8], plan: ScoringPlan) -> NDArray[np.bool_]:
    """Which matches have every word of a sentence, (matches,); none if the query is not one.

    Many articles have every word of a short query, which says nothing about them.
    """
    return np.asarray((matched_words == len(plan.optional_words)) & plan.is_sentence)


@lru_cache(maxsize=8)
def _stopwords(languages: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The stop words of any of these languages, and those of all that have a list."""
    lists = [STOPWORDS[language] for language in languages if language in STOPWORDS]
    common = frozenset.intersection(*lists) if lists else frozenset()
    return frozenset().union(*lists), common


def _merge_repeated(ranked: Sequence[LeafInContext]) -> dict[Word, Word]:
    """For each word, the one that is scored for it: one for all words with the same own form.

    In `communist non-communist`, both are `communist` and `noncommunist`.
    """
    words: dict[str, list[Word]] = {}
    for item in ranked:
        for word in _list_words(item.leaf):
            words.setdefault(word.folded, []).append(word)
    merged: dict[Word, Word] = {}
    for repeated in words.values():
        also = dict.fromkeys(form for word in repeated for form in word.also)
        merged |= dict.fromkeys(repeated, replace(repeated[0], also=tuple(also)))
    return merged


def _list_words(leaf: Node) -> tuple[Word, ...]:
    match leaf:
        case Word():
            return (leaf,)
        case Phrase(words, _, _):
            return words
    return ()


def _factors(
    ranked: Sequence[LeafInContext], merged: Mapping[Word, Word]
) -> tuple[dict[Word, float], dict[Pattern, float]]:
    """The factors of words and patterns, in query order; the higher one of a repeated word."""
    words: dict[Word, float] = {}
    patterns: dict[Pattern, float] = {}
    for item in ranked:
        for word in (merged[word] for word in _list_words(item.leaf)):
            words[word] = max(item.factor, words.get(word, 0))
        if isinstance(item.leaf, Prefix | Wildcard | Fuzzy):
            patterns[item.leaf] = max(item.factor, patterns.get(item.leaf, 0))
    return words, patterns


def _required(mandatory: Sequence[Node], merged: Mapping[Word, Word]) -> tuple[set[Word], int]:
    """The words that every match has, and how many other required clauses rank articles."""
    words: set[Word] = set()
    others = 0
    for node in mandatory:
        if isinstance(node, Not):
            continue
        (first, *rest) = iter_leaves(node)
        if rest or not isinstance(first.leaf, Word | Phrase) or first.field:
            others += bool(select_ranked_leaves(node))
        else:
            words |= {merged[word] for word in _list_words(first.leaf)}
    return words, others
