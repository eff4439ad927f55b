"""The timeline of a story.

Responsibility: find what each article adds to a story, which articles repeat others, the names in
the story, and why each article belongs to it.
Decision: an article is represented by the sentence with the most words that no earlier article has.
An article that only repeats an earlier one is listed under it.
Must not depend on: files, requests or pages.
"""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.stories.repeats import find_originals, hash_runs
from index.text.analysis import is_stopword, normalize_language, stem
from index.text.names import Name, extract_names, find_shared_names, unify_names
from index.text.tokens import tokenize
from index.types.search import FacetValue, NameCount
from index.types.stories import Development, Timeline

MAX_ANALYZED = 200
"""Articles of a story that are analyzed, which takes 0.2 s; the others are only listed."""
_MAX_SENTENCES = 40
"""Sentences of an article that are considered; wires put the news first."""
_MIN_WORDS = 5
"""The fewest words of a sentence that can represent an article."""
_POSITION_PENALTY = 0.15
"""The penalty for each preceding sentence: of two equal sentences, the earlier is chosen."""
_MAX_NAMES, _MAX_SHARED_NAMES = 12, 6
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“«¿¡(\[]?[^\W\d_a-z]|\d)|\n+")


def build_timeline(articles: Sequence[Article], similarities: NDArray[np.float32]) -> Timeline:
    """Build the timeline of a story.

    Args:
        articles: Oldest first.
        similarities: (articles,) float32, the similarity of each article to the rest of the story,
            0..1.
    """
    analyzed = articles[:MAX_ANALYZED]
    names = unify_names([extract_names(article) for article in analyzed])
    names += [Counter()] * (len(articles) - len(analyzed))
    developments: list[Development] = []
    originals = find_originals([hash_runs(article) for article in analyzed])
    originals += range(len(analyzed), len(articles))
    known_words: set[str] = set()
    groups: dict[int, list[Article]] = {}
    for number, original in enumerate(originals):
        groups.setdefault(original, []).append(articles[number])
    for number, article in enumerate(articles):
        if originals[number] != number:
            continue
        added = _find_added_sentence(article, known_words) if number < MAX_ANALYZED else ""
        for text in (article.body, article.headline):
            known_words |= _stem_words(text, article.language)
        others = [name.text for n, counts in enumerate(names) if n != number for name in counts]
        ours = [name.text for name, _ in names[number].most_common()]
        developments.append(
            Development(
                article=article,
                added=added,
                repeats=tuple(groups[number][1:]),
                likeness=float(similarities[number]),
                shared=find_shared_names(ours, others)[:_MAX_SHARED_NAMES],
                gap_days=_compute_gap_days(articles, number),
            )
        )
    return Timeline(
        developments=tuple(developments),
        names=_to_name_counts(sum(names, Counter[Name]())),
        places=_to_facet_values(Counter(a.located for a in articles if a.located)),
        sources=_to_facet_values(Counter(a.source for a in articles if a.source)),
    )


def _find_added_sentence(article: Article, known_words: set[str]) -> str:
    """The sentence with the most new words; empty if no sentence has any."""
    best, chosen = 0.0, ""
    for position, sentence in enumerate(_SENTENCE.split(article.body)[:_MAX_SENTENCES]):
        words = _stem_words(sentence, article.language)
        if len(words) < _MIN_WORDS:
            continue
        value = len(words - known_words) / np.sqrt(len(words)) * (1 - _POSITION_PENALTY) ** position
        if not known_words and position == 0:
            return sentence.strip()
        if value > best:
            best, chosen = float(value), sentence.strip()
    return chosen


def _stem_words(text: str, language: str) -> set[str]:
    """The stems of the words of a text, without stop words."""
    tag = normalize_language(language)
    words = {token.folded for token in tokenize(text)}
    return {stem(word, tag) for word in words if not is_stopword(word, (tag,))}


def _compute_gap_days(articles: Sequence[Article], number: int) -> float | None:
    """Days to the article that is nearest in time; None if a date is unknown."""
    created = articles[number].first_created
    others = [a.first_created for n, a in enumerate(articles) if n != number and a.first_created]
    if created is None or not others:
        return None
    return round(min(abs((created - other).total_seconds()) for other in others) / 86_400, 2)


def _to_facet_values(counts: Counter[str]) -> tuple[FacetValue, ...]:
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MAX_NAMES]
    return tuple(FacetValue(value=name, count=count) for name, count in order)


def _to_name_counts(counts: Counter[Name]) -> tuple[NameCount, ...]:
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0].text))[:_MAX_NAMES]
    return tuple(NameCount(value=n.text, count=count, kind=n.kind) for n, count in order)
