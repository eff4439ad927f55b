"""The ledger: what becomes of an incoming article, given what is held already.

Decision: the rule is one function over two questions, so that an ingest and its rehearsal agree.
Must not know SQLite; it asks a `Ledger`.
"""

from typing import Literal, NamedTuple, Protocol

from archive.article import Article
from archive.database.rows import fingerprint

Outcome = Literal["added", "updated", "unchanged"]


class Ledger(Protocol):
    """Whoever knows which versions are held."""

    def newest_source(self, uri: str) -> str | None:
        """The source of the newest version under the uri; None where the uri is unknown."""

    def holds(self, uri: str, mark: bytes) -> bool:
        """Whether any version under the uri has this fingerprint."""


class Verdict(NamedTuple):
    """Under which uri an article belongs, its fingerprint, and what storing it would do."""

    uri: str
    mark: bytes
    outcome: Outcome


def judge(ledger: Ledger, article: Article) -> Verdict:
    """Decide the article's uri and outcome.

    A bare number is an id within its source only: where the newest version under it names another
    source, the incoming article goes to `uri@source`, and the same question is asked there.
    """
    uri, mark = article.uri, fingerprint(article)
    held = ledger.newest_source(uri)
    local = uri.isdecimal()
    while local and held and article.source and held != article.source:
        uri = f"{uri}@{article.source}"
        held = ledger.newest_source(uri)
    if held is None:
        return Verdict(uri, mark, "added")
    return Verdict(uri, mark, "unchanged" if ledger.holds(uri, mark) else "updated")


class Rehearsal:
    """A ledger that notes what would be stored, over one that is not written to.

    Memory grows by some 200 bytes an article.
    """

    def __init__(self, held: Ledger) -> None:
        self._held = held
        self._sources: dict[str, str] = {}
        self._marks: set[tuple[str, bytes]] = set()

    def newest_source(self, uri: str) -> str | None:
        """As in `Ledger`."""
        return self._sources[uri] if uri in self._sources else self._held.newest_source(uri)

    def holds(self, uri: str, mark: bytes) -> bool:
        """As in `Ledger`."""
        return (uri, mark) in self._marks or self._held.holds(uri, mark)

    def put(self, article: Article) -> Outcome:
        """Note the article as if it were stored, and tell what storing it would have done."""
        verdict = judge(self, article)
        if verdict.outcome != "unchanged":
            self._sources[verdict.uri] = article.source
            self._marks.add((verdict.uri, verdict.mark))
        return verdict.outcome
