"""The OpenAPI description is correct: it has every route, parameter and key, and nothing else."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from tests.web.page import Page
from web.api.openapi.json_schema import parameter_schema
from web.api.openapi.operations import OPERATIONS
from web.app import create_app
from web.http.parameters import declared
from web.http.urls import quote_id

FERRY = quote_id(newsroom.BRIDGE_FERRY.uri)
ANSWERS = [
    ("search", "/api/v1/search?q=brigde*&explain=1"),
    ("search", "/api/v1/search?q=bridge&group=none&page_size=2"),
    ("search", "/api/v1/search?q=zeppelin"),
    ("search", "/api/v1/search?q=ferries&versions=list&facets=place"),
    ("facets", "/api/v1/facets?q=bridge&facets=none"),
    ("facets", "/api/v1/facets?q=bridge"),
    ("suggest", "/api/v1/suggest?q=brid"),
    ("article", f"/api/v1/articles/{FERRY}"),
    ("article", "/api/v1/articles/hash:9b1c"),
    ("versions", f"/api/v1/articles/{FERRY}/versions"),
    ("related", f"/api/v1/articles/{FERRY}/related"),
    ("stories", "/api/v1/stories?page_size=2"),
    ("story", "/api/v1/stories/alder-bridge"),
    ("status", "/api/v1/status"),
    ("healthz", "/healthz"),
    ("readyz", "/readyz"),
]
BAD = ["/api/v1/search?q=" + "x" * 2_001, "/api/v1/search?x=1", "/api/v1/articles/none"]


@pytest.fixture
def document(client: FlaskClient) -> Any:
    return client.get("/api/v1/openapi.json").get_json()


def _mismatches(document: Any, name: str, body: object) -> list[str]:
    """How a response differs from its schema."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    return [error.message for error in Draft202012Validator(schema).iter_errors(body)]


def test_the_description_is_openapi(document: Any) -> None:
    OpenAPIV31SpecValidator(document).validate()
    assert document["servers"] == [{"url": "http://localhost"}]


def test_exactly_the_routes_are_described(document: Any) -> None:
    app = create_app(FakeBackend())
    routes = {
        re.sub(r"<id:\w+>", "{id}", rule.rule): rule.endpoint.partition(".")[2]
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.endpoint != "api.description"
    }
    described = {path: item["get"]["operationId"] for path, item in document["paths"].items()}
    assert described == routes


@pytest.mark.parametrize(("name", "address"), ANSWERS)
def test_every_answer_is_as_described(
    client: FlaskClient, document: Any, name: str, address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 200, response.text
    schema = next(each.answer.__name__ for each in OPERATIONS if each.name == name)
    assert _mismatches(document, schema, response.get_json()) == []


def test_an_extra_or_a_missing_key_does_not_match(client: FlaskClient, document: Any) -> None:
    body = client.get("/api/v1/status").get_json()
    assert _mismatches(document, "Status", body | {"colour": "red"})
    assert _mismatches(document, "Status", {k: v for k, v in body.items() if k != "model"})


@pytest.mark.parametrize("address", BAD)
def test_every_problem_is_as_described(client: FlaskClient, document: Any, address: str) -> None:
    response = client.get(address)
    assert _mismatches(document, "Problem", response.get_json()) == []


def test_every_schema_is_used(document: Any) -> None:
    used = set(re.findall(r"#/components/schemas/(\w+)", str(document)))
    assert used == set(document["components"]["schemas"])


@pytest.mark.parametrize("operation", OPERATIONS, ids=[each.name for each in OPERATIONS])
def test_described_parameters_are_accepted_and_others_rejected(
    client: FlaskClient, operation: Any
) -> None:
    if not operation.cacheable:
        return
    examples = {"from": "2023-07-01", "to": "2023-07-31", "version": "1", "facets": "place"}
    address = operation.path.replace("{id}", "grain" if operation.name == "story" else FERRY)
    for parameter in declared(operation.parameters):
        if parameter.name == "cursor":
            continue
        default = parameter_schema(parameter).get("default", "x")
        value = examples.get(parameter.name, str(default))
        response = client.get(address, query_string={parameter.name: value})
        assert response.status_code == 200, (parameter.name, response.text)
        twice = client.get(f"{address}?{parameter.name}={value}&{parameter.name}={value}")
        assert twice.status_code == (200 if parameter.repeatable else 400)
    assert client.get(address + "?colour=red").status_code == 400


def test_a_parameter_is_described_with_its_limits(document: Any) -> None:
    described = document["paths"]["/api/v1/search"]["get"]["parameters"]
    assert all(each["description"] for each in described)
    schemas = {each["name"]: each["schema"] for each in described}
    assert schemas["q"] == {"type": "string", "maxLength": 2_000, "default": ""}
    assert schemas["mode"] == {
        "type": "string",
        "enum": ["hybrid", "lexical", "semantic"],
        "default": "hybrid",
    }
    assert schemas["from"] == {"type": "string", "format": "date"}
    assert schemas["source"] == {"type": "array", "items": {"type": "string"}}
    assert schemas["facets"]["items"]["enum"] == [
        "source",
        "language",
        "place",
        "location",
        "name",
        "none",
    ]
    assert schemas["explain"] == {"type": "string", "enum": ["0", "1"], "default": "0"}
    assert schemas["page_size"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 100,
        "default": 10,
    }
    assert schemas["cursor"] == {"type": "string"}


def test_there_is_a_page_for_people(client: FlaskClient) -> None:
    page = Page(client.get("/api").text)
    assert "/api/v1/openapi.json" in page.links
    for operation in OPERATIONS:
        assert operation.path in page.text
        for parameter in declared(operation.parameters):
            assert parameter.description.replace("`", "") in page.text
    assert "/api" in Page(client.get("/").text).links


def test_facets_count_what_a_search_counts(client: FlaskClient) -> None:
    whole = client.get("/api/v1/search?q=bridge&lang=en").get_json()
    counts = client.get("/api/v1/facets?q=bridge&lang=en").get_json()
    assert counts == {name: whole[name] for name in ("total", "facets", "histogram", "generation")}


def test_versions_are_complete_and_oldest_first(client: FlaskClient) -> None:
    body = client.get(f"/api/v1/articles/{FERRY}/versions").get_json()["versions"]
    assert [version["version"] for version in body] == [1, 2]
    assert "150 people" in body[0]["body"]
    assert client.get("/api/v1/articles/none/versions").status_code == 404
    assert client.get("/api/v1/articles/northern:killed/versions").status_code == 410


def test_the_next_page_is_in_a_header(client: FlaskClient) -> None:
    address, seen = "/api/v1/search?q=&source=Northern+Wire&lang=en&page_size=1", 0
    while True:
        response = client.get(address)
        seen += 1
        if "Link" not in response.headers:
            break
        link = re.fullmatch(r'<http://localhost(/[^>]+)>; rel="next"', response.headers["Link"])
        assert link
        address = link[1]
        assert "source=Northern+Wire&lang=en" in address
    assert response.get_json()["next"] is None
    assert seen == 3
