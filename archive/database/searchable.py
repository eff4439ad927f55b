"""What a search may find: the versions that are not withdrawn, as a reindex reads them.

Responsibility: stream the searchable versions, and say which articles were withdrawn.
Decision: every version of an article that may be shown is searchable, so that a reader finds what
an earlier one said. The text from before a withdrawal never is again.
Must not depend on: how an index is built.
"""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from archive.article import Article
from archive.database.connection import translate_errors
from archive.database.rows import row_to_article
from archive.database.session import Session
from archive.database.statements import SELECT_SEARCHABLE, SELECT_WITHDRAWN

_ROWS_PER_FETCH = 200


class SearchableVersions(Session):
    """Reads the versions of an archive in the order in which they were stored."""

    def searchable(
        self, *, after: int = 0, now: str, released: str = ""
    ) -> Iterator[tuple[int, Article]]:
        """Yield (sequence, article) of each version that may be found, above `after`.

        That is every usable version of an article whose newest version is usable, except those
        before a withdrawal and those under an embargo. By sequence; streamed as by `newest`.

        Args:
            now: Embargoes that end by then are over; ISO 8601, UTC, as all times here.
            released: Also yield versions whose embargo ended after this time.
        """
        for sequence, *row in self._stream(SELECT_SEARCHABLE, after, released or now, now):
            yield sequence, row_to_article(row)

    def count_released(self, since: str, now: str) -> int:
        """Return the number of versions whose embargo ended between two times."""
        return self._execute_scalar(
            "SELECT count(*) FROM version WHERE embargoed > ? AND embargoed <= ?",
            since,
            now,
        )

    def count_embargoed(self, now: str) -> int:
        """Return the number of articles of which nothing may be shown yet."""
        return self._execute_scalar(
            "SELECT count(DISTINCT uri) FROM version v WHERE embargoed > ?1 AND NOT EXISTS"
            " (SELECT 1 FROM version w WHERE w.uri = v.uri"
            " AND (w.embargoed IS NULL OR w.embargoed <= ?1))",
            now,
        )

    def find_withdrawn(self, *, after: int) -> set[str]:
        """Return the uris that a version above `after` withdraws or withholds, or did so."""
        return {uri for (uri,) in self._execute(SELECT_WITHDRAWN, after)}

    def find_withdrawn_since(self, sequence: int) -> tuple[str, ...]:
        """Return the uris whose newest version, above `sequence`, withdraws or withholds them."""
        return tuple(
            uri
            for (uri,) in self._execute(
                "SELECT n.uri FROM newest n JOIN version v USING (sequence)"
                " WHERE n.sequence > ? AND v.pub_status != 'usable'",
                sequence,
            )
        )

    def find_newest_versions(self, uris: Sequence[str]) -> dict[str, int]:
        """Return the number of the newest version of each of these uris."""
        numbers: dict[str, int] = {}
        for start in range(0, len(uris), _ROWS_PER_FETCH):
            chunk = uris[start : start + _ROWS_PER_FETCH]
            marks = ", ".join("?" * len(chunk))
            numbers |= self._execute(
                "SELECT n.uri, v.version FROM newest n JOIN version v USING (sequence)"
                f" WHERE n.uri IN ({marks})",
                *chunk,
            )
        return numbers

    def _stream(self, sql: str, *values: object) -> Iterator[list[Any]]:
        """Yield rows from one snapshot, on a connection of its own."""
        with (
            translate_errors(self._connections.path),
            contextlib.closing(self._connections.open()) as connection,
        ):
            cursor = connection.execute(sql, values)
            while rows := cursor.fetchmany(_ROWS_PER_FETCH):
                yield from rows
