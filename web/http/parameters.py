"""Reads the parameters of an address into typed values.

Responsibility: turn a query string into `Parameters`, or say which parameter is wrong and what it
must be.
Decision: a field's type is the only declaration of a parameter. The check, the error text and the
OpenAPI description all come from it. Nothing is guessed: a value is right, or it is an error.
Must not depend on: how an error is shown; pages or the API.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct, inspect
from werkzeug.datastructures import MultiDict

from index.types.fields import Span
from web.http.misnomers import find_meant_name
from web.i18n.formatting import format_number
from web.i18n.translation import gettext

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SWITCH = {"0": False, "1": True}


class ParameterError(ValueError):
    """A parameter is wrong; the message says why. `span` is the wrong part of its text."""

    def __init__(self, name: str, message: str, *, span: Span | None = None) -> None:
        super().__init__(message)
        self.name = name
        self.span = span


class Parameters(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The parameters of a route. A field is one parameter; a tuple may be repeated."""

    def contradictions(self) -> Iterator[ParameterError]:
        """Errors of values that are right alone and wrong together."""
        return iter(())


_Kind = TypeVar("_Kind", bound=Parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One declared parameter.

    Attributes:
        attribute: The field of the `Parameters` class.
        name: As the address writes it.
        type: Of one value.
        default: Where the parameter is missing.
    """

    attribute: str
    name: str
    type: Any
    repeatable: bool
    default: object
    description: str


def read(kind: type[_Kind], args: MultiDict[str, str]) -> _Kind:
    """The parameters of a request.

    Raises:
        ParameterError: One is unknown, repeated or wrong; the first of them.
    """
    _check_names(kind, args)
    parameters, errors = read_valid(kind, args)
    for error in errors.values():
        raise error
    return parameters


def read_valid(
    kind: type[_Kind], args: MultiDict[str, str]
) -> tuple[_Kind, dict[str, ParameterError]]:
    """The parameters, with defaults for those that are wrong; and the errors by name.

    Unknown parameters are ignored, and so are further values of one that is not repeatable.
    """
    values: dict[str, object] = {}
    errors: dict[str, ParameterError] = {}
    for each in declared(kind):
        if each.name not in args:
            continue
        texts = args.getlist(each.name)[: None if each.repeatable else 1]
        try:
            parsed = [parse(each.type, each.name, text) for text in texts]
        except ParameterError as error:
            errors[each.name] = error
        else:
            values[each.attribute] = tuple(parsed) if each.repeatable else parsed[0]
    parameters = kind(**values)
    for contradiction in parameters.contradictions():
        errors.setdefault(contradiction.name, contradiction)
    return parameters, errors


def parse(kind: Any, name: str, text: str) -> Any:
    """One value of type `kind`: str, int, date, a `Literal` or bool ("0" or "1").

    Raises:
        ParameterError: The text is not such a value.
    """
    info = _type_info(kind)
    try:
        if isinstance(info, inspect.BoolType):
            return _SWITCH[text]
        if isinstance(info, inspect.IntType) and not (text.isascii() and text.isdigit()):
            raise ValueError(text)
        return msgspec.convert(text, kind, strict=False)
    except (KeyError, ValueError) as error:
        span = None
        if isinstance(info, inspect.StrType) and info.max_length is not None:
            span = (info.max_length, len(text))
        raise ParameterError(name, _message(kind, name, text), span=span) from error


@cache
def declared(kind: type[Parameters]) -> tuple[Parameter, ...]:
    """The parameters of a class, in order."""
    return tuple(_parameter(field) for field in msgspec.structs.fields(kind))


def _parameter(field: msgspec.structs.FieldInfo) -> Parameter:
    kind, description = _without_none(field.type), ""
    if get_origin(kind) is Annotated:
        description = next((m.description for m in get_args(kind)[1:] if m.description), "")
    plain = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    repeatable = get_origin(plain) is tuple
    if repeatable:
        kind = get_args(plain)[0]
    elif plain is bool:
        kind = bool
    return Parameter(
        attribute=field.name,
        name=field.encode_name,
        type=kind,
        repeatable=repeatable,
        default=field.default,
        description=description,
    )


def _without_none(kind: Any) -> Any:
    """`X` of `X | None`."""
    if get_origin(kind) in {Union, UnionType}:
        (kind,) = (each for each in get_args(kind) if each is not NoneType)
    return kind


def whole_number(least: int, most: int) -> Any:
    """The type of an integer within bounds that are known only now."""
    return Annotated[int, Meta(ge=least, le=most)]


def choices(kind: Any) -> tuple[str, ...]:
    """The values of a `Literal`, in the order of its declaration; of another type, none."""
    plain = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    return get_args(plain) if get_origin(plain) is Literal else ()


def _type_info(kind: Any) -> inspect.Type:
    info = inspect.type_info(kind)
    return info.type if isinstance(info, inspect.Metadata) else info


def _check_names(kind: type[Parameters], args: MultiDict[str, str]) -> None:
    known = {each.name: each for each in declared(kind)}
    for name in args:
        if name not in known:
            raise unknown_parameter(name, known)
        if not known[name].repeatable and len(args.getlist(name)) > 1:
            raise ParameterError(name, f"“{name}” may be given only once.")


def unknown_parameter(name: str, known: Collection[str]) -> ParameterError:
    """The error of a parameter that is not among those known; it names the one that is meant."""
    takes = f"use {', '.join(known)}" if known else "this address takes none"
    if meant := find_meant_name(name, known):
        takes = f"use {meant}"
        if meant == "cursor":
            takes += " with the value of “next” from the previous answer"
    return ParameterError(name, f"There is no parameter “{name}” here; {takes}.")


def _message(kind: Any, name: str, text: str) -> str:
    """What is wrong with a text that is no value of this type."""
    match info := _type_info(kind):
        case inspect.DateType() if _DAY.fullmatch(text):
            return gettext("The date “%(value)s” does not exist.", value=text)
        case inspect.DateType():
            return gettext(
                "“%(value)s” is not a date. Use YYYY-MM-DD, for example 2023-07-15.",
                value=text,
            )
        case inspect.IntType(ge=int(least), le=int(most)):
            return gettext(
                "%(name)s must be a whole number between %(least)s and %(most)s.",
                name=name,
                least=format_number(least),
                most=format_number(most),
            )
        case inspect.LiteralType():
            return gettext(
                "%(name)s must be one of: %(values)s.", name=name, values=", ".join(choices(kind))
            )
        case inspect.BoolType():
            return gettext("%(name)s must be 0 or 1.", name=name)
        case inspect.StrType(max_length=int(most)):
            return gettext(
                "The text has %(count)s characters; the limit is %(most)s.",
                count=format_number(len(text)),
                most=format_number(most),
            )
    raise TypeError(f"no message for {info}")
