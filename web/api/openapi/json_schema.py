"""JSON Schema of the API's types, as OpenAPI 3.1 embeds it.

Responsibility: one schema for each type of an answer and of a parameter, with its documentation.
Decision: msgspec writes each schema from the type that encodes, decodes or reads the value; the
documentation is that of the class. Every key of an answer is required and no other is allowed,
so that an answer that has changed does not match its description.
Must not depend on: routes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from inspect import cleandoc
from typing import Any

import msgspec
from msgspec import inspect

from web.api.schema.answer import Json
from web.http.parameters import Parameter, choices

_REFERENCE = "#/components/schemas/{name}"
_SWITCH: Json = {"type": "string", "enum": ["0", "1"]}
_ATTRIBUTE = re.compile(r"^ {4}(\w+(?:, \w+)*): (.*(?:\n {8}.*)*)", re.MULTILINE)


def reference(kind: type) -> Json:
    """A reference to a type's schema."""
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


def component_schemas(kinds: Iterable[type]) -> dict[str, Json]:
    """The schemas of types and of all that they contain, by name."""
    roots = tuple(kinds)
    _, schemas = msgspec.json.schema_components(roots, ref_template=_REFERENCE)
    types = {kind.__name__: kind for info in inspect.multi_type_info(roots) for kind in _in(info)}
    return {name: _closed(schema, types[name]) for name, schema in sorted(schemas.items())}


def parameter_schema(parameter: Parameter) -> Json:
    """The schema of a parameter's values, without its description."""
    schema = _SWITCH if parameter.type is bool else _plain(parameter.type)
    if parameter.repeatable:
        return {"type": "array", "items": schema}
    if parameter.default is None:
        return schema
    default = str(int(bool(parameter.default))) if parameter.type is bool else parameter.default
    return schema | {"default": default}


def _plain(kind: object) -> Json:
    if values := choices(kind):
        return {"type": "string", "enum": list(values)}
    schema = msgspec.json.schema(kind)
    schema.pop("description", None)
    return schema


def _closed(schema: dict[str, Any], kind: Any) -> Json:
    """An object with exactly its keys; those without a default of their own may be missing."""
    names = [f.name for f in fields(kind)] if is_dataclass(kind) else kind.__struct_encode_fields__
    summary, documented = _documentation(kind)
    always = {*schema["required"], *(n for n, p in schema["properties"].items() if "default" in p)}
    return {
        "type": "object",
        "description": summary,
        "properties": {
            name: _property(schema["properties"][name], documented.get(name)) for name in names
        },
        "required": [name for name in names if name in always],
        "additionalProperties": False,
    }


def _property(schema: dict[str, Any], documentation: str | None) -> Json:
    shown: Json = _simplified({name: value for name, value in schema.items() if name != "default"})
    descriptions = [text for text in (documentation, shown.get("description")) if text]
    return shown | {"description": " ".join(map(str, descriptions))} if descriptions else shown


def _simplified(schema: Any) -> Any:
    """The schema in keywords that all tools know: pairs as lists of two, enums with a type."""
    if isinstance(schema, list):
        return [_simplified(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if pair := schema.get("prefixItems"):
        schema = {n: v for n, v in schema.items() if n != "prefixItems"} | {"items": pair[0]}
    if "enum" in schema:
        schema = {"type": "string"} | schema
    return {name: _simplified(value) for name, value in schema.items()}


def _documentation(kind: type) -> tuple[str, dict[str, str]]:
    """The summary of a class, and what its documentation says of each attribute."""
    summary = ""
    attributes: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if each.__module__.partition(".")[0] in {"index", "web"}:
            text, _, section = cleandoc(vars(each).get("__doc__") or "").partition(
                "\nAttributes:\n"
            )
            summary = " ".join(text.split())
            for names, body in _ATTRIBUTE.findall(section):
                attributes |= dict.fromkeys(names.split(", "), " ".join(body.split()))
    return summary, attributes


def _in(info: inspect.Type) -> Iterator[type]:
    """The classes of a type and of all that it contains."""
    match info:
        case inspect.StructType() | inspect.DataclassType():
            yield info.cls
            parts = tuple(field.type for field in info.fields)
        case inspect.Metadata():
            parts = (info.type,)
        case inspect.UnionType():
            parts = info.types
        case inspect.VarTupleType():
            parts = (info.item_type,)
        case _:
            parts = ()
    for part in parts:
        yield from _in(part)
