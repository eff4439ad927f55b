"""The layers of the code: which folder of `index` may import which, no cycles, no crowded folders.

Each test lists every breach at once.
"""

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.source_tree import ROOMS, Module, modules

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


def _dotted(module: Module) -> str:
    return module.place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _folder(name: str) -> str:
    """The folder, or top-level module, of `index` that a dotted name is in; "" for `index`."""
    return (*name.split("."), "")[1]


def _imports_between_folders() -> list[tuple[str, str, str]]:
    """(folder, imported folder, `file:line`) of every import from one folder into another."""
    return [
        (_folder(_dotted(module)), _folder(name), f"{module.place}:{line}")
        for module in modules("index")
        for line, name in module.imports
        if name.startswith("index.") and _folder(name) != _folder(_dotted(module))
    ]


def test_every_folder_of_the_index_has_a_layer() -> None:
    folders = {_folder(_dotted(module)) for module in modules("index")} - {""}
    assert folders == LAYER.keys()


def test_imports_go_down_the_layers() -> None:
    breaches = [
        f"{place}: {folder} imports {imported}"
        for folder, imported, place in _imports_between_folders()
        if LAYER[imported] >= LAYER[folder] or imported not in ONLY.get(folder, {imported})
    ]
    assert breaches == []


def test_no_module_imports_itself_through_others() -> None:
    imports = {
        _dotted(module): {name for _, name in module.imports if name != _dotted(module)}
        for module in modules()
    }
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


def test_folders_have_few_entries() -> None:
    entries: defaultdict[str, set[str]] = defaultdict(set)
    for module in modules(*ROOMS):
        parts = module.place.removesuffix("/__init__.py").split("/")
        for depth in range(1, len(parts)):
            entries["/".join(parts[:depth])].add(parts[depth])
    assert {
        folder: len(names) for folder, names in entries.items() if len(names) > FOLDER_ENTRIES
    } == {}
