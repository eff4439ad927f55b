"""Errors with a message for people.

Responsibility: the base classes of the errors that every program reports as they are.
Decision: a message is complete sentences that say what to do. Nobody changes it, because it may
begin or end with a path. Callers tell kinds apart by class, never by words.
Must not depend on: where errors are reported.
"""


class DatelineError(Exception):
    """Something failed for a reason outside the code; the message says why and what to do."""


class UnavailableError(DatelineError):
    """The archive or its index cannot be used now; another attempt may succeed."""
