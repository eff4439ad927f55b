"""Random and malformed queries on a large archive: `python -m tests.manual.query_torture HOME`.

Responsibility: check that every query is answered or rejected by the parser, and measure the time.
Decision: run manually, because it needs an archive of thousands of articles and an hour; the suite
runs the same texts on two hundred articles.
Must not depend on: how queries are parsed.
"""

import argparse
import itertools
import os
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.ports import InvalidQueryError
from index.query import parse
from index.search.engine import SearchEngine
from index.types.search import Mode, SearchRequest
from scripts import composition
from scripts.settings.loader import load_settings
from tests.index.query.hostile_texts import HOSTILE_TEXTS, random_texts

SIGNS = [
    "{}",
    "-{}",
    "+{}",
    '"{}',
    "{}~",
    "{}*",
    "({}",
    "{})",
    "title:{}",
    "{} OR {}",
    "{}^2",
    '"{} {}"~9',
]

SHARES: tuple[tuple[Mode, float, float], ...] = (("lexical", 0.8, 0.1), ("hybrid", 0.05, 0.05))
"""By mode, the shares of `--random` for random texts and for the archive's words."""


def combine_hostile_texts(count: int) -> list[str]:
    """Return the malformed texts, then pairs of them."""
    pairs = (
        f"{one} {other}" for one, other in itertools.product(HOSTILE_TEXTS, HOSTILE_TEXTS[::7])
    )
    return list(itertools.islice(itertools.chain(HOSTILE_TEXTS, pairs), count))


def generate_queries(engine: SearchEngine, count: int, seed: int) -> Iterator[str]:
    """Yield queries of the archive's own words, frequent and rare, with operators."""
    chance = random.Random(seed)
    words: list[str] = []
    for article in itertools.islice(engine.matches(SearchRequest()), 2_000):
        words += chance.choices(f"{article.headline} {article.body}".split() or ["news"], k=20)
    for _ in range(count):
        parts = (chance.choice(SIGNS) for _ in range(chance.randint(1, 8)))
        yield " ".join(part.format(*chance.choices(words, k=3)) for part in parts)


def measure_query(engine: SearchEngine, text: str, mode: Mode) -> float:
    """Return the CPU seconds of a query; an error is allowed only if the parser has one too."""
    started = time.process_time()
    try:
        engine.search(SearchRequest(text=text, mode=mode, limit=1))
    except InvalidQueryError:
        assert parse(text).error is not None
    return time.process_time() - started


def report(name: str, engine: SearchEngine, texts: Sequence[str], mode: Mode) -> None:
    """Run all queries and print their times."""
    times = sorted((measure_query(engine, text, mode), text) for text in texts)
    seconds, slowest = times[-1]
    median, p99 = times[len(times) // 2][0], times[len(times) * 99 // 100][0]
    print(
        f"{name}, {mode}: {len(times):,} queries, p50 {median * 1000:.1f} ms,"
        f" p99 {p99 * 1000:.1f} ms, slowest {seconds * 1000:.0f} ms: {slowest[:60]!r}",
        flush=True,
    )


def main() -> None:
    """Run all queries; fail at the first exception."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--random", type=int, default=100_000)
    parser.add_argument("--hostile", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    engine = composition.create_engine(load_settings(os.environ, home=options.home))
    measure_query(engine, "news", "hybrid")
    for mode, random_share, worded_share in SHARES:
        report("hostile", engine, combine_hostile_texts(options.hostile), mode)
        texts = random_texts(int(options.random * random_share), seed=options.seed)
        report("random", engine, texts, mode)
        texts = list(generate_queries(engine, int(options.random * worded_share), options.seed))
        report("worded", engine, texts, mode)
    engine.close()


if __name__ == "__main__":
    main()
