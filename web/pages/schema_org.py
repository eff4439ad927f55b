"""An article as schema.org's NewsArticle, for whoever indexes or saves the page.

Decision: a data block, which browsers never run, so that the policy on scripts stands; the
template's `tojson` escapes what could end the block.
Must not know HTML.
"""

from datetime import UTC

from archive.article import UNKNOWN_LANGUAGE, Article
from web.api.presenters import Json, moment
from web.http.urls import is_web_link
from web.i18n.formatting import headline_of


def news_article(article: Article, *, address: str) -> Json:
    """JSON-LD; `address` is where the archive shows the article. What is not known is left out."""
    told: Json = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline_of(article),
        "identifier": article.uri,
        "version": str(article.version),
        "url": address,
        "sameAs": article.url if is_web_link(article.url) else "",
        "datePublished": _published(article),
        "dateModified": moment(article.version_created),
        "dateline": article.dateline,
        "inLanguage": "" if article.language == UNKNOWN_LANGUAGE else article.language,
        "author": _named("Person", article.by),
        "publisher": _named("Organization", article.source),
        "contentLocation": _named("Place", article.located),
        "keywords": list(article.subjects),
    }
    return {name: value for name, value in told.items() if value}


def _named(kind: str, name: str) -> Json:
    return {"@type": kind, "name": name} if name else {}


def _published(article: Article) -> str | None:
    """A day alone where only the day is known."""
    created = article.first_created and article.first_created.astimezone(UTC)
    if created and not (created.hour or created.minute):
        return f"{created:%Y-%m-%d}"
    return moment(created)
