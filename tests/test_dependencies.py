"""Rules for dependencies: each is declared, explained, locked with hashes, and in one version.

Each test lists every violation at once.
"""

import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.source_tree import PACKAGES, ROOT, list_modules, read_dependency_groups, read_project

# Libraries that come with a declared one, which documents that they may be used.
INCLUDED_WITH = {
    "htmldate": "trafilatura",
    "jinja2": "flask",
    "markupsafe": "flask",
    "sklearn": "sentence-transformers",
    "werkzeug": "flask",
    "transformers": "sentence-transformers",
}

# The libraries of the extra `bench`, by their import names; usually not installed.
BENCH_LIBRARIES = {
    "bm25s": "bm25s",
    "faiss": "faiss-cpu",
    "lancedb": "lancedb",
    "matplotlib": "matplotlib",
    "tantivy": "tantivy",
    "txtai": "txtai",
}

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-install.lock")


def _normalize(name: str) -> str:
    """A distribution's name in the form of PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _read_dependencies() -> list[str]:
    requirements = read_project()["dependencies"]
    assert isinstance(requirements, list)
    return _parse_names(requirements)


def _parse_names(requirements: list[str]) -> list[str]:
    """The distributions of requirements, in the form of PEP 503."""
    return [_normalize(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in requirements]


def _read_lock(lock: str) -> dict[str, str]:
    """Each distribution that a lock file pins, and its lines there."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {entry.partition("==")[0]: entry for entry in entries}


def _parse_pin(entry: str) -> tuple[str, frozenset[str]]:
    """The version and the hashes of a locked distribution."""
    version = re.split(r"[ ;]", entry.partition("==")[2])[0]
    return version, frozenset(re.findall(r"--hash=(\S+)", entry))


def test_every_import_is_a_declared_dependency() -> None:
    owners = packages_distributions()
    declared = set(_read_dependencies())
    violations = []
    for module in list_modules():
        for line, name in module.imports:
            top = name.partition(".")[0]
            if top in {*PACKAGES, *BENCH_LIBRARIES} or top in sys.stdlib_module_names:
                continue
            names = {INCLUDED_WITH.get(top, _normalize(owner)) for owner in owners.get(top, ())}
            if declared.isdisjoint(names):
                violations.append(f"{module.name}:{line}: {top} is not in pyproject.toml")
    assert violations == []


def test_benchmark_libraries_are_an_extra_and_not_locked() -> None:
    extras = read_project()["optional-dependencies"]
    assert isinstance(extras, dict)
    libraries = {_normalize(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in extras["bench"]}
    assert libraries == set(BENCH_LIBRARIES.values())
    assert libraries.isdisjoint(_read_lock("requirements-dev.lock"))


def test_no_other_distribution_has_our_package_names() -> None:
    owners = packages_distributions()
    ours = {name: owners[name] for name in (*PACKAGES, "tests") if name in owners}
    assert {name: owner for name, owner in ours.items() if set(owner) != {"dateline"}} == {}


def test_every_dependency_is_explained() -> None:
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    explained = re.findall(r"^- `([^`]+)`: \S", page, flags=re.MULTILINE)
    assert sorted(explained) == sorted(_read_dependencies())


def test_every_dependency_except_torch_is_locked() -> None:
    assert set(_read_dependencies()) - set(_read_lock("requirements.lock")) == {"torch"}


def test_test_tools_are_locked_separately() -> None:
    tools = set(_parse_names(read_dependency_groups()["dev"]))
    assert tools <= set(_read_lock("requirements-dev.lock"))
    assert tools.isdisjoint(_read_lock("requirements.lock"))


def test_the_installer_is_locked_with_uv_last() -> None:
    # scripts/install/environment.sh cuts the lock there if uv cannot be installed.
    assert set(_parse_names(read_dependency_groups()["install"])) <= set(
        _read_lock("requirements-install.lock")
    )
    assert list(_read_lock("requirements-install.lock"))[-1] == "uv"


def test_a_package_has_one_version_in_all_locks() -> None:
    pins: dict[str, set[tuple[str, frozenset[str]]]] = {}
    for lock in LOCKS:
        for name, entry in _read_lock(lock).items():
            pins.setdefault(name, set()).add(_parse_pin(entry))
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}
    assert set(_read_lock("requirements.lock")) <= set(_read_lock("requirements-dev.lock"))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    assert [name for name, entry in _read_lock(lock).items() if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_has_cuda(lock: str) -> None:
    cuda = re.compile(r"nvidia|cuda|triton|torch(vision|audio)?$")
    assert [name for name in _read_lock(lock) if cuda.match(name)] == []
