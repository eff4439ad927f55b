"""JSON, JSON Lines and ninjs: whole articles for programs.

Decision: JSON escapes what is hostile, so texts stand as they are held; `dateline ingest` takes the
JSON Lines in again.
Must not know how anything was found.
"""

import json
from collections.abc import Callable, Iterator

from archive.article import UNKNOWN_LANGUAGE, Article
from web.api.presenters import Json, moment, whole_article_json
from web.exports.export import Export, urn_of
from web.http.urls import is_web_link

_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}


def write_json(export: Export) -> Iterator[str]:
    """One object: the query and all its articles."""
    yield f'{{"query": {_dump(export.text)}, "articles": '
    yield from _array(export.articles, whole_article_json)
    yield "}\n"


def write_json_lines(export: Export) -> Iterator[str]:
    """One article a line."""
    for article in export.articles:
        yield _dump(whole_article_json(article)) + "\n"


def write_ninjs(export: Export) -> Iterator[str]:
    """An array of ninjs 3.1 items."""
    yield from _array(export.articles, ninjs_item)
    yield "\n"


def ninjs_item(article: Article) -> Json:
    """An article as IPTC ninjs 3.1 has it; what is not known is left out."""
    item: Json = {
        "uri": article.uri if is_web_link(article.uri) else urn_of(article),
        "type": "text",
        "version": str(article.version),
        "firstCreated": moment(article.first_created),
        "versionCreated": moment(article.version_created),
        "pubStatus": article.pub_status,
        "urgency": article.urgency,
        "edNote": article.ed_note,
        "language": "" if article.language == UNKNOWN_LANGUAGE else article.language,
        "headlines": _texts("main", article.headline),
        "bodies": _texts("main", article.body),
        "by": article.by,
        "slugline": article.slugline,
        "located": article.located,
        "people": _names(article.people),
        "organisations": _names(article.organisations),
        "places": _names(article.places),
        "subjects": _names(article.subjects),
        "infoSources": _names((article.source,) if article.source else ()),
        "altIds": [{"role": "dateline", "value": article.uri}],
        "standard": _STANDARD,
    }
    return {name: value for name, value in item.items() if value}


def _array(articles: Iterator[Article], write: Callable[[Article], Json]) -> Iterator[str]:
    before = "[\n"
    for article in articles:
        yield before + _dump(write(article))
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"


def _texts(role: str, value: str) -> list[Json]:
    return [{"role": role, "contentType": "text/plain", "value": value}] if value else []


def _names(names: tuple[str, ...]) -> list[Json]:
    return [{"name": name} for name in names]


def _dump(value: object) -> str:
    """JSON on one line; halves of pairs, which UTF-8 cannot hold, become question marks."""
    written = json.dumps(value, ensure_ascii=False)
    return written.encode(errors="replace").decode()
