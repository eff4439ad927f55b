"""A reference for what a query matches: one article at a time, over plain lists of words.

Responsibility: decide whether an article matches a query tree.
Decision: it shares only text analysis with the lexical engine and has no arrays, so that both are
unlikely to have the same mistake.
Must not depend on: any index.
"""

import re
from collections.abc import Callable, Sequence, Set
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
from index.query.forms import list_forms, list_stems
from index.text.analysis import is_stopword, normalize_language, to_term
from index.text.tokens import tokenize


@dataclass(frozen=True)
class Words:
    """The forms of one article's words, in order, by field."""

    row: int
    language: str
    title: "Forms"
    body: "Forms"
    labels: "Forms"
    by: "Forms"
    places: "tuple[Forms, ...]"

    def sequences(self, field: str | None) -> Sequence["Forms"]:
        """Return the sequences of words in which a phrase can match."""
        if field == "place":
            return self.places
        if field in {"title", "body", "by"}:
            return (getattr(self, str(field)),)
        return (self.title, self.body, self.labels)


Forms = tuple[tuple[str, ...], ...]
"""The forms of each word, its own first."""


def analyze_words(text: str, language: str) -> Forms:
    """Return the forms of the words of a text."""
    return tuple((token.folded, *token.also) for token in tokenize(text, language))


def extract_words(row: int, article: Article) -> Words:
    """Return an article's words by field."""
    labels = " ".join((article.by, article.located, article.slugline, *article.subjects))
    language = normalize_language(article.language)
    return Words(
        row=row,
        language=language,
        title=analyze_words(article.headline, language),
        body=analyze_words(article.body, language),
        labels=analyze_words(labels, language),
        by=analyze_words(article.by, language),
        places=tuple(
            analyze_words(place, language) for place in (article.located, *article.places)
        ),
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
        if field == "place" and self.filters and self._matches_filter(field, node, words):
            return True
        return any(
            self._matches_in(node, sequence, words, field) for sequence in words.sequences(field)
        )

    def _matches_filter(self, field: str, node: Node, words: Words) -> bool:
        assert not isinstance(node, Boost | Must | And | Or | Not | Field)
        return self.filters is not None and bool(self.filters.rows(field, node)[words.row])

    def _matches_in(self, node: Node, sequence: Forms, words: Words, field: str | None) -> bool:
        match node:
            case Word():
                wanted = frozenset(list_forms(node, self.languages))
                return any(not wanted.isdisjoint(forms) for forms in sequence) or (
                    field not in {"by", "place"} and self._matches_stem(node, sequence, words)
                )
            case Phrase(wanted_words, _, slop):
                phrase = [frozenset(list_forms(word, self.languages)) for word in wanted_words]
                if slop:
                    return is_within_window(phrase, sequence, slop)
                return is_adjacent(phrase, sequence)
        accepts = self._create_test(node)
        return any(accepts(forms[0]) for forms in sequence)

    def _create_test(self, node: Node) -> Callable[[str], bool]:
        match node:
            case Prefix(start, _):
                return lambda word: word.startswith(start)
            case Wildcard(pattern, _):
                expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
                return lambda word: bool(re.fullmatch(expression, word, re.DOTALL))
            case Fuzzy(wanted, edits, _):
                return lambda word: (
                    word[:1] == wanted[:1] and compute_edit_distance(wanted, word) <= edits
                )
        raise AssertionError(node)

    def _matches_stem(self, wanted: Word, sequence: Forms, words: Words) -> bool:
        stems = list_stems(wanted, self.languages)
        return any(
            to_term(form, words.language) in stems
            for forms in sequence
            for form in forms
            if not is_stopword(form, (words.language,))
        )


def is_adjacent(words: Sequence[Set[str]], sequence: Forms) -> bool:
    """Return whether these words, each in any form, are next to each other, in order."""
    size = len(words)
    windows = (sequence[start : start + size] for start in range(len(sequence) - size + 1))
    return any(
        all(not wanted.isdisjoint(forms) for wanted, forms in zip(words, window, strict=True))
        for window in windows
    )


def is_within_window(words: Sequence[Set[str]], sequence: Forms, slop: int) -> bool:
    """Return whether these words are in a window of len(words) + slop, in any order."""
    size = len(words) + slop
    windows = (sequence[start : start + size] for start in range(len(sequence)))
    return any(
        all(
            sum(not word.isdisjoint(forms) for forms in window) >= words.count(word)
            for word in words
        )
        for window in windows
    )


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
