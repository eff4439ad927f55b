"""Ingest, reindex and search with the default model, as the installed command."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.scripts.commands import Dateline, run_installed
from tests.source_tree import ROOT

SEED = ROOT.parent / "shared/seeds/efe-2023-07-15-wagner-belarus.txt"
WORDS = "Wagner mercenaries train Belarusian soldiers"
MEANING = "hired fighters coach a neighbouring country's infantry"
needs_seed = pytest.mark.skipif(not SEED.exists(), reason=f"{SEED} is not on this machine")


def _json(home: Path, *arguments: object) -> Any:
    result = run_installed("--home", home, *arguments, "--json", cwd=home.parent)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def _hits(answer: Any) -> list[Any]:
    return [hit for group in answer["results"] for hit in group["hits"]]


@pytest.mark.model
def test_the_sample_is_found_by_keyword_and_by_meaning(meaning_home: Path) -> None:
    status = _json(meaning_home, "status")
    assert status["modes"] == ["hybrid", "lexical", "semantic"]
    assert (status["articles"], status["indexed"]) == (160, 160)
    assert (status["model"], status["model_problem"]) == ("all-MiniLM-L6-v2", "")
    assert status["passages"] > 300

    query = "workers trapped underground are saved"
    for mode in ("semantic", "hybrid"):
        answer = _json(meaning_home, "search", query, "--mode", mode, "--explain")
        first = _hits(answer)[0]
        expected = {"input": query, "mode": mode, "sort": "relevance", "repaired": None}
        assert expected.items() <= answer["query"].items()
        assert answer["query"]["did_you_mean"] is None
        assert "miners" in first["article"]["headline"]
        assert first["explain"]["semantic"]["unit"] == "cosine"
    lexical = _json(meaning_home, "search", "ferry", "--mode", "lexical")
    assert lexical["total"]["semantic_only"] == 0


@pytest.mark.model
def test_a_second_reindex_embeds_nothing(meaning_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(meaning_home, tmp_path / "home"))
    assert _json(home, "reindex")["reason"] == ""
    forced = _json(home, "reindex", "--force")
    assert (forced["embedded"], forced["articles"]) == (0, 160)
    assert forced["passages"] == _json(meaning_home, "status")["passages"]


@pytest.mark.model
def test_the_exported_model_has_the_modes_of_the_umask(meaning_home: Path) -> None:
    umask = os.umask(0o022)
    os.umask(umask)
    for path in (meaning_home / "models").rglob("*"):
        expected = (0o777 if path.is_dir() else 0o666) & ~umask
        assert path.stat().st_mode & 0o777 == expected, path


@needs_seed
@pytest.mark.shared
def test_the_seed_article_is_found_by_keyword(sample: Dateline) -> None:
    assert sample.json("ingest", SEED)["added"] == 1
    sample.json("reindex")
    answer = sample.json("search", WORDS)
    first = _hits(answer)[0]
    _assert_is_seed(first["article"])
    marked = [first["snippet"]["text"][a:b] for a, b in first["snippet"]["marks"]]
    assert {"Wagner", "training", "Belarusian", "soldiers"} <= set(marked)
    shown = sample.json("show", first["article"]["id"])
    assert shown["body"].startswith("Belarus’ defense ministry has unveiled a plan")
    assert shown["body"].endswith("defending Belarus in the event of an attack.")
    assert "Related Articles" not in shown["body"]
    assert "Back to top" not in shown["body"]
    raw = sample.run("show", first["article"]["id"], "--raw").stdout
    assert raw.strip() == SEED.read_text(encoding="utf-8").strip()


@needs_seed
@pytest.mark.shared
@pytest.mark.model
def test_the_seed_article_is_found_by_meaning(meaning_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(meaning_home, tmp_path / "home"))
    _json(home, "ingest", SEED)
    assert 0 < _json(home, "reindex")["embedded"] < 20
    for query in (WORDS, MEANING):
        _assert_is_seed(_hits(_json(home, "search", query))[0]["article"])
    by_meaning = _json(home, "search", MEANING, "--mode", "semantic")
    _assert_is_seed(_hits(by_meaning)[0]["article"])
    filtered = _json(home, "search", WORDS, "--to", "2023-07-14")
    assert _hits(filtered) == []


def _assert_is_seed(article: Any) -> None:
    assert article["headline"] == (
        "Russia’s Wagner Group joins forces with Belarus in military alliance"
    )
    assert (article["located"], article["source"]) == ("Moscow", "EFE")
    assert article["first_created"] == "2023-07-15T00:00:00Z"
    assert article["dateline"] == "Moscow, July 15 (EFE).-"
