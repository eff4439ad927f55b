"""Turns results, articles, stories and status into what `json.dumps` takes.

Decision: pure functions and no Flask, so that the API and the terminal's `--json` print the same.
Moments are ISO 8601 in UTC; spans are [start, end) in code points.
Must not know requests, routes or how anything was found.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib.metadata import version

from archive.article import Article
from index.types.search import (
    FacetValue,
    Histogram,
    Hit,
    Notice,
    Related,
    RetrieverMatch,
    SearchResults,
    Snippet,
    Story,
    StoryHits,
    Totals,
)
from index.types.status import Status, Vectors
from web.api.cursor import write_cursor
from web.explanations import explanation_json

Json = dict[str, object]
FACETS = ("source", "language", "place", "name")
"""What articles found are counted by."""
VersionsOf = Callable[[Article], Iterable[Article]]


def results_json(
    results: SearchResults,
    *,
    facets: tuple[str, ...] = FACETS,
    versions_of: VersionsOf | None = None,
) -> Json:
    """One answer; `explain` stands in each hit where the request asked for it.

    Args:
        facets: Those to give; the others are null.
        versions_of: An article's versions, oldest first, where they are to be listed.
    """
    offset = results.next_offset
    return {
        "query": {
            "input": results.request.text,
            "mode": results.mode,
            "sort": results.request.sort,
            "repaired": results.repaired or None,
            "did_you_mean": results.did_you_mean,
            "notices": [_notice(notice) for notice in results.notices],
        },
        "total": _totals(results.totals),
        "results": [
            _group(group, explain=results.request.explain, versions_of=versions_of)
            for group in results.groups
        ],
        "facets": _facets(results, facets),
        "histogram": _histogram(results.histogram),
        "weaker": results.weaker,
        "next": None if offset is None else write_cursor(results.generation, offset),
        "took_ms": round(results.took_ms, 3),
        "generation": results.generation,
    }


def facets_json(results: SearchResults, *, facets: tuple[str, ...] = FACETS) -> Json:
    """The counts of one answer alone."""
    return {
        "total": _totals(results.totals),
        "facets": _facets(results, facets),
        "histogram": _histogram(results.histogram),
        "generation": results.generation,
    }


def article_summary_json(article: Article) -> Json:
    """What a list shows of an article."""
    return {
        "id": article.uri,
        "version": article.version,
        "headline": article.headline,
        "source": article.source,
        "dateline": article.dateline,
        "located": article.located,
        "first_created": moment(article.first_created),
        "date_inferred": article.date_inferred,
        "language": article.language,
        "by": article.by,
        "url": article.url,
        "slugline": article.slugline,
    }


def whole_article_json(article: Article) -> Json:
    """One version of an article, with its text."""
    return article_summary_json(article) | {
        "version_created": moment(article.version_created),
        "pub_status": article.pub_status,
        "ed_note": article.ed_note,
        "urgency": article.urgency,
        "subjects": list(article.subjects),
        "people": list(article.people),
        "places": list(article.places),
        "organisations": list(article.organisations),
        "paragraphs": list(article.paragraphs),
        "body": article.body,
    }


def article_json(
    article: Article, versions: Iterable[Article] = (), *, story: Story | None = None
) -> Json:
    """A whole article, with the list of its versions and the story that it is in."""
    return whole_article_json(article) | {
        "versions": [_version(version) for version in versions],
        "story": None if story is None else story_json(story),
    }


def versions_json(versions: Iterable[Article]) -> Json:
    """Every version with its text, in the order given."""
    return {"versions": [whole_article_json(version) for version in versions]}


def story_json(story: Story) -> Json:
    """A story without its articles."""
    return {
        "id": story.id,
        "title": story.title,
        "size": story.size,
        "first_created": moment(story.first_created),
        "last_created": moment(story.last_created),
    }


def related_json(related: Iterable[Related]) -> Json:
    """Articles near another one, in the order given."""
    return {
        "results": [
            {
                "article": article_summary_json(near.article),
                "similarity": near.similarity,
                "same_story": near.same_story,
            }
            for near in related
        ]
    }


def status_json(status: Status) -> Json:
    """What the archive holds and what it can answer."""
    return {
        "version": version("dateline"),
        "articles": status.articles,
        "versions": status.versions,
        "indexed": status.indexed,
        "pending": status.pending,
        "passages": status.passages,
        "vectors": _vectors(status.vectors),
        "stories": status.stories,
        "generation": status.generation,
        "built": moment(status.built),
        "model": status.model,
        "model_problem": status.model_problem,
        "modes": list(status.modes),
        "languages": counts_json(status.languages),
        "sources": counts_json(status.sources),
        "first_created": moment(status.first_created),
        "last_created": moment(status.last_created),
    }


def moment(when: datetime | None) -> str | None:
    """`2023-07-15T11:00:00Z`; None stays None."""
    if when is None:
        return None
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _vectors(vectors: Vectors | None) -> Json | None:
    if vectors is None:
        return None
    return {
        "first_passages": vectors.first_passages,
        "exact": vectors.exact,
        "recall": vectors.recall,
        "recall_articles": vectors.recall_articles,
    }


def _notice(notice: Notice) -> Json:
    span = None if notice.span is None else list(notice.span)
    return {"code": notice.code, "message": notice.message, "span": span}


def _totals(totals: Totals) -> Json:
    return {
        "articles": totals.articles,
        "lexical": totals.lexical,
        "semantic_only": totals.semantic_only,
        "stories": totals.stories,
    }


def _group(group: StoryHits, *, explain: bool, versions_of: VersionsOf | None) -> Json:
    story = group.story
    return {
        "story": None if story is None else story_json(story) | {"matching": group.matching},
        "hits": [_hit(hit, explain=explain, versions_of=versions_of) for hit in group.hits],
    }


def _hit(hit: Hit, *, explain: bool, versions_of: VersionsOf | None) -> Json:
    article = article_summary_json(hit.article)
    if versions_of:
        article["versions"] = [_version(version) for version in versions_of(hit.article)]
    shown: Json = {
        "article": article,
        "headline": _snippet(hit.headline),
        "snippet": _snippet(hit.snippet),
        "score": hit.score,
    }
    if explain:
        shown["explain"] = {
            "lexical": _match(hit.lexical),
            "semantic": _match(hit.semantic),
            **(explanation_json(hit.explanation) if hit.explanation else {}),
        }
    return shown


def _facets(results: SearchResults, wanted: tuple[str, ...]) -> Json:
    counted = {facet.field: facet.values for facet in results.facets}
    return {name: counts_json(counted.get(name, ())) if name in wanted else None for name in FACETS}


def _histogram(histogram: Histogram) -> Json:
    return {
        "interval": histogram.interval,
        "buckets": [
            {"start": bucket.start.isoformat(), "count": bucket.count}
            for bucket in histogram.buckets
        ],
        "undated": histogram.undated,
    }


def _snippet(snippet: Snippet) -> Json:
    return {"text": snippet.text, "marks": [list(mark) for mark in snippet.marks]}


def _match(match: RetrieverMatch | None) -> Json | None:
    if match is None:
        return None
    return {"rank": match.rank, "score": match.score, "unit": match.unit}


def counts_json(values: Iterable[FacetValue]) -> list[Json]:
    """Values with how many have each, in the order given."""
    return [{"value": value.value, "count": value.count} for value in values]


def _version(article: Article) -> Json:
    return {
        "version": article.version,
        "version_created": moment(article.version_created),
        "headline": article.headline,
    }
