"""Forgetting: articles withdrawn by the owner of the archive, and how that is undone.

Responsibility: mark articles as forgotten, list them, and restore them.
Decision: a forgotten article gets one more version, canceled and with a fixed note. Everything that
leaves out withdrawn articles leaves it out too, and nothing stored is lost.
Must not depend on: how articles are chosen.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from archive.article import Article
from archive.database.rows import article_to_row, compute_fingerprint, format_time, row_to_article
from archive.database.session import Session
from archive.database.statements import INSERT, RESTORE, SELECT, SET_NEWEST
from archive.database.versioning import FORGOTTEN

_NEWEST = "SELECT n.uri FROM newest n JOIN version v USING (sequence) WHERE v.pub_status = ?"


class ForgottenArticles(Session):
    """Forgets articles of an archive."""

    def forget(self, uris: Iterable[str]) -> int:
        """Withdraw articles; return how many were not withdrawn before.

        Later versions of a forgotten article are stored, and do not become the newest.

        Raises:
            StoreError: The archive cannot be written; nothing was changed.
        """
        count = 0
        with self.transaction():
            for uri in uris:
                rows = self._execute(
                    f"{SELECT} JOIN newest n USING (sequence) WHERE n.uri = ?", uri
                )
                article = row_to_article(rows[0]) if rows else None
                if article and article.pub_status == "usable":
                    mark = replace(article, pub_status="canceled", ed_note=FORGOTTEN)
                    row = article_to_row(mark, uri=uri, version=self._next_version(uri))
                    hashes = mark.content_hash, compute_fingerprint(mark)
                    self._publish(uri, INSERT, *hashes, *row)
                    count += 1
        return count

    def undo_forget(self, uris: Iterable[str]) -> int:
        """Restore forgotten articles, each in its newest version; return how many.

        Raises:
            StoreError: The archive cannot be written; nothing was changed.
        """
        count, forgotten = 0, set(self.find_forgotten())
        with self.transaction():
            for uri in uris:
                rows = self._execute(f"{SELECT} WHERE v.uri = ? ORDER BY v.version", uri)
                filed = [each for each in map(row_to_article, rows) if each.ed_note != FORGOTTEN]
                if uri in forgotten and filed:
                    fingerprint = compute_fingerprint(_find_newest(filed))
                    self._publish(uri, RESTORE, self._next_version(uri), uri, fingerprint)
                    count += 1
        return count

    def find_forgotten(self) -> tuple[str, ...]:
        """Return the uris of forgotten articles, in the order in which they were forgotten."""
        sql = f"{_NEWEST} AND v.ed_note = ? ORDER BY n.sequence"
        return tuple(uri for (uri,) in self._execute(sql, "canceled", FORGOTTEN))

    def find_of_source(self, source: str) -> tuple[str, ...]:
        """Return the uris of the articles of a source that may be shown, in order of arrival."""
        sql = f"{_NEWEST} AND v.source = ? ORDER BY n.sequence"
        return tuple(uri for (uri,) in self._execute(sql, "usable", source))

    def _publish(self, uri: str, statement: str, *values: object) -> None:
        sequence = self._insert(statement, format_time(datetime.now(UTC)), *values)
        self._execute(SET_NEWEST, uri, sequence, sequence)

    def _next_version(self, uri: str) -> int:
        return 1 + self._execute_scalar("SELECT max(version) FROM version WHERE uri = ?", uri)


def _find_newest(versions: list[Article]) -> Article:
    """The newest of versions in order of arrival, by the rule of `decide_outcome`."""
    newest = versions[0]
    for version in versions[1:]:
        filed, last = version.version_created, newest.version_created
        if not (filed and last and filed < last):
            newest = version
    return newest
