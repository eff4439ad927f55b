"""Entries of feeds, as feedparser returns them.

Responsibility: map an entry to the fields of an article.
Decision: the longest content is the text, because a summary is often beside the full one. Dates are
read as written, since feedparser takes most named zones for UTC.
Must not depend on: how a feed is divided and parsed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.formats.markup import convert_markup, has_markup
from archive.formats.xml.names import list_unique
from archive.values.dates import parse_datetime

_POST_TYPES_LEFT_OUT = re.compile(
    r"attachment|nav_menu_item|revision|custom_css|customize_changeset|oembed_cache|user_request"
    r"|wp_.*|acf.*|elementor.*|amp_.*|feedback|mc4wp.*|wpcf7.*|shop_order|jp_.*"
)
_STATUSES = {
    "draft": "withheld", "pending": "withheld", "private": "withheld", "future": "withheld",
    "auto-draft": "withheld", "trash": "canceled",
}  # fmt: skip
_NO_SUBJECTS = frozenset({"uncategorized", "uncategorised", "sin categoría", "allgemein"})
_NO_AUTHORS = frozenset({"admin", "administrator", "webmaster", "editor", "root", "noreply"})
# Below the text of each entry of WordPress.
_FOOTER = re.compile(
    r"\n\n(?:The post|The article) .{1,300} (?:appeared first on|first appeared on) .{1,200}$"
)
_SHORTCODES = re.compile(
    r"\[caption[^\]]*\].*?\[/caption\]"
    r"|\[/?(?:gallery|embed|video|audio|playlist|vc_|et_pb_|su_|fusion_|youtube)[^\]]*\]",
    re.S,
)
# RSS: `desk@halyard.example (Ana Roth)`.
_MAILED = re.compile(r"\S+@\S+\s+\(([^()]+)\)")
_CLOSING_SHORTCODE = re.compile(r"\[/([a-z][\w-]*)\]")
_AUTHOR = re.compile(rb"<wp:author>.{0,4000}?</wp:author>", re.S)


class SkippedEntryError(ValueError):
    """The entry is no article; the message says what it is in a word or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDefaults:
    """What the feed says of all its entries.

    Attributes:
        authors: The name to show for the login of each author of WordPress.
    """

    source: str = ""
    language: str = ""
    authors: Mapping[str, str] = field(default_factory=dict)


def read_defaults(feed: Mapping[str, Any], opening: bytes) -> FeedDefaults:
    """Return what the feed itself says; `opening` is its source up to at least the first entry."""
    return FeedDefaults(
        source=_to_line(feed.get("title")),
        language=str(feed.get("language") or ""),
        authors=dict(_read_authors(opening)),
    )


def map_entry(entry: Mapping[str, Any], defaults: FeedDefaults) -> dict[str, object]:
    """Return the values of an entry by Dateline's field names, without empty ones.

    Raises:
        SkippedEntryError: It is a picture, a menu or another entry of WordPress without a text.
    """
    post_type = str(entry.get("wp_post_type") or "")
    if _POST_TYPES_LEFT_OUT.fullmatch(post_type):
        raise SkippedEntryError(f"WordPress {post_type}")
    values: dict[str, object] = {
        "uri": str(entry.get("id") or ""),
        "url": _read_url(entry),
        "headline": _to_line(entry.get("title")),
        "body": _read_body(entry),
        "by": _read_by(entry, defaults),
        "source": _to_line(_get(entry, "source", "title")) or defaults.source,
        "first_created": _read_date(entry, "published", "wp_post_date_gmt", "created", "updated"),
        "version_created": _read_date(entry, "updated", "wp_post_modified_gmt"),
        "language": _read_language(entry) or defaults.language,
        "pub_status": _read_status(entry),
        "slugline": str(entry.get("wp_post_name") or ""),
        "subjects": list_unique(_list_subjects(entry)),
    }
    return {name: value for name, value in values.items() if value}


def _read_body(entry: Mapping[str, Any]) -> str:
    """The longest of the contents and the summary, as plain text."""
    contents = [one for one in entry.get("content") or () if isinstance(one, Mapping)]
    parts = [
        *contents,
        {"value": entry.get("summary"), "type": _get(entry, "summary_detail", "type")},
    ]
    is_export = "wp_post_id" in entry
    texts = (
        _to_text(str(one.get("value") or ""), str(one.get("type") or ""), is_export=is_export)
        for one in parts
    )
    return _FOOTER.sub("", max(texts, key=len, default=""))


def _to_text(value: str, kind: str, *, is_export: bool) -> str:
    plain = _strip_shortcodes(value) if is_export else value
    if has_markup(plain) or (kind != "text/plain" and "&" in plain):
        return convert_markup(plain)
    return plain.strip()


def _strip_shortcodes(value: str) -> str:
    """The text without `[gallery]`, captions, and `[name]` wherever there is a `[/name]`."""
    plain = _SHORTCODES.sub("", value)
    for name in set(_CLOSING_SHORTCODE.findall(plain)):
        plain = re.sub(rf"\[/?{re.escape(name)}(?:\s[^\]]*)?\]", "", plain)
    return plain


def _read_url(entry: Mapping[str, Any]) -> str:
    link = str(entry.get("link") or "")
    return link if link.startswith(("http://", "https://")) else ""


def _read_by(entry: Mapping[str, Any], defaults: FeedDefaults) -> str:
    if mailed := _MAILED.fullmatch(str(entry.get("author") or "")):
        return _to_line(mailed[1])
    people = [one for one in entry.get("authors") or () if isinstance(one, Mapping)]
    names = [str(one.get("name") or "") for one in people] or [str(entry.get("author") or "")]
    shown = (_to_line(defaults.authors.get(name, name)) for name in names)
    return ", ".join(
        dict.fromkeys(
            name
            for name in shown
            if name and name.casefold() not in _NO_AUTHORS and "@" not in name
        )
    )


def _read_date(entry: Mapping[str, Any], *names: str) -> str:
    """The first date that can be read; else the first one."""
    # A name that is missing is not asked for: feedparser would answer with another date.
    names = tuple(name for name in names if name in entry)
    stated = [str(value) for name in names if (value := entry.get(name))]
    readable = (one for one in stated if parse_datetime(one))
    if date := next(readable, ""):
        return date
    parsed = (entry.get(f"{name}_parsed") for name in names)
    times = ("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*one[:6]) for one in parsed if one)
    return next(times, stated[0] if stated else "")


def _read_language(entry: Mapping[str, Any]) -> str:
    details = [*(entry.get("content") or ()), entry.get("title_detail"), entry]
    languages = (one.get("language") for one in details if isinstance(one, Mapping))
    return next((str(one) for one in languages if one), "")


def _read_status(entry: Mapping[str, Any]) -> str:
    if entry.get("wp_post_password"):
        return "withheld"
    return _STATUSES.get(str(entry.get("wp_status") or ""), "")


def _list_subjects(entry: Mapping[str, Any]) -> Iterator[str]:
    for tag in entry.get("tags") or ():
        name = _to_line(tag.get("label") or tag.get("term"))
        if name and name.casefold() not in _NO_SUBJECTS and not name.startswith("http"):
            yield name


def _read_authors(opening: bytes) -> Iterator[tuple[str, str]]:
    from lxml import etree

    for match in _AUTHOR.finditer(opening):
        content = match[0].replace(b"wp:", b"")
        parser = etree.XMLParser(
            recover=True, resolve_entities=False, no_network=True, encoding="utf-8"
        )
        author = etree.fromstring(content, parser)
        if author is not None:
            name = author.findtext("author_display_name") or ""
            yield author.findtext("author_login") or "", name


def _to_line(value: object) -> str:
    text = str(value or "")
    return " ".join((convert_markup(text) if has_markup(text) else text).split())


def _get(entry: Mapping[str, Any], name: str, inner: str) -> object:
    detail = entry.get(name)
    return detail.get(inner) if isinstance(detail, Mapping) else None
