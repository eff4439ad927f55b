"""Processor time of systems over the same queries, and their ratios.

Responsibility: measure queries and compare two systems.
Decision: every run has its own queries, so that caches have no effect, and a ratio is computed
within a run, so that other load on the machine affects both sides.
Must not depend on: what is searched for.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.bench.queries import BenchQuery

Search = Callable[[BenchQuery], object]


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU time of a system's queries.

    Attributes:
        p50: (runs,) milliseconds at the median.
        p95: (runs,) milliseconds at the 95th percentile.
    """

    p50: NDArray[np.float64]
    p95: NDArray[np.float64]


def measure_cost(search: Search, runs: Sequence[Sequence[BenchQuery]]) -> Cost:
    """Run every query once, after a warm-up query that is not measured."""
    search(runs[0][0])
    each = [
        np.percentile([_measure_query(search, query) for query in run], [50, 95]) for run in runs
    ]
    return Cost(*np.array(each).T)


def compute_ratios(
    ours: NDArray[np.float64], theirs: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Return the median, the minimum and the maximum of ours / theirs over all runs."""
    ratios = ours / theirs
    return float(np.median(ratios)), float(ratios.min()), float(ratios.max())


def _measure_query(search: Search, query: BenchQuery) -> float:
    started = time.process_time()
    search(query)
    return (time.process_time() - started) * 1000
