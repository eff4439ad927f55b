"""Progress: the time left is shown early, and is right while the rate is steady."""

import re
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article
from index.semantic.cache import EmbeddingCache
from index.semantic.embed import embed_missing
from scripts.progress import HALF_LIFE, RemainingTime, format_seconds, stage_progress
from tests.fakes import FakeEncoder, make_article


class Clock:
    """Time that passes only when a test says so; seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(
    rate=st.floats(0.01, 1e5),
    pauses=st.lists(st.floats(0.001, 300), min_size=1, max_size=40),
    later=st.floats(0, 5),
)
def test_a_steady_rate_gives_the_time_left(rate: float, pauses: list[float], later: float) -> None:
    clock = Clock()
    remaining = RemainingTime(clock)
    total = 2 * rate * sum(pauses)
    remaining.report(0, total)
    assert remaining.estimate() is None
    done = 0.0
    for pause in pauses:
        clock.now += pause
        done += rate * pause
        remaining.report(done, total)
        assert remaining.estimate() == pytest.approx((total - done) / rate, rel=1e-6)
    clock.now += later
    assert remaining.estimate() == pytest.approx(max(0, (total - done) / rate - later), abs=0.01)


def test_a_new_rate_counts_most_after_three_half_lives() -> None:
    clock = Clock()
    remaining = RemainingTime(clock)
    done, total = 0.0, 10_000.0
    remaining.report(done, total)
    for rate, seconds in ((100, 60), (10, int(3 * HALF_LIFE))):
        for _ in range(seconds):
            clock.now += 1
            done += rate
            remaining.report(done, total)
    estimate = remaining.estimate()
    assert estimate is not None
    actual = (total - done) / 10
    assert actual / 3 < estimate < actual


def test_work_that_is_done_or_stands_still_has_no_negative_time() -> None:
    clock = Clock()
    remaining = RemainingTime(clock)
    remaining.report(0, 10)
    clock.now += 1
    remaining.report(10, 10)
    clock.now += 100
    assert remaining.estimate() == 0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        *((0.4, "0 s"), (89, "89 s"), (91, "1 min 30 s"), (594, "9 min 50 s"), (600, "10 min")),
        *((3600, "60 min"), (7800, "2 h 10 min")),
    ],
)
def test_durations_are_short(seconds: float, text: str) -> None:
    assert format_seconds(seconds) == text


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[EmbeddingCache]:
    with closing(EmbeddingCache(tmp_path, model="fake", chunking="fake")) as opened:
        yield opened


@pytest.mark.parametrize("seconds_per_passage", [0.01, 0.1, 0.9])
def test_the_time_left_of_a_slow_embedding_is_early_and_right_within_a_third(
    cache: EmbeddingCache, capsys: pytest.CaptureFixture[str], seconds_per_passage: float
) -> None:
    clock, encoder = Clock(), FakeEncoder("slow")
    articles = [_make_long_article(number) for number in range(700)]
    texts, encode = list[int](), encoder.encode_documents
    shown: list[tuple[float, float]] = []

    def encode_slowly(passages: list[str]) -> object:
        clock.now += seconds_per_passage * len(passages)
        texts.append(len(passages))
        return encode(passages)

    encoder.encode_documents = encode_slowly  # type: ignore[assignment, method-assign]
    started = clock.now
    with stage_progress(clock=clock) as progress:

        def report(done: int, total: int) -> None:
            progress("embedding", done, total)
            for seconds in _read_seconds(capsys.readouterr().err):
                shown.append((clock.now - started, seconds))

        embed_missing(partial(list[Article], articles), encoder, cache, progress=report)
    took = clock.now - started
    assert took == pytest.approx(seconds_per_passage * sum(texts))
    assert shown[0][0] <= 10
    assert len(shown) > 3
    for moment, seconds in shown:
        left = took - moment
        assert left < 15 or left * 2 / 3 < seconds < left * 4 / 3, (moment, left, seconds)


def _make_long_article(number: int) -> Article:
    """An article of 1 to 40 passages; the longest ones come last."""
    words = 60 * (1 + (number * number) % (3 if number < 350 else 40))
    return make_article(f"a-{number}", headline=f"Ferry {number}", body="harbour storm. " * words)


def _read_seconds(lines: str) -> list[float]:
    units = {"s": 1, "min": 60, "h": 3600}
    return [
        sum(float(count) * units[unit] for count, unit in re.findall(r"(\d+) (min|s|h)\b", part))
        for part in re.findall(r"about ([^,]*) left$", lines, re.MULTILINE)
    ]
