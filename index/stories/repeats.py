"""Repeats: whether two articles have the same text.

Responsibility: compare texts by their runs of five words.
Decision: an article repeats another if it has nearly all of its runs, so that a cut or a changed
line hides no copy. An article too short for runs is compared as a whole; one without a body by its
headline.
Must not depend on: files, requests, or where the articles come from.
"""

from collections.abc import Sequence

from archive.article import Article
from index.text.tokens import tokenize

REPEAT_SHARE = 0.9
"""An article repeats an earlier one that has at least this share of its five-word runs."""
_RUN_LENGTH = 5


def hash_runs(article: Article) -> frozenset[int]:
    """Hashes of an article's runs of five words, which are compared within one process only."""
    words = [token.folded for token in tokenize(article.body)]
    words = words or [token.folded for token in tokenize(article.headline)]
    if 0 < len(words) < _RUN_LENGTH:
        return frozenset([hash(tuple(words))])
    return frozenset(
        hash(tuple(words[n : n + _RUN_LENGTH])) for n in range(len(words) - _RUN_LENGTH + 1)
    )


def find_originals(runs: Sequence[frozenset[int]]) -> list[int]:
    """For each article, the number of the first article that it repeats, or its own."""
    originals = list(range(len(runs)))
    for number, ours in enumerate(runs):
        for earlier in range(number):
            if (
                originals[earlier] == earlier
                and ours
                and len(ours & runs[earlier]) >= REPEAT_SHARE * len(ours)
            ):
                originals[number] = earlier
                break
    return originals


class SeenTexts:
    """The texts of a page: tells an article whose text is there already, in whole or in part."""

    def __init__(self) -> None:
        self._runs: list[frozenset[int]] = []

    def add(self, article: Article) -> bool:
        """Add an article; False if it repeats one that was added before, or one repeats it."""
        ours = hash_runs(article)
        for theirs in self._runs:
            fewer = min(len(ours), len(theirs))
            if fewer and len(ours & theirs) >= REPEAT_SHARE * fewer:
                return False
        self._runs.append(ours)
        return True
