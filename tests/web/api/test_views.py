from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from web.api.cursor import write_cursor
from web.app import create_app
from web.http.urls import quote_id


def _json(client: FlaskClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/json"
    return answer.get_json()


def _problem(client: FlaskClient, address: str, status: int) -> Any:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    told = answer.get_json()
    assert set(told) - {"span"} == {"type", "title", "status", "detail"}
    assert told["status"] == status
    assert told["type"].startswith("urn:dateline:problem:")
    return told


def test_search_takes_every_parameter(client: FlaskClient, backend: FakeBackend) -> None:
    _json(
        client,
        "/api/v1/search?q=bridge&mode=semantic&from=2023-07-01&to=2023-07-31&source=Northern+Wire"
        "&source=Harbour+Times&lang=en&lang=es&place=Port+Alder&place=Kolm&group=none&page_size=5&explain=1",
    )
    asked = backend.requests[-1]
    assert (asked.text, asked.mode, asked.group) == ("bridge", "semantic", "none")
    assert (asked.date_from, asked.date_to) == (date(2023, 7, 1), date(2023, 7, 31))
    assert asked.sources == ("Northern Wire", "Harbour Times")
    assert asked.languages == ("en", "es")
    assert asked.places == ("Port Alder", "Kolm")
    assert (asked.limit, asked.offset, asked.explain) == (5, 0, True)


def test_search_without_a_query_gives_the_newest(client: FlaskClient) -> None:
    told = _json(client, "/api/v1/search?page_size=1")
    assert told["results"][0]["hits"][0]["article"]["id"] == newsroom.BRIDGE_VOTE.uri
    assert told["facets"]["source"][0] == {"value": "Northern Wire", "count": 4}


@pytest.mark.parametrize("route", ["search", "facets"])
def test_what_is_not_to_be_counted_is_null(client: FlaskClient, route: str) -> None:
    whole = _json(client, f"/api/v1/{route}?q=bridge")["facets"]
    assert all(whole.values())
    some = _json(client, f"/api/v1/{route}?q=bridge&facets=place&facets=source")["facets"]
    left_out = {"language": None, "name": None}
    assert some == {"source": whole["source"], "place": whole["place"], **left_out}
    none = _json(client, f"/api/v1/{route}?q=bridge&facets=none")["facets"]
    assert none == dict.fromkeys(whole)
    empty = _json(client, f"/api/v1/{route}?q=zeppelin&facets=place")["facets"]
    assert empty == {"source": None, "place": [], **left_out}


def test_versions_are_listed_where_they_are_wanted(client: FlaskClient) -> None:
    def hits(address: str) -> dict[str, Any]:
        told = _json(client, f"/api/v1/search?q=ferries&group=none{address}")
        found = [group["hits"][0]["article"] for group in told["results"]]
        return {article["id"]: article for article in found}

    plain, listed = hits(""), hits("&versions=list")
    for uri, article in listed.items():
        whole = _json(client, "/api/v1/articles/" + quote_id(uri))
        assert article == plain[uri] | {"versions": whole["versions"]}
    assert len(listed[newsroom.BRIDGE_FERRY.uri]["versions"]) == 2
    assert hits("&versions=newest") == plain


def test_cursors_lead_through_every_result_once(client: FlaskClient) -> None:
    seen: list[str] = []
    address = "/api/v1/search?page_size=4"
    told = _json(client, address)
    while True:
        seen += [group["story"]["id"] for group in told["results"]]
        if told["next"] is None:
            break
        told = _json(client, f"{address}&cursor={told['next']}")
    assert sorted(seen) == sorted(newsroom.STORIES)


def test_a_cursor_of_another_generation_is_gone(client: FlaskClient) -> None:
    told = _problem(client, f"/api/v1/search?cursor={write_cursor('g6', 10)}", 410)
    assert told["type"] == "urn:dateline:problem:expired-cursor"
    assert "search again" in told["detail"]


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
def test_bad_parameters_are_refused(
    client: FlaskClient, backend: FakeBackend, parameters: str
) -> None:
    told = _problem(client, f"/api/v1/search?{parameters}", 400)
    assert told["type"] == "urn:dateline:problem:bad-parameter"
    assert backend.requests == []


def test_a_long_query_says_where_it_is_too_long(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=" + "x" * 2_000).status_code == 200
    assert _problem(client, "/api/v1/search?q=" + "x" * 2_005, 400)["span"] == [2_000, 2_005]


def test_a_query_that_cannot_be_answered_says_where(client: FlaskClient) -> None:
    told = _problem(client, "/api/v1/search?q=bridge+date:2023-02-30", 400)
    assert told["type"] == "urn:dateline:problem:invalid-query"
    assert told["span"] == [12, 22]


def test_a_search_tells_how_the_query_was_taken(client: FlaskClient) -> None:
    told = _json(client, "/api/v1/search?q=brigde*")["query"]
    assert (told["repaired"], told["did_you_mean"]) == ("brigde", "bridge*")
    told = _json(client, "/api/v1/search?q=bridge")["query"]
    assert (told["repaired"], told["did_you_mean"]) == (None, None)


def test_an_article_has_its_body_versions_and_story(client: FlaskClient) -> None:
    told = _json(client, "/api/v1/articles/" + quote_id(newsroom.BRIDGE_FERRY.uri))
    assert told["version"] == 2
    assert told["paragraphs"] == list(newsroom.BRIDGE_FERRY.paragraphs)
    assert [version["version"] for version in told["versions"]] == [1, 2]
    assert told["story"]["id"] == "alder-bridge"
    assert told["story"]["size"] == 5


def test_an_older_version_can_be_had(client: FlaskClient) -> None:
    address = "/api/v1/articles/" + quote_id(newsroom.BRIDGE_FERRY.uri)
    assert "150 people" in _json(client, f"{address}?version=1")["body"]
    _problem(client, f"{address}?version=7", 404)
    _problem(client, f"{address}?version=x", 400)
    _problem(client, f"{address}?edition=1", 400)


def test_a_withdrawn_article_is_gone(client: FlaskClient) -> None:
    for tail in ("", "?version=1", "/related"):
        _problem(client, "/api/v1/articles/northern:killed" + tail, 410)


def test_related_articles_say_how_near_they_are(client: FlaskClient) -> None:
    told = _json(client, f"/api/v1/articles/{quote_id(newsroom.BRIDGE_COST.uri)}/related")
    first = told["results"][0]
    assert set(first) == {"article", "similarity", "same_story"}
    assert (first["similarity"], first["same_story"]) == (0.9, True)


def test_an_id_that_ends_in_related_is_an_article() -> None:
    article = replace(newsroom.WHALE, uri="https://paper.example/related")
    client = create_app(FakeBackend(extra=(article,))).test_client()
    address = "/api/v1/articles/" + quote_id(article.uri)
    assert _json(client, address)["id"] == article.uri
    assert "results" in _json(client, f"{address}/related")


def test_a_story_lists_its_articles_oldest_first(client: FlaskClient) -> None:
    told = _json(client, "/api/v1/stories/alder-bridge")
    assert told["size"] == 5
    assert [article["id"] for article in told["articles"]] == [
        newsroom.BRIDGE_CLOSED.uri,
        newsroom.BRIDGE_FERRY.uri,
        newsroom.BRIDGE_ES.uri,
        newsroom.BRIDGE_COST.uri,
        newsroom.BRIDGE_VOTE.uri,
    ]
    _problem(client, "/api/v1/stories/none", 404)


def test_status_tells_what_is_held(client: FlaskClient) -> None:
    told = _json(client, "/api/v1/status")
    assert told["articles"] == 17
    assert told["modes"] == ["hybrid", "lexical", "semantic"]
    assert told["built"] == "2023-07-19T00:00:00Z"
    assert {"value": "ar", "count": 1} in told["languages"]


def test_health_and_readiness(client: FlaskClient) -> None:
    assert _json(client, "/healthz") == {"status": "ok"}
    assert _json(client, "/readyz") == {
        "ready": True,
        "modes": ["hybrid", "lexical", "semantic"],
        "generation": "g7",
    }


def test_before_the_first_reindex() -> None:
    client = create_app(FakeBackend(generation=None, modes=())).test_client()
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["ready"]) == (503, False)
    told = _problem(client, "/api/v1/search?q=bridge", 503)
    assert "dateline reindex" in told["detail"]
    assert _json(client, "/api/v1/status")["generation"] is None


def test_unknown_routes_and_methods_answer_with_problems(client: FlaskClient) -> None:
    _problem(client, "/api/v1/nothing", 404)
    answer = client.post("/api/v1/search")
    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
    assert "GET" in answer.headers["Allow"]


def test_a_failure_in_the_backend_is_a_problem_without_its_details() -> None:
    class Broken(FakeBackend):
        def search(self, request: object) -> Any:
            raise RuntimeError("secret path")

    app = create_app(Broken())
    answer = app.test_client().get("/api/v1/search?q=a")
    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert "secret" not in answer.text
