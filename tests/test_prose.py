"""Texts for users have none of the phrases that Dateline no longer uses.

Each test lists every violation at once, as `file:line: phrase`.
"""

import re
from collections.abc import Iterator

import pytest
from click import Command, Context, Group

from index.types.notices import QUERY_ERRORS, QUERY_NOTICES, RESULT_NOTICES
from scripts.cli import main
from tests.source_tree import ROOT, list_files

# Archaic or translated phrases; docs/glossary.md has the words to use instead.
OLD_PHRASES = re.compile(
    r"\b(is told|are told|be told|tells of|taken in|takes? in|can be taken|taken? along"
    r"|will not do|to be had|stands? (in|at|there|for)|parted by|spelt almost|almost so"
    r"|what can be asked|without a word|whatever it is|of its own accord|near to nothing"
    r"|meaning joins|held to|of these days|whoever|wherefore|whereof|most written about"
    r"|not your doing|it has been noted|for real|goes on answering|come of themselves"
    r"|pile of articles|let go)\b",
    re.IGNORECASE,
)
# Pages that quote earlier names.
HISTORY = ("docs/measurements/",)


def _find_phrases(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        yield from (f"{name}:{number}: {match[0]}" for match in OLD_PHRASES.finditer(line))


@pytest.mark.parametrize("pattern", [".md", ".html", ".po", ".js"])
def test_documents_and_pages(pattern: str) -> None:
    violations: list[str] = []
    for path in list_files():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix == pattern and not name.startswith((*HISTORY, "archive/sample/2")):
            violations += _find_phrases(name, path.read_text(encoding="utf-8"))
    assert violations == []


def test_notices_and_query_errors() -> None:
    texts = QUERY_NOTICES | RESULT_NOTICES | QUERY_ERRORS
    assert [phrase for code, text in texts.items() for phrase in _find_phrases(code, text)] == []


def _help_texts(command: Command, name: str) -> Iterator[tuple[str, str]]:
    yield name, command.get_help(Context(command, info_name=name))
    if isinstance(command, Group):
        for inner in command.commands.values():
            yield from _help_texts(inner, f"{name} {inner.name}")


def test_help_of_every_command() -> None:
    texts = dict(_help_texts(main, "dateline"))
    assert len(texts) > 8
    assert [phrase for name, text in texts.items() for phrase in _find_phrases(name, text)] == []
