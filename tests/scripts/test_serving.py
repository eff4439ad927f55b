"""`dateline serve` as a process: what it opens, in what order, how it ends, what it does again."""

import json
import shutil
import time
from pathlib import Path

import pytest

from tests.scripts.commands import NO_MODEL, SAMPLE, Serving

FERRY = SAMPLE / "2031-03-04-hly-ferry-aground.txt"


@pytest.fixture
def home(tmp_path: Path, sample_home: Path) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path / "home"))


def test_the_first_start_fills_an_empty_archive_and_opens_by_words(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Serving(cwd=tmp_path, DATELINE_HOME=home, DATELINE_MODEL=NO_MODEL) as serving:
        assert serving.announcement.startswith("Dateline is at http://127.0.0.1:")
        assert serving.get("/healthz") == (200, '{"status":"ok"}\n')
        status, ready = serving.get("/readyz")
        assert status == 200
        assert json.loads(ready)["modes"] == ["lexical"]
        status, page = serving.get("/search?q=skerrow+ferry")
        assert status == 200
        assert "<mark>ferry</mark>" in page.lower()
        _, answer = serving.get("/api/v1/search?q=skerrow+ferry")
        assert json.loads(answer)["total"]["articles"] > 2
        code, said = serving.stop()
    assert code == 0, said
    assert "taking in the sample articles" in said
    assert "160 added, 5 updated" in said
    assert "search by meaning joins" in said
    assert "Traceback" not in said


def test_a_second_start_indexes_nothing(home: Path) -> None:
    before = sorted(path.relative_to(home) for path in home.rglob("*"))
    with Serving(cwd=home, DATELINE_HOME=home, DATELINE_MODEL=NO_MODEL) as serving:
        _, answer = serving.get("/api/v1/search?q=ferry")
        generation = json.loads(answer)["generation"]
        code, said = serving.stop()
    assert (code, said) == (0, "")
    assert (home / "generations/CURRENT").read_text().strip() == generation
    left = sorted(path.relative_to(home) for path in home.rglob("*"))
    # SQLite leaves its -wal and -shm where the last to close had only read.
    new = [path for path in left if path not in before and not path.name.startswith("archive.sq")]
    assert [path for path in new if path.suffix != ""] == []


def test_new_articles_join_while_the_old_index_answers(home: Path, tmp_path: Path) -> None:
    late = tmp_path / "late.txt"
    late.write_text("Zeppelin lands on lake\n\nGENEVA, April 20 (Halyard) - It floated.\n")
    options = {"cwd": tmp_path, "DATELINE_HOME": home, "DATELINE_MODEL": NO_MODEL}
    with Serving(late, "--date", "2031-04-20", **options) as serving:  # type: ignore[arg-type]
        deadline = time.monotonic() + 120
        while '"articles":0' in serving.get("/api/v1/search?q=zeppelin")[1].replace(" ", ""):
            assert serving.get("/api/v1/search?q=ferry")[0] == 200
            assert time.monotonic() < deadline, "the new article was never indexed"
            time.sleep(0.2)
        _, answer = serving.get("/api/v1/search?q=zeppelin")
        code, said = serving.stop()
    article = json.loads(answer)["results"][0]["hits"][0]["article"]
    assert (article["located"], article["first_created"]) == ("Geneva", "2031-04-20T00:00:00Z")
    assert code == 0, said
    assert "1 added" in said


def test_a_damaged_index_is_built_again_before_it_serves(home: Path) -> None:
    generations = home / "generations"
    live = generations / (generations / "CURRENT").read_text().strip()
    (live / "columns/names.json").write_text("{}")
    with Serving(cwd=home, DATELINE_HOME=home, DATELINE_MODEL=NO_MODEL) as serving:
        assert serving.get("/api/v1/search?q=ferry")[0] == 200
        code, said = serving.stop()
    assert code == 0
    assert "checksums differ" in said
    assert "Building it again." in said


def test_a_host_name_with_several_addresses_is_served(home: Path) -> None:
    settings = {"DATELINE_HOME": home, "DATELINE_MODEL": NO_MODEL}
    with Serving("--host", "localhost", cwd=home, **settings) as serving:
        assert serving.get("/healthz")[0] == 200
        assert serving.stop()[0] == 0


def test_the_address_is_json_for_programs(home: Path) -> None:
    settings = {"DATELINE_HOME": home, "DATELINE_MODEL": NO_MODEL}
    with Serving("--json", cwd=home, **settings) as serving:
        assert serving.announcement.startswith('{\n  "address": "http://127.0.0.1:')
        assert serving.get("/healthz")[0] == 200
        assert serving.stop()[0] == 0
