"""Reading the documentation: its code blocks, tables and links.

Decision: only the Markdown that our own pages use is understood. Must not know what they say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.source_tree import ROOT, tracked

_FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
_FILE = re.compile(r"`(?P<name>[\w-]+/[\w.-]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language and its text."""

    kind: str
    text: str


def page(place: str) -> str:
    """The text of a page, by its path from the project's folder."""
    return (ROOT / place).read_text(encoding="utf-8")


def pages() -> list[Path]:
    """Every Markdown page of the project."""
    return [path for path in tracked() if path.suffix == ".md"]


def blocks(place: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [Block(found["kind"], found["text"]) for found in _FENCE.finditer(page(place))]


def commands(place: str) -> list[str]:
    """The lines of every `sh` block of a page."""
    return [line for block in blocks(place) if block.kind == "sh" for line in lines(block.text)]


def lines(text: str) -> list[str]:
    """The lines that are not blank."""
    return [line for line in text.splitlines() if line.strip()]


def shown_files(place: str) -> dict[str, str]:
    """Example files of a page: names with a folder, and the next blocks that are no commands."""
    names = [found["name"] for found in _FILE.finditer(page(place)) if "articles/" in found["name"]]
    texts = [block.text for block in blocks(place) if block.kind in ("text", "jsonl", "csv")]
    return dict(zip(names, texts, strict=True))


def rows(place: str) -> Iterator[list[str]]:
    """The cells of every row of every table of a page."""
    for line in page(place).splitlines():
        if line.startswith("|") and not line.startswith("|---"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def links(path: Path) -> list[str]:
    """The targets of a page's links."""
    return [found["target"] for found in _LINK.finditer(path.read_text(encoding="utf-8"))]
