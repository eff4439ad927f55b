"""The text of a page: the article without menus, related boxes, share bars and captions.

Responsibility: parse a page and find its text, or say why there is none.
Decision: trafilatura in its fast mode, on the element that holds the article if the page has one:
the same quality on its evaluation pages in less time (docs/measurements/formats.md).
Must not depend on: what the page states of itself, except its `articleBody`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.limits import MAX_ELEMENTS

_ARTICLE_ELEMENTS = ("//*[@itemprop='articleBody']", "//article")
_MIN_CHARACTERS_IN_ELEMENT = 500
"""An element with less may hold only a teaser."""
_MIN_CHARACTERS = 60
"""Of a page that states that it is an article."""
_MIN_PROSE = 400
"""Of a page that states nothing: characters in paragraphs of at least `_MIN_PARAGRAPH`."""
_MIN_PROSE_WITH_TITLE = 120
"""The same for a page with exactly one `h1`."""
_MIN_PARAGRAPH = 60
_MIN_PROSE_SHARE = 0.5
_STATED_BODY_FACTOR = 2
"""How much longer the stated text must be: it has no paragraphs in most pages."""
_PRUNED = [
    "//figcaption",
    "//*[contains(@class, 'wp-caption-text') or contains(@class, 'image-caption')]",
]
_FRONT_PAGE = re.compile(r"https?://[^/?]+/?(?:index\.\w+|home)?(?:[?#].*)?", re.I)
_LINES = re.compile(r"\n+")
_LIST_ITEM = re.compile(r"^- ")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """What was found.

    Attributes:
        text: Paragraphs with a blank line between them.
        reason: Why there is no article; empty if there is one.
    """

    text: str = ""
    reason: str = ""


def parse_page(text: str) -> Any:
    """Return the tree of a page; None if there is nothing in it."""
    from trafilatura.utils import load_html

    # A page that begins with a block is taken for a fragment, of which only one block is read.
    return load_html(
        text if "<html" in text[:4096].casefold() else f"<html><body>{text}</body></html>"
    )


def find_text(tree: Any, stated: Mapping[str, Any]) -> PageText:
    """Return the text of the article, or why there is none. The tree is changed by it."""
    from trafilatura import extract

    if tree.xpath("count(//*)") > MAX_ELEMENTS:
        return PageText(reason=f"it has more than {MAX_ELEMENTS:,} elements")
    if _FRONT_PAGE.fullmatch(str(stated.get("url", ""))) and not stated.get("is_article"):
        return PageText(reason="it is the front page of a site")
    is_stated = bool(
        stated.get("is_article")
        or str(stated.get("kind", "")).casefold().endswith("article")
        or stated.get("first_created")
        or len(tree.findall(".//article")) == 1
    )
    least = _MIN_PROSE_WITH_TITLE if len(tree.findall(".//h1")) == 1 else _MIN_PROSE
    extracted = extract(
        _narrow(tree), fast=True, include_comments=False, prune_xpath=_PRUNED, output_format="txt"
    )
    lines = (_LIST_ITEM.sub("", one.strip()) for one in _LINES.split(extracted or ""))
    text = "\n\n".join(filter(None, map(_join_cells, lines)))
    body = "\n\n".join(filter(None, map(str.strip, _LINES.split(str(stated.get("body", ""))))))
    is_same = body.split() == text.split()  # trafilatura can fall back on it, without its lines
    if is_same or len(body) > _STATED_BODY_FACTOR * len(text):
        text = body
    reason = _find_fault(text, min_prose=0 if is_stated else least)
    return PageText(reason=reason) if reason else PageText(text=text)


def _join_cells(line: str) -> str:
    """A row of a table, which is written between bars, as text."""
    if not line.startswith("|"):
        return line
    return " ".join(cell for one in line.strip("|").split("|") if (cell := one.strip(" -")))


def _find_fault(text: str, *, min_prose: int) -> str:
    """Why a text is no article; empty if it is one. 0 for a page that states that it is one."""
    if len(text) < _MIN_CHARACTERS:
        return "no text was found between its menus and links"
    prose = sum(len(one) for one in text.split("\n\n") if len(one) >= _MIN_PARAGRAPH)
    if prose < min_prose:
        return "it does not say that it is one, and has little text"
    if min_prose and prose < _MIN_PROSE_SHARE * len(text):
        return "its text is a list of short lines, as on a front page"
    return ""


def _narrow(tree: Any) -> Any:
    """A page with only the element that holds the article, if there is exactly one."""
    from lxml.html import document_fromstring

    for path in _ARTICLE_ELEMENTS:
        found = tree.xpath(path)
        if len(found) == 1 and len(found[0].text_content()) >= _MIN_CHARACTERS_IN_ELEMENT:
            narrow = document_fromstring("<html><body></body></html>")
            narrow[0].append(found[0])
            return narrow
    return tree
