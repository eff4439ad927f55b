"""Metrics for Prometheus.

Responsibility: serve `/metrics`: requests, their duration, and the archive's size.
Decision: routes and statuses are the only labels, so that no client can create new ones; the
archive's status is read at each scrape.
Must not depend on: how requests are timed.
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

from archive.errors import UnavailableError
from index.ports import SearchBackend
from index.types.status import Status
from web.http.access_log import RequestListener, RequestRecord

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds. A search takes 26 to 34 ms, an export of 20,000 articles two seconds
(docs/measurements/serving.md)."""


class _ArchiveCollector(Collector):
    """The size of the archive and its index, as gauges."""

    def __init__(self, backend: SearchBackend) -> None:
        self._backend = backend

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One gauge per figure, all from one status; only one while there is no status."""
        try:
            status = self._backend.status()
        except UnavailableError:
            status = None
        ready = float(status is not None and status.generation is not None)
        yield GaugeMetricFamily("dateline_ready", "1 if there is something to search.", value=ready)
        if status is None:
            return
        for name, help_text, value in _gauges(status):
            yield GaugeMetricFamily(f"dateline_{name}", help_text, value=value)


def install(app: Flask, backend: SearchBackend) -> RequestListener:
    """Serve `/metrics`; the listener returned counts and times the requests."""
    registry = CollectorRegistry()
    requests = Counter(
        "dateline_requests",
        "HTTP responses by route and status.",
        ["route", "status"],
        registry=registry,
    )
    seconds = Histogram(
        "dateline_request_seconds",
        "Seconds from a request to the end of its response.",
        ["route"],
        buckets=BUCKETS,
        registry=registry,
    )

    @app.get("/metrics", endpoint="metrics")
    def metrics() -> Response:
        text = generate_latest(_combine(registry, backend))
        return Response(text, content_type=CONTENT_TYPE_LATEST)

    def observe(record: RequestRecord) -> None:
        requests.labels(record.route, str(record.status)).inc()
        seconds.labels(record.route).observe(record.seconds)

    return observe


def _combine(own: CollectorRegistry, backend: SearchBackend) -> Collector:
    """The archive and the requests of this process.

    If several processes share a folder, as under gunicorn, the requests are those of all of them.
    """
    registry = CollectorRegistry()
    registry.register(_ArchiveCollector(backend))
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(own)
    return registry


def _gauges(status: Status) -> Iterator[tuple[str, str, float]]:
    yield "articles", "Articles in the archive.", status.articles
    yield "articles_indexed", "Articles in the live generation.", status.indexed
    yield "articles_pending", "Articles not indexed yet.", status.pending
    yield "passages", "Passages with a vector.", status.passages
    yield "stories", "Stories in the live generation.", status.stories
    yield "meaning", "1 if semantic search is available, else 0.", float("semantic" in status.modes)
    built = status.built.timestamp() if status.built else 0
    yield "generation_built_timestamp_seconds", "When the live generation was built.", built
