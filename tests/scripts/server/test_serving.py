"""`dateline serve` as a process: starts, new articles, a damaged index and shutdown."""

import json
import shutil
import time
from pathlib import Path

import pytest

from tests.scripts.commands import NO_MODEL, SAMPLE, ServeProcess

FERRY = SAMPLE / "2031-03-04-hly-ferry-aground.txt"


@pytest.fixture
def home(tmp_path: Path, sample_home: Path) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path / "home"))


def test_the_first_start_ingests_the_sample_and_serves_keyword_search(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with ServeProcess(cwd=tmp_path, DATELINE_HOME=home, DATELINE_MODEL=NO_MODEL) as serving:
        assert serving.announcement.startswith("Dateline is running at http://127.0.0.1:")
        assert serving.get("/healthz") == (200, '{"status":"ok"}\n')
        status, ready = serving.get("/readyz")
        assert status == 200
        assert json.loads(ready)["modes"] == ["lexical"]
        status, page = serving.get("/search?q=skerrow+ferry")
        assert status == 200
        assert "<mark>ferry</mark>" in page.lower()
        _, answer = serving.get("/api/v1/search?q=skerrow+ferry")
        assert json.loads(answer)["total"]["articles"] > 2
        code, errors = serving.stop()
    assert code == 0, errors
    assert "ingesting the sample articles" in errors
    assert "160 added, 5 updated" in errors
    assert "Semantic search will follow" in errors
    assert "Traceback" not in errors


def test_a_second_start_indexes_nothing(home: Path) -> None:
    before = sorted(path.relative_to(home) for path in home.rglob("*"))
    with ServeProcess(cwd=home, DATELINE_HOME=home, DATELINE_MODEL=NO_MODEL) as serving:
        _, answer = serving.get("/api/v1/search?q=ferry")
        generation = json.loads(answer)["generation"]
        code, errors = serving.stop()
    assert (code, errors) == (0, "")
    assert (home / "generations/CURRENT").read_text().strip() == generation
    after = sorted(path.relative_to(home) for path in home.rglob("*"))
    # SQLite leaves -wal and -shm files if the last connection to close was a reader.
    new = [path for path in after if path not in before and not path.name.startswith("archive.sq")]
    assert [path for path in new if path.suffix != ""] == []


def test_new_articles_are_indexed_while_the_server_runs(home: Path, tmp_path: Path) -> None:
    late = tmp_path / "late.txt"
    late.write_text("Zeppelin lands on lake\n\nGENEVA, April 20 (Halyard) - It floated.\n")
    options = {"cwd": tmp_path, "DATELINE_HOME": home, "DATELINE_MODEL": NO_MODEL}
    with ServeProcess(late, "--date", "2031-04-20", **options) as serving:  # type: ignore[arg-type]
        deadline = time.monotonic() + 120
        while '"articles":0' in serving.get("/api/v1/search?q=zeppelin")[1].replace(" ", ""):
            assert serving.get("/api/v1/search?q=ferry")[0] == 200
            assert time.monotonic() < deadline, "the new article was never indexed"
            time.sleep(0.2)
        _, answer = serving.get("/api/v1/search?q=zeppelin")
        code, errors = serving.stop()
    article = json.loads(answer)["results"][0]["hits"][0]["article"]
    assert (article["located"], article["first_created"]) == ("Geneva", "2031-04-20T00:00:00Z")
    assert code == 0, errors
    assert "1 added" in errors


def test_a_damaged_index_is_rebuilt_before_serving(home: Path) -> None:
    generations = home / "generations"
    live = generations / (generations / "CURRENT").read_text().strip()
    (live / "columns/names.json").write_text("{}")
    with ServeProcess(cwd=home, DATELINE_HOME=home, DATELINE_MODEL=NO_MODEL) as serving:
        assert serving.get("/api/v1/search?q=ferry")[0] == 200
        code, errors = serving.stop()
    assert code == 0
    assert "Building the index: the index is damaged: columns/names.json" in errors


def test_a_host_name_with_several_addresses(home: Path) -> None:
    settings = {"DATELINE_HOME": home, "DATELINE_MODEL": NO_MODEL}
    with ServeProcess("--host", "localhost", cwd=home, **settings) as serving:
        assert serving.get("/healthz")[0] == 200
        assert serving.stop()[0] == 0


def test_the_address_is_printed_as_json(home: Path) -> None:
    settings = {"DATELINE_HOME": home, "DATELINE_MODEL": NO_MODEL}
    with ServeProcess("--json", cwd=home, **settings) as serving:
        assert serving.announcement.startswith('{\n  "address": "http://127.0.0.1:')
        assert serving.get("/healthz")[0] == 200
        assert serving.stop()[0] == 0
