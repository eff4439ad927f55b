"""Identity: the uri under which an article is known.

Decision: the source's own id is taken as it is; a URL loses what does not change the page; text
that has neither is known by its content. Must not know how the store keeps versions.
"""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from archive.article import Article

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HASH_DIGITS = 24


def article_uri(own: str, *, url: str, headline: str, body: str) -> str:
    """The source's own id, else the canonical URL, else `hash:` and 24 digits of the content."""
    return _canonical_if_url(own) or canonical_url(url) or _by_content(headline, body)


def canonical_url(url: str) -> str:
    """The URL with scheme and host in lower case, without fragment, `utm_*` and a default port.

    What is no http(s) URL comes back as it is, stripped. Never raises.
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
    return urlunsplit((parts.scheme, host, parts.path or "/", _without_tracking(parts.query), ""))


def _without_tracking(query: str) -> str:
    """The query without `utm_*`, untouched where there is none, so that its spelling stays."""
    if "utm_" not in query.lower():
        return query
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([p for p in pairs if not p[0].lower().startswith("utm_")], quote_via=quote)


def _by_content(headline: str, body: str) -> str:
    found = Article(uri="", headline=headline, body=body).content_hash
    return f"hash:{found[:_HASH_DIGITS]}"


def _canonical_if_url(own: str) -> str:
    plain = own.strip()
    return canonical_url(plain) if plain[:8].lower().startswith(("http://", "https://")) else plain
