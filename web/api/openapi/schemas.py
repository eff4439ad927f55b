"""What the API answers with: one JSON Schema for each kind of value.

Decision: every key is required and no other is allowed, so that an answer that has changed does not
pass as the one described.
Must not know routes.
"""

from typing import cast, get_args

from archive.article import PubStatus
from index.types.search import Mode, Sort
from web.api.presenters import FACETS, Json

TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
NUMBER: Json = {"type": "number"}
YES_OR_NO: Json = {"type": "boolean"}
MOMENT: Json = {"type": "string", "format": "date-time", "description": "ISO 8601, UTC."}
DAY: Json = {"type": "string", "format": "date"}
NEXT: Json = {"type": ["string", "null"], "description": "The cursor of the next page."}
SPAN: Json = {
    "type": "array",
    "items": COUNT,
    "minItems": 2,
    "maxItems": 2,
    "description": "[start, end) in code points.",
}


def one_of(*values: str) -> Json:
    """A text that is one of these."""
    return {"type": "string", "enum": list(values)}


def ref(name: str) -> Json:
    """A schema of this page."""
    return {"$ref": f"#/components/schemas/{name}"}


def listed(items: Json) -> Json:
    """A list of values of one kind."""
    return {"type": "array", "items": items}


def maybe(schema: Json) -> Json:
    """The value, or null where there is none."""
    return {"anyOf": [schema, {"type": "null"}]}


def closed(description: str, /, **properties: Json) -> Json:
    """An object with exactly these keys."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def opened(schema: Json, **properties: Json) -> Json:
    """The object, which may have these keys too."""
    required = cast(Json, schema["properties"])
    return schema | {"properties": required | properties}


MODES = listed(one_of(*get_args(Mode)))
_TEXTS = listed(TEXT)
_COUNTED = listed(ref("Counted"))
_SUMMARY = {
    "id": TEXT,
    "version": {"type": "integer", "minimum": 1},
    "headline": TEXT,
    "source": TEXT,
    "dateline": TEXT,
    "located": TEXT,
    "first_created": maybe(MOMENT),
    "date_inferred": YES_OR_NO,
    "language": TEXT,
    "by": TEXT,
    "url": TEXT,
    "slugline": TEXT,
}
_WHOLE = _SUMMARY | {
    "version_created": maybe(MOMENT),
    "pub_status": one_of(*get_args(PubStatus)),
    "ed_note": TEXT,
    "urgency": maybe({"type": "integer"}),
    "subjects": _TEXTS,
    "people": _TEXTS,
    "places": _TEXTS,
    "organisations": _TEXTS,
    "paragraphs": _TEXTS,
    "body": TEXT,
}
_STORY = {
    "id": TEXT,
    "title": TEXT,
    "size": COUNT,
    "first_created": maybe(MOMENT),
    "last_created": maybe(MOMENT),
}
_FACETS = {name: maybe(_COUNTED) for name in FACETS}

SCHEMAS: dict[str, Json] = {
    "Results": closed(
        "One page of a search.",
        query=ref("Query"),
        total=ref("Totals"),
        results=listed(ref("Group")),
        facets=ref("Facets"),
        histogram=ref("Histogram"),
        weaker=COUNT | {"description": "How many more articles `weaker=1` would give."},
        next=NEXT,
        took_ms=NUMBER,
        generation=TEXT,
    ),
    "Query": closed(
        "How the query was taken.",
        input=TEXT,
        mode=one_of(*get_args(Mode)),
        sort=one_of(*get_args(Sort)),
        repaired=maybe(TEXT),
        did_you_mean=maybe(TEXT),
        notices=listed(ref("Notice")),
    ),
    "Notice": closed(
        "What a reader should know about how it was taken.",
        code=TEXT,
        message=TEXT,
        span=maybe(SPAN),
    ),
    "Totals": closed(
        "Exact counts: `articles` = `lexical` + `semantic_only`.",
        articles=COUNT,
        lexical=COUNT,
        semantic_only=COUNT,
        stories=COUNT,
    ),
    "Group": closed(
        "A story with its best hits, or one hit with `group=none`.",
        story=maybe(ref("MatchingStory")),
        hits=listed(ref("Hit")),
    ),
    "Hit": opened(
        closed(
            "An article that answers the query.",
            article=ref("Found"),
            headline=ref("Snippet"),
            snippet=ref("Snippet"),
            score=NUMBER,
        ),
        explain=ref("Explanation"),
    ),
    "Snippet": closed("Text with the matched words marked.", text=TEXT, marks=listed(SPAN)),
    "Facets": closed(
        "Counts of the articles found, by value; null for what `facets` leaves out.", **_FACETS
    ),
    "Counted": closed("A value and how many articles have it.", value=TEXT, count=COUNT),
    "Histogram": closed(
        "Articles found by date, without a gap.",
        interval=one_of("day", "month", "year"),
        buckets=listed(ref("Bucket")),
        undated=COUNT,
    ),
    "Bucket": closed("A period, named by its first day.", start=DAY, count=COUNT),
    "FacetCounts": closed(
        "The counts of a search, without its articles.",
        total=ref("Totals"),
        facets=ref("Facets"),
        histogram=ref("Histogram"),
        generation=TEXT,
    ),
    "Suggestions": closed(
        "Queries with the last word completed, the most frequent word first.",
        query=TEXT,
        suggestions=_TEXTS,
    ),
    "Summary": closed("What a list shows of an article.", **_SUMMARY),
    "Found": opened(
        closed("What a search shows of an article.", **_SUMMARY),
        versions=listed(ref("VersionEntry")),
    ),
    "Version": closed("One version of an article, with its text.", **_WHOLE),
    "Article": closed(
        "An article, with the list of its versions and the story that it is in.",
        **_WHOLE,
        versions=listed(ref("VersionEntry")),
        story=maybe(ref("Story")),
    ),
    "VersionEntry": closed(
        "A version in a list.",
        version=COUNT,
        version_created=maybe(MOMENT),
        headline=TEXT,
    ),
    "Versions": closed("Every version, oldest first.", versions=listed(ref("Version"))),
    "Story": closed("A story without its articles.", **_STORY),
    "MatchingStory": closed(
        "A story, and how many of its articles were asked for.", **_STORY, matching=COUNT
    ),
    "Stories": closed(
        "One page of stories.",
        total=COUNT,
        results=listed(ref("MatchingStory")),
        next=NEXT,
        generation=TEXT,
    ),
    "StoryView": closed(
        "A story with its articles and its course, oldest first.",
        **_STORY,
        articles=listed(ref("Summary")),
        developments=listed(ref("Development")),
        names=_COUNTED,
        places=_COUNTED,
        sources=_COUNTED,
        related=listed(ref("Story")),
    ),
    "Development": closed(
        "What one article adds to its story, and why it is in it.",
        id=TEXT,
        added=TEXT,
        repeats=_TEXTS,
        likeness=NUMBER,
        shared=_TEXTS,
        gap_days=maybe(NUMBER),
    ),
    "RelatedList": closed("Articles near one.", results=listed(ref("Related"))),
    "Related": closed(
        "An article near another; `similarity` is a cosine, or lexical overlap without a model.",
        article=ref("Summary"),
        similarity=NUMBER,
        same_story=YES_OR_NO,
    ),
    "Status": closed(
        "What the archive holds and what answers; `version` is the program's.",
        version=TEXT,
        articles=COUNT,
        versions=COUNT,
        indexed=COUNT,
        pending=COUNT,
        passages=COUNT,
        vectors=maybe(ref("Vectors")),
        stories=COUNT,
        generation=maybe(TEXT),
        built=maybe(MOMENT),
        model=maybe(TEXT),
        model_problem=TEXT,
        modes=MODES,
        languages=_COUNTED,
        sources=_COUNTED,
        first_created=maybe(MOMENT),
        last_created=maybe(MOMENT),
    ),
    "Vectors": closed(
        "What the vectors are of: all passages of each article (null), or so many first ones; and"
        " whether all are compared or, in two steps, `recall` of the exact best ten is found.",
        first_passages=maybe(COUNT),
        exact=YES_OR_NO,
        recall=NUMBER,
        recall_articles=COUNT,
    ),
    "Health": closed("This process answers.", status=one_of("ok")),
    "Readiness": closed(
        "Whether there is something to search.",
        ready=YES_OR_NO,
        modes=MODES,
        generation=maybe(TEXT),
    ),
    "Problem": opened(
        closed(
            "What went wrong (RFC 9457).",
            type=TEXT,
            title=TEXT,
            status={"type": "integer"},
            detail=TEXT,
        ),
        span=SPAN,
    ),
}
