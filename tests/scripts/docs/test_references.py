"""Every file, module, section and page that the documentation or a comment names exists.

Responsibility: compare the names in Markdown pages and in Python comments with the source tree.
Decision: names are found by their form, so that a new page is checked without being listed here.
Must not depend on: what any page says.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts.docs.markdown import blocks, links, page, pages, rows
from tests.source_tree import ROOT, list_modules

_NAME_IN_FILE = re.compile(r"`([A-Za-z_]+)`(?: in| \()\s*`([\w/]+\.py)`")
_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#+ (.+)$", re.M)
_MODULE = re.compile(r"python -m ((?:scripts|tests)[\w.]*)")
_NAMED_PAGE = re.compile(r"\bdocs/[\w/.-]+\.md\b")
_PLACEHOLDER = re.compile(r"\bxx\b")  # a language's code, in a recipe
_PATH = re.compile(r"(?:archive|index|web|scripts|tests|docs)/[\w./-]*")
FIGURES = ("docs/quality.md", "docs/performance.md", "docs/reliability.md")


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub derives them."""
    titles = _HEADING.findall(path.read_text(encoding="utf-8"))
    bare = (re.sub(r"[^\w\s-]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", t)) for t in titles)
    return {title.strip().lower().replace(" ", "-") for title in bare}


def _anchored_links() -> Iterator[tuple[str, Path, str]]:
    """(page and link, page it leads to, anchor) of every link to a section of our own pages."""
    for path in pages():
        for target in links(path):
            name, _, anchor = target.partition("#")
            if anchor and "://" not in target:
                yield f"{_place(path)}: {target}", path.parent / name if name else path, anchor


def test_every_linked_section_exists() -> None:
    found = list(_anchored_links())
    assert len(found) > 10
    assert [link for link, target, anchor in found if anchor not in _anchors(target)] == []


def test_every_path_in_a_page_exists() -> None:
    named = {
        f"{_place(path)}: {word}": word
        for path in pages()
        for code in _CODE.findall(path.read_text(encoding="utf-8"))
        for word in code.split()
        if _PATH.fullmatch(word) and not _PLACEHOLDER.search(word)
    }
    assert len(named) > 40
    missing = [where for where, word in named.items() if not (ROOT / word).exists()]
    assert missing == []


def test_every_path_in_a_diagram_exists() -> None:
    diagrams = [block.text for block in blocks("docs/design.md") if block.kind == "mermaid"]
    named = [path for text in diagrams for path in _PATH.findall(text)]
    assert len(diagrams) == 2
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_name_is_in_the_file_that_a_page_says() -> None:
    text = page("docs/design.md")
    named = _NAME_IN_FILE.findall(text)
    assert len(named) > 5
    assert [
        f"{name} in {path}"
        for name, path in named
        if not re.search(rf"\b{name}\b", (ROOT / path).read_text(encoding="utf-8"))
    ] == []


def test_every_module_that_a_page_runs_exists() -> None:
    run = {name for path in pages() for name in _MODULE.findall(path.read_text(encoding="utf-8"))}
    assert {"scripts.bench", "scripts.datasets.golden", "tests.manual.query_torture"} <= run
    folders = {name: ROOT.joinpath(*name.rstrip(".").split(".")) for name in run}
    assert [
        name
        for name, folder in folders.items()
        if not (folder.with_suffix(".py").is_file() or (folder / "__main__.py").is_file())
    ] == []


def test_every_page_that_the_code_names_exists() -> None:
    named = {
        f"{module.name}: {name}": name
        for module in list_modules("archive", "index", "web", "scripts", "tests")
        for name in _NAMED_PAGE.findall(module.text)
    }
    assert len(named) > 10
    assert [where for where, name in named.items() if not (ROOT / name).is_file()] == []


def test_the_code_names_measurements_and_not_the_pages_of_current_figures() -> None:
    """A constant refers to the table of alternatives that chose it."""
    violations = [
        f"{module.name}: {name}"
        for module in list_modules()
        for name in _NAMED_PAGE.findall(module.text)
        if name in FIGURES
    ]
    assert violations == []


@pytest.mark.parametrize("place", FIGURES)
def test_a_page_of_figures_begins_with_its_only_table(place: str) -> None:
    head = page(place).splitlines()[:6]
    assert "| measure | target | now | command |" in head
    table = list(rows(place))
    assert len(table) <= 26
    assert {len(row) for row in table} == {4}
    assert all(cell for row in table for cell in row)
