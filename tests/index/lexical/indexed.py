"""Articles and an index of them, with what a reader of the texts would say of either.

Decision: what has a word is found by looking at every text, not by asking an engine.
Must not know what is asserted.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.lexical.engine import ArrayEngine
from index.lexical.ports import FieldFilters, LexicalIndex
from index.query import ParsedQuery, parse
from index.ranking.scores import Scores
from index.storage.segments import Segment
from index.text.analysis import normalize_language, to_term, to_terms, tokenize

LANGUAGES = ("en", "es")
EVERY = 10**9


@dataclass(frozen=True)
class Indexed:
    """Articles, and one engine's index of them."""

    articles: list[Article]
    index: LexicalIndex
    held: dict[str, set[int]] = field(default_factory=dict)

    def having(self, word: str) -> set[int]:
        """Rows that have a word in any form, by looking at the text."""
        if word not in self.held:
            self.held[word] = self._looked_up(word)
        return self.held[word]

    def _looked_up(self, word: str) -> set[int]:
        wanted = {word, *to_terms(word, LANGUAGES)}
        return {
            row
            for row, article in enumerate(self.articles)
            for token in tokenize(f"{article.headline} {article.body}")
            if token.folded == word
            or to_term(token.folded, normalize_language(article.language)) in wanted
        }

    def rows(self, text: str, *, enough: int = 0) -> set[int]:
        """Rows that match."""
        return set(matching(self.index, parse(text), enough=enough).rows.tolist())


def matching(
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


def index_of(folder: Path, *articles: Article, languages: tuple[str, ...] = ("en",)) -> Indexed:
    """These articles, indexed by Whoosh."""
    engine = ArrayEngine()
    engine.build(folder, articles)
    return Indexed(list(articles), engine.open([Segment(folder)], languages))
