"""The state of the archive and of this process in the API.

Responsibility: the shape of the status and of the health checks.
Decision: the status is `index.types.status.Status` with the version of the program before it.
Must not depend on: Flask, requests or routes.
"""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal, Self

import index.types.status as values
from index.types.search import Mode
from web.api.schema.answer import Answer, attributes


@dataclass(frozen=True, kw_only=True)
class _Program:
    version: str


# The fields of the last base come first.
@dataclass(frozen=True, kw_only=True)
class Status(values.Status, _Program):
    """The archive and what is available.

    Attributes:
        version: Of Dateline.
    """

    @classmethod
    def from_status(cls, status: values.Status) -> Self:
        """The status, with the version of this program."""
        return cls(**attributes(status), version=version("dateline"))


class Health(Answer, frozen=True, kw_only=True):
    """This process responds."""

    status: Literal["ok"]


class Readiness(Answer, frozen=True, kw_only=True):
    """Whether there is something to search.

    Attributes:
        problem: Why there is not, or why the index does not fit the archive, and what to do; empty
            otherwise.
    """

    ready: bool
    modes: tuple[Mode, ...]
    generation: str | None
    problem: str
