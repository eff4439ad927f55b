"""Why a hit is there: its words, its passage, and the arithmetic of its score.

Decision: every number that decided is told, so that a reader can add them up.
Must not know how anything is computed or shown.
"""

from dataclasses import dataclass

Span = tuple[int, int]
"""[start, end) in code points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMatch:
    """What one word or pattern of the query adds to an article's BM25F score.

    Attributes:
        term: As in the query, folded.
        places: Where it stands: "headline", "body", "labels"; a word found by its stem stands there
            in another form.
        score: Its share of the BM25F score; an article's shares add up to it.
    """

    term: str
    places: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageMatch:
    """The passage of an article that is nearest to the query in meaning.

    Attributes:
        text: The passage; the headline where the article has no body.
        span: What it covers of the body; (0, 0) for the headline.
        cosine: Of this passage; `whole` is that of the mean of all of them.
    """

    text: str
    span: Span
    cosine: float
    whole: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """One summand of a fused score: `points` = `weight` * `scaled`.

    Attributes:
        name: "lexical", "semantic", "complete" (every word of a sentence) or "likeness" (to the
            best answers by the others).
        score: In `unit`; `low` and `high` are what counts as 0 and as 1 in this query.
        scaled: (score - low) / (high - low), cut to 0..1.
    """

    name: str
    unit: str
    score: float
    low: float
    high: float
    scaled: float
    weight: float
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Why a hit stands above the next one that is shown.

    Attributes:
        uri: The next one.
        by: What decided: "headline" (the query is the headline), "score", "date" or "id".
        difference: How much higher the fused score is; 0 where something else decided.
        parts: By name, how much of the difference each part of the score makes.
    """

    uri: str
    by: str
    difference: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a hit is there, and there.

    Attributes:
        place: In the whole list of articles, from 1.
        headline: Whether the query is its headline, which puts it first.
        terms: In order of the query; empty where no word matches.
        parts: Their points add up to the fused score.
        passage: None where meaning was not asked.
        above: None for the last one.
    """

    place: int
    headline: bool
    terms: tuple[TermMatch, ...]
    parts: tuple[ScorePart, ...]
    passage: PassageMatch | None
    above: Comparison | None
