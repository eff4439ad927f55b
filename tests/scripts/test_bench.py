"""The benchmark's queries, timing and ratios, without other systems."""

from datetime import date
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from index.query import parse
from scripts.bench.queries import (
    KINDS,
    BenchQuery,
    format_query,
    generate_queries,
    parse_headline,
)
from scripts.bench.timing import compute_ratios, measure_cost
from tests.fakes import make_article

HEADLINES = [
    headline
    for number in range(9)
    if (
        headline := parse_headline(
            make_article(f"a-{number}", headline=f"Ferry aground near port{number}")
        )
    )
] + [
    headline
    for town in ("Kestria", "Halyard", "Vessmark", "Orlen")
    if (headline := parse_headline(make_article(town, headline=f"{town} nurses strike over wages")))
]


def test_content_words_of_a_headline() -> None:
    headline = parse_headline(make_article("a", headline="Nurses of the Harbour strike in 2031"))
    assert headline is not None
    assert headline.words == ("nurses", "harbour", "strike")
    assert headline.adjacent == ("harbour", "strike")
    assert parse_headline(make_article("b", headline="Ferry aground")) is None
    assert parse_headline(make_article("c", first_created=None)) is None


def test_a_seed_always_generates_the_same_queries() -> None:
    for kind in KINDS:
        first, again, other = (
            generate_queries(HEADLINES, kind, count=3, seed=seed) for seed in (1, 1, 2)
        )
        assert first == again
        assert {query.kind for query in first} == {kind}
        assert len(first) == 3
        assert (first != other) or len({query.words for query in first}) < 3


def test_formatted_queries_are_parsed_without_repair() -> None:
    texts = [
        format_query(query)
        for kind in KINDS
        for query in generate_queries(HEADLINES, kind, count=4, seed=3)
    ]
    for text in texts:
        assert parse(text).error is None
        assert parse(text).repaired == ""
    assert format_query(BenchQuery("phrase", ("harbour", "strike"))) == '"harbour strike"'
    assert format_query(BenchQuery("prefix", ("harb",))) == "harb*"
    assert format_query(BenchQuery("AND", ("a", "b"))) == "a AND b"
    days = (date(2031, 3, 1), date(2031, 3, 31))
    assert format_query(BenchQuery("OR and dates", ("a", "b"), days)) == "a OR b"


def test_every_query_is_measured_once_after_a_warm_up() -> None:
    searched: list[BenchQuery] = []
    runs = [
        [BenchQuery("one word", (f"{run}-{number}",)) for number in range(4)] for run in range(3)
    ]
    cost = measure_cost(searched.append, runs)
    assert searched == [runs[0][0], *(query for run in runs for query in run)]
    assert cost.p50.shape == cost.p95.shape == (3,)
    assert (cost.p50 <= cost.p95).all()


def test_ratios_are_computed_within_a_run() -> None:
    ours, theirs = np.array([2.0, 9.0, 4.0]), np.array([1.0, 3.0, 4.0])
    assert compute_ratios(ours, theirs) == pytest.approx((2.0, 1.0, 3.0))


@pytest.mark.parametrize("module", ["__main__", "sizes", "quality"])
def test_without_the_extra_help_works_and_a_run_says_what_to_install(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.bench.extra.find_spec", lambda name: None)
    command = import_module(f"scripts.bench.{module}").main
    shown = CliRunner().invoke(command, ["--help"])
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout.startswith("Usage: ")
    result = CliRunner().invoke(command, [str(tmp_path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: Not installed: bm25s, faiss, lancedb, ")
    assert "Run `pip install 'dateline[bench]'`" in result.stderr
