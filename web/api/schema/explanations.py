"""Explanations of a hit in the API: every figure that decided its rank.

Responsibility: the shape of an explanation, and its conversion from and to `index.types`.
Decision: figures have six decimals, as the score has, so that a client can add them up.
Must not depend on: Flask, requests or routes.
"""

from dataclasses import fields, replace
from typing import Any, Self, TypeVar

import index.types.explanation as values
from index.types.explanation import PassageMatch, ScorePart, TermMatch
from index.types.fields import Ordinal
from index.types.search import RetrieverMatch
from web.api.schema.answer import Answer

_DECIMALS = 6
_Figures = TypeVar("_Figures", TermMatch, PassageMatch, ScorePart)
_NAMES: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind) if field.type is float)
    for kind in (TermMatch, PassageMatch, ScorePart)
}
"""The figures of each class."""


class Comparison(Answer, frozen=True, kw_only=True):
    """Why a hit ranks above the next one shown.

    Attributes:
        id: The next one.
        by: What decided: `headline`, `score`, `date` or `id`.
        difference: Of the two scores; 0 if something else decided.
        parts: How much of the difference each part of the score makes, by its name.
    """

    id: str
    by: str
    difference: float
    parts: dict[str, float]

    @classmethod
    def from_comparison(cls, comparison: values.Comparison) -> Self:
        """With rounded figures."""
        return cls(
            id=comparison.uri,
            by=comparison.by,
            difference=_short(comparison.difference),
            parts={name: _short(value) for name, value in comparison.parts},
        )

    def to_comparison(self) -> values.Comparison:
        """The other way round."""
        return values.Comparison(
            uri=self.id, by=self.by, difference=self.difference, parts=tuple(self.parts.items())
        )


class Explanation(Answer, frozen=True, kw_only=True):
    """Every figure that decided the rank of a hit.

    Attributes:
        lexical, semantic: Null if this retriever did not find the article.
        place: Rank among all matching articles, from 1.
        headline: Whether the query is the article's headline, which puts it first.
        terms: In the order of the query; their scores add up to the BM25F score.
        passage: Null if semantic search did not run.
        parts: Their points add up to the score of the hit.
        above: Null for the last hit.
    """

    lexical: RetrieverMatch | None
    semantic: RetrieverMatch | None
    place: Ordinal
    headline: bool
    terms: tuple[TermMatch, ...]
    passage: PassageMatch | None
    parts: tuple[ScorePart, ...]
    above: Comparison | None

    @classmethod
    def from_explanation(
        cls,
        explanation: values.Explanation,
        *,
        lexical: RetrieverMatch | None,
        semantic: RetrieverMatch | None,
    ) -> Self:
        """An explanation with the matches of the hit."""
        return cls(
            lexical=lexical,
            semantic=semantic,
            place=explanation.place,
            headline=explanation.headline,
            terms=tuple(map(_rounded, explanation.terms)),
            passage=_rounded(explanation.passage) if explanation.passage else None,
            parts=tuple(map(_rounded, explanation.parts)),
            above=Comparison.from_comparison(explanation.above) if explanation.above else None,
        )

    def to_explanation(self) -> values.Explanation:
        """An explanation without the matches, which belong to the hit."""
        return values.Explanation(
            place=self.place,
            headline=self.headline,
            terms=self.terms,
            passage=self.passage,
            parts=self.parts,
            above=self.above.to_comparison() if self.above else None,
        )


def _rounded(value: _Figures) -> _Figures:
    """A dataclass with its figures rounded."""
    names = _NAMES[type(value)]
    rounded: dict[str, Any] = {name: round(getattr(value, name), _DECIMALS) for name in names}
    return replace(value, **rounded)


def _short(figure: float) -> float:
    return round(figure, _DECIMALS)
