"""The content of an export.

Responsibility: hold what every format writes: the articles, a title, and the URL of each.
Decision: articles come as an iterator and leave as pieces of text; nothing is counted in advance.
Must not depend on: any format.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from archive.article import Article

_NOT_IN_XML = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
"""What XML 1.0 forbids or discourages: most control characters and lone surrogates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The articles of one search, ready to be written.

    Attributes:
        text: The query as typed; empty for all articles.
        search: The parameters of the search, always written the same way.
        export_url, page_url: Absolute URLs of this export and of its results page.
        article_url: Gives the absolute URL of an article's page from its uri.
    """

    text: str
    search: str
    export_url: str
    page_url: str
    article_url: Callable[[str], str]
    articles: Iterator[Article]

    @property
    def title(self) -> str:
        """`Dateline: bridge`, for the query “bridge”."""
        return strip_unprintable(
            f"Dateline: {self.text}" if self.text else "Dateline: all articles"
        )

    @property
    def urn(self) -> str:
        """Stable id of the search, the same on every host."""
        return (
            f"urn:dateline:search:{sha256(self.search.encode(errors='replace')).hexdigest()[:32]}"
        )


def article_urn(article: Article) -> str:
    """Stable id of an article, the same on every host and for every version."""
    return "urn:dateline:article:" + quote(article.uri, safe="", errors="replace")


def strip_unprintable(text: str) -> str:
    """The text without the characters that XML forbids or discourages."""
    return _NOT_IN_XML.sub("", text)


def join_lines(text: str) -> str:
    """The printable text on one line, for formats in which a line break ends a value."""
    return " ".join(strip_unprintable(text).split())


def clean_article(article: Article) -> Article:
    """The article with all texts printable, and without the raw one."""
    values: dict[str, Any] = {
        each.name: _clean(getattr(article, each.name)) for each in fields(article)
    }
    return replace(article, **values | {"raw": ""})


def _clean(value: object) -> object:
    if isinstance(value, str):
        return strip_unprintable(value)
    if isinstance(value, tuple):
        return tuple(strip_unprintable(each) for each in value)
    return value
