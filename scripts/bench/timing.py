"""Processor time of contenders over the same queries, and how they compare.

Decision: every run has queries of its own, so that nothing is answered from memory, and a ratio is
taken within a run: what else the machine does weighs on both sides of it.
Must not know what is asked.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.bench.queries import BenchQuery

Ask = Callable[[BenchQuery], object]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a contender's queries cost: (runs,) ms of CPU at the median and at 95 %."""

    p50: NDArray[np.float64]
    p95: NDArray[np.float64]


def cost(ask: Ask, runs: Sequence[Sequence[BenchQuery]]) -> Cost:
    """Ask every query of every run once, after one that is not counted."""
    ask(runs[0][0])
    each = [np.percentile([_spent(ask, query) for query in run], [50, 95]) for run in runs]
    return Cost(*np.array(each).T)


def ratios(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> tuple[float, float, float]:
    """Ours by theirs: the median of all runs, the least and the most."""
    every = ours / theirs
    return float(np.median(every)), float(every.min()), float(every.max())


def _spent(ask: Ask, query: BenchQuery) -> float:
    started = time.process_time()
    ask(query)
    return (time.process_time() - started) * 1000
