"""Markdown: one article a file, with or without front matter.

Responsibility: read the front matter by the names of Hugo and Jekyll, and Markdown as plain text.
Decision: Markdown is rendered to HTML and read as such, so that HTML within it is read alike; the
tags of templates are removed.
Must not depend on: what an article's text means.
"""

import re
from typing import IO

from archive.formats.markup import convert_markup
from archive.formats.text.front_matter import (
    FrontMatterError,
    has_front_matter,
    split_front_matter,
)
from archive.ingest_types import RawRecord, Rejection, Remark, SourceItems
from archive.limits import MAX_MARKDOWN_BYTES, MAX_MARKUP_DEPTH
from archive.sources.encodings import UnknownEncodingError, decode_text

_NAMES = {
    "uri": ("id", "guid", "uid", "uuid"),
    "url": ("canonical_url", "canonicalurl", "canonical", "url", "link", "permalink", "source_url"),
    "headline": ("title", "headline"),
    "by": ("author", "authors", "byline", "by"),
    "first_created": (
        "date",
        "publishdate",
        "pubdate",
        "published",
        "published_at",
        "publish_date",
    ),
    "version_created": ("lastmod", "last_modified_at", "modified", "updated", "last_modified"),
    "source": ("source", "publisher", "publication", "site", "agency", "outlet"),
    "language": ("lang", "language", "locale"),
    "dateline": ("dateline",),
    "located": ("location", "located", "place"),
    "slugline": ("slug", "slugline"),
    "subjects": ("tags", "keywords", "topics"),
    "section": ("categories", "category", "section"),
    "people": ("people",),
    "places": ("places",),
    "organisations": ("organisations", "organizations"),
    "ed_note": ("ed_note", "correction", "editors_note"),
    "pub_status": ("pub_status",),
    "urgency": ("urgency",),
}
_KNOWN = frozenset(name for names in _NAMES.values() for name in names) | frozenset(
    {"layout", "draft", "description", "summary", "excerpt", "image", "images", "weight", "type"}
    | {"cover", "thumbnail", "featured", "toc", "math", "comments", "aliases", "menu", "series"}
    | {"subtitle", "featured_image", "redirect_from", "redirect_to", "expirydate", "sitemap"}
)
_TEMPLATE = re.compile(r"\{\{[<%].*?[>%]\}\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
_PROPERTIES = re.compile(r"(?:^|[ \t])\{[:#.][^{}\n]{1,80}\}[ \t]*$", re.M)
_HEADING = re.compile(
    r"\s*(?:#[ \t]+(?P<atx>[^\n]+?)[ \t#]*(?:\n|$)|(?P<setext>[^\n]+)\n=+[ \t]*(?:\n|$))"
)


def is_markdown(head: bytes) -> bool:
    """Return whether content begins with front matter; Markdown alone does not show itself."""
    return has_front_matter(head)


def read_markdown(
    stream: IO[bytes], name: str, *, head: bytes = b"", limit: int = MAX_MARKDOWN_BYTES
) -> SourceItems:
    """Yield the article of a file, and remarks on the names in its front matter that are not known.

    `head` is what was already read from the stream. A file of more than `limit` bytes is rejected.
    """
    data = head + stream.read(max(0, limit + 1 - len(head)))
    if len(data) > limit:
        reason = f"longer than {limit // 1024 // 1024} MiB, the limit for a Markdown text"
        yield Rejection(where=name, reason=reason)
        return
    try:
        decoded = decode_text(data)
        values, text = split_front_matter(decoded.text)
    except UnknownEncodingError as error:
        yield Rejection(where=name, reason=str(error))
        return
    except FrontMatterError as error:
        yield Rejection(where=name, reason=f"the front matter is not valid ({error})")
        return
    if decoded.is_guessed:
        yield Remark(code="encoding-guessed", where=name, value=decoded.encoding)
    yield RawRecord(where=name, raw=decoded.text, values=_make_values(values, text))
    if unknown := [one for one in values if one.lower() not in _KNOWN]:
        yield Remark(code="unknown-fields", where=name, value=", ".join(unknown[:20]))


def _make_values(stated: dict[str, object], text: str) -> dict[str, object]:
    lower = {name.lower(): value for name, value in stated.items()}
    values: dict[str, object] = {}
    for field, names in _NAMES.items():
        found = (
            lower[name] for name in names if lower.get(name) not in (None, "", [], True, False)
        )
        values[field] = next(found, "")
    if not str(values["url"]).startswith(("http://", "https://")):
        values["url"] = ""  # the address within a site does not identify an article
    if lower.get("draft") is True or lower.get("published") is False:
        values["pub_status"] = "draft"
    text = _PROPERTIES.sub("", _TEMPLATE.sub("", text))
    headline, rest = _split_heading(text)
    if not values["headline"]:
        values["headline"] = headline
        text = rest
    elif _fold(headline) == _fold(str(values["headline"])):
        text = rest
    return {**values, "body": render_markdown(text)}


def _split_heading(text: str) -> tuple[str, str]:
    """The heading of the first level that begins a text, as plain text, and the rest."""
    match = _HEADING.match(text)
    if match is None:
        return "", text
    return render_markdown(match["atx"] or match["setext"]), text[match.end() :]


def _fold(title: str) -> str:
    return " ".join(title.casefold().split())


def render_markdown(text: str) -> str:
    """Return the plain text of Markdown: paragraphs with one blank line between them."""
    from markdown_it import MarkdownIt

    options = {"maxNesting": MAX_MARKUP_DEPTH}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    # What is nested deeper is left out; a text of nothing else stays as it is.
    return convert_markup(parser.render(text)) or text.strip()
