"""Atom and RSS: the newest articles of a search, so that a feed reader is the alert.

Decision: ElementTree escapes and our `printable` drops what XML cannot hold; ids do not depend on
the host, and an article keeps its id through all its versions.
Must not know how anything was found.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from archive.article import Article
from web.api.presenters import moment
from web.exports.export import Export, cleaned, one_line, urn_of
from web.i18n.formatting import headline_of

FEED_LENGTH = 50
"""Articles in a feed: readers ask again within hours, and 50 of a wire are about a day's search."""
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
"""Atom wants a time of everything; an article without one is the oldest there is."""
_TAG = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def write_atom(export: Export) -> Iterator[str]:
    """An Atom 1.0 feed (RFC 4287)."""
    articles = [cleaned(article) for article in export.articles]
    feed = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _texts(feed, id=export.urn, title=one_line(export.title))
    _texts(feed, updated=moment(max(map(_updated, articles), default=_UNKNOWN)))
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=export.own_address)
    SubElement(feed, "link", rel="alternate", type="text/html", href=export.page_address)
    for article in articles:
        entry = SubElement(feed, "entry", _language(article))
        _texts(entry, id=urn_of(article), title=one_line(headline_of(article)))
        _texts(entry, updated=moment(_updated(article)), published=moment(article.first_created))
        _texts(
            SubElement(entry, "author"), name=one_line(article.by or article.source or "Unknown")
        )
        SubElement(entry, "link", rel="alternate", href=export.address_of(article.uri))
        _texts(entry, summary=_summary(article))
        for subject in article.subjects:
            SubElement(entry, "category", term=one_line(subject))
    yield _document(feed)


def write_rss(export: Export) -> Iterator[str]:
    """An RSS 2.0 feed."""
    rss = Element(
        "rss",
        {
            "version": "2.0",
            "xmlns:atom": "http://www.w3.org/2005/Atom",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        },
    )
    channel = SubElement(rss, "channel")
    title = one_line(export.title)
    _texts(channel, title=title, link=export.page_address, description=title)
    SubElement(
        channel, "atom:link", rel="self", type="application/rss+xml", href=export.own_address
    )
    for article in map(cleaned, export.articles):
        item = SubElement(channel, "item")
        _texts(item, title=one_line(headline_of(article)), link=export.address_of(article.uri))
        SubElement(item, "guid", isPermaLink="false").text = urn_of(article)
        if article.first_created:
            created = article.first_created.astimezone(UTC)
            _texts(item, pubDate=format_datetime(created, usegmt=True))
        _texts(item, description=_summary(article))
        for subject in article.subjects:
            _texts(item, category=one_line(subject))
        if article.by or article.source:
            SubElement(item, "dc:creator").text = one_line(article.by or article.source)
    yield _document(rss)


def _updated(article: Article) -> datetime:
    return article.version_created or article.first_created or _UNKNOWN


def _summary(article: Article) -> str:
    return one_line(article.paragraphs[0]) if article.paragraphs else ""


def _language(article: Article) -> dict[str, str]:
    return {"xml:lang": article.language} if _TAG.fullmatch(article.language) else {}


def _texts(parent: Element, **texts: str | None) -> None:
    for name, text in texts.items():
        if text:
            SubElement(parent, name).text = text


def _document(root: Element) -> str:
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"
