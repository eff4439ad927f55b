"""Articles as schema.org data.

Responsibility: describe an article as NewsArticle, for programs that index or save its page.
Decision: it is a data block, which browsers never run, so the script policy need not allow it; the
template's `tojson` escapes what could end the block.
Must not depend on: HTML.
"""

from datetime import UTC

from archive.article import UNKNOWN_LANGUAGE, Article
from web.api.schema.answer import Json, timestamp
from web.http.urls import is_web_link
from web.i18n.formatting import format_headline


def describe_article(article: Article, *, url: str) -> Json:
    """JSON-LD without unknown properties; `url` is the article's page in this archive."""
    properties: Json = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": format_headline(article),
        "identifier": article.uri,
        "version": str(article.version),
        "url": url,
        "sameAs": article.url if is_web_link(article.url) else "",
        "datePublished": _date_published(article),
        "dateModified": timestamp(article.version_created),
        "dateline": article.dateline,
        "inLanguage": "" if article.language == UNKNOWN_LANGUAGE else article.language,
        "author": _named("Person", article.by),
        "publisher": _named("Organization", article.source),
        "contentLocation": _named("Place", article.located),
        "keywords": list(article.subjects),
    }
    return {name: value for name, value in properties.items() if value}


def _named(kind: str, name: str) -> Json:
    return {"@type": kind, "name": name} if name else {}


def _date_published(article: Article) -> str | None:
    """A date without a time if only the day is known."""
    created = article.first_created and article.first_created.astimezone(UTC)
    if created and not (created.hour or created.minute):
        return f"{created:%Y-%m-%d}"
    return timestamp(created)
