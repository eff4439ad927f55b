"""The words of a field, looked up in Whoosh's term index.

Responsibility: expand patterns, and find words that are spelt similarly or begin with a prefix.
Decision: every word of a range is compared, by Whoosh's own edit distance: slow, and without the
shortcuts of the array engine.
Must not depend on: how expansions are matched or scored.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from whoosh.support.levenshtein import damerau_levenshtein

from index.lexical.plain_whoosh.live_index import LiveIndex
from index.lexical.query.vocabulary import MAX_EXPANSIONS
from index.lexical.schema import EXACT
from index.query import Fuzzy, Pattern, Prefix, Wildcard
from index.query.patterns import compile_pattern, extract_literal_prefix
from index.ranking.scores import Similar


@dataclass(frozen=True, slots=True)
class ExpandedWords:
    """The words that a pattern expands to, in byte order; `is_truncated` if there are more."""

    words: tuple[bytes, ...]
    is_truncated: bool = False


class LiveVocabulary:
    """The words of an index that are in live rows."""

    def __init__(self, index: LiveIndex) -> None:
        self._index = index

    def expand(self, pattern: Pattern, field: str = EXACT) -> ExpandedWords:
        """The most frequent words of a field that match a pattern, ties in byte order."""
        match pattern:
            case Prefix(folded, _):
                words = list(self._index.iter_words(field, folded))
            case Wildcard():
                accepts = compile_pattern(pattern)
                words = [
                    word
                    for word in self._index.iter_words(field, extract_literal_prefix(pattern))
                    if accepts(word.decode())
                ]
            case Fuzzy(folded, edits, _):
                words = [
                    word
                    for word in self._index.iter_words(field, folded[:1])
                    if _distance(folded, word.decode(), edits) <= edits
                ]
        if len(words) <= MAX_EXPANSIONS:
            return ExpandedWords(tuple(words))
        ranked = self._rank(words, field)
        most_frequent = tuple(sorted(word for word, _ in ranked[:MAX_EXPANSIONS]))
        return ExpandedWords(most_frequent, is_truncated=len(ranked) > MAX_EXPANSIONS)

    def find_similar(self, folded: str) -> tuple[Similar, ...]:
        """As in `LexicalIndex.similar_words`."""
        similar = []
        for word in self._index.iter_words(EXACT):
            text = word.decode()
            limit = 2 if text[:1] == folded[:1] else 1
            if limit == 1 and (not text[0].isalpha() or text[0].isascii() != folded[0].isascii()):
                continue
            edits = _distance(folded, text, limit)
            if 0 < edits <= limit:
                similar.append((word, edits))
        counts = dict(self._rank((word for word, _ in similar), EXACT))
        return tuple(
            Similar(word.decode(), edits, counts[word]) for word, edits in similar if word in counts
        )

    def complete_prefix(self, prefix: str, limit: int) -> tuple[str, ...]:
        """As in `LexicalIndex.words_with_prefix`."""
        words = (word.decode() for word, _ in self._rank(self._index.iter_words(EXACT, prefix)))
        return tuple(word for word in words if word != prefix)[:limit]

    def _rank(self, words: Iterable[bytes], field: str = EXACT) -> list[tuple[bytes, int]]:
        """The words that live rows have, most frequent first, with how many rows have each."""
        counts = [(word, self._index.count_articles(field, word)) for word in words]
        live = [(word, count) for word, count in counts if count]
        return sorted(live, key=lambda item: (-item[1], item[0]))


def _distance(one: str, other: str, limit: int) -> int:
    """Edits between two words, a swap counts as one; `limit` + 1 if their lengths differ more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    return int(damerau_levenshtein(one, other))
