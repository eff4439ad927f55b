"""Chains on a real wire: 200 pairs that were read by hand, and how many of the links are right."""

import json
import lzma
from datetime import datetime
from pathlib import Path

import pytest

from archive.article import Article
from index.stories.chains import Filing, replaces

WIRE = Path("../shared/data/reuters_wire/articles.jsonl.xz")
PAIRS = Path(__file__).parent / "data" / "chains.tsv"
LEAST_PRECISION, LEAST_LINKS = 0.95, 195

Pair = tuple[str, str, bool]


def read_pairs() -> list[Pair]:
    lines = [line.split("\t") for line in PAIRS.read_text().splitlines() if line[0] != "#"]
    return [(earlier, later, verdict == "yes") for earlier, later, verdict in lines]


def read_filings(ids: set[str]) -> dict[str, Filing]:
    filings = {}
    with lzma.open(WIRE, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["id"] in ids:
                when = datetime.fromisoformat(record["date"])
                article = Article(
                    uri=record["id"],
                    headline=record["title"],
                    body=record["body"],
                    source=record["source"],
                    language=record["lang"],
                    slugline=record["slug"],
                )
                filings[record["id"]] = Filing(article, int(when.timestamp()))
    return filings


def test_the_list_has_two_hundred_different_pairs() -> None:
    pairs = read_pairs()
    assert len({pair[:2] for pair in pairs}) == len(pairs) == 200


@pytest.mark.shared
def test_links_of_a_wire_are_right() -> None:
    if not WIRE.exists():
        pytest.skip("needs ../shared/data")
    pairs = read_pairs()
    filings = read_filings({uri for pair in pairs for uri in pair[:2]})
    linked = [right for a, b, right in pairs if replaces(filings[b], filings[a])]
    precision = sum(linked) / len(linked)
    assert len(linked) >= LEAST_LINKS
    assert precision >= LEAST_PRECISION, f"{sum(linked)} of {len(linked)} links are right"
