"""Whatever is asked of the API, it answers as it is described, and never with a fault of its own.

Schemathesis makes the requests from the description, right and wrong ones; a real index answers.
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
"""For each of ten routes, right ones and wrong ones: 5 s of CPU in all."""
PLAIN = {"Accept-Encoding": "identity"}
"""Schemathesis does not undo compression where it calls an application directly."""
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]
"""Requests are made from schemas, which is slow and no fault."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    library = Library(tmp_path_factory.mktemp("fuzzed") / "home").put(*SHELF)
    library.reindex()
    yield library.engine()
    library.close()


@pytest.fixture(scope="module")
def description(engine: SearchEngine) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", create_app(engine))


ASKED = [(each.path, GenerationMode.POSITIVE) for each in OPERATIONS]
# Where there is no parameter, nothing can be asked wrongly.
ASKED += [(each.path, GenerationMode.NEGATIVE) for each in OPERATIONS if declared(each.parameters)]


@pytest.mark.parametrize(("path", "mode"), ASKED)
def test_every_request_is_answered_as_described(
    description: Any, path: str, mode: GenerationMode
) -> None:
    requests = description[path]["GET"].as_strategy(generation_mode=mode)

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=SLOW)
    @given(requests)
    def answered(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, headers=PLAIN)

    answered()


@pytest.mark.parametrize("tail", ["", "/related", "/versions"])
def test_articles_that_are_there_are_answered_as_described(description: Any, tail: str) -> None:
    """Made-up ids are never those of an article; these are."""
    operation = description["/api/v1/articles/{id}" + tail]["GET"]
    for article in SHELF:
        case = operation.Case(path_parameters={"id": quote(article.uri)})
        case.call_and_validate(checks=CHECKS, headers=PLAIN)
