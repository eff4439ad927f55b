"""Puts the description together: one OpenAPI 3.1 document.

Decision: made from the tables when it is asked for, and never kept as a file beside them.
Must not know what any route does.
"""

from importlib.metadata import version

from web.api.openapi.explanation_schemas import EXPLAINING
from web.api.openapi.json_schema import parameter_schema
from web.api.openapi.operations import OPERATIONS, Operation
from web.api.openapi.schemas import SCHEMAS, ref
from web.api.presenters import Json
from web.http.parameters import Parameter, declared

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PROBLEMS = {
    400: "A parameter or the query cannot be taken.",
    403: "Its source withholds the article.",
    404: "There is none.",
    410: "What was there is withdrawn, or the cursor is of another generation.",
    503: "Nothing is indexed yet.",
}
_ID: Json = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "minLength": 1},
    "description": "Percent-encoded; slashes may stand as they are.",
}
_TAG: Json = {
    "name": "If-None-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "An `ETag` given before; 304 where nothing has changed.",
}
_HEADERS: Json = {
    "ETag": {"schema": {"type": "string"}, "description": "Changes with the archive and index."},
    "Link": {"schema": {"type": "string"}, "description": "`rel=next`: the next page."},
}


def openapi_json(server: str) -> Json:
    """The whole document; `server` is where the API stands."""
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
        "components": {"schemas": SCHEMAS | EXPLAINING},
    }


def _operation(operation: Operation) -> Json:
    parameters = [_parameter(each) for each in declared(operation.parameters)]
    if "{id}" in operation.path:
        parameters.insert(0, _ID)
    answers: Json = {"200": _answer(operation.schema, "Done.", tagged=operation.changes)}
    if operation.changes:
        parameters.append(_TAG)
        answers["304"] = {"description": "Nothing has changed."}
    if operation.moves:
        answers["301"] = {"description": "A former id: `Location` has the one that goes on."}
    for status in operation.also:
        answers[str(status)] = _answer(operation.schema, _PROBLEMS[status])
    for status in operation.problems:
        answers[str(status)] = {
            "description": _PROBLEMS[status],
            "content": {"application/problem+json": {"schema": ref("Problem")}},
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


def _answer(schema: str, description: str, *, tagged: bool = False) -> Json:
    answer: Json = {
        "description": description,
        "content": {"application/json": {"schema": ref(schema)}},
    }
    return answer | {"headers": _HEADERS} if tagged else answer
