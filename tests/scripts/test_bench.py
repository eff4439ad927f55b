"""The benchmark's own parts, without any peer: what is asked, and how figures compare."""

from datetime import date

import numpy as np
import pytest

from index.query import parse
from scripts.bench.queries import KINDS, BenchQuery, headline, queries, written
from scripts.bench.timing import cost, ratios
from tests.fakes import make_article

HEADS = [
    found
    for number in range(9)
    if (found := headline(make_article(f"a-{number}", headline=f"Ferry aground near port{number}")))
] + [
    found
    for town in ("Kestria", "Halyard", "Vessmark", "Orlen")
    if (found := headline(make_article(town, headline=f"{town} nurses strike over wages")))
]


def test_a_headline_gives_its_telling_words_and_those_side_by_side() -> None:
    found = headline(make_article("a", headline="Nurses of the Harbour strike in 2031"))
    assert found is not None
    assert found.words == ("nurses", "harbour", "strike")
    assert found.together == ("harbour", "strike")
    assert headline(make_article("b", headline="Ferry aground")) is None
    assert headline(make_article("c", first_created=None)) is None


def test_the_same_seed_asks_the_same_and_another_asks_others() -> None:
    for kind in KINDS:
        first, again, other = (queries(HEADS, kind, count=3, seed=seed) for seed in (1, 1, 2))
        assert first == again
        assert {query.kind for query in first} == {kind}
        assert len(first) == 3
        assert (first != other) or len({query.words for query in first}) < 3


def test_what_is_written_is_read_as_it_is_meant() -> None:
    texts = [written(query) for kind in KINDS for query in queries(HEADS, kind, count=4, seed=3)]
    for text in texts:
        assert parse(text).error is None
        assert parse(text).repaired == ""
    assert written(BenchQuery("phrase", ("harbour", "strike"))) == '"harbour strike"'
    assert written(BenchQuery("prefix", ("harb",))) == "harb*"
    assert written(BenchQuery("AND", ("a", "b"))) == "a AND b"
    days = (date(2031, 3, 1), date(2031, 3, 31))
    assert written(BenchQuery("OR and dates", ("a", "b"), days)) == "a OR b"


def test_every_query_of_every_run_is_asked_once_and_counted() -> None:
    asked: list[BenchQuery] = []
    runs = [
        [BenchQuery("one word", (f"{run}-{number}",)) for number in range(4)] for run in range(3)
    ]
    spent = cost(asked.append, runs)
    assert asked == [runs[0][0], *(query for run in runs for query in run)]
    assert spent.p50.shape == spent.p95.shape == (3,)
    assert (spent.p50 <= spent.p95).all()


def test_ratios_are_taken_within_a_run() -> None:
    ours, theirs = np.array([2.0, 9.0, 4.0]), np.array([1.0, 3.0, 4.0])
    assert ratios(ours, theirs) == pytest.approx((2.0, 1.0, 3.0))
