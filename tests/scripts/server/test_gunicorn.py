"""Dateline under gunicorn with two workers: responses, summed metrics, reindex and shutdown."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from scripts.errors import WITHOUT_SEMANTIC_SEARCH
from tests.scripts.commands import NO_MODEL, create_environment, run_installed

_LISTENING = re.compile(r"Listening at: (http://127\.0\.0\.1:\d+)")
_BOOTED = "Booting worker with pid"
TIMEOUT_SECONDS = 60.0


@dataclass
class Server:
    """A gunicorn process over a copy of the sample archive."""

    process: "subprocess.Popen[str]"
    home: Path
    log: Path
    address: str = ""

    def get(self, path: str, **headers: str) -> str:
        """Return the text of one response."""
        request = urllib.request.Request(self.address + path, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            text: str = answer.read().decode()
            return text

    def wait_for(self, condition: Callable[[], object]) -> None:
        """Wait until a condition is true; fail with the log if the server exits before."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while not condition():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)


@pytest.fixture
def server(sample_home: Path, tmp_path: Path) -> Iterator[Server]:
    home, log = tmp_path / "home", tmp_path / "log"
    shutil.copytree(sample_home, home)
    (tmp_path / "metrics").mkdir()
    (home / "dateline.toml").write_text('log = "json"\nmetrics = true\nthreads = 2\n')
    settings = create_environment(
        DATELINE_HOME=home,
        DATELINE_MODEL=NO_MODEL,
        DATELINE_PORT=0,
        DATELINE_PROXIES=1,
        PROMETHEUS_MULTIPROC_DIR=tmp_path / "metrics",
    )
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--workers=2",
        "-c",
        "python:scripts.server.gunicorn_conf",
    ]
    with log.open("w") as written:
        process = subprocess.Popen(command, cwd=tmp_path, env=settings, stderr=written, text=True)
    running = Server(process, home, log)
    try:
        running.wait_for(lambda: _LISTENING.search(log.read_text()))
        match = _LISTENING.search(log.read_text())
        assert match
        running.address = match[1]
        yield running
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def test_gunicorn_serves_and_shuts_down(server: Server) -> None:
    for _ in range(8):
        answer = json.loads(server.get("/api/v1/search?q=ferry"))
        assert answer["total"]["articles"] > 2
    page = server.get("/search?q=ferry", **{"X-Forwarded-Prefix": "/archive"})
    assert 'action="/archive/search"' in page
    scraped = server.get("/metrics")
    assert 'dateline_requests_total{route="api.search",status="200"} 8.0' in scraped
    assert "dateline_articles_indexed 160.0" in scraped
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=30) == 0
    log = server.log.read_text()
    assert log.count('"message": "GET /api/v1/search 200"') == 8
    assert "Traceback" not in log
    lines = [json.loads(line) for line in log.splitlines()]
    assert all({"time", "level", "logger", "message"} <= set(line) for line in lines)
    assert {line["logger"] for line in lines} == {"gunicorn.error", "dateline.access"}
    assert "ferry" not in log
    assert all(datetime.fromisoformat(line["time"]).tzinfo for line in lines)


def test_every_worker_uses_a_new_generation_without_a_restart(
    server: Server, tmp_path: Path
) -> None:
    late = tmp_path / "late.txt"
    late.write_text("Zeppelin lands on lake\n\nGENEVA, April 20 (Halyard) - It floated.\n")
    assert json.loads(server.get("/api/v1/search?q=zeppelin"))["total"]["articles"] == 0
    for command in (["ingest", late, "--date", "2031-04-20"], ["reindex"]):
        result = run_installed(
            "--home", server.home, *command, cwd=tmp_path, DATELINE_MODEL=NO_MODEL
        )
        assert result.returncode in {0, WITHOUT_SEMANTIC_SEARCH}, result.stderr
        assert server.get("/healthz")
    for _ in range(12):
        assert json.loads(server.get("/api/v1/search?q=zeppelin"))["total"]["articles"] == 1
    assert server.log.read_text().count(_BOOTED) == 2


def test_workers_are_replaced_while_it_serves(server: Server) -> None:
    server.wait_for(lambda: server.log.read_text().count(_BOOTED) == 2)
    server.process.send_signal(signal.SIGHUP)

    def replaced() -> bool:
        assert json.loads(server.get("/api/v1/search?q=ferry"))["total"]["articles"] > 2
        return server.log.read_text().count(_BOOTED) == 4

    server.wait_for(replaced)
