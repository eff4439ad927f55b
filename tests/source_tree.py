"""Reads the project's own files: its Python modules, their imports, and pyproject.toml.

Responsibility: list files and modules, and parse the imports of each module.
Decision: modules are parsed with `ast` and never imported, so that a broken module is checked too.
Must not depend on: the rules, which are in `test_house`.
"""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("archive", "index", "web", "scripts")


@dataclass(frozen=True)
class Module:
    """One Python file of the project."""

    path: Path

    @property
    def name(self) -> str:
        """Path in the project, with slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def package(self) -> str:
        """The top-level package it is in."""
        return self.name.partition("/")[0]

    @cached_property
    def text(self) -> str:
        """Its source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, self.name)

    @cached_property
    def imports(self) -> tuple[tuple[int, str], ...]:
        """(line, dotted module) of every import, at any level of the file."""
        return tuple(_find_imports(self.tree, self.path.parent.relative_to(ROOT).parts))


def _find_imports(tree: ast.Module, package: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            parts = (*base, *(node.module.split(".") if node.module else ()))
            yield from ((node.lineno, _resolve_import(parts, alias.name)) for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            arguments = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
            yield from ((node.lineno, str(name)) for name in arguments)


def _resolve_import(parts: tuple[str, ...], name: str) -> str:
    """`from index import types` and `from index.types import Hit` both import `index.types`."""
    inner = ROOT.joinpath(*parts, name)
    is_module = inner.with_suffix(".py").is_file() or (inner / "__init__.py").is_file()
    return ".".join((*parts, name) if is_module else parts)


@cache
def list_files() -> tuple[Path, ...]:
    """Return all files that git tracks or would add, sorted; without git, all visible files."""
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


def list_modules(*packages: str) -> list[Module]:
    """Return the Python files of these packages, by default of all but the tests."""
    wanted = packages or PACKAGES
    every = [Module(path) for path in list_files() if path.suffix == ".py"]
    return [module for module in every if module.package in wanted]


@cache
def read_project() -> dict[str, object]:
    """Return the `[project]` table of pyproject.toml."""
    table = _read_pyproject()["project"]
    assert isinstance(table, dict)
    return table


def read_dependency_groups() -> dict[str, list[str]]:
    """Return the requirements in each of the `[dependency-groups]` of pyproject.toml."""
    table = _read_pyproject()["dependency-groups"]
    assert isinstance(table, dict)
    return table


def _read_pyproject() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
