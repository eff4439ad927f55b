"""The house rules that nobody should have to remember: who imports whom, how big, how named.

Each test lists every breach at once, as `file:line: what`.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest

from tests.source_tree import ROOMS, ROOT, Module, dependency_groups, modules, project, tracked

MODULE_LINES = 300
FUNCTION_LINES = 50

# What each room may import of the other rooms; None: everything.
MAY_IMPORT: dict[str, tuple[str, ...] | None] = {
    "archive": (),
    "index": ("archive",),
    "web": ("index.types", "index.ports", "archive.article"),
    "scripts": None,
}

# Where alone a library may be imported: so it can be replaced there.
HOMES = {
    "whoosh": ("index/lexical/",),
    "torch": ("index/semantic/",),
    "sentence_transformers": ("index/semantic/",),
    "flask": ("web/",),
    "werkzeug": ("web/",),
    "jinja2": ("web/",),
    "flask_compress": ("web/",),
    "flask_cors": ("web/",),
    "prometheus_client": ("web/",),
    "babel": ("web/",),
    "msgspec": ("index/types/", "web/"),
    "markdown_it": ("web/",),
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

# Parts of a declared library that it documents as its own to use.
COMES_WITH = {
    "jinja2": "flask",
    "markupsafe": "flask",
    "sklearn": "sentence-transformers",
    "werkzeug": "flask",
    "transformers": "sentence-transformers",
}

# What the extra `bench` brings, as it is imported; most machines have none of it.
PEERS = {
    "bm25s": "bm25s",
    "faiss": "faiss-cpu",
    "lancedb": "lancedb",
    "matplotlib": "matplotlib",
    "tantivy": "tantivy",
    "txtai": "txtai",
}

EMPTY_NAMES = {
    "common", "data", "helper", "helpers", "manager", "managers", "misc", "process", "util", "utils"
}  # fmt: skip

# Split, so that this file does not find itself.
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME)\b")
REGISTRIES = re.compile(
    r"pypi\.o" + r"rg|pythonhosted\.o" + r"rg|download\.pytorch|registry\.npmjs|huggingface\.c"
    r"o/|hf\.c" + r"o/|--(extra-)?index-" + r"url [^ ]|--find-" + r"links [^ ]"
)
SOURCE = {".py", ".sh", ".toml", ".html", ".css", ".js", ".md", ""}


def _inside(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in allowed)


def test_imports_flow_one_way() -> None:
    breaches = []
    for module in modules():
        allowed = MAY_IMPORT[module.room]
        if allowed is None:
            continue
        for line, name in module.imports:
            if name.partition(".")[0] in ROOMS and not _inside(name, (module.room, *allowed)):
                breaches.append(f"{module.place}:{line}: imports {name}")
    assert breaches == []


def test_no_room_imports_the_tests() -> None:
    breaches = [m.place for m in modules() for _, name in m.imports if _inside(name, ("tests",))]
    assert breaches == []


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_only_at_home(library: str) -> None:
    breaches = [
        f"{module.place}:{line}: imports {name}"
        for module in modules()
        for line, name in module.imports
        if _inside(name, (library,)) and not module.place.startswith(HOMES[library])
    ]
    assert breaches == []


def test_sentence_transformers_is_imported_in_one_module() -> None:
    users = {
        module.place
        for module in modules()
        for _, name in module.imports
        if _inside(name, ("sentence_transformers",))
    }
    assert len(users) <= 1, users


def test_the_command_line_starts_without_torch() -> None:
    program = "import scripts.cli, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"torch", "sentence_transformers", "transformers"}.isdisjoint(loaded)


def test_the_search_backend_is_known_without_numpy() -> None:
    program = "import index.ports, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"numpy", "scipy", "whoosh"}.isdisjoint(loaded)


def test_every_import_is_a_declared_dependency() -> None:
    owners = packages_distributions()
    declared = set(_dependencies())
    breaches = []
    for module in modules():
        for line, name in module.imports:
            top = name.partition(".")[0]
            if top in {*ROOMS, *PEERS} or top in sys.stdlib_module_names:
                continue
            names = {COMES_WITH.get(top, _normal(owner)) for owner in owners.get(top, ())}
            if declared.isdisjoint(names):
                breaches.append(f"{module.place}:{line}: {top} is not in pyproject.toml")
    assert breaches == []


def test_peers_are_an_extra_and_not_locked() -> None:
    extras = project()["optional-dependencies"]
    assert isinstance(extras, dict)
    peers = {_normal(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in extras["bench"]}
    assert peers == set(PEERS.values())
    assert peers.isdisjoint(_locked("requirements-dev.lock"))


def test_no_other_distribution_owns_our_names() -> None:
    owners = packages_distributions()
    taken = {name: owners[name] for name in (*ROOMS, "tests") if name in owners}
    assert {name: who for name, who in taken.items() if set(who) != {"dateline"}} == {}


def test_every_test_directory_is_a_package() -> None:
    folders = {path.parent for path in tracked() if path.suffix == ".py"}
    tests = {folder for folder in folders if folder.is_relative_to(ROOT / "tests")}
    assert [str(folder) for folder in sorted(tests) if not (folder / "__init__.py").exists()] == []


def test_modules_are_short() -> None:
    sizes = {module.place: len(module.text.splitlines()) for module in modules()}
    assert {place: lines for place, lines in sizes.items() if lines > MODULE_LINES} == {}


def _functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_functions_are_short() -> None:
    breaches = [
        f"{module.place}:{function.lineno}: {function.name} has {lines} lines"
        for module in modules()
        for function in _functions(module)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    ]
    assert breaches == []


def test_names_say_something() -> None:
    breaches = [
        module.place
        for module in modules(*ROOMS, "tests")
        if not EMPTY_NAMES.isdisjoint(module.place.removesuffix(".py").split("/"))
    ]
    assert breaches == []


def _lines_with(pattern: re.Pattern[str], suffixes: set[str] | None = None) -> list[str]:
    found = []
    for path in tracked():
        if suffixes is not None and path.suffix not in suffixes:
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        place = path.relative_to(ROOT)
        found += [
            f"{place}:{number}: {line.strip()}"
            for number, line in enumerate(lines, 1)
            if pattern.search(line)
        ]
    return found


def test_no_file_is_a_symlink() -> None:
    # A checkout on Windows turns each into a text file that holds a path.
    assert [str(path.relative_to(ROOT)) for path in tracked() if path.is_symlink()] == []


def test_nothing_is_left_for_later() -> None:
    assert _lines_with(UNFINISHED, SOURCE) == []


def test_no_file_names_a_package_registry() -> None:
    assert _lines_with(REGISTRIES) == []


def _normal(name: str) -> str:
    """A distribution's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _dependencies() -> list[str]:
    listed = project()["dependencies"]
    assert isinstance(listed, list)
    return _names(listed)


def _names(requirements: list[str]) -> list[str]:
    """The distributions of requirements, as PEP 503 writes them."""
    return [_normal(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in requirements]


def test_every_dependency_has_its_reason() -> None:
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    explained = re.findall(r"^- `([^`]+)`: \S", page, flags=re.MULTILINE)
    assert sorted(explained) == sorted(_dependencies())


LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-install.lock")


def _locked(lock: str) -> dict[str, str]:
    """Each distribution that a lock file pins, and its lines there."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {entry.partition("==")[0]: entry for entry in entries}


def _pin(entry: str) -> tuple[str, frozenset[str]]:
    """The version and the hashes of a locked distribution."""
    version = re.split(r"[ ;]", entry.partition("==")[2])[0]
    return version, frozenset(re.findall(r"--hash=(\S+)", entry))


def test_the_lock_holds_every_dependency_but_torch() -> None:
    assert set(_dependencies()) - set(_locked("requirements.lock")) == {"torch"}


def test_the_tools_of_the_tests_are_locked_apart() -> None:
    tools = set(_names(dependency_groups()["dev"]))
    assert tools <= set(_locked("requirements-dev.lock"))
    assert tools.isdisjoint(_locked("requirements.lock"))


def test_the_installer_is_locked_with_uv_last() -> None:
    # scripts/environment.sh cuts the lock there when uv cannot be installed.
    assert set(_names(dependency_groups()["install"])) <= set(_locked("requirements-install.lock"))
    assert list(_locked("requirements-install.lock"))[-1] == "uv"


def test_a_package_has_one_version_in_all_locks() -> None:
    pins: dict[str, set[tuple[str, frozenset[str]]]] = {}
    for lock in LOCKS:
        for name, entry in _locked(lock).items():
            pins.setdefault(name, set()).add(_pin(entry))
    assert {name: found for name, found in pins.items() if len(found) > 1} == {}
    assert set(_locked("requirements.lock")) <= set(_locked("requirements-dev.lock"))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    assert [name for name, entry in _locked(lock).items() if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_brings_cuda(lock: str) -> None:
    heavy = re.compile(r"nvidia|cuda|triton|torch(vision|audio)?$")
    assert [name for name in _locked(lock) if heavy.match(name)] == []
