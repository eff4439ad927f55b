"""A reference for what a query matches: one article at a time, over plain lists of words.

Responsibility: decide whether an article matches a query tree.
Decision: it shares only text analysis with the lexical engine and has no arrays, so that both are
unlikely to have the same mistake.
Must not depend on: any index.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.article import Article
from index.lexical.ports import FieldFilters
from index.query import (
    And,
    Boost,
    DateRange,
    Empty,
    Field,
    Fuzzy,
    Must,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Unreadable,
    Value,
    Wildcard,
    Word,
)
from index.text.analysis import is_stopword, normalize_language, to_term, to_terms, tokenize


@dataclass(frozen=True)
class Words:
    """One article's folded words, in order, by field."""

    row: int
    language: str
    title: tuple[str, ...]
    body: tuple[str, ...]
    labels: tuple[str, ...]
    by: tuple[str, ...]
    places: tuple[tuple[str, ...], ...]

    def sequences(self, field: str | None) -> Sequence[tuple[str, ...]]:
        """Return the sequences of words in which a phrase can match."""
        if field == "place":
            return self.places
        if field in {"title", "body", "by"}:
            return (getattr(self, str(field)),)
        return (self.title, self.body, self.labels)


def fold_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text."""
    return tuple(token.folded for token in tokenize(text))


def extract_words(row: int, article: Article) -> Words:
    """Return an article's words by field."""
    labels = " ".join((article.by, article.located, article.slugline, *article.subjects))
    return Words(
        row=row,
        language=normalize_language(article.language),
        title=fold_words(article.headline),
        body=fold_words(article.body),
        labels=fold_words(labels),
        by=fold_words(article.by),
        places=tuple(fold_words(place) for place in (article.located, *article.places)),
    )


@dataclass(frozen=True)
class ReferenceMatcher:
    """Matches articles of an archive in these languages."""

    languages: Sequence[str]
    filters: FieldFilters | None = None

    def matches(self, node: Node, words: Words, field: str | None = None) -> bool:
        """Return whether the article matches the tree."""
        match node:
            case And(nodes):
                return all(self.matches(each, words, field) for each in nodes)
            case Or(nodes):
                return any(self.matches(each, words, field) for each in nodes)
            case Not(inner):
                return not self.matches(inner, words, field)
            case Field(name, inner):
                return self.matches(inner, words, name)
            case Must(inner) | Boost(inner, _):
                return self.matches(inner, words, field)
            case Empty() | Unreadable():
                return False
            case Value() | DateRange():
                return self._matches_filter(field or "date", node, words)
        if field == "source":
            return self._matches_filter(field, node, words)
        return any(
            self._matches_in(node, sequence, words, field) for sequence in words.sequences(field)
        )

    def _matches_filter(self, field: str, node: Node, words: Words) -> bool:
        assert not isinstance(node, Boost | Must | And | Or | Not | Field)
        return self.filters is not None and bool(self.filters.rows(field, node)[words.row])

    def _matches_in(
        self, node: Node, sequence: Sequence[str], words: Words, field: str | None
    ) -> bool:
        match node:
            case Word(wanted, _):
                return wanted in sequence or (
                    field not in {"by", "place"} and self._matches_stem(wanted, sequence, words)
                )
            case Phrase(wanted_words, _, slop):
                phrase = [word.folded for word in wanted_words]
                if slop:
                    return is_within_window(phrase, sequence, slop)
                return is_adjacent(phrase, sequence)
            case Prefix(start, _):
                return any(word.startswith(start) for word in sequence)
            case Wildcard(pattern, _):
                expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
                return any(re.fullmatch(expression, word, re.DOTALL) for word in sequence)
            case Fuzzy(wanted, edits, _):
                close = (word for word in sequence if word[:1] == wanted[:1])
                return any(compute_edit_distance(wanted, word) <= edits for word in close)
        raise AssertionError(node)

    def _matches_stem(self, wanted: str, sequence: Iterable[str], words: Words) -> bool:
        forms = to_terms(wanted, self.languages)
        return any(
            to_term(word, words.language) in forms
            for word in sequence
            if not is_stopword(word, (words.language,))
        )


def is_adjacent(words: Sequence[str], sequence: Sequence[str]) -> bool:
    """Return whether these words are next to each other, in order."""
    size = len(words)
    starts = range(len(sequence) - size + 1)
    return any(list(sequence[start : start + size]) == list(words) for start in starts)


def is_within_window(words: Sequence[str], sequence: Sequence[str], slop: int) -> bool:
    """Return whether these words are in a window of len(words) + slop, in any order."""
    size = len(words) + slop
    windows = (list(sequence[start : start + size]) for start in range(len(sequence)))
    return any(all(window.count(w) >= words.count(w) for w in words) for window in windows)


def compute_edit_distance(one: str, other: str) -> int:
    """Return the optimal string alignment distance, by its definition."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            table[i, j] = min(
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (one[i - 1] != other[j - 1]),
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]
