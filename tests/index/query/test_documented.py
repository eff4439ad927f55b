"""docs/query-syntax.md tells the truth: each query in it runs on the sample, as it says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, ingest
from index.lexical.query.vocabulary import MOST_EXPANSIONS
from index.query import MAX_QUERY_LENGTH, MAX_QUERY_WORDS, parse
from index.query.parser import MAX_DEPTH, MAX_SLOPPY_PHRASES
from index.query.word_parser import MAX_SLOP
from index.search.engine import SearchEngine
from index.search.retrieve import ENOUGH
from index.storage.mentions import MOST_NAMES
from index.types import notices
from index.types.search import SearchRequest
from tests.fakes import NoModels
from tests.index.library import Library
from tests.source_tree import ROOT

PAGE = (ROOT / "docs/query-syntax.md").read_text(encoding="utf-8")
CODE = re.compile(r"`([^`]+)`")


def table(header: str) -> list[tuple[str, ...]]:
    """The rows of the tables with this header, cell by cell."""
    found = []
    for part in PAGE.split(f"\n{header}\n")[1:]:
        lines = part.splitlines()[1:]
        for line in lines:
            if not line.startswith("|"):
                break
            found.append(tuple(cell.strip() for cell in line[1:-1].split("|")))
    return found


TYPED = [code for row in table("| You type | What it finds |") for code in CODE.findall(row[0])]
FIELDS = [code for row in table("| Field | What it finds |") for code in CODE.findall(row[0])]
DATES = [code for row in table("| You type | Period |") for code in CODE.findall(row[0])]
REPAIRED = [
    (CODE.findall(row[0])[0], CODE.findall(row[1])[0])
    for row in table("| You type | Interpreted as |")
]
EXAMPLES = [
    (CODE.findall(row[0])[0], CODE.findall(row[1]), CODE.findall(row[2]))
    for row in table("| Query | Finds | Does not find |")
]
QUERIES = [*TYPED, *FIELDS, *DATES]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    """The sample archive, by words."""
    home: Path = tmp_path_factory.mktemp("sample")
    with ArticleStore.open(home) as store:
        ingest(store, [ROOT / "archive" / "sample"], IngestOptions())
    library = Library(home, models=NoModels())
    library.reindex()
    yield library.engine()
    library.close()


def found(engine: SearchEngine, text: str) -> set[str]:
    results = engine.search(SearchRequest(text=text, group="none", limit=1_000))
    return {group.hits[0].article.uri for group in results.groups}


def test_the_page_has_examples() -> None:
    assert len(TYPED) > 12
    assert len(FIELDS) >= 9
    assert len(DATES) > 8
    assert len(REPAIRED) > 10
    assert len(EXAMPLES) > 25


@pytest.mark.parametrize("text", QUERIES)
def test_each_query_runs_without_a_notice(engine: SearchEngine, text: str) -> None:
    query = parse(text)
    assert (query.notices, query.error, query.repaired) == ((), None, "")
    found(engine, text)


@pytest.mark.parametrize("text", [text for text in TYPED if not text.startswith("date")])
def test_each_sign_finds_something_and_not_everything(engine: SearchEngine, text: str) -> None:
    assert 0 < len(found(engine, text)) < 160


@pytest.mark.parametrize(("text", "taken"), REPAIRED)
def test_each_repair_is_as_written(engine: SearchEngine, text: str, taken: str) -> None:
    assert parse(text).repaired == taken
    assert found(engine, text) == found(engine, taken)


@pytest.mark.parametrize(("text", "wanted", "unwanted"), EXAMPLES)
def test_each_example_finds_what_it_says(
    engine: SearchEngine, text: str, wanted: list[str], unwanted: list[str]
) -> None:
    uris = found(engine, text)
    assert set(wanted) <= uris
    assert uris.isdisjoint(unwanted)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("ferry OR whale fog", "(ferry OR whale) fog"),
        ("ferry OR whale AND fog", "ferry OR (whale AND fog)"),
        ("-well-known", "-(well known)"),
        ("NOT skerrow", "-skerrow"),
        ("headline:ferry", "title:ferry"),
        ("“central bank”", '"central bank"'),
        ("(ferry radar) fog", "ferry radar fog"),
    ],
)
def test_what_is_said_to_be_the_same_is(one: str, same: str) -> None:
    assert parse(one).tree == parse(same).tree


def test_every_notice_is_documented_and_no_other() -> None:
    listed = {code for row in table("| Notice | Meaning |") for code in CODE.findall(row[0])}
    assert listed == {name.partition("/")[0] for name in notices.QUERY_NOTICES}


def test_the_bounds_are_the_documented_ones() -> None:
    for bound, words in (
        (ENOUGH, "fewer than {} articles"),
        (MAX_DEPTH, "nested up to {} deep"),
        (MAX_SLOP, "can be at most {}"),
        (MAX_SLOPPY_PHRASES, "at most {} phrases"),
        (MOST_EXPANSIONS, "the {} most frequent words"),
        (MOST_NAMES, "the {} most frequent names"),
        (MAX_QUERY_LENGTH, "up to {:,} characters"),
        (MAX_QUERY_WORDS, "and {} words"),
    ):
        assert words.format(bound) in " ".join(PAGE.split())
