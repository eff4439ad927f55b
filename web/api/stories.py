"""Stories as JSON: one with its course, and a list of those with most articles.

Decision: pure functions and no Flask, as in `web.api.presenters`, for the API and the terminal.
Must not know requests, routes or how stories were found.
"""

from index.types.stories import Development, StoryList, StoryView
from web.api.cursor import write_cursor
from web.api.presenters import Json, article_summary_json, counts_json, story_json


def story_view_json(view: StoryView) -> Json:
    """A story with its articles and its course, oldest first."""
    line = view.line
    return story_json(view.story) | {
        "articles": [article_summary_json(article) for article in view.articles],
        "developments": [_development(each) for each in line.developments] if line else [],
        "names": counts_json(line.names) if line else [],
        "places": counts_json(line.places) if line else [],
        "sources": counts_json(line.sources) if line else [],
        "related": [story_json(story) for story in view.related],
    }


def stories_json(found: StoryList) -> Json:
    """One page of stories, each with how many of its articles were asked for."""
    offset = found.next_offset
    return {
        "total": found.total,
        "results": [story_json(story) | {"matching": count} for story, count in found.stories],
        "next": None if offset is None else write_cursor(found.generation, offset),
        "generation": found.generation,
    }


def _development(each: Development) -> Json:
    return {
        "id": each.article.uri,
        "added": each.added,
        "repeats": [article.uri for article in each.repeats],
        "likeness": round(each.likeness, 4),
        "shared": list(each.shared),
        "gap_days": each.gap_days,
    }
