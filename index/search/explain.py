"""Explains hits: position, words, passage, the sum that makes the score, and why above the next.

Responsibility: build `Explanation`s from the ranking that was used.
Decision: everything is read off that ranking and never computed in a second way.
Must not depend on: how an explanation is shown, or which engine made the ranking.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from archive.article import Article
from index.query import ParsedQuery
from index.ranking.fusion import LEXICAL, Ranking, ScoreComponent
from index.ranking.order import Keys, positions
from index.ranking.scores import NearestPassage
from index.search.ports import Snapshot
from index.types.explanation import (
    Comparison,
    Explanation,
    PassageMatch,
    ScorePart,
    TermMatch,
)
from index.types.search import Sort


@dataclass(frozen=True, slots=True, kw_only=True)
class Explainer:
    """Explains the hits of one ranking; `keys` define its order."""

    snapshot: Snapshot
    query: ParsedQuery
    ranking: Ranking
    keys: Keys
    sort: Sort

    def explain(
        self,
        following: Mapping[int, int | None],
        articles: Mapping[int, Article],
        passages: Mapping[int, NearestPassage],
    ) -> dict[int, Explanation]:
        """Explanations by place.

        Args:
            following: The places to explain, each with the place shown next.
            articles, passages: By place; `passages` is empty where meaning is not scored.
        """
        places = np.array(list(following), np.intp)
        refs = self.ranking.candidates.refs[places]
        terms: tuple[tuple[TermMatch, ...], ...] = ((),) * len(places)
        if self.ranking.has(LEXICAL):
            terms = self.snapshot.explain(self.query, refs)
        ranks = positions(self.keys, places).tolist()
        compared = {*following, *(place for place in following.values() if place is not None)}
        parts = {place: self._parts(place) for place in compared}
        return {
            place: Explanation(
                place=ranks[number],
                headline=bool(self.ranking.candidates.exact_headline[place]),
                terms=terms[number],
                parts=parts[place],
                passage=_passage(articles[place], passages.get(place)),
                above=self._comparison(place, following[place], parts),
            )
            for number, place in enumerate(places.tolist())
        }

    def _parts(self, place: int) -> tuple[ScorePart, ...]:
        return tuple(
            ScorePart(
                name=part.name,
                unit=part.unit,
                score=_finite(part.values[place]),
                low=part.low,
                high=part.high,
                scaled=float(scaled),
                weight=part.weight,
                points=float(part.weight * scaled),
            )
            for part, scaled in self._scaled(place)
        )

    def _scaled(self, place: int) -> list[tuple[ScoreComponent, np.float32]]:
        """Each component with its scaled value at one place."""
        one = [place]
        return [(each, each.scaled(one)[0]) for each in self.ranking.components]

    def _comparison(
        self, place: int, following: int | None, parts: Mapping[int, tuple[ScorePart, ...]]
    ) -> Comparison | None:
        if following is None:
            return None
        by = self._deciding_key(place, following)
        uri, _ = self.snapshot.keys(self.ranking.candidates.refs[[following]])[0]
        if by != "score":
            return Comparison(uri=uri, by=by, difference=0.0, parts=())
        scores = self.ranking.scores
        return Comparison(
            uri=uri,
            by=by,
            difference=float(scores[place] - scores[following]),
            parts=tuple(
                (ours.name, ours.points - theirs.points)
                for ours, theirs in zip(parts[place], parts[following], strict=True)
            ),
        )

    def _deciding_key(self, place: int, following: int) -> str:
        """The first key of the order in which two places differ."""
        candidates, scores = self.ranking.candidates, self.ranking.scores
        if candidates.killed[place] != candidates.killed[following]:
            return "killed"
        if self.sort == "relevance":
            if candidates.exact_headline[place] != candidates.exact_headline[following]:
                return "headline"
            if scores[place] != scores[following]:
                return "score"
        same_date = candidates.published[place] == candidates.published[following]
        return "id" if same_date else "date"


def _passage(article: Article, passage: NearestPassage | None) -> PassageMatch | None:
    if passage is None:
        return None
    text = article.body[slice(*passage.span)] or article.headline
    return PassageMatch(
        text=text, span=passage.span, cosine=passage.cosine, whole=passage.mean_cosine
    )


def _finite(value: np.float32) -> float:
    """A score; 0 where there is none, because it counts as 0."""
    return float(value) if np.isfinite(value) else 0.0
