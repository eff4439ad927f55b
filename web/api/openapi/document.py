"""The OpenAPI 3.1 document.

Responsibility: put the descriptions of routes, parameters and answers together.
Decision: written from the types when it is requested, so that no file can differ from them.
Must not depend on: what a route does.
"""

from functools import cache
from importlib.metadata import version

from web.api.openapi.json_schema import component_schemas, parameter_schema, reference
from web.api.openapi.operations import OPERATIONS, Operation
from web.api.schema.answer import Json
from web.api.schema.problems import Problem
from web.http.parameters import Parameter, declared

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PROBLEMS = {
    400: "A parameter or the query is invalid.",
    403: "The source withholds the article.",
    404: "Not found.",
    410: "Withdrawn, or the cursor belongs to another generation.",
    503: "Nothing is indexed yet, or the index or the archive cannot be used now.",
}
_ID: Json = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "minLength": 1},
    "description": "Percent-encoded; slashes may stay as they are.",
}
_TAG: Json = {
    "name": "If-None-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "The `ETag` of an earlier response; returns 304 if nothing has changed.",
}
_HEADERS: Json = {
    "ETag": {"schema": {"type": "string"}, "description": "Changes with the archive and index."},
    "Link": {"schema": {"type": "string"}, "description": "`rel=next`: the next page."},
}


def openapi_json(server: str) -> Json:
    """The document; `server` is the base address of the API."""
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": "Dateline",
            "version": version("dateline"),
            "description": "Search an archive of news by words, by meaning and by story.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server}],
        "paths": {operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
        "components": {"schemas": answer_schemas()},
    }


@cache
def answer_schemas() -> dict[str, Json]:
    """The schemas of all answers and of problems, by name."""
    return component_schemas([*(operation.answer for operation in OPERATIONS), Problem])


def _operation(operation: Operation) -> Json:
    parameters = [_parameter(each) for each in declared(operation.parameters)]
    if "{id}" in operation.path:
        parameters.insert(0, _ID)
    answers: Json = {"200": _answer(operation.answer, "Success.", tagged=operation.cacheable)}
    if operation.cacheable:
        parameters.append(_TAG)
        answers["304"] = {"description": "Nothing has changed."}
    if operation.redirects:
        answers["301"] = {"description": "A former id; `Location` has the story that continues it."}
    for status in operation.also:
        answers[str(status)] = _answer(operation.answer, _PROBLEMS[status])
    for status in operation.problems:
        answers[str(status)] = {
            "description": _PROBLEMS[status],
            "content": {"application/problem+json": {"schema": reference(Problem)}},
        }
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": parameters,
        "responses": answers,
    }


def _parameter(parameter: Parameter) -> Json:
    return {
        "name": parameter.name,
        "in": "query",
        "schema": parameter_schema(parameter),
        "description": parameter.description,
    }


def _answer(answer: type, description: str, *, tagged: bool = False) -> Json:
    response: Json = {
        "description": description,
        "content": {"application/json": {"schema": reference(answer)}},
    }
    return response | {"headers": _HEADERS} if tagged else response
