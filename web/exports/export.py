"""What is exported: the articles, the words for the whole, and where each can be read.

Decision: articles come as an iterator and leave as pieces of text; nothing is counted beforehand.
Must not know any format.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from archive.article import Article

_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
"""What XML 1.0 does not take or advises against: most control characters, halves of pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One search's articles on their way out.

    Attributes:
        text: The query as typed; empty for all articles.
        search: What the search is, the same text for the same parameters.
        own_address, page_address: Where this export and its page are, absolute.
        address_of: Where an article can be read, absolute, from its uri.
    """

    text: str
    search: str
    own_address: str
    page_address: str
    address_of: Callable[[str], str]
    articles: Iterator[Article]

    @property
    def title(self) -> str:
        """Words for the whole."""
        return printable(f"Dateline: {self.text}" if self.text else "Dateline: all articles")

    @property
    def urn(self) -> str:
        """Stable id of the search, the same on every host."""
        return (
            f"urn:dateline:search:{sha256(self.search.encode(errors='replace')).hexdigest()[:32]}"
        )


def urn_of(article: Article) -> str:
    """Stable id of an article, the same on every host and in every version."""
    return "urn:dateline:article:" + quote(article.uri, safe="", errors="replace")


def printable(text: str) -> str:
    """The text without characters that no XML and few programs take."""
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """The text on one line, for formats in which a line break begins something new."""
    return " ".join(printable(text).split())


def cleaned(article: Article) -> Article:
    """The article with all its texts printable, and without the raw one."""
    told: dict[str, Any] = {
        each.name: _clean(getattr(article, each.name)) for each in fields(article)
    }
    return replace(article, **told | {"raw": ""})


def _clean(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    return tuple(printable(each) for each in value) if isinstance(value, tuple) else value
