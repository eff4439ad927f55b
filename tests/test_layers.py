"""The layers of the code: which folder of `index` may import which, no cycles, no crowded folders.

Each test lists every violation at once.
"""

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.source_tree import PACKAGES, Module, list_modules

# From bottom to top: a folder imports only folders of lower layers. Every folder is in one layer.
LAYERS = (
    {"arrays", "text", "types"},
    {"ports", "query", "ranking"},
    {"storage"},
    {"lexical", "semantic"},
    {"stories"},
    {"search", "indexing"},
    {"local"},
    {"evaluation"},
)
LAYER = {folder: number for number, layer in enumerate(LAYERS) for folder in layer}

# What these folders of `index` may import of its other folders at all.
ONLY = {
    "arrays": set[str](),
    "text": set[str](),
    "types": set[str](),
    "ports": {"types"},
    "query": {"text", "types"},
    "ranking": {"arrays", "types"},
}

FOLDER_ENTRIES = 16
"""The most modules and packages in one folder, so that a listing can be read at a glance."""


def _get_dotted_name(module: Module) -> str:
    return module.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _get_folder(name: str) -> str:
    """The folder, or top-level module, of `index` that a dotted name is in; "" for `index`."""
    return (*name.split("."), "")[1]


def _list_imports_between_folders() -> list[tuple[str, str, str]]:
    """(folder, imported folder, `file:line`) of every import from one folder into another."""
    return [
        (_get_folder(_get_dotted_name(module)), _get_folder(name), f"{module.name}:{line}")
        for module in list_modules("index")
        for line, name in module.imports
        if name.startswith("index.") and _get_folder(name) != _get_folder(_get_dotted_name(module))
    ]


def test_every_folder_of_the_index_has_a_layer() -> None:
    folders = {_get_folder(_get_dotted_name(module)) for module in list_modules("index")} - {""}
    assert folders == LAYER.keys()


def test_imports_go_down_the_layers() -> None:
    violations = [
        f"{place}: {folder} imports {imported}"
        for folder, imported, place in _list_imports_between_folders()
        if LAYER[imported] >= LAYER[folder] or imported not in ONLY.get(folder, {imported})
    ]
    assert violations == []


def test_no_module_imports_itself_through_others() -> None:
    imports = {
        _get_dotted_name(module): {
            name for _, name in module.imports if name != _get_dotted_name(module)
        }
        for module in list_modules()
    }
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


def test_folders_have_few_entries() -> None:
    entries: defaultdict[str, set[str]] = defaultdict(set)
    for module in list_modules(*PACKAGES):
        parts = module.name.removesuffix("/__init__.py").split("/")
        for depth in range(1, len(parts)):
            entries["/".join(parts[:depth])].add(parts[depth])
    assert {
        folder: len(names) for folder, names in entries.items() if len(names) > FOLDER_ENTRIES
    } == {}
