"""Cursors of the JSON API.

Responsibility: write and read a cursor: where the next page starts, and in which generation.
Decision: base64url of `[generation, offset]`, so that the server stores nothing. Only the form that
`write_cursor` writes is accepted.
Must not depend on: how results are computed.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import cast

_MAX_OFFSET = 10**9
_MAX_LENGTH = 1_000


class BadCursorError(ValueError):
    """The text is not a cursor of this API."""


def write_cursor(generation: str, offset: int) -> str:
    """A URL-safe cursor."""
    text = json.dumps([generation, offset], separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def read_cursor(cursor: str) -> tuple[str, int]:
    """The generation and offset in a cursor.

    Raises:
        BadCursorError: The text is not what `write_cursor` writes.
    """
    match _unpack(cursor):
        case [str(generation), int(offset)] if type(offset) is not bool:
            if 0 <= offset <= _MAX_OFFSET and write_cursor(generation, offset) == cursor:
                return generation, offset
    raise BadCursorError(cursor)


def _unpack(cursor: str) -> object:
    if len(cursor) > _MAX_LENGTH:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        return cast(object, json.loads(urlsafe_b64decode(padded)))
    except (ValueError, RecursionError):
        return None
