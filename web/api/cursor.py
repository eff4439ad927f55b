"""The cursor of the JSON API: where the next page starts, and in which generation.

Decision: base64url of `[generation, offset]`, with no state kept here; only its one canonical
spelling is accepted.
Must not know how results are computed.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import cast

_MOST_OFFSET = 10**9
_MOST_LENGTH = 1_000


class BadCursorError(ValueError):
    """The text is not a cursor of ours."""


def write_cursor(generation: str, offset: int) -> str:
    """A URL-safe cursor."""
    written = json.dumps([generation, offset], separators=(",", ":")).encode()
    return urlsafe_b64encode(written).rstrip(b"=").decode()


def read_cursor(cursor: str) -> tuple[str, int]:
    """The generation and offset in a cursor.

    Raises:
        BadCursorError: The text is not what `write_cursor` writes.
    """
    match _unpacked(cursor):
        case [str(generation), int(offset)] if type(offset) is not bool:
            if 0 <= offset <= _MOST_OFFSET and write_cursor(generation, offset) == cursor:
                return generation, offset
    raise BadCursorError(cursor)


def _unpacked(cursor: str) -> object:
    if len(cursor) > _MOST_LENGTH:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        return cast(object, json.loads(urlsafe_b64decode(padded)))
    except (ValueError, RecursionError):
        return None
