"""Flattening: the text or the texts of a value, whatever its shape.

Responsibility: turn strings, numbers, lists and mappings of records into plain text.
Decision: a mapping is what its name, value or title says; a text that is the printed form of a list
is that list, because tables have no other way to hold one.
Must not depend on: which field a value belongs to.
"""

import ast
import math
import re
from collections.abc import Mapping

_TEXT_KEYS = (
    "name", "value", "#text", "text", "$t", "$oid", "title", "main", "original", "rendered",
    "literal", "webTitle", "label", "prefLabel", "displayName", "full_name", "fullName", "content",
    "$numberLong", "$numberInt", "$date",
)  # fmt: skip
_GIVEN = ("given", "firstname", "first_name", "firstName", "given_name")
_FAMILY = ("family", "lastname", "last_name", "lastName", "family_name")
_NULLS = frozenset({"", "nan", "none", "null", r"\n", "n/a", "na", "#n/a", "<na>", "nil", "nat",
                    "undefined", "[]", "{}", "-"})  # fmt: skip
_LONGEST_NULL = max(map(len, _NULLS))
_SPLIT = re.compile(r"\s*[,;|]\s*")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_MAX_LITERAL = 100_000


def is_empty(value: object) -> bool:
    """Return whether a value stands for none: NaN, an empty list, `NULL` and the like."""
    if value is None or value == [] or value == {}:
        return True
    if isinstance(value, str):
        return len(value) <= _LONGEST_NULL + 8 and value.strip().casefold() in _NULLS
    return isinstance(value, float) and not math.isfinite(value)


def to_text(value: object, *, between: str = ", ") -> str:
    """Return a value as text: lists joined by `between`, `{"name": ...}` as the name."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return "" if is_empty(value) else str(value)
    if isinstance(value, Mapping):
        return _mapping_to_text(value)
    if isinstance(value, list | tuple):
        parts = (to_text(item, between=between) for item in value if not isinstance(item, list))
        return between.join(part for part in parts if part)
    return ""


def to_texts(value: object) -> tuple[str, ...]:
    """Return the items of a list, or the parts of a text between commas, semicolons and bars."""
    listed = parse_list(value)
    if isinstance(listed, list | tuple):
        parts = [to_text(item) for item in listed if not isinstance(item, list)]
    else:
        parts = _SPLIT.split(to_text(listed))
    return tuple(dict.fromkeys(part for part in parts if not is_empty(part)))


def parse_list(value: object) -> object:
    """Return the list or mapping that a text prints, such as `['a', 'b']`; others unchanged."""
    if not isinstance(value, str):
        return value
    text, plain = value, value.strip()
    if plain[:1] + plain[-1:] not in ("[]", "{}") or len(plain) > _MAX_LITERAL:
        return text
    try:
        printed = ast.literal_eval(plain)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        printed = None
    # NumPy prints no commas, which Python joins to one text.
    if isinstance(printed, list | dict) and not (len(printed) == 1 and plain.count("' '")):
        return printed
    quoted = [first or second for first, second in _QUOTED.findall(plain)]
    return quoted if quoted and plain.startswith("[") else text


def _mapping_to_text(value: Mapping[str, object]) -> str:
    names = [
        next((str(value[key]).strip() for key in keys if isinstance(value.get(key), str)), "")
        for keys in (_GIVEN, _FAMILY)
    ]
    if any(names):
        return " ".join(filter(None, names))
    texts = (value[key] for key in _TEXT_KEYS if isinstance(value.get(key), str) and value[key])
    found = next(texts, "")
    return found.strip() if isinstance(found, str) else ""
