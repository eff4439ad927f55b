"""Every response of the API matches its description, and no request causes an internal error.

Schemathesis generates valid and invalid requests from the description; a real index answers them.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from index.search.engine import SearchEngine
from tests.index.library import SHELF, Library
from web.api.openapi.operations import OPERATIONS
from web.app import create_app
from web.http.parameters import declared

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
EXAMPLES = 25
"""For each of ten routes, valid and invalid ones: 5 s of CPU in total."""
PLAIN = {"Accept-Encoding": "identity"}
"""Schemathesis does not decompress if it calls an application directly."""
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]
"""Generating requests from schemas is slow, which is not an error."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    library = Library(tmp_path_factory.mktemp("fuzzed") / "home").put(*SHELF)
    library.reindex()
    yield library.engine()
    library.close()


@pytest.fixture(scope="module")
def description(engine: SearchEngine) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", create_app(engine))


REQUESTS = [(each.path, GenerationMode.POSITIVE) for each in OPERATIONS]
# A route without parameters has no invalid requests.
REQUESTS += [
    (each.path, GenerationMode.NEGATIVE) for each in OPERATIONS if declared(each.parameters)
]


@pytest.mark.parametrize(("path", "mode"), REQUESTS)
def test_every_response_matches_the_description(
    description: Any, path: str, mode: GenerationMode
) -> None:
    requests = description[path]["GET"].as_strategy(generation_mode=mode)

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=SLOW)
    @given(requests)
    def check(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, headers=PLAIN)

    check()


@pytest.mark.parametrize("tail", ["", "/related", "/versions"])
def test_responses_for_articles_match_the_description(description: Any, tail: str) -> None:
    """Generated ids are never those of an article; these are."""
    operation = description["/api/v1/articles/{id}" + tail]["GET"]
    for article in SHELF:
        case = operation.Case(path_parameters={"id": quote(article.uri)})
        case.call_and_validate(checks=CHECKS, headers=PLAIN)
