"""`/metrics` for Prometheus: what is served, how quickly, and what the archive holds.

Decision: routes and statuses are the only labels, so that no reader can make new ones; what the
archive holds is asked when it is scraped.
Must not know how requests are timed.
"""

import os
from collections.abc import Iterator

from flask import Flask, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from index.ports import SearchBackend
from index.types.status import Status
from web.http.access_log import Served, Watcher

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds. A search takes 26 to 34 ms, an export of 20,000 articles two seconds
(docs/measurements/serving.md)."""


class _Held(Collector):
    """What the archive holds, as gauges."""

    def __init__(self, backend: SearchBackend) -> None:
        self._backend = backend

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read the status once for a scrape."""
        now = self._backend.status()
        for name, help_text, value in _gauges(now):
            yield GaugeMetricFamily(f"dateline_{name}", help_text, value=value)


def install(app: Flask, backend: SearchBackend) -> Watcher:
    """Answer `/metrics`; what is returned counts and times what is served."""
    registry = CollectorRegistry()
    served = Counter(
        "dateline_requests", "Answers, by route and status.", ["route", "status"], registry=registry
    )
    seconds = Histogram(
        "dateline_request_seconds",
        "Seconds from a request to the end of its answer.",
        ["route"],
        buckets=BUCKETS,
        registry=registry,
    )

    @app.get("/metrics", endpoint="metrics")
    def metrics() -> Response:
        text = generate_latest(_all_processes(registry, backend))
        return Response(text, content_type=CONTENT_TYPE_LATEST)

    def watch(answer: Served) -> None:
        served.labels(answer.route, str(answer.status)).inc()
        seconds.labels(answer.route).observe(answer.seconds)

    return watch


def _all_processes(own: CollectorRegistry, backend: SearchBackend) -> Collector:
    """What this process counted, or all of them where they share a folder (gunicorn)."""
    registry = CollectorRegistry()
    registry.register(_Held(backend))
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(own)
    return registry


def _gauges(now: Status) -> Iterator[tuple[str, str, float]]:
    yield "articles", "Articles in the archive.", now.articles
    yield "articles_indexed", "Articles in the live generation.", now.indexed
    yield "articles_pending", "Articles that wait for a reindex.", now.pending
    yield "passages", "Passages with a vector.", now.passages
    yield "stories", "Stories in the live generation.", now.stories
    yield "meaning", "1 where meaning can be searched.", float("semantic" in now.modes)
    built = now.built.timestamp() if now.built else 0
    yield "generation_built_timestamp_seconds", "When the live generation was built.", built
