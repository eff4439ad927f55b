"""What `explain=1` adds to a hit, as JSON Schema.

Decision: apart from the other schemas, since it is as long as half of them and changes with the
ranking.
Must not know routes.
"""

from web.api.openapi.schemas import (
    NUMBER,
    SPAN,
    TEXT,
    YES_OR_NO,
    closed,
    listed,
    maybe,
    one_of,
    ref,
)
from web.api.presenters import Json

_PLACE = {"type": "integer", "minimum": 1}
EXPLAINING: dict[str, Json] = {
    "Explanation": closed(
        "Every figure that put a hit in its place.",
        lexical=maybe(ref("Match")),
        semantic=maybe(ref("Match")),
        place=_PLACE,
        headline=YES_OR_NO,
        terms=listed(ref("TermMatch")),
        passage=maybe(ref("Passage")),
        parts=listed(ref("ScorePart")),
        above=maybe(ref("Comparison")),
    ),
    "Match": closed("Where one retriever put it.", rank=_PLACE, score=NUMBER, unit=TEXT),
    "TermMatch": closed(
        "A term, the places where it stands, and its part of the score.",
        term=TEXT,
        places=listed(TEXT),
        score=NUMBER,
    ),
    "Passage": closed(
        "The passage nearest in meaning.", text=TEXT, span=SPAN, cosine=NUMBER, whole=NUMBER
    ),
    "ScorePart": closed(
        "One summand of the score: `points` = `scaled` × `weight`.",
        name=one_of("lexical", "semantic", "complete", "likeness"),
        unit=TEXT,
        score=NUMBER,
        low=NUMBER,
        high=NUMBER,
        scaled=NUMBER,
        weight=NUMBER,
        points=NUMBER,
    ),
    "Comparison": closed(
        "Why it stands above the next.",
        id=TEXT,
        by=TEXT,
        difference=NUMBER,
        parts={"type": "object", "additionalProperties": NUMBER},
    ),
}
