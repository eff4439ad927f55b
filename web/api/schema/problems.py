"""Errors of the API, as RFC 9457 describes them.

Responsibility: the shape of `application/problem+json`.
Decision: `type` is stable; `title` and `detail` are for people.
Must not depend on: Flask, requests or routes.
"""

from msgspec import UNSET, UnsetType

from index.types.fields import Span
from web.api.schema.answer import Answer


class Problem(Answer, frozen=True, kw_only=True):
    """What went wrong (RFC 9457).

    Attributes:
        type: Ends in the kind of problem.
        span: The part of the query that is wrong, if there is one.
    """

    type: str
    title: str
    status: int
    detail: str
    span: Span | UnsetType = UNSET
