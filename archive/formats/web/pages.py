"""HTML pages: the article of a page.

Responsibility: recognise HTML, and turn a page with an article into a record.
Decision: trafilatura finds the text, in its fast mode and within the one element that holds the
article if there is one; JSON-LD and meta elements say the rest. A page of links is no article.
Must not depend on: where a page comes from.
"""

import re
from collections.abc import Mapping
from typing import IO, Any

from archive.formats.opening import remove_headline
from archive.formats.web.page_metadata import read_metadata
from archive.formats.web.page_text import find_text, parse_page
from archive.formats.xml.parsing import decode_head, find_root
from archive.ingest_types import RawRecord, Rejection, Remark, SourceItems
from archive.limits import MAX_ARTICLE_BYTES
from archive.sources.encodings import UnknownEncodingError, decode_text

_ROOTS = frozenset("html head body article main".split())
_BEGINS = re.compile(r"\s*(?:<!--(?:[^-]|-(?!->))*-->\s*)*<!doctype\s+html", re.I)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)""")
_DECLARATION_BYTES = 8192
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://[^\s]{1,2000})")
# ` | Halyard`, ` - The Halyard Press`: the site behind a headline.
_SITE = re.compile(r"\s+(?:[|\u2013\u2014\u00bb·•]|-{1,2}|::)\s+([^|]{2,60})$")


def is_page(head: bytes) -> bool:
    """Return whether content is HTML or XHTML."""
    return find_root(head).casefold() in _ROOTS or bool(_BEGINS.match(decode_head(head)))


def read_page(stream: IO[bytes], name: str, *, head: bytes = b"") -> SourceItems:
    """Yield the record of a page, or a rejection that says why it has no article."""
    content = head + stream.read(MAX_ARTICLE_BYTES + 1 - len(head))
    if len(content) > MAX_ARTICLE_BYTES:
        reason = f"longer than {MAX_ARTICLE_BYTES // 1024 // 1024} MiB, the limit for an article"
        yield Rejection(where=name, reason=reason)
        return
    yield from read_content(content, name)


def read_content(
    content: bytes, where: str, *, url: str = "", captured: str = "", charset: str = ""
) -> SourceItems:
    """Yield the record of a page, or a rejection.

    Args:
        url: Its address, if it is known; that of the page itself comes first.
        captured: When it was fetched: the time of its version if the page states none.
        charset: Its encoding as the server stated it.
    """
    try:
        decoded = decode_text(content, declared=charset or _find_charset(content))
    except UnknownEncodingError as error:
        yield Rejection(where=where, reason=str(error))
        return
    try:
        values = read_article(decoded.text, url=url, captured=captured)
    except Exception as error:  # trafilatura promises none, and pages are hostile
        values = f"it cannot be read ({type(error).__name__}: {str(error)[:100]})"
    if isinstance(values, str):
        yield Rejection(where=where, reason=f"an HTML page without an article: {values}")
        return
    if decoded.is_guessed:
        yield Remark(code="encoding-guessed", where=where, value=decoded.encoding)
    yield RawRecord(where=where, raw=decoded.text, values=values)


def read_article(text: str, *, url: str = "", captured: str = "") -> dict[str, object] | str:
    """Return the values of a page by Dateline's field names, or why it has no article."""
    tree = parse_page(text)
    if tree is None:
        return "it has no content"
    stated = read_metadata(tree)
    if not str(stated.get("url", "")).startswith(("http://", "https://")):
        saved = _SAVED_FROM.search(text[:_DECLARATION_BYTES])
        stated["url"] = url or (saved[1] if saved else "")
    titles = [title for one in tree.iter("h1") if (title := " ".join(one.text_content().split()))]
    headline = _choose_headline(titles, stated)
    found = find_text(tree, stated)
    if found.reason:
        return found.reason
    values = {
        "url": stated["url"],
        "headline": headline,
        "body": remove_headline(found.text, [headline, *titles]),
        "by": ", ".join(stated.get("by", ())),
        "source": stated.get("source", ""),
        "first_created": stated.get("first_created", "") or captured,
        "version_created": stated.get("version_created", "") or captured,
        "language": stated.get("language", ""),
        "section": stated.get("section", ""),
        "subjects": stated.get("subjects", []),
        "located": stated.get("located", ""),
        "dateline": stated.get("dateline", ""),
    }
    return {name: value for name, value in values.items() if value}


def _find_charset(content: bytes) -> str:
    beginning = content[:_DECLARATION_BYTES]
    match = _XML_DECLARED.search(beginning) or _DECLARED.search(beginning)
    return match[1].decode() if match else ""


def _choose_headline(titles: list[str], stated: Mapping[str, Any]) -> str:
    """The headline that is stated, without the name of the site; else that of the only `h1`."""
    headline = str(stated.get("headline", ""))
    if not headline:
        return titles[0] if len(titles) == 1 else ""
    site = _SITE.search(headline)
    if not site:
        return headline
    short, source = headline[: site.start()], str(stated.get("source", "")).casefold()
    is_site = source and (site[1].casefold() in source or source in site[1].casefold())
    return short if is_site or short in titles else headline
