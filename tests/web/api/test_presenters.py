import ast
import json
from pathlib import Path

from index.types.search import SearchRequest
from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from web.api import presenters
from web.api.cursor import read_cursor


def test_results_have_exactly_the_documented_shape() -> None:
    results = FakeBackend().search(SearchRequest(text="bridge *", limit=1, explain=True))
    told = presenters.results_json(results)
    shape = ["query", "total", "results", "facets", "histogram", "weaker", "next", "took_ms"]
    assert list(told) == [*shape, "generation"]
    assert told["query"] == {
        "input": "bridge *",
        "mode": "hybrid",
        "sort": "relevance",
        "repaired": "bridge ",
        "did_you_mean": None,
        "notices": [{"code": "ignored", "message": "The * was ignored.", "span": [7, 8]}],
    }
    assert json.loads(json.dumps(told)) == told


def test_a_hit_says_where_it_matches_and_why() -> None:
    results = FakeBackend().search(SearchRequest(text="bridge", limit=1, explain=True))
    hit = results.groups[0].hits[0]
    told = json.loads(json.dumps(presenters.results_json(results)))["results"][0]
    assert told["story"]["matching"] == 5
    assert told["story"]["first_created"] == "2023-07-10T07:40:00Z"
    first = told["hits"][0]
    assert list(first) == ["article", "headline", "snippet", "score", "explain"]
    assert first["headline"] == {
        "text": hit.headline.text,
        "marks": [list(mark) for mark in hit.headline.marks],
    }
    assert first["explain"]["lexical"]["unit"] == "BM25F"


def test_an_article_found_by_meaning_alone_has_no_lexical_match() -> None:
    results = FakeBackend().search(SearchRequest(text="music", explain=True))
    told = json.loads(json.dumps(presenters.results_json(results)))
    assert told["results"][0]["hits"][0]["explain"] == {
        "lexical": None,
        "semantic": {"rank": 1, "score": 0.9, "unit": "cosine"},
    }
    assert told["total"] == {"articles": 1, "lexical": 0, "semantic_only": 1, "stories": 1}


def test_explanations_come_only_when_asked_for() -> None:
    results = FakeBackend().search(SearchRequest(text="bridge"))
    told = json.loads(json.dumps(presenters.results_json(results)))
    assert "explain" not in told["results"][0]["hits"][0]


def test_ungrouped_results_have_no_story() -> None:
    results = FakeBackend().search(SearchRequest(text="bridge", group="none", limit=2))
    told = json.loads(json.dumps(presenters.results_json(results)))
    assert [group["story"] for group in told["results"]] == [None, None]
    assert read_cursor(told["next"]) == ("g7", 2)


def test_a_whole_article_lists_its_versions() -> None:
    versions = FakeBackend().versions(newsroom.BRIDGE_FERRY.uri)
    told = presenters.article_json(versions[-1], versions)
    assert told["paragraphs"] == list(newsroom.BRIDGE_FERRY.paragraphs)
    assert told["body"] == newsroom.BRIDGE_FERRY.body
    assert told["versions"] == [
        {
            "version": 1,
            "version_created": "2023-07-12T09:15:00Z",
            "headline": newsroom.BRIDGE_FERRY_FIRST.headline,
        },
        {
            "version": 2,
            "version_created": "2023-07-12T14:05:00Z",
            "headline": newsroom.BRIDGE_FERRY.headline,
        },
    ]
    assert told["story"] is None
    assert "raw" not in told


def test_presenters_can_be_used_without_flask() -> None:
    source = Path(presenters.__file__).read_text(encoding="utf-8")
    imported = {
        node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)
    }
    assert imported <= {
        "collections.abc",
        "datetime",
        "importlib.metadata",
        "archive.article",
        "index.types.search",
        "index.types.status",
        "web.api.cursor",
        "web.explanations",
    }
