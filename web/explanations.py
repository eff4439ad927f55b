"""Explanations as JSON.

Responsibility: write the explanation of a hit.
Decision: every figure that decided the ranking is in it, so that a client can add them up.
Must not depend on: Flask, or how a hit was retrieved.
"""

from index.types.explanation import Explanation, ScorePart

Json = dict[str, object]


def explanation_json(explanation: Explanation) -> Json:
    """An explanation with every figure."""
    passage, above = explanation.passage, explanation.above
    return {
        "place": explanation.place,
        "headline": explanation.headline,
        "terms": [
            {"term": match.term, "places": list(match.places), "score": _short(match.score)}
            for match in explanation.terms
        ],
        "passage": passage
        and {
            "text": passage.text,
            "span": list(passage.span),
            "cosine": _short(passage.cosine),
            "whole": _short(passage.whole),
        },
        "parts": [_part_json(part) for part in explanation.parts],
        "above": above
        and {
            "id": above.uri,
            "by": above.by,
            "difference": _short(above.difference),
            "parts": {name: _short(value) for name, value in above.parts},
        },
    }


def _part_json(part: ScorePart) -> Json:
    return {
        "name": part.name,
        "unit": part.unit,
        "score": _short(part.score),
        "low": _short(part.low),
        "high": _short(part.high),
        "scaled": _short(part.scaled),
        "weight": _short(part.weight),
        "points": _short(part.points),
    }


def _short(value: float) -> float:
    return round(value, 6)
