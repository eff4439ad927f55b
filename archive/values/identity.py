"""Identity: the uri that identifies an article.

Responsibility: derive an article's uri from its id, URL or content.
Decision: the source's own id is used unchanged; a URL loses the parts that do not change the page;
an article with neither is identified by its content.
Must not depend on: how the store keeps versions.
"""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from archive.article import Article

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HASH_DIGITS = 24


def derive_uri(source_id: str, *, url: str, headline: str, body: str) -> str:
    """Return the source's own id, else the canonical URL, else `hash:` and 24 hash digits."""
    if source_id.strip()[:8].lower().startswith(("http://", "https://")):
        return canonicalize_url(source_id)
    return source_id.strip() or canonicalize_url(url) or _hash_content(headline, body)


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
