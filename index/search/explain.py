"""Explains hits: place, words, passage, the sum that made the score, and why above the next.

Decision: read off the ranking that was used, never computed a second way.
Must not know how a page is laid out.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.lexical.ports import LexicalIndex
from index.query import ParsedQuery
from index.ranking.fusion import Ranking
from index.ranking.order import positions
from index.semantic.vectors import NearestPassage
from index.storage.doc_values import DocValues
from index.types.explanation import Comparison, Explanation, PassageMatch, ScorePart
from index.types.search import Sort


class Explainer:
    """Explains the hits of one ranking; `order` holds its places, best first."""

    def __init__(
        self, doc_values: DocValues, ranking: Ranking, keys: NDArray[np.int64], sort: Sort
    ) -> None:
        self._columns = doc_values
        self._ranking = ranking
        self._sort = sort
        self._scaled = [part.scaled() for part in ranking.parts]
        self._keys = keys

    def explanations(
        self,
        after: Mapping[int, int | None],
        articles: Mapping[int, Article],
        nearest: Mapping[int, NearestPassage],
        *,
        query: ParsedQuery,
        words: LexicalIndex,
    ) -> dict[int, Explanation]:
        """Explanations by place.

        Args:
            after: The places to explain, each with the one that is shown next.
            articles, nearest: By place; `nearest` is empty where meaning was not asked.
        """
        places = list(after)
        asked = any(part.name == "lexical" for part in self._ranking.parts)
        terms = words.explain(query, self._ranking.rows[places].tolist()) if asked else ()
        stands = positions(self._keys, np.array(places, np.intp)).tolist()
        return {
            place: Explanation(
                place=stands[number],
                headline=bool(self._ranking.exact_headline[place]),
                terms=terms[number] if terms else (),
                parts=self._parts(place),
                passage=_passage(articles[place], nearest.get(place)),
                above=self._comparison(place, after[place]),
            )
            for number, place in enumerate(places)
        }

    def _parts(self, place: int) -> tuple[ScorePart, ...]:
        return tuple(
            ScorePart(
                name=part.name,
                unit=part.unit,
                score=_finite(part.values[place]),
                low=part.low,
                high=part.high,
                scaled=float(scaled[place]),
                weight=part.weight,
                points=float(part.weight * scaled[place]),
            )
            for part, scaled in zip(self._ranking.parts, self._scaled, strict=True)
        )

    def _comparison(self, place: int, following: int | None) -> Comparison | None:
        if following is None:
            return None
        by = self._decided(place, following)
        differences = tuple(
            (ours.name, ours.points - theirs.points)
            for ours, theirs in zip(self._parts(place), self._parts(following), strict=True)
        )
        fused = self._ranking.fused
        return Comparison(
            uri=self._columns.uris[int(self._ranking.rows[following])],
            by=by,
            difference=float(fused[place] - fused[following]) if by == "score" else 0.0,
            parts=differences if by == "score" else (),
        )

    def _decided(self, place: int, following: int) -> str:
        """The first key of the order in which two places differ."""
        ranking, published = self._ranking, self._columns.published
        if self._sort == "relevance":
            if ranking.exact_headline[place] != ranking.exact_headline[following]:
                return "headline"
            if ranking.fused[place] != ranking.fused[following]:
                return "score"
        rows: Sequence[int] = ranking.rows[[place, following]].tolist()
        return "id" if published[rows[0]] == published[rows[1]] else "date"


def _passage(article: Article, nearest: NearestPassage | None) -> PassageMatch | None:
    if nearest is None:
        return None
    text = article.body[slice(*nearest.span)] or article.headline
    return PassageMatch(
        text=text, span=nearest.span, cosine=nearest.cosine, whole=nearest.mean_cosine
    )


def _finite(value: np.float32) -> float:
    """A score; 0 where there is none, which is what counted."""
    return float(value) if np.isfinite(value) else 0.0
