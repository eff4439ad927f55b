"""For browsers and robots: the search as a search engine, robots.txt and the sitemap.

Decision: the sitemap is an index of parts, each made when it is asked for from one stretch of the
archive, so that an archive of any size is told without holding it.
Must not know how a page looks.
"""

from collections.abc import Iterator
from itertools import islice
from math import ceil
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Response, jsonify, request, stream_with_context, url_for
from werkzeug.exceptions import NotFound

from archive.article import Article
from index.types.search import SearchRequest
from web.api.presenters import moment
from web.backend import current_backend, current_status
from web.exports.formats import FORMATS

crawling = Blueprint("crawling", __name__)
PART = 5_000
"""Articles in a part; the protocol allows 50,000, and a tenth of it is answered in seconds."""
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LONGEST_ADDRESS = 2_048
"""What the sitemap protocol allows."""
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'


@crawling.get("/opensearch.xml")
def opensearch() -> Response:
    """What a browser needs to search here from its own box."""
    root = Element("OpenSearchDescription", xmlns="http://a9.com/-/spec/opensearch/1.1/")
    SubElement(root, "ShortName").text = "Dateline"
    SubElement(root, "Description").text = "Search this archive of news"
    SubElement(root, "InputEncoding").text = "UTF-8"
    icon = SubElement(root, "Image", width="16", height="16", type="image/svg+xml")
    icon.text = url_for("static", filename="dateline.svg", _external=True)
    pages = url_for("pages.search", _external=True)
    SubElement(root, "Url", type="text/html", template=pages + "?q={searchTerms}")
    completing = url_for("crawling.suggest", _external=True)
    kind = "application/x-suggestions+json"
    SubElement(root, "Url", type=kind, template=completing + "?q={searchTerms}")
    for form in FORMATS.values():
        if form.feed:
            feed = url_for("downloads.search", ending=form.ending, _external=True)
            SubElement(root, "Url", type=form.content_type, template=feed + "?q={searchTerms}")
    return _xml(_XML + tostring(root, encoding="unicode"), "application/opensearchdescription+xml")


@crawling.get("/suggest")
def suggest() -> Response:
    """Completions as a browser's own box takes them: the query, then a list."""
    text = request.args.get("q", "")
    answer = jsonify([text, list(current_backend().completions(text))])
    answer.mimetype = "application/x-suggestions+json"
    return answer


@crawling.get("/robots.txt")
def robots() -> Response:
    """Articles and stories may be indexed; searches, which never end, may not."""
    lines = ["User-agent: *"]
    for endless in ("/search", "/api/", "/cite/"):
        lines.append(f"Disallow: {request.script_root}{endless}")
    lines.append(f"Sitemap: {url_for('crawling.sitemap', _external=True)}")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@crawling.get("/sitemap.xml")
def sitemap() -> Response:
    """The index of the parts."""
    root = Element("sitemapindex", xmlns=_SITEMAP)
    for part in range(1, _parts() + 1):
        address = url_for("crawling.sitemap_part", part=part, _external=True)
        SubElement(SubElement(root, "sitemap"), "loc").text = address
    return _xml(_XML + tostring(root, encoding="unicode"))


@crawling.get("/sitemap-<int:part>.xml")
def sitemap_part(part: int) -> Response:
    """One stretch of the archive, newest first."""
    if not 1 <= part <= _parts():
        raise NotFound("The sitemap has no such part.")
    asked = SearchRequest(offset=(part - 1) * PART, sort="newest")
    articles = islice(current_backend().matches(asked), PART)
    return _xml(stream_with_context(_part(articles)))


def _parts() -> int:
    return ceil(current_status().indexed / PART)


def _part(articles: Iterator[Article]) -> Iterator[str]:
    yield f'{_XML}<urlset xmlns="{_SITEMAP}">\n'
    for article in articles:
        address = url_for("pages.article", uri=article.uri, _external=True)
        if len(address) > _LONGEST_ADDRESS:
            continue
        entry = Element("url")
        SubElement(entry, "loc").text = address
        filed = article.version_created or article.first_created
        if filed:
            SubElement(entry, "lastmod").text = moment(filed)
        yield tostring(entry, encoding="unicode") + "\n"
    yield "</urlset>\n"


def _xml(text: str | Iterator[str], kind: str = "application/xml") -> Response:
    return Response(text, content_type=f"{kind}; charset=utf-8")
