"""Metrics for Prometheus, and the log of requests."""

import json
import logging
from typing import Any

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from scripts.server.logs import configure_logs
from tests.web.fake_backend import FakeBackend
from web.app import create_app
from web.settings import Settings

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture
def watched(backend: FakeBackend) -> FlaskClient:
    return create_app(backend, Settings(metrics=True, json_logs=True)).test_client()


def _scraped(client: FlaskClient) -> Samples:
    answer = client.get("/metrics")
    assert answer.mimetype == "text/plain"
    families = text_string_to_metric_families(answer.text)
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def test_metrics_count_requests_by_route_and_status(watched: FlaskClient) -> None:
    for address in ("/search?q=a", "/search?q=b", "/search?page=x", "/nowhere", "/else"):
        watched.get(address, buffered=True)
    counted = {
        labels: value
        for (name, labels), value in _scraped(watched).items()
        if name == "dateline_requests_total"
    }
    assert counted == {
        (("route", "pages.search"), ("status", "200")): 2,
        (("route", "pages.search"), ("status", "400")): 1,
        (("route", "none"), ("status", "404")): 2,
    }


def test_metrics_time_requests_to_the_end_of_the_response(watched: FlaskClient) -> None:
    watched.get("/search.csv", buffered=True)
    scraped = _scraped(watched)
    labels = (("route", "downloads.search"),)
    assert scraped["dateline_request_seconds_count", labels] == 1
    assert scraped["dateline_request_seconds_sum", labels] > 0


def test_metrics_have_the_size_of_the_archive(backend: FakeBackend, watched: FlaskClient) -> None:
    scraped = _scraped(watched)
    assert scraped["dateline_articles", ()] == 17
    assert scraped["dateline_articles_pending", ()] == 2
    assert scraped["dateline_meaning", ()] == 1
    assert scraped["dateline_generation_built_timestamp_seconds", ()] == 1689724800
    backend.generation, backend.modes = None, ()
    scraped = _scraped(watched)
    assert scraped["dateline_articles_indexed", ()] == 0
    assert scraped["dateline_meaning", ()] == 0


def test_two_applications_count_separately(backend: FakeBackend, watched: FlaskClient) -> None:
    other = create_app(backend, Settings(metrics=True)).test_client()
    other.get("/search")
    assert not [name for name, _ in _scraped(watched) if name == "dateline_requests_total"]


def test_metrics_are_off_by_default(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_a_request_is_one_json_line_without_the_query(
    watched: FlaskClient, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    configure_logs(Settings(json_logs=True))
    watched.get("/search?q=secret", headers={"User-Agent": "someone"}, buffered=True)
    watched.get("/nowhere", buffered=True)
    lines: list[Any] = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["message"] for line in lines] == ["GET /search 200", "GET /nowhere 404"]
    assert set(lines[0]) == {
        *("time", "level", "logger", "message"),
        *("method", "path", "status", "route", "ms"),
    }
    assert (lines[0]["status"], lines[0]["route"]) == (200, "pages.search")
    assert "secret" not in str(lines)
    assert "someone" not in str(lines)


def test_requests_are_not_logged_by_default(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        client.get("/search?q=secret")
    assert caplog.records == []
