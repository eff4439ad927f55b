"""The course of a story: what each article added, who repeats whom, names, and why each is in it.

Decision: an article is told by the one sentence with the most that no earlier article said; what
says nothing that an earlier one does not is folded beneath it.
Must not know files, requests or pages.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.text.analysis import is_stopword, normalize_language, stem, tokenize
from index.text.names import extract_names, find_shared_names
from index.types.search import FacetValue
from index.types.stories import Development, Timeline

REPEATED = 0.9
"""Share of an article's five-word runs that one earlier article has: then it repeats it."""
MOST_READ = 200
"""Articles of a story that are read for its course, 0.2 s; of more the rest is only listed."""
_RUN = 5
_SENTENCES = 40
"""Sentences of an article that are looked at; wires put the news first."""
_SHORTEST = 5
"""Words of a sentence that can stand for an article."""
_PLACE_COST = 0.15
"""What a sentence loses for each one before it: of two that say as much the earlier is told."""
_SHOWN_NAMES, _SHARED_NAMES = 12, 6
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“«¿¡(\[]?[^\W\d_a-z]|\d)|\n+")


def build_timeline(articles: Sequence[Article], likeness: NDArray[np.float32]) -> Timeline:
    """The course of a story of `articles`, oldest first.

    Args:
        likeness: (articles,) float32, how near each is to the rest of the story, 0..1.
    """
    read = articles[:MOST_READ]
    named = [extract_names(article) for article in read]
    named += [Counter()] * (len(articles) - len(read))
    everyone = sum(named, Counter[str]())
    told: list[Development] = []
    repeats = _repeated([_runs(article) for article in read])
    repeats += range(len(read), len(articles))
    said: set[str] = set()
    beneath: dict[int, list[Article]] = {}
    for number, first in enumerate(repeats):
        beneath.setdefault(first, []).append(articles[number])
    for number, article in enumerate(articles):
        if repeats[number] != number:
            continue
        added = _added(article, said) if number < MOST_READ else ""
        said |= _words(article.body, article.language) | _words(article.headline, article.language)
        others = [name for n, found in enumerate(named) if n != number for name in found]
        ours = [name for name, _ in named[number].most_common()]
        told.append(
            Development(
                article=article,
                added=added,
                repeats=tuple(beneath[number][1:]),
                likeness=float(likeness[number]),
                shared=find_shared_names(ours, others)[:_SHARED_NAMES],
                gap_days=_gap(articles, number),
            )
        )
    return Timeline(
        developments=tuple(told),
        names=_most(everyone),
        places=_most(Counter(a.located for a in articles if a.located)),
        sources=_most(Counter(a.source for a in articles if a.source)),
    )


def make_repeat_check(article: Article) -> Callable[[Article], bool]:
    """A check of other articles: one of the two says nothing that the other does not.

    This one is read once, however many are compared with it.
    """
    ours = _runs(article)

    def same(other: Article) -> bool:
        theirs = _runs(other)
        fewer = min(len(ours), len(theirs))
        return fewer > 0 and len(ours & theirs) >= REPEATED * fewer

    return same


def _runs(article: Article) -> frozenset[int]:
    """Hashes of an article's runs of five words; they are compared within one process only."""
    words = [token.folded for token in tokenize(article.body)]
    return frozenset(hash(tuple(words[n : n + _RUN])) for n in range(len(words) - _RUN + 1))


def _repeated(runs: Sequence[frozenset[int]]) -> list[int]:
    """For each article the number of the first that already says it; its own where none does."""
    first = list(range(len(runs)))
    for number, ours in enumerate(runs):
        for earlier in range(number):
            if (
                first[earlier] == earlier
                and ours
                and len(ours & runs[earlier]) >= REPEATED * len(ours)
            ):
                first[number] = earlier
                break
    return first


def _added(article: Article, said: set[str]) -> str:
    """The sentence with the most that was not said yet; empty where nothing is new."""
    best, chosen = 0.0, ""
    for place, sentence in enumerate(_SENTENCE.split(article.body)[:_SENTENCES]):
        words = _words(sentence, article.language)
        if len(words) < _SHORTEST:
            continue
        value = len(words - said) / np.sqrt(len(words)) * (1 - _PLACE_COST) ** place
        if not said and place == 0:
            return sentence.strip()
        if value > best:
            best, chosen = float(value), sentence.strip()
    return chosen


def _words(text: str, language: str) -> set[str]:
    """The stems of a text, without function words."""
    tag = normalize_language(language)
    found = {token.folded for token in tokenize(text)}
    return {stem(word, tag) for word in found if not is_stopword(word, (tag,))}


def _gap(articles: Sequence[Article], number: int) -> float | None:
    """Days between an article and the one nearest to it in time; None where either is unknown."""
    when = articles[number].first_created
    others = [a.first_created for n, a in enumerate(articles) if n != number and a.first_created]
    if when is None or not others:
        return None
    return round(min(abs((when - other).total_seconds()) for other in others) / 86_400, 2)


def _most(counted: Counter[str]) -> tuple[FacetValue, ...]:
    order = sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:_SHOWN_NAMES]
    return tuple(FacetValue(value=name, count=count) for name, count in order)
