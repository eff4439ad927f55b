"""Parsing the documentation: its code blocks, tables and links.

Responsibility: extract the parts of Markdown pages that tests compare with the code.
Decision: only the Markdown that the project's pages use is supported.
Must not depend on: the content of any page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.source_tree import ROOT, list_files

_FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
_FILE = re.compile(r"`(?P<name>[\w-]+/[\w.-]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """A fenced block.

    Attributes:
        kind: Its language.
        text: The lines inside.
    """

    kind: str
    text: str


def page(place: str) -> str:
    """Return the text of a page, by its path in the project."""
    return (ROOT / place).read_text(encoding="utf-8")


def pages() -> list[Path]:
    """Return the paths of all Markdown pages of the project."""
    return [path for path in list_files() if path.suffix == ".md"]


def blocks(place: str) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    return [Block(match["kind"], match["text"]) for match in _FENCE.finditer(page(place))]


def commands(place: str) -> list[str]:
    """Return the lines of all `sh` blocks of a page."""
    return [line for block in blocks(place) if block.kind == "sh" for line in lines(block.text)]


def lines(text: str) -> list[str]:
    """Return the lines that are not blank."""
    return [line for line in text.splitlines() if line.strip()]


def shown_files(place: str) -> dict[str, str]:
    """Return the example files of a page: names with a folder, and the data blocks after them."""
    names = [match["name"] for match in _FILE.finditer(page(place)) if "articles/" in match["name"]]
    texts = [block.text for block in blocks(place) if block.kind in ("text", "jsonl", "csv")]
    return dict(zip(names, texts, strict=True))


def rows(place: str) -> Iterator[list[str]]:
    """Yield the cells of every row of every table of a page."""
    for line in page(place).splitlines():
        if line.startswith("|") and not line.startswith("|---"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def links(path: Path) -> list[str]:
    """Return the targets of a page's links."""
    return [match["target"] for match in _LINK.finditer(path.read_text(encoding="utf-8"))]
