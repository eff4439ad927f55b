"""House rules: which package imports which, where a library may be used, sizes and names.

Each test lists every violation at once, as `file:line: what`.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.source_tree import PACKAGES, ROOT, Module, list_files, list_modules

MODULE_LINES = 300
NOTES = ("Responsibility", "Decision", "Must not depend on")
FUNCTION_LINES = 50

# What each package may import from the others; None: everything.
MAY_IMPORT: dict[str, tuple[str, ...] | None] = {
    "archive": (),
    "index": ("archive",),
    "web": ("index.types", "index.ports", "archive.article", "archive.errors"),
    "scripts": None,
}

# The only places where a library may be imported, so that it can be replaced there.
LIBRARY_PLACES = {
    "whoosh": ("index/lexical/",),
    "torch": ("index/semantic/",),
    "sentence_transformers": ("index/semantic/",),
    "flask": ("web/",),
    "werkzeug": ("web/",),
    "jinja2": ("web/",),
    "flask_compress": ("web/",),
    "flask_cors": ("web/",),
    "prometheus_client": ("web/",),
    "babel": ("archive/places/", "index/text/", "web/"),
    "msgspec": ("index/types/", "web/"),
    "docx": ("archive/formats/documents/",),
    "markdown_it": ("archive/formats/", "web/"),
    "pypdf": ("archive/formats/documents/",),
    "rispy": ("archive/formats/text/",),
    "yaml": ("archive/formats/text/",),
    "pythonjsonlogger": ("scripts/",),
    "waitress": ("scripts/",),
    "sklearn": ("index/evaluation/",),
    "sqlite3": ("archive/", "index/semantic/", "scripts/bench/"),
    "bm25s": ("scripts/bench/",),
    "faiss": ("scripts/bench/",),
    "lancedb": ("scripts/bench/",),
    "matplotlib": ("scripts/bench/",),
    "tantivy": ("scripts/bench/",),
    "txtai": ("scripts/bench/",),
}

VAGUE_NAMES = {
    "common", "data", "helper", "helpers", "manager", "managers", "misc", "process", "util", "utils"
}  # fmt: skip

# Split, so that they do not match this file.
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME)\b")
REGISTRIES = re.compile(
    r"pypi\.o" + r"rg|pythonhosted\.o" + r"rg|download\.pytorch|registry\.npmjs|huggingface\.c"
    r"o/|hf\.c" + r"o/|--(extra-)?index-" + r"url [^ ]|--find-" + r"links [^ ]"
)
SOURCE = {".py", ".sh", ".toml", ".html", ".css", ".js", ".md", ""}


def _is_within(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in allowed)


def test_imports_go_one_way() -> None:
    violations = []
    for module in list_modules():
        allowed = MAY_IMPORT[module.package]
        if allowed is None:
            continue
        for line, name in module.imports:
            if name.partition(".")[0] in PACKAGES and not _is_within(
                name, (module.package, *allowed)
            ):
                violations.append(f"{module.name}:{line}: imports {name}")
    assert violations == []


def test_no_package_imports_the_tests() -> None:
    violations = [
        m.name for m in list_modules() for _, name in m.imports if _is_within(name, ("tests",))
    ]
    assert violations == []


@pytest.mark.parametrize("library", LIBRARY_PLACES)
def test_a_library_is_imported_only_in_its_places(library: str) -> None:
    violations = [
        f"{module.name}:{line}: imports {name}"
        for module in list_modules()
        for line, name in module.imports
        if _is_within(name, (library,)) and not module.name.startswith(LIBRARY_PLACES[library])
    ]
    assert violations == []


def test_sentence_transformers_is_imported_in_one_module() -> None:
    importers = {
        module.name
        for module in list_modules()
        for _, name in module.imports
        if _is_within(name, ("sentence_transformers",))
    }
    assert len(importers) <= 1, importers


def test_the_command_line_starts_without_torch() -> None:
    program = "import scripts.cli, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"torch", "sentence_transformers", "transformers"}.isdisjoint(loaded)


def test_the_ports_are_imported_without_numpy() -> None:
    program = "import index.ports, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"numpy", "scipy", "whoosh"}.isdisjoint(loaded)


def test_every_test_directory_is_a_package() -> None:
    folders = {path.parent for path in list_files() if path.suffix == ".py"}
    tests = {folder for folder in folders if folder.is_relative_to(ROOT / "tests")}
    assert [str(folder) for folder in sorted(tests) if not (folder / "__init__.py").exists()] == []


def test_modules_are_short() -> None:
    sizes = {module.name: len(module.text.splitlines()) for module in list_modules()}
    assert {name: lines for name, lines in sizes.items() if lines > MODULE_LINES} == {}


def _functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_functions_are_short() -> None:
    violations = [
        f"{module.name}:{function.lineno}: {function.name} has {lines} lines"
        for module in list_modules()
        for function in _functions(module)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    ]
    assert violations == []


def test_every_module_has_its_notes() -> None:
    violations = [
        f"{module.name}: no {label}"
        for module in list_modules()
        for label in NOTES
        if module.path.name != "__init__.py"
        if not re.search(rf"^{label}: \S", ast.get_docstring(module.tree) or "", re.M)
    ]
    assert violations == []


def test_module_names_are_specific() -> None:
    violations = [
        module.name
        for module in list_modules(*PACKAGES, "tests")
        if not VAGUE_NAMES.isdisjoint(module.name.removesuffix(".py").split("/"))
    ]
    assert violations == []


def _find_lines(pattern: re.Pattern[str], suffixes: set[str] | None = None) -> list[str]:
    matches = []
    for path in list_files():
        if suffixes is not None and path.suffix not in suffixes:
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        name = path.relative_to(ROOT)
        matches += [
            f"{name}:{number}: {line.strip()}"
            for number, line in enumerate(lines, 1)
            if pattern.search(line)
        ]
    return matches


def test_no_file_is_a_symlink() -> None:
    # A checkout on Windows turns a link into a text file with its path.
    assert [str(path.relative_to(ROOT)) for path in list_files() if path.is_symlink()] == []


def test_nothing_is_unfinished() -> None:
    assert _find_lines(UNFINISHED, SOURCE) == []


def test_no_file_names_a_package_registry() -> None:
    assert _find_lines(REGISTRIES) == []
