"""Data for browsers and crawlers.

Responsibility: serve OpenSearch, its completions, robots.txt and the sitemap.
Decision: the sitemap is an index of parts, each computed on request from one slice of the archive,
so that memory does not grow with the archive.
Must not depend on: how a page looks.
"""

from collections.abc import Iterator
from itertools import islice
from math import ceil
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Response, jsonify, request, stream_with_context, url_for
from werkzeug.exceptions import NotFound

from archive.article import Article
from index.types.search import SearchRequest
from web.api.schema.answer import timestamp
from web.backend import current_backend, current_status
from web.exports.formats import FORMATS

crawling = Blueprint("crawling", __name__)
SITEMAP_PART_SIZE = 5_000
"""Articles in a part. The protocol allows 50,000; a tenth of that is answered in seconds."""
_SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MAX_URL_LENGTH = 2_048
"""The limit of the sitemap protocol."""
_XML_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


@crawling.get("/opensearch.xml")
def opensearch() -> Response:
    """The OpenSearch description, with which a browser can search here from its address bar."""
    root = Element("OpenSearchDescription", xmlns="http://a9.com/-/spec/opensearch/1.1/")
    SubElement(root, "ShortName").text = "Dateline"
    SubElement(root, "Description").text = "Search this news archive"
    SubElement(root, "InputEncoding").text = "UTF-8"
    icon = SubElement(root, "Image", width="16", height="16", type="image/svg+xml")
    icon.text = url_for("static", filename="dateline.svg", _external=True)
    results_url = url_for("pages.search", _external=True)
    SubElement(root, "Url", type="text/html", template=results_url + "?q={searchTerms}")
    suggest_url = url_for("crawling.suggest", _external=True)
    suggestions = "application/x-suggestions+json"
    SubElement(root, "Url", type=suggestions, template=suggest_url + "?q={searchTerms}")
    for each in FORMATS.values():
        if each.feed:
            feed_url = url_for("downloads.search", extension=each.extension, _external=True)
            SubElement(root, "Url", type=each.content_type, template=feed_url + "?q={searchTerms}")
    text = _XML_DECLARATION + tostring(root, encoding="unicode")
    return _xml_response(text, "application/opensearchdescription+xml")


@crawling.get("/suggest")
def suggest() -> Response:
    """Completions as the OpenSearch suggestions extension has them: the query, then a list."""
    text = request.args.get("q", "")
    response = jsonify([text, list(current_backend().completions(text))])
    response.mimetype = "application/x-suggestions+json"
    return response


@crawling.get("/robots.txt")
def robots() -> Response:
    """Articles and stories may be crawled; searches, whose URLs are endless, may not."""
    lines = ["User-agent: *"]
    for path in ("/search", "/api/", "/cite/"):
        lines.append(f"Disallow: {request.script_root}{path}")
    lines.append(f"Sitemap: {url_for('crawling.sitemap', _external=True)}")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@crawling.get("/sitemap.xml")
def sitemap() -> Response:
    """The index of the parts."""
    root = Element("sitemapindex", xmlns=_SITEMAP_NAMESPACE)
    for part in range(1, _count_parts() + 1):
        url = url_for("crawling.sitemap_part", part=part, _external=True)
        SubElement(SubElement(root, "sitemap"), "loc").text = url
    return _xml_response(_XML_DECLARATION + tostring(root, encoding="unicode"))


@crawling.get("/sitemap-<int:part>.xml")
def sitemap_part(part: int) -> Response:
    """One slice of the archive, newest first; parts count from 1."""
    if not 1 <= part <= _count_parts():
        raise NotFound(f"The sitemap has no part {part}; see /sitemap.xml for its parts.")
    slice_request = SearchRequest(offset=(part - 1) * SITEMAP_PART_SIZE, sort="newest")
    articles = islice(current_backend().matches(slice_request), SITEMAP_PART_SIZE)
    return _xml_response(stream_with_context(_write_part(articles)))


def _count_parts() -> int:
    return ceil(current_status().indexed / SITEMAP_PART_SIZE)


def _write_part(articles: Iterator[Article]) -> Iterator[str]:
    yield f'{_XML_DECLARATION}<urlset xmlns="{_SITEMAP_NAMESPACE}">\n'
    for article in articles:
        url = url_for("pages.article", uri=article.uri, _external=True)
        if len(url) > _MAX_URL_LENGTH:
            continue
        entry = Element("url")
        SubElement(entry, "loc").text = url
        changed = article.version_created or article.first_created
        if changed:
            SubElement(entry, "lastmod").text = timestamp(changed)
        yield tostring(entry, encoding="unicode") + "\n"
    yield "</urlset>\n"


def _xml_response(text: str | Iterator[str], mimetype: str = "application/xml") -> Response:
    return Response(text, content_type=f"{mimetype}; charset=utf-8")
