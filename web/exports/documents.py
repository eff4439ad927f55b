"""Exports as JSON, JSON Lines and ninjs.

Responsibility: write complete articles for programs.
Decision: JSON escapes hostile characters, so texts stay as archived; `dateline ingest` reads the
JSON Lines and the ninjs items back.
Must not depend on: how an article was retrieved.
"""

import json
from collections.abc import Callable, Iterator

from archive.article import UNKNOWN_LANGUAGE, Article
from web.api.schema.answer import Json, timestamp
from web.api.schema.articles import version_json
from web.exports.export import Export, article_urn
from web.http.urls import is_web_link

_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}

_INFERRED = "Part of the date, usually the year, is not in the text."


def write_json(export: Export) -> Iterator[str]:
    """One object with the query and its articles."""
    yield f'{{"query": {_dump(export.text)}, "articles": '
    yield from _write_array(export.articles, version_json)
    yield "}\n"


def write_json_lines(export: Export) -> Iterator[str]:
    """One article per line."""
    for article in export.articles:
        yield _dump(version_json(article)) + "\n"


def write_ninjs(export: Export) -> Iterator[str]:
    """An array of ninjs 3.1 items."""
    yield from _write_array(export.articles, ninjs_item)
    yield "\n"


def ninjs_item(article: Article) -> Json:
    """An article as an IPTC ninjs 3.1 item, without the properties that are unknown."""
    item: Json = {
        "uri": article.uri if is_web_link(article.uri) else article_urn(article),
        "type": "text",
        "version": str(article.version),
        "firstCreated": timestamp(article.first_created),
        "versionCreated": timestamp(article.version_created),
        "embargoed": timestamp(article.embargoed),
        "pubStatus": article.pub_status,
        "urgency": article.urgency,
        "edNote": article.ed_note,
        "language": "" if article.language == UNKNOWN_LANGUAGE else article.language,
        "headlines": _text_values("main", article.headline),
        "bodies": _text_values("main", article.body),
        "by": article.by,
        "slugline": article.slugline,
        "located": article.located,
        "people": _name_values(article.people),
        "organisations": _name_values(article.organisations),
        "places": _name_values(article.places),
        "subjects": _name_values(article.subjects),
        "infoSources": _name_values((article.source,) if article.source else ()),
        "descriptions": [
            *_text_values("dateline", article.dateline),
            *_text_values("date-inferred", _INFERRED if article.date_inferred else ""),
        ],
        "altIds": [
            {"role": "dateline", "value": article.uri},
            *([{"role": "url", "value": article.url}] if article.url else []),
        ],
        "standard": _STANDARD,
    }
    return {name: value for name, value in item.items() if value}


def _write_array(articles: Iterator[Article], write: Callable[[Article], Json]) -> Iterator[str]:
    prefix = "[\n"
    for article in articles:
        yield prefix + _dump(write(article))
        prefix = ",\n"
    yield "[]" if prefix == "[\n" else "\n]"


def _text_values(role: str, value: str) -> list[Json]:
    return [{"role": role, "contentType": "text/plain", "value": value}] if value else []


def _name_values(names: tuple[str, ...]) -> list[Json]:
    return [{"name": name} for name in names]


def _dump(value: object) -> str:
    """JSON on one line; lone surrogates, which UTF-8 cannot encode, become question marks."""
    text = json.dumps(value, ensure_ascii=False)
    return text.encode(errors="replace").decode()
