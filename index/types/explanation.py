"""Why a hit ranks where it does: its terms, its passage, and the parts of its score.

Responsibility: every figure that decided the rank of a hit.
Decision: all of them, unrounded, so that a reader can add them up.
Must not depend on: how a figure is computed or shown.
"""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from index.types.fields import Ordinal, Span

PartName = Annotated[
    str, Meta(extra_json_schema={"enum": ["lexical", "semantic", "complete", "likeness"]})
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMatch:
    """A term or pattern of the query, where it matches, and its part of the BM25F score.

    Attributes:
        term: As in the query, in lower case without accents.
        places: `headline`, `body` or `labels`. A word that matches by its stem has another form
            there.
        score: The scores of an article's terms add up to its BM25F score.
    """

    term: str
    places: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageMatch:
    """The passage of an article that is most similar to the query.

    Attributes:
        text: The passage; the headline if the article has no body.
        span: The part of the body; [0, 0] for the headline.
        cosine: The similarity of the passage.
        whole: The similarity of the complete article: the mean of all its passages.
    """

    text: str
    span: Span
    cosine: float
    whole: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """One summand of a fused score: `points` = `weight` × `scaled`.

    Attributes:
        name: The score component; `complete` is having every word of a long query, `likeness` is
            the similarity to the results that score highest in the other parts.
        score: In `unit`.
        low: The score that counts as 0 in this query.
        high: The score that counts as 1 in this query.
        scaled: (`score` - `low`) / (`high` - `low`), limited to 0..1.
    """

    name: PartName
    unit: str
    score: float
    low: float
    high: float
    scaled: float
    weight: float
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Why a hit ranks above the next one shown.

    Attributes:
        uri: The id of the next one.
        by: What decided: "killed" (the next one is withdrawn), "headline" (the query is the
            headline), "score", "date" or "id".
        difference: Of the two fused scores; 0 if something else decided.
        parts: By name, how much of the difference each part of the score makes.
    """

    uri: str
    by: str
    difference: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a hit matches, and why it ranks where it does.

    Attributes:
        place: Rank among all matching articles, from 1.
        headline: Whether the query is the article's headline, which puts it first.
        terms: In the order of the query; empty if no term matches.
        parts: Their points add up to the fused score.
        passage: None if semantic search did not run.
        above: None for the last hit.
    """

    place: Ordinal
    headline: bool
    terms: tuple[TermMatch, ...]
    parts: tuple[ScorePart, ...]
    passage: PassageMatch | None
    above: Comparison | None
