"""Atom and RSS feeds.

Responsibility: write the newest articles of a search as a feed.
Decision: ElementTree escapes, and `clean_article` removes what XML cannot hold; ids do not depend
on the host, and an article keeps its id through all its versions.
Must not depend on: how an article was retrieved.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from archive.article import Article
from web.api.schema.answer import timestamp
from web.exports.export import Export, article_urn, clean_article, join_lines
from web.i18n.formatting import format_headline

FEED_LENGTH = 50
"""Articles in a feed: readers poll every few hours, and 50 are about a day of one search on a
wire."""
_UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Atom requires a time; an undated article is treated as the oldest."""
_TAG = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def write_atom(export: Export) -> Iterator[str]:
    """An Atom 1.0 feed (RFC 4287)."""
    articles = [clean_article(article) for article in export.articles]
    feed = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _add_texts(feed, id=export.urn, title=join_lines(export.title))
    _add_texts(feed, updated=timestamp(max(map(_updated, articles), default=_UNKNOWN_TIME)))
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=export.export_url)
    SubElement(feed, "link", rel="alternate", type="text/html", href=export.page_url)
    for article in articles:
        entry = SubElement(feed, "entry", _language(article))
        _add_texts(entry, id=article_urn(article), title=join_lines(format_headline(article)))
        _add_texts(
            entry, updated=timestamp(_updated(article)), published=timestamp(article.first_created)
        )
        _add_texts(
            SubElement(entry, "author"), name=join_lines(article.by or article.source or "Unknown")
        )
        SubElement(entry, "link", rel="alternate", href=export.article_url(article.uri))
        _add_texts(entry, summary=_summary(article))
        for subject in article.subjects:
            SubElement(entry, "category", term=join_lines(subject))
    yield _serialize(feed)


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
    title = join_lines(export.title)
    _add_texts(channel, title=title, link=export.page_url, description=title)
    SubElement(channel, "atom:link", rel="self", type="application/rss+xml", href=export.export_url)
    for article in map(clean_article, export.articles):
        item = SubElement(channel, "item")
        _add_texts(
            item, title=join_lines(format_headline(article)), link=export.article_url(article.uri)
        )
        SubElement(item, "guid", isPermaLink="false").text = article_urn(article)
        if article.first_created:
            created = article.first_created.astimezone(UTC)
            _add_texts(item, pubDate=format_datetime(created, usegmt=True))
        _add_texts(item, description=_summary(article))
        for subject in article.subjects:
            _add_texts(item, category=join_lines(subject))
        if article.by or article.source:
            SubElement(item, "dc:creator").text = join_lines(article.by or article.source)
    yield _serialize(rss)


def _updated(article: Article) -> datetime:
    return article.version_created or article.first_created or _UNKNOWN_TIME


def _summary(article: Article) -> str:
    return join_lines(article.paragraphs[0]) if article.paragraphs else ""


def _language(article: Article) -> dict[str, str]:
    return {"xml:lang": article.language} if _TAG.fullmatch(article.language) else {}


def _add_texts(parent: Element, **texts: str | None) -> None:
    for name, text in texts.items():
        if text:
            SubElement(parent, name).text = text


def _serialize(root: Element) -> str:
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"
