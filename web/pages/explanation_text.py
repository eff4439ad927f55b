"""Responsibility: an explanation of a hit as sentences, for the pages and the terminal.

Decision: every figure that decided the ranking is stated, so that a reader can add them up.
Must not depend on: Flask, HTML, or how a hit was retrieved.
"""

from index.types.explanation import Comparison, Explanation, ScorePart, TermMatch
from web.i18n.translation import gettext, later

_NAMES = {
    "lexical": later("words"),
    "semantic": later("meaning"),
    "complete": later("having every word"),
    "likeness": later("likeness to the best answers"),
}
_PLACES = {"headline": later("headline"), "body": later("body"), "labels": later("labels")}
_UNITS = {"cosine": later("cosine"), "share": later("share")}
_DECIDED = {
    "headline": later("Above the next because its headline is the query."),
    "date": later(
        "Above the next because they score the same, or are sorted by date, and the date decides."
    ),
    "id": later("Above the next because all else is equal, and the id decides."),
}


def describe_score(explanation: Explanation, score: float) -> str:
    """`0.71 = 0.50 × 0.62 for words + 0.50 × 0.80 for meaning`."""
    parts = [
        gettext(
            "%(weight).2f × %(scaled).3f for %(name)s",
            weight=part.weight,
            scaled=part.scaled,
            name=gettext(_NAMES.get(part.name, part.name)),
        )
        for part in explanation.parts
    ]
    return f"{score:.3f} = {' + '.join(parts)}"


def describe_part(part: ScorePart) -> str:
    """`words: BM25F 7.20, where 0 counts as 0 and 11.60 as 1, makes 0.621`."""
    return gettext(
        "%(name)s: %(unit)s %(score).3f, where %(low).3f counts as 0 and %(high).3f as 1, makes"
        " %(scaled).3f",
        name=gettext(_NAMES.get(part.name, part.name)),
        unit=gettext(_UNITS.get(part.unit, part.unit)),
        score=part.score,
        low=part.low,
        high=part.high,
        scaled=part.scaled,
    )


def describe_places(match: TermMatch) -> str:
    """`in headline, body: 7.200`."""
    places = ", ".join(gettext(_PLACES.get(place, place)) for place in match.places)
    return gettext("in %(places)s: %(score).3f", places=places, score=match.score)


def describe_lead(above: Comparison) -> str:
    """Why a hit stands above the next one."""
    if above.by != "score":
        return gettext(_DECIDED.get(above.by, above.by))
    parts = ", ".join(
        f"{gettext(_NAMES.get(name, name))} {value:+.3f}" for name, value in above.parts
    )
    return gettext(
        "Above the next by %(difference).3f: %(parts)s.", difference=above.difference, parts=parts
    )
