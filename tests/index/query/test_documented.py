"""docs/query-syntax.md is correct: every query in it gives the documented result on the sample."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, ingest
from index.lexical.query.vocabulary import MAX_EXPANSIONS
from index.query import MAX_QUERY_LENGTH, MAX_QUERY_WORDS, parse
from index.query.parser import MAX_DEPTH, MAX_SLOPPY_PHRASES
from index.query.word_parser import MAX_SLOP
from index.search.engine import SearchEngine
from index.search.plan import ENOUGH
from index.storage.mentions import MAX_NAMES
from index.types import notices
from index.types.search import SearchRequest
from tests.fakes import NoModels
from tests.index.library import Library
from tests.source_tree import ROOT

PAGE = (ROOT / "docs/query-syntax.md").read_text(encoding="utf-8")
CODE = re.compile(r"`([^`]+)`")


def table(header: str) -> list[tuple[str, ...]]:
    """The cells of every row of the tables with this header."""
    rows = []
    for part in PAGE.split(f"\n{header}\n")[1:]:
        lines = part.splitlines()[1:]
        for line in lines:
            if not line.startswith("|"):
                break
            rows.append(tuple(cell.strip() for cell in line[1:-1].split("|")))
    return rows


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
    """An engine over the sample archive, without a model."""
    home: Path = tmp_path_factory.mktemp("sample")
    with ArticleStore.open(home) as store:
        ingest(store, [ROOT / "archive" / "sample"], IngestOptions())
    library = Library(home, models=NoModels())
    library.reindex()
    yield library.engine()
    library.close()


def find(engine: SearchEngine, text: str) -> set[str]:
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
    find(engine, text)


@pytest.mark.parametrize("text", [text for text in TYPED if not text.startswith("date")])
def test_each_operator_matches_some_articles_but_not_all(engine: SearchEngine, text: str) -> None:
    assert 0 < len(find(engine, text)) < 160


@pytest.mark.parametrize(("text", "repaired"), REPAIRED)
def test_each_repair_is_as_documented(engine: SearchEngine, text: str, repaired: str) -> None:
    assert parse(text).repaired == repaired
    assert find(engine, text) == find(engine, repaired)


@pytest.mark.parametrize(("text", "expected", "excluded"), EXAMPLES)
def test_each_example_finds_the_documented_articles(
    engine: SearchEngine, text: str, expected: list[str], excluded: list[str]
) -> None:
    uris = find(engine, text)
    assert set(expected) <= uris
    assert uris.isdisjoint(excluded)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("ferry OR whale fog", "(ferry OR whale) fog"),
        ("ferry OR whale AND fog", "ferry OR (whale AND fog)"),
        ("-well-known", "-(well-known)"),
        ("NOT skerrow", "-skerrow"),
        ("headline:ferry", "title:ferry"),
        ("“central bank”", '"central bank"'),
        ("(ferry radar) fog", "ferry radar fog"),
    ],
)
def test_equivalent_queries_have_the_same_tree(one: str, same: str) -> None:
    assert parse(one).tree == parse(same).tree


def test_exactly_the_existing_notices_are_documented() -> None:
    listed = {code for row in table("| Notice | Meaning |") for code in CODE.findall(row[0])}
    assert listed == {name.partition("/")[0] for name in notices.QUERY_NOTICES}


def test_the_documented_limits_are_the_real_ones() -> None:
    for limit, text in (
        (ENOUGH, "fewer than {} articles"),
        (MAX_DEPTH, "nested up to {} deep"),
        (MAX_SLOP, "can be at most {}"),
        (MAX_SLOPPY_PHRASES, "at most {} phrases"),
        (MAX_EXPANSIONS, "the {} most frequent words"),
        (MAX_NAMES, "the {} most frequent names"),
        (MAX_QUERY_LENGTH, "up to {:,} characters"),
        (MAX_QUERY_WORDS, "and {} words"),
    ):
        assert text.format(limit) in " ".join(PAGE.split())
