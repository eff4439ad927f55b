"""Answers have exactly the documented keys, in the documented order, and are read back the same."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from index.search.engine import SearchEngine
from index.types.search import SearchRequest
from tests.index.library import SHELF, Library
from tests.source_tree import ROOT, list_modules
from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from web.api.cursor import read_cursor
from web.api.openapi.document import answer_schemas
from web.api.schema.answer import UnreadableAnswerError, decode, encode
from web.api.schema.articles import Article
from web.api.schema.explanations import Explanation
from web.api.schema.problems import Problem
from web.api.schema.search import Results, Suggestions

ARTICLE = (
    "id version headline source dateline located first_created date_inferred language by url"
    " slugline"
).split()
TEXT = (
    "version_created embargoed pub_status ed_note urgency subjects people places organisations"
    " paragraphs body"
).split()
STORY = "id title size first_created last_created".split()
KEYS = {
    "Article": [*ARTICLE, *TEXT, "versions", "chain", "killed", "story"],
    "ArticleHit": [*ARTICLE, "versions"],
    "ArticleSummary": ARTICLE,
    "ArticleVersion": [*ARTICLE, *TEXT],
    "Bucket": ["start", "count"],
    "Comparison": ["id", "by", "difference", "parts"],
    "Development": ["id", "added", "repeats", "likeness", "shared", "gap_days"],
    "Explanation": "lexical semantic place headline terms passage parts above".split(),
    "FacetCounts": ["total", "facets", "histogram", "generation"],
    "FacetValue": ["value", "count"],
    "LocationCount": ["value", "count", "country", "latitude", "longitude"],
    "NameCount": ["value", "count", "kind"],
    "Facets": ["source", "language", "place", "location", "name"],
    "Group": ["story", "hits"],
    "Health": ["status"],
    "Histogram": ["interval", "buckets", "undated"],
    "Hit": (
        "article permalink headline snippet score matched version_count killed explain"
    ).split(),
    "MatchingStory": [*STORY, "matching"],
    "Notice": ["code", "message", "span"],
    "PassageMatch": ["text", "span", "cosine", "whole"],
    "Problem": ["type", "title", "status", "detail", "span"],
    "Query": ["input", "mode", "sort", "repaired", "did_you_mean", "notices"],
    "Readiness": ["ready", "modes", "generation", "problem"],
    "Related": ["article", "similarity", "same_story"],
    "RelatedList": ["results"],
    "Results": "query total results facets histogram weaker next took_ms generation".split(),
    "RetrieverMatch": ["rank", "score", "unit"],
    "ScorePart": "name unit score low high scaled weight points".split(),
    "Snippet": ["text", "marks"],
    "Status": (
        "version articles versions indexed pending passages vectors stories generation built"
        " index_problem model model_problem modes languages sources first_created last_created"
    ).split(),
    "Stories": ["total", "results", "next", "notices", "generation"],
    "Story": STORY,
    "StoryView": [*STORY, *"articles developments names places sources related".split()],
    "Suggestions": ["query", "suggestions"],
    "TermMatch": ["term", "places", "score"],
    "Totals": ["articles", "lexical", "semantic_only", "stories"],
    "Vectors": ["first_passages", "exact", "recall", "recall_articles"],
    "ChainEntry": "version version_created headline id first_created signal".split(),
    "VersionEntry": ["version", "version_created", "headline"],
    "Versions": ["versions"],
}
"""What clients rely on: a key that is renamed, moved or gone here is a change of the API."""
OPTIONAL = {
    ("Hit", "permalink"),
    ("Hit", "explain"),
    ("ArticleHit", "versions"),
    ("Problem", "span"),
}
DOCUMENTATION = (ROOT / "docs/json-api.md").read_text(encoding="utf-8")
REQUESTS = [
    SearchRequest(),
    SearchRequest(text="ferry", explain=True),
    SearchRequest(text="ferry", explain=True, group="none", mode="semantic"),
    SearchRequest(text="bridge* {0} zeppelin", explain=True, mode="lexical"),
    SearchRequest(text="brigde", limit=1),
    SearchRequest(text="bridge", explain=True),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    library = Library(tmp_path_factory.mktemp("answers")).put(*SHELF)
    library.reindex()
    yield library.engine()
    library.close()


def _json(answer: object) -> Any:
    return json.loads(json.dumps(encode(answer)))


def test_every_answer_has_exactly_its_keys_in_order() -> None:
    schemas: dict[str, Any] = answer_schemas()
    assert {name: list(schema["properties"]) for name, schema in schemas.items()} == KEYS
    optional = {
        (name, key)
        for name, schema in schemas.items()
        for key in schema["properties"]
        if key not in schema["required"]
    }
    assert optional == OPTIONAL


def _blocks() -> list[Any]:
    """The JSON objects in the documentation."""
    return [json.loads(text) for text in re.findall(r"```json\n(.*?)```", DOCUMENTATION, re.DOTALL)]


@pytest.mark.parametrize(
    ("kind", "key"),
    [(Results, "query"), (Explanation, "terms"), (Problem, "detail")],
    ids=["search", "explain", "problem"],
)
def test_a_documented_answer_is_written_byte_for_byte(kind: type, key: str) -> None:
    (example,) = (block for block in _blocks() if key in block)
    assert json.dumps(encode(decode(kind, example))) == json.dumps(example)


def test_documented_keys_are_those_of_an_answer() -> None:
    listed = re.findall(r'\{((?:"\w+", )+"\w+")\}', DOCUMENTATION)
    assert len(listed) > 5
    for keys in listed:
        assert json.loads(f"[{keys}]") in KEYS.values()
    suggestions = re.search(r'`(\{"query".*?\})`', DOCUMENTATION)
    assert suggestions
    assert decode(Suggestions, json.loads(suggestions[1])).suggestions == ("port alder",)


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.text or "all")
def test_results_that_are_read_back_are_written_the_same(
    engine: SearchEngine, request_: SearchRequest
) -> None:
    for backend in (FakeBackend(), engine):
        sent = json.dumps(encode(Results.from_results(backend.search(request_))))
        received = decode(Results, json.loads(sent))
        assert json.dumps(encode(received)) == sent
        again = Results.from_results(received.to_results(request_))
        # Of the cursor only its text is sent.
        assert json.loads(json.dumps(encode(again))) == {**json.loads(sent), "next": None}


def test_a_new_key_is_ignored_and_a_missing_one_is_an_error() -> None:
    request = SearchRequest(text="bridge")
    sent = _json(Results.from_results(FakeBackend().search(request)))
    assert decode(Results, sent | {"colour": "red"}).total.articles == 6
    for name in sent:
        less = {key: value for key, value in sent.items() if key != name}
        with pytest.raises(UnreadableAnswerError, match=f"`{name}`"):
            decode(Results, less)
    for wrong in (None, 3, "x", [1]):
        with pytest.raises(UnreadableAnswerError, match=r"results\[0\]"):
            decode(Results, sent | {"results": [wrong]})


def test_results_say_how_the_query_was_interpreted() -> None:
    results = FakeBackend().search(SearchRequest(text="bridge *", limit=1, explain=True))
    assert _json(Results.from_results(results))["query"] == {
        "input": "bridge *",
        "mode": "hybrid",
        "sort": "relevance",
        "repaired": "bridge ",
        "did_you_mean": None,
        "notices": [{"code": "ignored", "message": "The * was ignored.", "span": [7, 8]}],
    }


def test_a_hit_has_its_matches_and_its_explanation() -> None:
    results = FakeBackend().search(SearchRequest(text="bridge", limit=1, explain=True))
    hit = results.groups[0].hits[0]
    group = _json(Results.from_results(results))["results"][0]
    assert group["story"]["matching"] == 5
    assert group["story"]["first_created"] == "2023-07-10T07:40:00Z"
    first = group["hits"][0]
    assert list(first) == (
        "article headline snippet score matched version_count killed explain".split()
    )
    assert first["headline"] == {
        "text": hit.headline.text,
        "marks": [list(mark) for mark in hit.headline.marks],
    }
    assert first["explain"]["lexical"]["unit"] == "BM25F"
    assert first["explain"]["terms"] == [{"term": "bridge", "places": ["body"], "score": 0.333333}]
    part = first["explain"]["parts"][0]
    assert (part["name"], part["weight"]) == ("lexical", 0.333333)
    assert first["explain"]["above"]["parts"]["lexical"] == part["points"]


def test_an_article_found_by_semantic_search_alone_has_no_lexical_match() -> None:
    results = FakeBackend().search(SearchRequest(text="music", explain=True))
    answer = _json(Results.from_results(results))
    explain = answer["results"][0]["hits"][0]["explain"]
    assert explain["lexical"] is None
    assert explain["semantic"] == {"rank": 1, "score": 0.9, "unit": "cosine"}
    assert answer["total"] == {"articles": 1, "lexical": 0, "semantic_only": 1, "stories": 1}


def test_explanations_and_versions_come_only_if_requested() -> None:
    results = FakeBackend().search(SearchRequest(text="bridge"))
    hit = _json(Results.from_results(results))["results"][0]["hits"][0]
    assert "explain" not in hit
    assert "versions" not in hit["article"]


def test_ungrouped_results_have_no_story() -> None:
    results = FakeBackend().search(SearchRequest(text="bridge", group="none", limit=2))
    answer = _json(Results.from_results(results))
    assert [group["story"] for group in answer["results"]] == [None, None]
    assert read_cursor(answer["next"]) == ("g7", 2)


def test_an_article_lists_its_versions() -> None:
    versions = FakeBackend().versions(newsroom.BRIDGE_FERRY.uri)
    answer = _json(Article.from_version(versions[-1], versions))
    assert answer["paragraphs"] == list(newsroom.BRIDGE_FERRY.paragraphs)
    assert answer["body"] == newsroom.BRIDGE_FERRY.body
    assert answer["versions"] == [
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
    assert answer["story"] is None


def test_answers_can_be_used_without_flask() -> None:
    modules = [path.stem for path in (ROOT / "web/api/schema").glob("[a-z]*.py")]
    program = "".join(f"import web.api.schema.{name}\n" for name in modules)
    program += "import sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "web.api.schema.search" in loaded
    assert {"flask", "werkzeug", "whoosh", "torch"}.isdisjoint(loaded)


def _spelled_out(tree: ast.AST) -> Iterator[tuple[int, frozenset[str]]]:
    """Line and keys of every dictionary whose keys are written in the code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
            yield node.lineno, frozenset(key for key in keys if isinstance(key, str))


def _copies(tree: ast.AST) -> list[tuple[int, str]]:
    """Where code spells out most keys of an answer."""
    return [
        (line, name)
        for line, keys in _spelled_out(tree)
        for name, described in KEYS.items()
        if len(described) > 2
        and len(keys & set(described)) > 2 / 3 * max(len(described), len(keys))
    ]


def test_an_answer_is_described_in_one_place() -> None:
    copies = [
        f"{module.name}:{line}: spells out {name}"
        for module in list_modules("web", "scripts")
        for line, name in _copies(module.tree)
    ]
    assert copies == []
    assert _copies(ast.parse('{"value": 1, "rank": 1, "score": 2.0, "unit": ""}')) != []
