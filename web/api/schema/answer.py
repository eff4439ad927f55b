"""What all answers have in common: their base, and their way to JSON and back.

Responsibility: turn an answer into what `json.dumps` writes, and parsed JSON into an answer.
Decision: JSON is written by the standard library from plain values, as all other JSON of Dateline
is, so that numbers look the same everywhere. A key that is not known is ignored, since an answer
may have more keys than this version knows; one that is missing is an error.
Must not depend on: any one answer.
"""

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Struct

Json = dict[str, object]
_Kind = TypeVar("_Kind")


class UnreadableAnswerError(ValueError):
    """An answer lacks a key, or has a value of another type; the message says which."""


class Answer(Struct, frozen=True, kw_only=True):
    """A JSON object. Every key is always there, but for a field that may be UNSET."""


def encode(answer: object) -> Json:
    """The keys and values of an answer, in the order in which JSON has them."""
    return cast(Json, msgspec.to_builtins(answer))


def decode(kind: type[_Kind], data: object) -> _Kind:
    """An answer from parsed JSON.

    Raises:
        UnreadableAnswerError: A key is missing, or a value is not what it should be.
    """
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise UnreadableAnswerError(str(error)) from error


def converted(kind: type[_Kind], value: object) -> _Kind:
    """A value with the fields that `kind` has, read from the attributes of `value`."""
    return msgspec.convert(value, kind, from_attributes=True)


def timestamp(when: datetime | None) -> str | None:
    """A time as answers have it: `2023-07-15T11:00:00Z`; None stays None."""
    return None if when is None else str(msgspec.to_builtins(when.astimezone(UTC)))


def attributes(value: Any) -> dict[str, Any]:
    """The fields of a dataclass or of an answer, by name."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return msgspec.structs.asdict(value)
