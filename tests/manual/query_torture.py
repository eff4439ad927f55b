"""Random and nasty queries against a whole archive: `python -m tests.manual.query_torture HOME`.

Decision: by hand and not in the suite, since it wants an archive of thousands and an hour; the
suite asks the same texts of two hundred articles.
Must not know how queries are read.
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
"""Of the random queries: by mode, those of signs and those of the archive's words."""


def nasty(count: int) -> list[str]:
    """The nasty texts, then pairs of them."""
    pairs = (
        f"{one} {other}" for one, other in itertools.product(HOSTILE_TEXTS, HOSTILE_TEXTS[::7])
    )
    return list(itertools.islice(itertools.chain(HOSTILE_TEXTS, pairs), count))


def worded(engine: SearchEngine, count: int, seed: int) -> Iterator[str]:
    """Queries of the archive's own words, frequent and rare, with signs between them."""
    chance = random.Random(seed)
    words: list[str] = []
    for article in itertools.islice(engine.matches(SearchRequest()), 2_000):
        words += chance.choices(f"{article.headline} {article.body}".split() or ["news"], k=20)
    for _ in range(count):
        parts = (chance.choice(SIGNS) for _ in range(chance.randint(1, 8)))
        yield " ".join(part.format(*chance.choices(words, k=3)) for part in parts)


def ask(engine: SearchEngine, text: str, mode: Mode) -> float:
    """CPU seconds of one answer; the only refusal is a query that the parser refuses too."""
    started = time.process_time()
    try:
        engine.search(SearchRequest(text=text, mode=mode, limit=1))
    except InvalidQueryError:
        assert parse(text).error is not None
    return time.process_time() - started


def report(name: str, engine: SearchEngine, texts: Sequence[str], mode: Mode) -> None:
    """Ask all of them and print how long they took."""
    took = sorted((ask(engine, text, mode), text) for text in texts)
    seconds, slowest = took[-1]
    middle, most = took[len(took) // 2][0], took[len(took) * 99 // 100][0]
    print(
        f"{name}, {mode}: {len(took):,} queries, p50 {middle * 1000:.1f} ms,"
        f" p99 {most * 1000:.1f} ms, slowest {seconds * 1000:.0f} ms: {slowest[:60]!r}",
        flush=True,
    )


def main() -> None:
    """Ask, and fail with the first exception."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--random", type=int, default=100_000)
    parser.add_argument("--nasty", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    engine = composition.engine(load_settings(os.environ, home=told.home))
    ask(engine, "news", "hybrid")
    for mode, random_share, worded_share in SHARES:
        report("nasty", engine, nasty(told.nasty), mode)
        texts = random_texts(int(told.random * random_share), seed=told.seed)
        report("random", engine, texts, mode)
        texts = list(worded(engine, int(told.random * worded_share), told.seed))
        report("worded", engine, texts, mode)
    engine.close()


if __name__ == "__main__":
    main()
