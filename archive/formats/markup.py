"""Markup: the visible text of HTML in a field or a document.

Responsibility: recognise HTML, and turn it into paragraphs of plain text.
Decision: the parser reports tags one after another and no tree is built, so that hostile nesting
costs neither memory nor depth. A `<` that begins no tag is a character.
Must not depend on: fields, files or what the text means.
"""

import re
from collections.abc import Mapping

from archive.values.entities import decode_references

_BLOCKS = frozenset("""
address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section
summary table tbody tfoot thead tr ul
""".split())  # fmt: skip
_HIDDEN = frozenset("""
audio button canvas datalist figcaption head iframe math noframes noscript object script select
style svg template textarea title video
""".split())  # fmt: skip
_INLINE = frozenset("""
a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark q s samp
small span strike strong sub sup td th time tt u var wbr
""".split())  # fmt: skip
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_KNOWN = "|".join(sorted(_BLOCKS | _HIDDEN | _INLINE | _VOID, key=len, reverse=True))

# A closing tag, a tag that needs no closing one, or a tag with attributes: `a <b> c` is none.
_MARKUP = re.compile(
    rf"</(?:{_KNOWN})\s*>|<(?:p|br|hr|div|li|td|tr|h[1-6])\s*/?>|<!--"
    rf"|<(?:{_KNOWN})\s+[a-z][\w:-]*\s*=|<(?:img|br|hr)\b[^<>]*>|<!doctype html",
    re.IGNORECASE,
)
_STRAY = re.compile(r"<(?![a-zA-Z][\w:.-]*(?:[\s/][^<]*)?>|/[a-zA-Z][^<>]*>|!--|![dD]|\?)")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_BLANK_LINE = re.compile(r"[^\S\n]*\n\s*\n\s*")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_DEPTH = 6
_LINES = re.compile(r"<(?:p|br)\b", re.IGNORECASE)


def has_markup(text: str) -> bool:
    """Return whether a text has a tag of HTML. References such as `&amp;` are none."""
    return "<" in text and _MARKUP.search(text) is not None


def to_plain(value: object, *, depth: int = _MAX_DEPTH) -> object:
    """The value with HTML and references in its text turned into text, also in lists and mappings.

    A text whose tags are references (`&lt;p&gt;`) is HTML too.
    """
    if isinstance(value, str):
        if has_markup(value):
            return decode_references(convert_markup(value))
        if "&" not in value:
            return value
        decoded = str(decode_references(value))
        return convert_markup(decoded) if "&lt;" in value and has_markup(decoded) else decoded
    if not depth:
        return value
    if isinstance(value, list):
        return [to_plain(item, depth=depth - 1) for item in value]
    if isinstance(value, Mapping):
        return {name: to_plain(item, depth=depth - 1) for name, item in value.items()}
    return value


def convert_markup(html: str) -> str:
    """Return the visible text of HTML: paragraphs with one blank line between them.

    Block elements are paragraphs and `<br>` a line; scripts, styles, comments, captions and hidden
    elements are left out; references are decoded and control characters removed. In HTML without
    `<p>` and `<br>`, line ends and blank lines are kept, because writers used them instead. Never
    raises.
    """
    from lxml import etree

    cleaned = _CONTROLS.sub("", html.replace("\r\n", "\n").replace("\r", "\n"))
    cleaned = cleaned.replace("<![CDATA[", "").replace("]]>", "")
    cleaned = _STRAY.sub("&lt;", cleaned)
    if not cleaned.strip():
        return ""
    target = _VisibleText(keeps_lines=not _LINES.search(cleaned))
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=False)
    try:
        parser.feed(cleaned.encode())
        parser.close()
    except etree.LxmlError:
        pass  # what was read before the damage counts
    return target.get_text()


class _VisibleText:
    """Collects text while the parser reports tags."""

    def __init__(self, *, keeps_lines: bool) -> None:
        self._keeps_lines = keeps_lines
        self._pieces: list[str] = []
        self._hidden: list[str] = []
        self._preformatted = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if self._hidden:
            if tag not in _VOID:
                self._hidden.append(tag)
        elif tag in _HIDDEN or (_is_hidden(attributes) and tag not in _VOID):
            self._hidden.append(tag)
        elif tag == "br":
            self._pieces.append("\n")
        elif tag in _BLOCKS:
            self._pieces.append("\n\n")
            self._preformatted += tag == "pre"
        elif tag in ("td", "th"):
            self._pieces.append(" ")

    def end(self, tag: str) -> None:
        """End an element."""
        if self._hidden:
            if tag in self._hidden:
                while self._hidden.pop() != tag:
                    pass
        elif tag in _BLOCKS:
            self._pieces.append("\n\n")
            self._preformatted -= tag == "pre" and self._preformatted > 0

    def data(self, text: str) -> None:
        """Add the text between tags."""
        if self._hidden:
            return
        if not self._keeps_lines and not self._preformatted:
            text = text.replace("\n", " ")
        self._pieces.append(text)

    def comment(self, text: str) -> None:
        """Leave a comment out."""

    def close(self) -> None:
        """End the document."""

    def get_text(self) -> str:
        """Return what was collected."""
        text = "".join(self._pieces).replace("\xa0", " ")
        paragraphs = (
            "\n".join(filter(None, (" ".join(line.split()) for line in one.split("\n"))))
            for one in _BLANK_LINE.split(text)
        )
        return "\n\n".join(filter(None, paragraphs))


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    if not attributes:
        return False
    style = attributes.get("style", "")
    return "hidden" in attributes or bool(style and _HIDDEN_STYLE.search(style))
