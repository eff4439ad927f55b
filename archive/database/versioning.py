"""Versioning: whether an incoming article is new, a new version or unchanged.

Responsibility: decide the uri and the outcome of storing an article.
Decision: the rule is one function over two questions, so that an ingest and a dry run agree.
Must not depend on: SQLite; the store answers through `VersionLookup`.
"""

from typing import Literal, NamedTuple, Protocol

from archive.article import Article
from archive.database.rows import compute_fingerprint

Outcome = Literal["added", "updated", "unchanged"]


class VersionLookup(Protocol):
    """Looks up the versions stored under a uri."""

    def newest_source(self, uri: str) -> str | None:
        """Return the source of the newest version of the uri; None if the uri is unknown."""

    def has_fingerprint(self, uri: str, fingerprint: bytes) -> bool:
        """Return whether any version of the uri has this fingerprint."""


class Decision(NamedTuple):
    """The uri to store an article under, its fingerprint, and the outcome of storing it."""

    uri: str
    fingerprint: bytes
    outcome: Outcome


def decide_outcome(lookup: VersionLookup, article: Article) -> Decision:
    """Decide the article's uri and outcome.

    A bare number is unique only within its source: if the newest version of that uri names another
    source, the article goes to `uri@source`, and the same rule applies to that uri.
    """
    uri, fingerprint = article.uri, compute_fingerprint(article)
    source = lookup.newest_source(uri)
    bare_number = uri.isdecimal()
    while bare_number and source and article.source and source != article.source:
        uri = f"{uri}@{article.source}"
        source = lookup.newest_source(uri)
    if source is None:
        return Decision(uri, fingerprint, "added")
    known = lookup.has_fingerprint(uri, fingerprint)
    return Decision(uri, fingerprint, "unchanged" if known else "updated")


class DryRun:
    """Records what storing articles would do, on top of a lookup that it does not change.

    Memory grows by about 200 bytes per article.
    """

    def __init__(self, stored: VersionLookup) -> None:
        self._stored = stored
        self._sources: dict[str, str] = {}
        self._fingerprints: set[tuple[str, bytes]] = set()

    def newest_source(self, uri: str) -> str | None:
        """Return the source of the newest version of the uri; None if the uri is unknown."""
        return self._sources[uri] if uri in self._sources else self._stored.newest_source(uri)

    def has_fingerprint(self, uri: str, fingerprint: bytes) -> bool:
        """Return whether any version of the uri has this fingerprint."""
        key = (uri, fingerprint)
        return key in self._fingerprints or self._stored.has_fingerprint(uri, fingerprint)

    def put(self, article: Article) -> Outcome:
        """Record the article as if it were stored, and return what storing it would have done."""
        decision = decide_outcome(self, article)
        if decision.outcome != "unchanged":
            self._sources[decision.uri] = article.source
            self._fingerprints.add((decision.uri, decision.fingerprint))
        return decision.outcome
