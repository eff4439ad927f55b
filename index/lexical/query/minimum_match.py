"""Which words of a query are scored, and how many of the bare ones an article must have.

Decision: bare words are all wanted and few insisted on: where too few articles have them all, those
that lack one match too. What every answer has anyway counts as had.
Must not know postings, masks or scores.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from index.ranking.scores import Coverage
from index.text.stopwords import STOPWORDS

MOST_WORDS = 4
"""A query of more words is a sentence: two of its words are enough to match
(docs/measurements/ranking.md)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is scored for a query, and what a match needs.

    Attributes:
        words, patterns: Each once, with its factor.
        needed: The bare words that a match should have; stop words only where there are no others.
        had: How many more words or clauses every answer has, because it must.
    """

    words: dict[str, float]
    patterns: dict[Pattern, float]
    needed: frozenset[str]
    had: int


def plan_scoring(query: ParsedQuery, languages: Sequence[str]) -> Plan:
    """The plan of a query for an archive of these languages."""
    words, patterns = _scored(query.ranked_leaves)
    somewhere, everywhere = _lists(tuple(languages))
    listed, dropped = words.keys() & somewhere, words.keys() & everywhere
    firm, others = _had(query.mandatory_clauses)
    bare = {word.folded for word in query.optional_words} - firm
    if words.keys() <= listed and not others:
        return Plan(words, patterns, frozenset(bare), len(firm))
    kept = {word: factor for word, factor in words.items() if word not in dropped}
    return Plan(kept, patterns, frozenset(bare - listed), len(firm - listed) + others)


@lru_cache(maxsize=8)
def _lists(languages: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The stop words of any of these languages, and those of all that have a list."""
    lists = [STOPWORDS[language] for language in languages if language in STOPWORDS]
    common = frozenset.intersection(*lists) if lists else frozenset()
    return frozenset().union(*lists), common


def minimum_should_match(having: Callable[[int], int], plan: Plan, enough: int) -> int:
    """How many needed words a match must have: all, or fewer until `enough` articles match.

    Args:
        having: Says how many articles have at least so many of them.
    """
    if not plan.needed:
        return 0
    total = len(plan.needed) + plan.had
    least = total if total <= MOST_WORDS else 2
    while least > 1 and having(max(least - plan.had, 0)) < enough:
        least -= 1
    return max(least - plan.had, 0)


def coverage(covered: NDArray[np.uint8], plan: Plan, least: int) -> Coverage | None:
    """How many words the answers have; None for a query without words that they should have."""
    if not plan.needed:
        return None
    return Coverage(
        words=len(plan.needed) + plan.had,
        least=least + plan.had,
        complete=int((covered == len(plan.needed)).sum()),
        is_sentence=len(plan.needed) + plan.had > MOST_WORDS,
    )


def complete(covered: NDArray[np.uint8], plan: Plan) -> NDArray[np.bool_]:
    """Which have every word of a sentence: of a short list many do, and it tells nothing."""
    sentence = bool(plan.needed) and len(plan.needed) + plan.had > MOST_WORDS
    return np.asarray((covered == len(plan.needed)) & sentence)


def _scored(ranked: Sequence[LeafInContext]) -> tuple[dict[str, float], dict[Pattern, float]]:
    """Words and patterns in order of the query; one that is there twice has its higher factor."""
    words: dict[str, float] = {}
    patterns: dict[Pattern, float] = {}
    for placed in ranked:
        match placed.leaf:
            case Word(folded, _):
                words[folded] = max(placed.factor, words.get(folded, 0))
            case Phrase(inner, _, _):
                for word in inner:
                    words[word.folded] = max(placed.factor, words.get(word.folded, 0))
            case Prefix() | Wildcard() | Fuzzy():
                patterns[placed.leaf] = max(placed.factor, patterns.get(placed.leaf, 0))
    return words, patterns


def _had(hard: Sequence[Node]) -> tuple[set[str], int]:
    """Words that every answer has, and how many other clauses that are ranked by it meets."""
    words: set[str] = set()
    others = 0
    for node in hard:
        if isinstance(node, Not):
            continue
        (first, *rest) = iter_leaves(node)
        if rest or not isinstance(first.leaf, Word | Phrase) or first.field:
            others += bool(select_ranked_leaves(node))
        elif isinstance(first.leaf, Phrase):
            words |= {word.folded for word in first.leaf.words}
        else:
            words.add(first.leaf.folded)
    return words, others
