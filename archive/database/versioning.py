"""Versioning: whether an incoming article is new, a new version or already there.

Responsibility: decide an article's uri, the outcome of storing it, and which version is newest.
Decision: the times of filing order the versions where both are known, otherwise the order of
arrival does. One function over a few questions decides, so that an ingest and a dry run agree.
Must not depend on: SQLite; the store answers through `VersionLookup`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from archive.article import Article, PubStatus
from archive.database.rows import compute_fingerprint

Outcome = Literal["added", "updated", "unchanged", "superseded"]
"""What storing an article did. Nothing is stored for `unchanged` and `superseded`: the archive has
the version already, as the newest or as one that a later one replaced."""


FORGOTTEN = "Withdrawn from this archive with `dateline forget`."
"""The note of the version that marks an article as forgotten."""


class NewestVersion(NamedTuple):
    """What decides whether another version is newer than this one.

    Attributes:
        filed: When it was filed last: the same text can be filed again.
        is_forgotten: The owner of the archive withdrew the article.
    """

    source: str
    fingerprint: bytes
    filed: datetime | None
    pub_status: PubStatus
    is_forgotten: bool = False


class VersionLookup(Protocol):
    """Looks up the versions stored under a uri."""

    def find_newest(self, uri: str) -> NewestVersion | None:
        """Return the newest version of the uri; None if the uri is unknown."""

    def find_filings(self, uri: str, fingerprint: bytes) -> tuple[datetime | None, ...]:
        """Return when each version of the uri with this fingerprint was filed, oldest first."""

    def has_read(self, file_key: bytes) -> bool:
        """Return whether an ingest has read this file."""


class Decision(NamedTuple):
    """How to store an article.

    Attributes:
        is_newest: It is the newest version; with `unchanged`, its time of filing is new.
    """

    uri: str
    fingerprint: bytes
    outcome: Outcome
    is_newest: bool = False


def decide_outcome(lookup: VersionLookup, article: Article) -> Decision:
    """Decide how to store an article.

    A bare number is unique only within its source: its article goes to `number@source`. If an
    archive from before that rule has it under the bare number, from the same source or with the
    same content, it stays there.

    A version that was filed before the newest one is stored, and does not become the newest. The
    text of an older version is a new version if it was filed after the newest. Without times it is
    `superseded`, because the archive cannot tell a text that is published again from a file that is
    read again; after a withdrawal it is `unchanged`, so that no old file brings an article back.
    No later version brings back an article that is forgotten.
    """
    fingerprint = compute_fingerprint(article)
    uri = _find_uri(lookup, article, fingerprint)
    newest = lookup.find_newest(uri)
    if newest is None:
        return Decision(uri, fingerprint, "added", is_newest=True)
    filed, last = article.version_created, newest.filed
    is_older, is_later = (filed < last, filed > last) if filed and last else (False, False)
    if newest.fingerprint == fingerprint:
        is_new = is_later or (filed is not None and last is None)
        return Decision(uri, fingerprint, "unchanged", is_newest=is_new)
    filings = lookup.find_filings(uri, fingerprint)
    if filed and filed in filings:
        return Decision(uri, fingerprint, "unchanged")
    if newest.is_forgotten:
        return Decision(uri, fingerprint, "unchanged" if filings else "updated")
    if filings and not is_later:
        is_settled = is_older or newest.pub_status != "usable"
        return Decision(uri, fingerprint, "unchanged" if is_settled else "superseded")
    return Decision(uri, fingerprint, "updated", is_newest=not is_older)


def _find_uri(lookup: VersionLookup, article: Article, fingerprint: bytes) -> str:
    """The uri under which the article is stored."""
    number, _, scope = article.uri.partition("@")
    if not number.isdecimal():
        return article.uri
    uri = article.uri if scope or not article.source else f"{number}@{article.source}"
    if uri == number or lookup.find_newest(uri):
        return uri
    bare = lookup.find_newest(number)
    is_same = bare and (
        bare.source == article.source != "" or bool(lookup.find_filings(number, fingerprint))
    )
    return number if is_same else uri


class DryRun:
    """Records what storing articles would do, on top of a store that it does not change.

    Memory grows by about 400 bytes per article.
    """

    def __init__(self, stored: VersionLookup) -> None:
        self._stored = stored
        self._newest: dict[str, NewestVersion] = {}
        self._filings: dict[tuple[str, bytes], tuple[datetime | None, ...]] = {}

    def find_newest(self, uri: str) -> NewestVersion | None:
        """Return the newest version of the uri; None if the uri is unknown."""
        return self._newest.get(uri) or self._stored.find_newest(uri)

    def find_filings(self, uri: str, fingerprint: bytes) -> tuple[datetime | None, ...]:
        """Return when each version of the uri with this fingerprint was filed, oldest first."""
        filed = self._filings.get((uri, fingerprint), ())
        return self._stored.find_filings(uri, fingerprint) + filed

    def put(self, article: Article) -> Outcome:
        """Record the article as if it were stored, and return what storing it would have done."""
        decision = decide_outcome(self, article)
        if decision.outcome in ("added", "updated"):
            key = decision.uri, decision.fingerprint
            self._filings[key] = (*self._filings.get(key, ()), article.version_created)
        if decision.is_newest:
            self._newest[decision.uri] = NewestVersion(
                article.source,
                decision.fingerprint,
                article.version_created,
                article.pub_status,
            )
        return decision.outcome

    def restore(self, uri: str, fingerprint: bytes) -> None:
        """Store nothing: the caller counts the version that would be the newest again."""

    def has_read(self, file_key: bytes) -> bool:
        """Return whether an ingest has read this file."""
        return self._stored.has_read(file_key)

    def mark_read(self, file_keys: Iterable[bytes]) -> None:
        """Store nothing."""
