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
from index.text.folding import fold

_LETTERS = 4
"""Shorter words have too many similar words for a suggestion to be likely."""
_SHORT = 5
"""Words up to this length are corrected by one edit, longer ones by two."""
_RARE, _FAR_MORE = 1, 20
"""A word that `_RARE` articles have is questioned if a similar word is this much more frequent."""
_MOST = 3
"""Words questioned in one query: 5 ms each with 80,000 different words in the archive."""
_LAST_WORD = re.compile(r"[^\W_]{2,}\Z")
_COMPLETIONS = 8
"""As many as a browser shows below a search box."""


def completions(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The query with its last word completed, the most frequent word first; folded, as indexed.

    Empty if the query does not end in at least two letters of a word, or is too long.
    """
    last = _LAST_WORD.search(text[:MAX_QUERY_LENGTH])
    if last is None or last.end() != len(text):
        return ()
    found = vocabulary.words_with_prefix(fold(last[0]), _COMPLETIONS)
    return tuple(text[: last.start()] + word for word in found)


def did_you_mean(query: ParsedQuery, vocabulary: Vocabulary) -> str | None:
    """The query with its misspelt words corrected; None if there is nothing to correct."""
    text = query.input[:MAX_QUERY_LENGTH]
    suspects = [word for word in query.highlight_words if _may_be_misspelt(word)]
    counts = {word.folded: vocabulary.document_frequency(word.folded) for word in suspects}
    suspects = [word for word in suspects if counts[word.folded] <= _RARE][:_MOST]
    corrected = text
    for word in sorted(suspects, key=lambda word: word.span, reverse=True):
        similar = vocabulary.similar_words(word.folded)
        correction = _correct(word.folded, counts[word.folded], similar)
        if correction:
            first, last = word.span
            typed = text[first:last]
            corrected = corrected[:first] + _match_case(correction, typed) + corrected[last:]
    return corrected if corrected != text else None


def _may_be_misspelt(word: Word) -> bool:
    return len(word.folded) >= _LETTERS and word.folded.isalpha()


def _correct(folded: str, articles: int, similar: tuple[Similar, ...]) -> str | None:
    """The most similar word, then the most frequent; None if none is similar or frequent enough."""
    most = 1 if len(folded) <= _SHORT or articles else 2
    least = articles * _FAR_MORE or 1
    candidates = [word for word in similar if word.edits <= most and word.articles >= least]
    best = min(candidates, key=lambda word: (word.edits, -word.articles, word.word), default=None)
    return best.word if best and re.fullmatch(r"[^\W\d_]+", best.word) else None


def _match_case(word: str, typed: str) -> str:
    """The word in the case of what was typed: upper case, capitalized, or lower case."""
    if typed.isupper():
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word
