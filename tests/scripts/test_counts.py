"""Counts in the terminal: of one thing in the singular, and only of what was counted."""

import re

import pytest

from tests.fakes import FakeModels
from tests.scripts.commands import Dateline


def last_line(dateline: Dateline, *arguments: object) -> str:
    lines = dateline.run(*arguments).stdout.splitlines()
    return re.sub(r"\(\d+ ms\)", "(ms)", lines[-1])


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["id:hly-20310304-0003"], "1 article in 1 story (ms)"),
        (["zzzqqq"], "No articles found (ms)"),
        (["!!!"], "No articles found (ms)"),
        (["", "--sort", "oldest"], "159 articles in 101 stories, oldest first (ms)"),
        (["+stolen +panel"], "2 articles in 2 stories, all keyword matches (ms)"),
    ],
)
def test_totals_of_a_search(sample: Dateline, arguments: list[str], line: str) -> None:
    stories = re.compile(r"in \d+ stor")
    actual = last_line(sample, "search", "--mode", "lexical", *arguments)
    assert stories.sub("in N stor", actual) == stories.sub("in N stor", line)


def test_a_semantic_search_counts_no_keyword_matches(dateline: Dateline) -> None:
    dateline.models = FakeModels()
    (dateline.home.parent / "one.txt").write_text("Ferry boats\n\nA ferry is a boat.\n")
    dateline.run("ingest", dateline.home.parent / "one.txt")
    report = dateline.run("reindex").stdout
    assert ": 1 article (1 indexed now), 1 passage (1 embedded now)" in report
    assert "1 article, 1 version\n" in dateline.run("status").stdout
    assert last_line(dateline, "search", "vessel", "--mode", "semantic") == (
        "1 article in 1 story (ms)"
    )
    assert last_line(dateline, "stories", "--least", 1) == "1 story"
