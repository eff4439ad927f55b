"""An answer of the API as the values it was made from: what `presenters` does, the other way round.

Decision: keys that are not known are left out, since an answer may have more than we know; one that
is missing is an error, since what is documented does not change.
Must not know how the answer came here.
"""

from datetime import date, datetime
from typing import Any

from archive.article import Article
from index.types.explanation import Comparison, Explanation, PassageMatch, ScorePart, TermMatch
from index.types.fields import Span
from index.types.search import (
    Bucket,
    Facet,
    FacetValue,
    Histogram,
    Hit,
    Notice,
    RetrieverMatch,
    SearchRequest,
    SearchResults,
    Snippet,
    Story,
    StoryHits,
    Totals,
)


class NotUnderstoodError(ValueError):
    """The answer lacks something that we know; the message names it."""


def deserialize_results(told: dict[str, Any], request: SearchRequest) -> SearchResults:
    """The answer to `request`; it has no `next_offset`, which only its cursor tells.

    Raises:
        NotUnderstoodError: Something is missing, or is not what it should be.
    """
    try:
        return _results(told, request)
    except KeyError as error:
        raise NotUnderstoodError(f"there is no {error.args[0]!r} in its answer") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise NotUnderstoodError(f"something in its answer is of another kind ({error})") from error


def _results(told: dict[str, Any], request: SearchRequest) -> SearchResults:
    query, totals = told["query"], told["total"]
    return SearchResults(
        request=request,
        mode=query["mode"],
        notices=tuple(_notice(each) for each in query["notices"]),
        totals=Totals(
            articles=int(totals["articles"]),
            lexical=int(totals["lexical"]),
            semantic_only=int(totals["semantic_only"]),
            stories=int(totals["stories"]),
        ),
        groups=tuple(_group(each) for each in told["results"]),
        facets=tuple(
            Facet(field=name, values=tuple(_counted(each) for each in values))
            for name, values in told["facets"].items()
            if values is not None
        ),
        histogram=_histogram(told["histogram"]),
        next_offset=None,
        took_ms=float(told["took_ms"]),
        generation=str(told["generation"]),
        repaired=query["repaired"] or "",
        did_you_mean=query["did_you_mean"],
        weaker=int(told["weaker"]),
    )


def _notice(told: dict[str, Any]) -> Notice:
    # A notice's text has gaps in braces; one that was sent has none left.
    text = str(told["message"]).replace("{", "{{").replace("}", "}}")
    span = None if told["span"] is None else _span(told["span"])
    return Notice(code=str(told["code"]), text=text, span=span)


def _group(told: dict[str, Any]) -> StoryHits:
    story = told["story"]
    return StoryHits(
        story=None if story is None else _story(story),
        matching=1 if story is None else int(story["matching"]),
        hits=tuple(_hit(each) for each in told["hits"]),
    )


def _story(told: dict[str, Any]) -> Story:
    return Story(
        id=str(told["id"]),
        title=str(told["title"]),
        size=int(told["size"]),
        first_created=_moment(told["first_created"]),
        last_created=_moment(told["last_created"]),
    )


def _hit(told: dict[str, Any]) -> Hit:
    why = told.get("explain")
    return Hit(
        article=_article(told["article"]),
        score=float(told["score"]),
        headline=_snippet(told["headline"]),
        snippet=_snippet(told["snippet"]),
        lexical=_match(why["lexical"]) if why else None,
        semantic=_match(why["semantic"]) if why else None,
        explanation=_explanation(why) if why else None,
    )


def _article(told: dict[str, Any]) -> Article:
    return Article(
        uri=str(told["id"]),
        version=int(told["version"]),
        headline=str(told["headline"]),
        body="",
        source=str(told["source"]),
        dateline=str(told["dateline"]),
        located=str(told["located"]),
        first_created=_moment(told["first_created"]),
        date_inferred=bool(told["date_inferred"]),
        language=str(told["language"]),
        by=str(told["by"]),
        url=str(told["url"]),
        slugline=str(told["slugline"]),
    )


def _explanation(told: dict[str, Any]) -> Explanation:
    passage, above = told["passage"], told["above"]
    return Explanation(
        place=int(told["place"]),
        headline=bool(told["headline"]),
        terms=tuple(
            TermMatch(term=m["term"], places=tuple(m["places"]), score=float(m["score"]))
            for m in told["terms"]
        ),
        parts=tuple(ScorePart(**{name: part[name] for name in _PART}) for part in told["parts"]),
        passage=passage
        and PassageMatch(
            text=str(passage["text"]),
            span=_span(passage["span"]),
            cosine=float(passage["cosine"]),
            whole=float(passage["whole"]),
        ),
        above=above
        and Comparison(
            uri=str(above["id"]),
            by=str(above["by"]),
            difference=float(above["difference"]),
            parts=tuple((str(name), float(value)) for name, value in above["parts"].items()),
        ),
    )


_PART = ("name", "unit", "score", "low", "high", "scaled", "weight", "points")


def _match(told: dict[str, Any] | None) -> RetrieverMatch | None:
    if told is None:
        return None
    return RetrieverMatch(rank=int(told["rank"]), score=float(told["score"]), unit=told["unit"])


def _snippet(told: dict[str, Any]) -> Snippet:
    return Snippet(text=str(told["text"]), marks=tuple(_span(mark) for mark in told["marks"]))


def _histogram(told: dict[str, Any]) -> Histogram:
    return Histogram(
        interval=told["interval"],
        buckets=tuple(
            Bucket(start=date.fromisoformat(each["start"]), count=int(each["count"]))
            for each in told["buckets"]
        ),
        undated=int(told["undated"]),
    )


def _counted(told: dict[str, Any]) -> FacetValue:
    return FacetValue(value=str(told["value"]), count=int(told["count"]))


def _span(told: list[Any]) -> Span:
    start, end = told
    return int(start), int(end)


def _moment(told: str | None) -> datetime | None:
    return None if told is None else datetime.fromisoformat(told)
