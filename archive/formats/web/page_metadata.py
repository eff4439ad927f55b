"""What a page says of its article: JSON-LD, OpenGraph and other meta elements.

Responsibility: read the metadata of a page.
Decision: JSON-LD comes first, because publishers write it for the article alone and with the time
of day; then meta elements. Only for a date that nothing states, trafilatura searches the page.
Must not depend on: how the text of the article is found.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from archive.formats.markup import convert_markup, has_markup
from archive.formats.xml.names import list_unique
from archive.limits import MAX_STATED_OBJECTS

# Also of reviews and other texts that readers find in an archive of news.
_ARTICLE_TYPE = re.compile(r"(?:\w*(?:Article|Posting|Report|Review)|Report|OpinionPiece)$")
_META = {
    "headline": ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title"),
    "first_created": (
        "article:published_time", "datepublished", "date", "dc.date.issued", "dc.date",
        "dcterms.created", "dcterms.date", "parsely-pub-date", "sailthru.date", "pubdate",
        "publishdate", "publish-date", "publication_date", "article.published", "og:published_time",
        "cxenseparse:recs:publishtime", "citation_publication_date", "date.publication",
        "dc.date.created", "og:pubdate", "rnews:datepublished",
    ),
    "version_created": (
        "article:modified_time", "datemodified", "og:updated_time", "last-modified",
        "dcterms.modified", "dc.date.modified", "lastmod", "article.updated",
    ),
    "by": (
        "author", "article:author_name", "byl", "dc.creator", "dcterms.creator", "parsely-author",
        "sailthru.author", "citation_author", "article:author", "cxenseparse:author",
    ),
    "source": ("og:site_name", "application-name", "dc.publisher", "publisher", "copyright"),
    "url": ("og:url",),
    "language": ("og:locale", "content-language", "dc.language", "language", "inlanguage"),
    "section": ("article:section", "parsely-section", "section", "articlesection"),
    "subjects": ("article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags"),
    "description": ("og:description", "description", "twitter:description"),
    "kind": ("og:type",),
}  # fmt: skip
_LISTED = frozenset({"article:tag", "citation_author", "dc.creator", "author"})
_NO_NAME = re.compile(r"https?://|@|^(?:admin|administrator|staff|redaktion|redacci[oó]n)$", re.I)
_CONTROLS = re.compile("[\x00-\x1f]")


def read_metadata(tree: Any) -> dict[str, Any]:
    """Return the values that a page states, by Dateline's field names, without empty ones.

    `articleBody` of JSON-LD is `body`; `kind` is the type that OpenGraph states, and
    `is_article` whether JSON-LD has an article. Lists are lists of texts.
    """
    meta = dict(_read_meta(tree))
    article, publisher = _find_article(tree)
    values = {**meta, **_map_article(article, publisher)}
    values.setdefault("language", tree.get("lang") or _first(tree, "//html/@lang"))
    if canonical := _first(tree, "//link[@rel='canonical']/@href"):
        values["url"] = canonical
    if "first_created" not in values:
        values["first_created"] = _find_time(tree) or _search_date(tree, values.get("url", ""))
    if not values.get("headline"):
        values["headline"] = _first(tree, "//head/title/text()")
    values["is_article"] = bool(article)
    return {name: value for name, value in values.items() if value}


def _read_meta(tree: Any) -> Iterator[tuple[str, Any]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = _clean(element.get("content") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(attribute)):
                found.setdefault(name.casefold(), []).append(content)
    for field, names in _META.items():
        stated = next((name for name in names if name in found and _usable(field, found[name])), "")
        if not stated:
            continue
        if field in ("subjects", "by"):
            texts = found[stated] if stated in _LISTED else found[stated][:1]
            yield field, _split(field, texts)
        else:
            yield field, found[stated][0]


def _usable(field: str, texts: list[str]) -> bool:
    return field != "by" or any(not _NO_NAME.search(one) for one in texts)


def _split(field: str, texts: list[str]) -> list[str]:
    if field == "by":
        return [one for one in texts if not _NO_NAME.search(one)]
    return list_unique(part.strip() for one in texts for part in re.split("[,;|]", one))


def _find_article(tree: Any) -> tuple[Mapping[str, Any], str]:
    """The article among the objects of JSON-LD, and the name of the site they state."""
    best: Mapping[str, Any] = {}
    site = ""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        for node in _list_nodes(_parse(script.text or "")):
            types = node.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(isinstance(one, str) and _ARTICLE_TYPE.search(one) for one in names):
                if len(node) > len(best):
                    best = node
            elif {"NewsMediaOrganization", "WebSite"} & {str(one) for one in names}:
                site = site or _name(node)
    return best, site


def _parse(text: str) -> object:
    """JSON, also with line ends within texts, as many pages have it; None if it is none."""
    plain = text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip(" ;\n")
    try:
        return json.loads(plain, strict=False)
    except (ValueError, RecursionError):
        return None


def _list_nodes(value: object) -> Iterator[Mapping[str, Any]]:
    """The objects of JSON-LD at the top, in arrays and in `@graph`."""
    waiting, seen = [value], 0
    while waiting and seen < MAX_STATED_OBJECTS:
        one = waiting.pop(0)
        seen += 1
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            yield one
            waiting += [one.get(name) for name in ("@graph", "mainEntity", "mainEntityOfPage")]


def _map_article(article: Mapping[str, Any], site: str) -> dict[str, Any]:
    if not article:
        return {"source": site} if site else {}
    names = _names(article.get("author")) or _names(article.get("creator"))
    values = {
        "headline": _text(article.get("headline")) or _text(article.get("name")),
        "body": _plain(article.get("articleBody")),
        "by": [one for one in names if not _NO_NAME.search(one)],
        "source": _name(article.get("publisher")) or site,
        "first_created": _text(article.get("datePublished")) or _text(article.get("dateCreated")),
        "version_created": _text(article.get("dateModified")),
        "language": _text(article.get("inLanguage")) or _name(article.get("inLanguage")),
        "section": ", ".join(_names(article.get("articleSection"))),
        "subjects": list_unique(_names(article.get("keywords"))),
        "located": _name(article.get("contentLocation")) or _name(article.get("locationCreated")),
        "dateline": _text(article.get("dateline")),
        "url": _text(article.get("url")),
    }
    return {name: value for name, value in values.items() if value}


def _names(value: object) -> list[str]:
    """Names of a text with commas, an object or a list of both."""
    if isinstance(value, str):
        return [part for one in re.split("[,;]", value) if (part := _clean(one))]
    if isinstance(value, list):
        whole = [_clean(one) if isinstance(one, str) else _name(one) for one in value]
        return [one.removeprefix("Tag:") for one in whole if one]
    return [name] if (name := _name(value)) else []


def _name(value: object) -> str:
    if isinstance(value, list):
        return next(filter(None, map(_name, value)), "")
    if isinstance(value, Mapping):
        return _text(value.get("name")) or _text(value.get("alternateName"))
    return _text(value)


def _text(value: object) -> str:
    return _clean(value) if isinstance(value, str) else ""


def _plain(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return convert_markup(text) if has_markup(text) or "&" in text else text.strip()


def _clean(text: str) -> str:
    if has_markup(text) or "&" in text:
        text = convert_markup(text)
    return " ".join(_CONTROLS.sub(" ", text).split())


def _find_time(tree: Any) -> str:
    """The time that an element marks as that of the publication."""
    marked = "//*[@itemprop='datePublished']/@*[name()='datetime' or name()='content']"
    published = "//time[@pubdate or contains(@class, 'publish') or contains(@class, 'entry-date')]"
    paths = (marked, f"{published}/@datetime", "//article//time/@datetime", "//time/@datetime")
    return next(filter(None, (_first(tree, path) for path in paths)), "")


def _search_date(tree: Any, url: str) -> str:
    """The day that trafilatura's library finds in the address or the text of the page."""
    from htmldate import find_date

    return find_date(tree, extensive_search=False, original_date=True, url=url or None) or ""


def _first(tree: Any, path: str) -> str:
    return next((text for one in tree.xpath(path) if (text := _clean(str(one)))), "")
