"""Identity: the uri that identifies an article.

Responsibility: derive an article's uri from its id, URL or content.
Decision: the source's own id is used unchanged, but a bare number belongs to its source; a URL
loses the parts that do not change the page; an article with neither is identified by its content.
The order of files never decides.
Must not depend on: how the store keeps versions.
"""

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from archive.article import Article

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HASH_DIGITS = 24
_BARE_NUMBER = re.compile(r"(\d+)(?:\.0+)?", re.ASCII)


def derive_uri(source_id: str, *, url: str, headline: str, body: str, source: str = "") -> str:
    """Return the source's own id, else the canonical URL, else `hash:` and 24 hash digits.

    A bare number is an id only within its source: `4711@EFE`. Without a source the URL identifies
    the article, or else the number with a hash of the headline, or of the first paragraph.
    """
    stated = source_id.strip()
    if stated[:8].lower().startswith(("http://", "https://")):
        return canonicalize_url(stated)
    if bare := _BARE_NUMBER.fullmatch(stated):
        return _scope_number(bare[1], url=url, text=headline or body, source=source)
    return stated or canonicalize_url(url) or _hash_content(headline, body)


def is_bare_number(source_id: str) -> bool:
    """Return whether an id is a number alone, also as tables write it: `1`, `1.0`."""
    return _BARE_NUMBER.fullmatch(source_id.strip()) is not None


def _scope_number(number: str, *, url: str, text: str, source: str) -> str:
    if source:
        return f"{number}@{source}"
    if url:
        return canonicalize_url(url)
    if not text:
        return number
    return f"{number}@{_hash_content(text.split(chr(10))[0], '')}"


def canonicalize_url(url: str) -> str:
    """Return the URL with a lower-case host, without fragment, `utm_*` and default port.

    Other text than an http(s) URL is returned stripped. Never raises.
    """
    plain = url.strip()
    try:
        parts = urlsplit(plain)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return plain
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return plain
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    return urlunsplit((parts.scheme, host, parts.path or "/", _strip_tracking(parts.query), ""))


def _strip_tracking(query: str) -> str:
    """The query without `utm_*`; unchanged if there is none, so that its spelling stays."""
    if "utm_" not in query.lower():
        return query
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([p for p in pairs if not p[0].lower().startswith("utm_")], quote_via=quote)


def _hash_content(headline: str, body: str) -> str:
    digest = Article(uri="", headline=headline, body=body).content_hash
    return f"hash:{digest[:_HASH_DIGITS]}"
