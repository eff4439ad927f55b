"""What a query tree means, told the slow way: one article at a time, over plain lists of words.

Decision: no arrays and nothing shared with the lexical engine but analysis, so that the two can be
wrong only apart.
Must not know any index.
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
    Value,
    Wildcard,
    Word,
)
from index.text.analysis import is_stopword, normalize_language, to_term, to_terms, tokenize


@dataclass(frozen=True)
class Words:
    """One article's words by where they stand, folded and in order."""

    row: int
    language: str
    title: tuple[str, ...]
    body: tuple[str, ...]
    labels: tuple[str, ...]
    by: tuple[str, ...]
    places: tuple[tuple[str, ...], ...]

    def stretches(self, field: str | None) -> Sequence[tuple[str, ...]]:
        """Runs of words that a phrase may stand in."""
        if field == "place":
            return self.places
        if field in {"title", "body", "by"}:
            return (getattr(self, str(field)),)
        return (self.title, self.body, self.labels)


def folded(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(token.folded for token in tokenize(text))


def words_of(row: int, article: Article) -> Words:
    """An article's words."""
    labels = " ".join((article.by, article.located, article.slugline, *article.subjects))
    return Words(
        row=row,
        language=normalize_language(article.language),
        title=folded(article.headline),
        body=folded(article.body),
        labels=folded(labels),
        by=folded(article.by),
        places=tuple(folded(place) for place in (article.located, *article.places)),
    )


@dataclass(frozen=True)
class Reader:
    """Reads trees for articles of an archive of these languages."""

    languages: Sequence[str]
    filters: FieldFilters | None = None

    def holds(self, node: Node, words: Words, field: str | None = None) -> bool:
        """Whether an article is one that the tree asks for."""
        match node:
            case And(nodes):
                return all(self.holds(each, words, field) for each in nodes)
            case Or(nodes):
                return any(self.holds(each, words, field) for each in nodes)
            case Not(inner):
                return not self.holds(inner, words, field)
            case Field(name, inner):
                return self.holds(inner, words, name)
            case Must(inner) | Boost(inner, _):
                return self.holds(inner, words, field)
            case Empty():
                return False
            case Value() | DateRange():
                return self._known(field or "date", node, words)
        if field == "source":
            return self._known(field, node, words)
        return any(self._in(node, stretch, words, field) for stretch in words.stretches(field))

    def _known(self, field: str, node: Node, words: Words) -> bool:
        assert not isinstance(node, Boost | Must | And | Or | Not | Field)
        return self.filters is not None and bool(self.filters.rows(field, node)[words.row])

    def _in(self, node: Node, stretch: Sequence[str], words: Words, field: str | None) -> bool:
        match node:
            case Word(wanted, _):
                return wanted in stretch or (
                    field not in {"by", "place"} and self._stemmed(wanted, stretch, words)
                )
            case Phrase(wanted_words, _, slop):
                asked = [word.folded for word in wanted_words]
                return near(asked, stretch, slop) if slop else beside(asked, stretch)
            case Prefix(start, _):
                return any(word.startswith(start) for word in stretch)
            case Wildcard(pattern, _):
                expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
                return any(re.fullmatch(expression, word, re.DOTALL) for word in stretch)
            case Fuzzy(wanted, edits, _):
                close = (word for word in stretch if word[:1] == wanted[:1])
                return any(edits_between(wanted, word) <= edits for word in close)
        raise AssertionError(node)

    def _stemmed(self, wanted: str, stretch: Iterable[str], words: Words) -> bool:
        forms = to_terms(wanted, self.languages)
        return any(
            to_term(word, words.language) in forms
            for word in stretch
            if not is_stopword(word, (words.language,))
        )


def beside(asked: Sequence[str], stretch: Sequence[str]) -> bool:
    """Whether these words stand side by side, in order."""
    size = len(asked)
    return any(list(stretch[n : n + size]) == list(asked) for n in range(len(stretch) - size + 1))


def near(asked: Sequence[str], stretch: Sequence[str], slop: int) -> bool:
    """Whether these words stand within a window of len(asked) + slop, in any order."""
    windows = (list(stretch[n : n + len(asked) + slop]) for n in range(len(stretch)))
    return any(all(seen.count(w) >= asked.count(w) for w in asked) for seen in windows)


def edits_between(one: str, other: str) -> int:
    """Optimal string alignment distance, by its definition."""
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
