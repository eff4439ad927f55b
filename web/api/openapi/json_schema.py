"""JSON Schema of the API's types, as OpenAPI 3.1 embeds it.

Responsibility: schemas of parameters.
Decision: msgspec writes each schema from the type that also reads the value; only what an address
writes in its own way, switches and repeated values, is added here.
Must not depend on: routes.
"""

import msgspec

from web.http.parameters import Parameter, choices

Json = dict[str, object]
_SWITCH: Json = {"type": "string", "enum": ["0", "1"]}


def parameter_schema(parameter: Parameter) -> Json:
    """The schema of a parameter's values, without its description."""
    schema = _SWITCH if parameter.type is bool else _schema(parameter.type)
    if parameter.repeatable:
        return {"type": "array", "items": schema}
    if parameter.default is None:
        return schema
    default = str(int(bool(parameter.default))) if parameter.type is bool else parameter.default
    return schema | {"default": default}


def _schema(kind: object) -> Json:
    if values := choices(kind):
        return {"type": "string", "enum": list(values)}
    schema = msgspec.json.schema(kind)
    schema.pop("description", None)
    return schema
