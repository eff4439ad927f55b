"""Reads the house's own source: its modules, what each imports, its functions.

Decision: everything is read with `ast` and never imported, so a broken module is still judged.
Must not know the rules; they are in test_house.
"""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("archive", "index", "web", "scripts")


@dataclass(frozen=True)
class Module:
    """One Python file of the house."""

    path: Path

    @property
    def place(self) -> str:
        """Path from the project's folder, with slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str:
        """The top-level package it is in."""
        return self.place.partition("/")[0]

    @cached_property
    def text(self) -> str:
        """Its source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, self.place)

    @cached_property
    def imports(self) -> tuple[tuple[int, str], ...]:
        """(line, dotted module) of every import, wherever it stands in the file."""
        return tuple(_imports(self.tree, self.path.parent.relative_to(ROOT).parts))


def _imports(tree: ast.Module, package: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            parts = (*base, *(node.module.split(".") if node.module else ()))
            yield from ((node.lineno, _imported(parts, alias.name)) for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            named = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
            yield from ((node.lineno, str(name)) for name in named)


def _imported(parts: tuple[str, ...], name: str) -> str:
    """`from index import types` imports index.types; `from index.types import Hit` the same."""
    inner = ROOT.joinpath(*parts, name)
    is_module = inner.with_suffix(".py").is_file() or (inner / "__init__.py").is_file()
    return ".".join((*parts, name) if is_module else parts)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git holds or would hold; sorted. Without git, all but hidden folders."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode == 0:
        paths = [ROOT / name for name in listing.stdout.split("\0") if name]
    else:
        paths = [p for p in ROOT.rglob("*") if not _is_hidden(p.relative_to(ROOT))]
    return tuple(sorted({path for path in paths if path.is_file()}))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in path.parts)


def modules(*rooms: str) -> list[Module]:
    """The Python files of these rooms (of all four, where none is named)."""
    wanted = rooms or ROOMS
    found = [Module(path) for path in tracked() if path.suffix == ".py"]
    return [module for module in found if module.room in wanted]


@cache
def project() -> dict[str, object]:
    """The `[project]` table of pyproject.toml."""
    table = _pyproject()["project"]
    assert isinstance(table, dict)
    return table


def dependency_groups() -> dict[str, list[str]]:
    """The requirements of each `[dependency-groups]` of pyproject.toml."""
    table = _pyproject()["dependency-groups"]
    assert isinstance(table, dict)
    return table


def _pyproject() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
