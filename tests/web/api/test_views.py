from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.ports import IndexUnavailableError
from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from web.api.cursor import write_cursor
from web.app import create_app
from web.http.urls import quote_id


def _json(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    return response.get_json()


def _problem(client: FlaskClient, address: str, status: int) -> Any:
    response = client.get(address)
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    body = response.get_json()
    assert set(body) - {"span"} == {"type", "title", "status", "detail"}
    assert body["status"] == status
    assert body["type"].startswith("urn:dateline:problem:")
    return body


def test_search_accepts_every_parameter(client: FlaskClient, backend: FakeBackend) -> None:
    _json(
        client,
        "/api/v1/search?q=bridge&mode=semantic&from=2023-07-01&to=2023-07-31&source=Northern+Wire"
        "&source=Harbour+Times&lang=en&lang=es&place=Port+Alder&place=Kolm&group=none&page_size=5&explain=1",
    )
    request = backend.requests[-1]
    assert (request.text, request.mode, request.group) == ("bridge", "semantic", "none")
    assert (request.date_from, request.date_to) == (date(2023, 7, 1), date(2023, 7, 31))
    assert request.sources == ("Northern Wire", "Harbour Times")
    assert request.languages == ("en", "es")
    assert request.places == ("Port Alder", "Kolm")
    assert (request.limit, request.offset, request.explain) == (5, 0, True)


def test_search_without_a_query_returns_the_newest(client: FlaskClient) -> None:
    body = _json(client, "/api/v1/search?page_size=1")
    assert body["results"][0]["hits"][0]["article"]["id"] == newsroom.BRIDGE_VOTE.uri
    assert body["facets"]["source"][0] == {"value": "Northern Wire", "count": 4}


def test_every_hit_has_its_permalink(client: FlaskClient) -> None:
    for query in ("q=bridge", "group=none"):
        for group in _json(client, f"/api/v1/search?{query}")["results"]:
            for hit in group["hits"]:
                page = client.get(hit["permalink"])
                assert hit["permalink"].startswith("http://localhost/article/")
                assert (page.status_code, hit["article"]["headline"] in page.text) == (200, True)


@pytest.mark.parametrize("route", ["search", "facets"])
def test_a_facet_that_is_not_requested_is_null(client: FlaskClient, route: str) -> None:
    whole = _json(client, f"/api/v1/{route}?q=bridge")["facets"]
    assert all(whole.values())
    some = _json(client, f"/api/v1/{route}?q=bridge&facets=place&facets=source")["facets"]
    left_out = {"language": None, "location": None, "name": None}
    assert some == {"source": whole["source"], "place": whole["place"], **left_out}
    none = _json(client, f"/api/v1/{route}?q=bridge&facets=none")["facets"]
    assert none == dict.fromkeys(whole)
    empty = _json(client, f"/api/v1/{route}?q=zeppelin&facets=place")["facets"]
    assert empty == {"source": None, "place": [], **left_out}


def test_versions_are_listed_only_if_requested(client: FlaskClient) -> None:
    def hits(address: str) -> dict[str, Any]:
        body = _json(client, f"/api/v1/search?q=ferries&group=none{address}")
        found = [group["hits"][0]["article"] for group in body["results"]]
        return {article["id"]: article for article in found}

    plain, listed = hits(""), hits("&versions=list")
    for uri, article in listed.items():
        whole = _json(client, "/api/v1/articles/" + quote_id(uri))
        assert article == plain[uri] | {"versions": whole["versions"]}
    assert len(listed[newsroom.BRIDGE_FERRY.uri]["versions"]) == 2
    assert hits("&versions=newest") == plain


def test_cursors_return_every_result_once(client: FlaskClient) -> None:
    seen: list[str] = []
    address = "/api/v1/search?page_size=4"
    body = _json(client, address)
    while True:
        seen += [group["story"]["id"] for group in body["results"]]
        if body["next"] is None:
            break
        body = _json(client, f"{address}&cursor={body['next']}")
    assert sorted(seen) == sorted(newsroom.STORIES)


def test_a_cursor_of_another_generation_has_expired(client: FlaskClient) -> None:
    body = _problem(client, f"/api/v1/search?cursor={write_cursor('g6', 10)}", 410)
    assert body["type"] == "urn:dateline:problem:expired-cursor"
    assert "search again" in body["detail"]


@pytest.mark.parametrize(
    "parameters",
    [
        "colour=red",
        "q=a&q=b",
        "mode=magic",
        "mode=",
        "from=2023-02-30",
        "from=",
        "to=2023-W01-1",
        "from=2023-07-02&to=2023-07-01",
        "group=day",
        "versions=all",
        "versions=list&versions=list",
        "facets=colour",
        "facets=",
        "facets=source,place",
        "facets=none&facets=place",
        "page_size=0",
        "page_size=101",
        "page_size=ten",
        "page_size=-1",
        "explain=yes",
        "cursor=garbage",
        "cursor=",
    ],
)
def test_invalid_parameters_are_rejected(
    client: FlaskClient, backend: FakeBackend, parameters: str
) -> None:
    body = _problem(client, f"/api/v1/search?{parameters}", 400)
    assert body["type"] == "urn:dateline:problem:bad-parameter"
    assert backend.requests == []


def test_the_error_of_a_long_query_has_the_span_beyond_the_limit(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=" + "x" * 2_000).status_code == 200
    assert _problem(client, "/api/v1/search?q=" + "x" * 2_005, 400)["span"] == [2_000, 2_005]


def test_the_error_of_an_invalid_query_has_its_span(client: FlaskClient) -> None:
    body = _problem(client, "/api/v1/search?q=bridge+date:2023-02-30", 400)
    assert body["type"] == "urn:dateline:problem:invalid-query"
    assert body["span"] == [12, 22]


def test_results_say_how_the_query_was_interpreted(client: FlaskClient) -> None:
    body = _json(client, "/api/v1/search?q=brigde*")["query"]
    assert (body["repaired"], body["did_you_mean"]) == ("brigde", "bridge*")
    body = _json(client, "/api/v1/search?q=bridge")["query"]
    assert (body["repaired"], body["did_you_mean"]) == (None, None)


def test_an_article_has_its_body_versions_and_story(client: FlaskClient) -> None:
    body = _json(client, "/api/v1/articles/" + quote_id(newsroom.BRIDGE_FERRY.uri))
    assert body["version"] == 2
    assert body["paragraphs"] == list(newsroom.BRIDGE_FERRY.paragraphs)
    assert [version["version"] for version in body["versions"]] == [1, 2]
    assert body["story"]["id"] == "alder-bridge"
    assert body["story"]["size"] == 5


def test_version_selects_an_older_version(client: FlaskClient) -> None:
    address = "/api/v1/articles/" + quote_id(newsroom.BRIDGE_FERRY.uri)
    assert "150 people" in _json(client, f"{address}?version=1")["body"]
    _problem(client, f"{address}?version=7", 404)
    _problem(client, f"{address}?version=x", 400)
    _problem(client, f"{address}?edition=1", 400)


def test_a_withdrawn_article_is_gone(client: FlaskClient) -> None:
    for tail in ("", "?version=1", "/related"):
        _problem(client, "/api/v1/articles/northern:killed" + tail, 410)


def test_related_articles_have_their_similarity(client: FlaskClient) -> None:
    body = _json(client, f"/api/v1/articles/{quote_id(newsroom.BRIDGE_COST.uri)}/related")
    first = body["results"][0]
    assert set(first) == {"article", "similarity", "same_story"}
    assert (first["similarity"], first["same_story"]) == (0.9, True)


def test_an_id_that_ends_in_related_is_an_article() -> None:
    article = replace(newsroom.WHALE, uri="https://paper.example/related")
    client = create_app(FakeBackend(extra=(article,))).test_client()
    address = "/api/v1/articles/" + quote_id(article.uri)
    assert _json(client, address)["id"] == article.uri
    assert "results" in _json(client, f"{address}/related")


def test_a_story_lists_its_articles_oldest_first(client: FlaskClient) -> None:
    body = _json(client, "/api/v1/stories/alder-bridge")
    assert body["size"] == 5
    assert [article["id"] for article in body["articles"]] == [
        newsroom.BRIDGE_CLOSED.uri,
        newsroom.BRIDGE_FERRY.uri,
        newsroom.BRIDGE_ES.uri,
        newsroom.BRIDGE_COST.uri,
        newsroom.BRIDGE_VOTE.uri,
    ]
    _problem(client, "/api/v1/stories/none", 404)


def test_status_describes_the_archive(client: FlaskClient) -> None:
    body = _json(client, "/api/v1/status")
    assert body["articles"] == 17
    assert body["modes"] == ["hybrid", "lexical", "semantic"]
    assert body["built"] == "2023-07-19T00:00:00Z"
    assert {"value": "ar", "count": 1} in body["languages"]


def test_health_and_readiness(client: FlaskClient) -> None:
    assert _json(client, "/healthz") == {"status": "ok"}
    assert _json(client, "/readyz") == {
        "ready": True,
        "modes": ["hybrid", "lexical", "semantic"],
        "generation": "g7",
        "problem": "",
    }


def test_before_the_first_reindex() -> None:
    client = create_app(FakeBackend(generation=None, modes=())).test_client()
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["ready"]) == (503, False)
    body = _problem(client, "/api/v1/search?q=bridge", 503)
    assert "dateline reindex" in body["detail"]
    assert _json(client, "/api/v1/status")["generation"] is None


def test_the_index_of_another_archive_is_not_ready() -> None:
    class Swapped(FakeBackend):
        def search(self, request: object) -> Any:
            raise IndexUnavailableError("Built from another archive. Run `dateline reindex`.")

    client = create_app(Swapped(modes=(), index_problem="another archive")).test_client()
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["problem"]) == (503, "another archive")
    body = _problem(client, "/api/v1/search?q=bridge", 503)
    assert body["type"].endswith(":index-unavailable")
    assert "dateline reindex" in body["detail"]
    page = client.get("/search?q=bridge")
    assert page.status_code == 503
    assert "dateline reindex" in page.text


def test_unknown_routes_and_methods_return_problems(client: FlaskClient) -> None:
    _problem(client, "/api/v1/nothing", 404)
    response = client.post("/api/v1/search")
    assert response.status_code == 405
    assert response.mimetype == "application/problem+json"
    assert "GET" in response.headers["Allow"]


def test_an_exception_is_a_problem_without_details() -> None:
    class Broken(FakeBackend):
        def search(self, request: object) -> Any:
            raise RuntimeError("secret path")

    app = create_app(Broken())
    response = app.test_client().get("/api/v1/search?q=a")
    assert response.status_code == 500
    assert response.mimetype == "application/problem+json"
    assert "secret" not in response.text
