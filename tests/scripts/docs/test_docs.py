"""The documentation agrees with the code: settings, field names, queries and links."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from archive.values.field_aliases import ALIASES
from archive.wire.dateline import split_dateline
from archive.wire.metadata import HEADER_KEYS
from scripts.cli import main
from scripts.settings.definitions import SETTINGS
from scripts.settings.loader import CONFIG_VARIABLE
from tests.scripts.commands import Dateline
from tests.scripts.docs.markdown import links, page, pages, rows
from tests.source_tree import ROOT, list_files, list_modules

_READ_IN_PYTHON = re.compile(
    r"""environ(?:\.\w+\(|\[)\s*["'](\w+)["']|getenv\(\s*["'](\w+)["']|envvar=["'](\w+)["']"""
)
_READ_IN_SHELL = re.compile(r"\$\{([A-Z][A-Z_]+):?[-+]")
_DOORS = (".ci/run", "scripts/")


def _variables() -> set[str]:
    """The environment variables that the code reads, with or without a default."""
    found = {
        name
        for module in list_modules()
        for groups in _READ_IN_PYTHON.findall(module.text)
        for name in groups
        if name
    }
    for path in list_files():
        place = path.relative_to(ROOT).as_posix()
        if place.startswith(_DOORS) and path.suffix in ("", ".sh"):
            found.update(_READ_IN_SHELL.findall(path.read_text(encoding="utf-8")))
    return found


def test_every_variable_that_the_code_reads_is_documented() -> None:
    first_two = (cell for row in rows("docs/settings.md") for cell in row[:2])
    documented = {name for cell in first_two for name in _names(cell)}
    read = _variables() | {setting.variable for setting in SETTINGS} | {CONFIG_VARIABLE}
    assert {"DATELINE_HOME", "DATELINE_MODEL", "PORT", "PYTHON"} <= read
    assert sorted(read - documented) == []
    assert sorted(name for name in documented - read if name.isupper()) == []


def test_the_settings_table_agrees_with_the_code() -> None:
    options = {"": "", "dateline": "`--{}`"}
    expected = [
        [
            f"`{each.name}`",
            f"`{each.variable}`",
            options.get(each.option, f"`{each.option} --{{}}`").format(each.name),
            f"{each.description} Must be {each.value_type.expected}.",
            f"`{each.default_text}`",
        ]
        for each in SETTINGS
    ]
    assert [row for row in rows("docs/settings.md") if len(row) == 5][1:] == expected


def test_options_for_settings_have_the_description_of_the_setting() -> None:
    for name in ("dateline", "serve"):
        command: click.Command = main if name == "dateline" else main.commands[name]
        helps = {option.name: getattr(option, "help", "") for option in command.params}
        for setting in SETTINGS:
            if setting.option == name:
                assert helps[setting.name].startswith(
                    f"{setting.description} Variable: {setting.variable}."
                )


def _names(cell: str) -> list[str]:
    return re.findall(r"`([A-Z][A-Z_]+)`", cell)


def _documented_options() -> set[tuple[str, str]]:
    command = ""
    found: set[tuple[str, str]] = set()
    for row in rows("docs/settings.md"):
        command = row[0] or command
        found.update((command, option) for option in re.findall(r"`(--[\w-]+)`", row[1]))
    return found


def _options() -> Iterator[tuple[str, str]]:
    for name, command in main.commands.items():
        for option in command.params:
            if isinstance(option, click.Option) and option.name != "as_json":
                for opt in (option.opts[0], *option.secondary_opts):
                    yield name, opt


def test_every_option_is_documented() -> None:
    assert sorted(_documented_options()) == sorted(_options())


def test_every_command_is_in_the_readme() -> None:
    named = {
        row[0].split()[1].strip("`") for row in rows("README.md") if row[0].startswith("`dateline ")
    }
    assert named == set(main.commands)


def test_every_field_name_is_documented() -> None:
    written = {
        field: row[1].split(", ")
        for row in rows("docs/formats.md")
        if (field := row[0].strip("`, ").split("`")[0]) in ALIASES and row[0].startswith("`")
    }
    assert {field: list(names) for field, names in ALIASES.items()} == written


def test_every_header_key_is_documented() -> None:
    listed = page("docs/wire-format.md").partition("Keys:")[2].partition(", in any case")[0]
    assert {key.lower() for key in re.findall(r"`(\w+)`", listed)} == HEADER_KEYS


def test_the_documented_datelines_are_parsed() -> None:
    section = page("docs/wire-format.md").partition("\n### Datelines\n")[2].partition("\n### ")[0]
    datelines = re.findall(r"^    (.+)$", section, re.M)
    read = [split_dateline(f"{one} Nobody was hurt, police said.")[0] for one in datelines]
    assert [found.located if found else None for found in read] == [
        "Moscow", "London", "Madrid", "Paris", "San Francisco/New York", "Ljubljana",
        "Buenos Aires, Argentina", "Lyme Regis, Reino Unido", "Madrid", "Roma", "Roma",
        "Frankfurt a.M.", "Montréal", "Moscow", "Moscow", "New Delhi, India", "Toronto, ON",
        "Kyiv, Ukraine",
    ]  # fmt: skip
    assert [found.month if found else None for found in read] == [
        7, None, 3, 3, 4, 3, None, 3, 3, 3, 3, None, 3, 3, 3, 3, 3, None
    ]  # fmt: skip


_EXAMPLES = [row for row in rows("docs/query-syntax.md") if len(row) == 3][1:]


@pytest.mark.parametrize(("query", "found", "missed"), _EXAMPLES, ids=[r[0] for r in _EXAMPLES])
def test_each_documented_query_finds_its_articles(
    sample: Dateline, query: str, found: str, missed: str
) -> None:
    options = ("--mode", "lexical", "--group", "none", "--limit", 1000)
    answer = sample.json("search", *options, "--", query.strip("`"))
    hits = {group["hits"][0]["article"]["id"] for group in answer["results"]}
    assert _ids(found) <= hits
    assert _ids(missed).isdisjoint(hits)


def _ids(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def test_there_are_examples_of_queries() -> None:
    assert len(_EXAMPLES) >= 8


def test_every_link_has_a_target() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in pages()
        for target in links(path)
        if "://" not in target and not (path.parent / target.partition("#")[0]).exists()
    ]
    assert broken == []


def test_every_page_is_linked_from_an_index() -> None:
    indexes = [path for path in pages() if path.name == "README.md"]
    linked = {
        (path.parent / target.partition("#")[0]).resolve()
        for path in indexes
        for target in links(path)
    }
    loose = {path for path in pages() if path.is_relative_to(ROOT / "docs")} - linked
    assert [str(path.relative_to(ROOT)) for path in sorted(loose)] == []


_SECTIONS = ("Context", "Decision", "Consequences")
_LAST_SECTION = "Alternatives considered"


def test_decisions_are_numbered_and_have_the_same_sections() -> None:
    found = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [int(path.name[:4]) for path in found]
    assert numbers == [*range(1, len(numbers) + 1)]
    for path in found:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(path.name[:4])}. ")
        assert text.splitlines()[2] == "Status: accepted."
        sections = re.findall("^## (.+)$", text, re.M)
        assert sections in ([*_SECTIONS], [*_SECTIONS, _LAST_SECTION]), path.name


def test_decisions_are_listed_with_their_numbers_and_titles() -> None:
    listed = re.findall(r"^\d+\. \[(.+)\]\((decisions/.+)\)$", page("docs/README.md"), re.M)
    titles = [page(f"docs/{place}").splitlines()[0].partition(". ")[2] for _, place in listed]
    assert [title for title, _ in listed] == titles
    assert len(listed) == len([*(ROOT / "docs/decisions").glob("*.md")])


def test_pictures_are_small() -> None:
    pictures = [path for path in list_files() if path.suffix == ".png"]
    assert {path.name: _bytes(path) for path in pictures if _bytes(path) > 200_000} == {}


def _bytes(path: Path) -> int:
    return path.stat().st_size
