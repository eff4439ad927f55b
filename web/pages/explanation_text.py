"""Explanations as sentences.

Responsibility: explain a hit's rank, for the pages and the terminal.
Decision: every figure that decided the rank is stated, so that a reader can add them up.
Must not depend on: Flask, HTML, or how a hit was retrieved.
"""

from index.types.explanation import Comparison, Explanation, ScorePart, TermMatch
from web.i18n.translation import gettext, gettext_noop

_COMPONENTS = {
    "lexical": gettext_noop("keyword"),
    "semantic": gettext_noop("semantic"),
    "complete": gettext_noop("containing every word"),
    "likeness": gettext_noop("similarity to the top results"),
}
_FIELDS = {
    "headline": gettext_noop("headline"),
    "body": gettext_noop("body"),
    "labels": gettext_noop("labels"),
}
_UNITS = {"cosine": gettext_noop("cosine similarity"), "share": gettext_noop("share")}
_TIE_BREAKS = {
    "killed": gettext_noop(
        "Ranked above the next result because the source has withdrawn that one."
    ),
    "headline": gettext_noop(
        "Ranked above the next result because its headline is exactly the query."
    ),
    "date": gettext_noop(
        "Ranked above the next result by date: their scores are equal, or results are sorted by"
        " date."
    ),
    "id": gettext_noop("Ranked above the next result by id: everything else is equal."),
}


def describe_score(explanation: Explanation, score: float | None) -> str:
    """`0.710 = 0.50 × 0.620 (keyword) + 0.50 × 0.800 (semantic)`."""
    if score is None:
        return gettext("none: the query only filters articles")
    parts = [
        gettext(
            "%(weight).2f × %(scaled).3f (%(name)s)",
            weight=part.weight,
            scaled=part.scaled,
            name=_component_name(part.name),
        )
        for part in explanation.parts
    ]
    return f"{score:.3f} = {' + '.join(parts)}"


def describe_part(part: ScorePart) -> str:
    """`keyword: BM25F 7.200, scaled from 0.000–11.600 to 0–1: 0.621`."""
    return gettext(
        "%(name)s: %(unit)s %(score).3f, scaled from %(low).3f–%(high).3f to 0–1: %(scaled).3f",
        name=_component_name(part.name),
        unit=gettext(_UNITS.get(part.unit, part.unit)),
        score=part.score,
        low=part.low,
        high=part.high,
        scaled=part.scaled,
    )


def describe_term(match: TermMatch) -> str:
    """`in headline, body: 7.200`."""
    fields = ", ".join(gettext(_FIELDS.get(field, field)) for field in match.places)
    return gettext("in %(places)s: %(score).3f", places=fields, score=match.score)


def describe_comparison(comparison: Comparison) -> str:
    """Why a hit is ranked above the next one."""
    if comparison.by != "score":
        return gettext(_TIE_BREAKS.get(comparison.by, comparison.by))
    parts = ", ".join(f"{_component_name(name)} {value:+.3f}" for name, value in comparison.parts)
    return gettext(
        "Scores %(difference).3f more than the next result: %(parts)s.",
        difference=comparison.difference,
        parts=parts,
    )


def _component_name(name: str) -> str:
    return gettext(_COMPONENTS.get(name, name))
