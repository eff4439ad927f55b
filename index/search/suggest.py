"""Suggestions: corrected spellings and completions, in words that the archive's articles use.

Responsibility: "did you mean", and the completion of a query's last word.
Decision: only a word that at most one article has is questioned, and only words of the archive are
suggested, names among them; the query that is searched for is never changed.
Must not depend on: how words are indexed.
"""

import re

from index.query import MAX_QUERY_LENGTH, ParsedQuery, Word
from index.ranking.scores import Similar
from index.search.ports import Vocabulary
from index.text.analysis import fold

_LETTERS = 4
"""Shorter words have too many neighbours for any to be meant."""
_SHORT = 5
"""A word of so many letters is taken to have one wrong, a longer one two."""
_RARE, _FAR_MORE = 1, 20
"""A word that one article has is doubted where a neighbour is so much more frequent."""
_MOST = 3
"""Words doubted in one query: 5 ms each with 80,000 different words in the archive."""


_LAST_WORD = re.compile(r"[^\W_]{2,}\Z")
_COMPLETIONS = 8
"""As many as a browser shows under its box."""


def completions(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The query with its last word completed, the most frequent word first; folded, as indexed.

    Empty where the query does not end in two letters of a word, or is too long to be one.
    """
    last = _LAST_WORD.search(text[:MAX_QUERY_LENGTH])
    if last is None or last.end() != len(text):
        return ()
    found = vocabulary.words_with_prefix(fold(last[0]), _COMPLETIONS)
    return tuple(text[: last.start()] + word for word in found)


def did_you_mean(query: ParsedQuery, vocabulary: Vocabulary) -> str | None:
    """The query with its misspelt words replaced; None where none is, or nothing is better."""
    text = query.input[:MAX_QUERY_LENGTH]
    doubted = [word for word in query.highlight_words if _may_be_misspelt(word)]
    counts = {word.folded: vocabulary.document_frequency(word.folded) for word in doubted}
    doubted = [word for word in doubted if counts[word.folded] <= _RARE][:_MOST]
    found = text
    for word in sorted(doubted, key=lambda each: each.span, reverse=True):
        better = _better(word.folded, counts[word.folded], vocabulary.similar_words(word.folded))
        if better:
            first, last = word.span
            found = found[:first] + _cased(better, text[first:last]) + found[last:]
    return found if found != text else None


def _may_be_misspelt(word: Word) -> bool:
    return len(word.folded) >= _LETTERS and word.folded.isalpha()


def _better(folded: str, articles: int, similar: tuple[Similar, ...]) -> str | None:
    """The nearest word, then the most frequent; None where none is near or frequent enough."""
    most = 1 if len(folded) <= _SHORT or articles else 2
    least = articles * _FAR_MORE or 1
    near = [word for word in similar if word.edits <= most and word.articles >= least]
    best = min(near, key=lambda word: (word.edits, -word.articles, word.word), default=None)
    return best.word if best and re.fullmatch(r"[^\W\d_]+", best.word) else None


def _cased(word: str, typed: str) -> str:
    """The word as the reader's was: in capitals, with a first capital, or without."""
    if typed.isupper():
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word
