"""Dateline under gunicorn, with two processes: it answers, adds up its metrics and ends well."""

import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts.commands import NO_MODEL, environment

_LISTENING = re.compile(r"Listening at: (http://127\.0\.0\.1:\d+)")


def _get(address: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        text: str = answer.read().decode()
        return text


@pytest.fixture
def server(
    sample_home: Path, tmp_path: Path
) -> Iterator[tuple[str, "subprocess.Popen[str]", Path]]:
    (tmp_path / "metrics").mkdir()
    settings = environment(
        DATELINE_HOME=sample_home,
        DATELINE_MODEL=NO_MODEL,
        DATELINE_METRICS=1,
        DATELINE_PROXIES=1,
        DATELINE_LOG="json",
        PROMETHEUS_MULTIPROC_DIR=tmp_path / "metrics",
    )
    log = tmp_path / "log"
    command = [sys.executable, "-m", "gunicorn", "--workers=2", "--threads=2"]
    with log.open("w") as written:
        process = subprocess.Popen(
            [*command, "--bind=127.0.0.1:0", "scripts.wsgi:application()"],
            cwd=tmp_path,
            env=settings,
            stderr=written,
            text=True,
        )
    try:
        deadline = time.monotonic() + 60
        while not (found := _LISTENING.search(log.read_text())):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield found[1], process, log
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def test_gunicorn_serves_and_ends_well(
    server: tuple[str, "subprocess.Popen[str]", Path],
) -> None:
    address, process, log = server
    for _ in range(8):
        answer = json.loads(_get(address + "/api/v1/search?q=ferry"))
        assert answer["total"]["articles"] > 2
    page = _get(address + "/search?q=ferry", **{"X-Forwarded-Prefix": "/archive"})
    assert 'action="/archive/search"' in page
    scraped = _get(address + "/metrics")
    assert 'dateline_requests_total{route="api.search",status="200"} 8.0' in scraped
    assert "dateline_articles_indexed 160.0" in scraped
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    said = log.read_text()
    assert said.count('"message": "GET /api/v1/search 200"') == 8
    assert "Traceback" not in said
