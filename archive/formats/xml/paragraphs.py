"""Text of XML: one line of an element, or the paragraphs of a story marked up in NITF or XHTML.

Responsibility: turn elements into plain text.
Decision: one list of block elements for NITF and XHTML, which share most of their names; pictures,
captions and scripts are left out, and a row of a table is one line.
Must not depend on: which format the elements are in, beyond these names.
"""

import re
from typing import Any

_BLOCKS = frozenset("""
abstract address article aside blockquote block body body.content bq dd div dl dt fn footer h1 h2
h3 h4 h5 h6 header hedline hl1 hl2 hr html lead li main nitf-table note ol p pre section table tbody
tagline tr ul
""".split())  # fmt: skip
_LEFT_OUT = frozenset("""
audio button caption figcaption figure form head iframe img media nav object script style svg video
""".split())  # fmt: skip
_CELLS = frozenset({"td", "th"})
_BREAKS = frozenset({"br", "linebreak"})
# Bytes 80 to 9F of a text that calls itself Latin-1 are those of Windows-1252, as in HTML.
_C1 = re.compile("[\x80-\x84\x86-\x9f]")
_BLANK_LINES = re.compile(r"\n\s*\n")


def strip_namespaces(element: Any) -> None:
    """Give the elements within it their plain names: each format uses several namespaces."""
    for one in element.iter():
        tag = one.tag
        if isinstance(tag, str) and (tag[0] == "{" or ":" in tag):
            one.tag = re.split("[}:]", tag)[-1]


def to_line(element: Any) -> str:
    """Return the text within an element on one line; empty for None."""
    return "" if element is None else clean_line("".join(element.itertext()))


def clean_line(text: str | None) -> str:
    """Return a text on one line; empty for None."""
    return _repair(" ".join(text.split())) if text else ""


def read_paragraphs(element: Any) -> str:
    """Return the paragraphs within an element, with a blank line between them."""
    return _Paragraphs().read(element)


def split_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text between blank lines, each with its line ends."""
    return [one for part in _BLANK_LINES.split(text) if (one := part.strip())]


def _repair(text: str) -> str:
    return _C1.sub(lambda m: m[0].encode("latin-1").decode("cp1252", "ignore"), text)


class _Paragraphs:
    """Collects the lines of each paragraph."""

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._pieces: list[str] = []

    def read(self, element: Any) -> str:
        """Return the paragraphs of an element and what is within it."""
        from lxml import etree

        walk = etree.iterwalk(element, events=("start", "end"))
        for event, one in walk:
            tag = one.tag
            if event == "start":
                if tag in _LEFT_OUT:
                    walk.skip_subtree()
                    continue
                self._begin(tag)
                if one.text:
                    self._pieces.append(one.text)
            else:
                if tag in _BLOCKS:
                    self._end_paragraph()
                if one.tail and one is not element:
                    self._pieces.append(one.tail)
        self._end_paragraph()
        return "\n\n".join(self._paragraphs)

    def _begin(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_paragraph()
        elif tag in _BREAKS:
            self._pieces.append("\v")
        elif tag in _CELLS:
            self._pieces.append(" ")

    def _end_paragraph(self) -> None:
        """Add the text so far as a paragraph: two breaks in a row part it, one ends a line."""
        if not self._pieces:
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        lines: list[str] = []
        for line in [clean_line(one) for one in text.split("\v")] + [""]:
            if line:
                lines.append(line)
            elif lines:
                self._paragraphs.append("\n".join(lines))
                lines.clear()
