"""Articles and an index of them, and which of them have a word according to their text.

Decision: articles with a word are found by reading every text, not by asking an engine.
Must not depend on: what is asserted.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.lexical.ports import FieldFilters, LexicalEngine, LexicalIndex
from index.query import ParsedQuery, parse
from index.ranking.scores import Scores
from index.storage.segments import Segment
from index.text.analysis import normalize_language, to_term, to_terms
from index.text.tokens import tokenize

LANGUAGES = ("en", "es")
EVERY = 10**9
"""As `enough`: one word of the query is a match."""


@dataclass(frozen=True)
class Indexed:
    """Articles, and one engine's index of them."""

    articles: list[Article]
    index: LexicalIndex
    remembered: dict[str, set[int]] = field(default_factory=dict)

    def rows_with(self, word: str) -> set[int]:
        """Rows that have a word in any form, found by reading their text."""
        if word not in self.remembered:
            self.remembered[word] = self._read_all(word)
        return self.remembered[word]

    def _read_all(self, word: str) -> set[int]:
        forms = {word, *to_terms(word, LANGUAGES)}
        return {
            row
            for row, article in enumerate(self.articles)
            for token in tokenize(f"{article.headline} {article.body}")
            if token.folded == word
            or to_term(token.folded, normalize_language(article.language)) in forms
        }

    def rows(self, text: str, *, enough: int = 0) -> set[int]:
        """Rows that match a query."""
        return set(search(self.index, parse(text), enough=enough).rows.tolist())


def search(
    index: LexicalIndex,
    query: ParsedQuery,
    allowed: NDArray[np.bool_] | None = None,
    *,
    enough: int = 0,
    filters: FieldFilters | None = None,
) -> Scores:
    """The rows of `allowed` that match a query, with their scores."""
    mask = index.candidate_mask(query, allowed, filters=filters)
    return index.score(query, mask, enough=enough)


def index_of(
    engine: LexicalEngine,
    folder: Path,
    *articles: Article,
    languages: tuple[str, ...] = ("en",),
) -> Indexed:
    """Articles, indexed in a folder by an engine."""
    engine.build(folder, articles)
    return Indexed(list(articles), engine.open([Segment(folder)], languages))
