"""The store: every version of every article, in one SQLite file.

Responsibility: store new versions, and read articles by uri, version or sequence number.
Decision: a version is never changed or deleted; each new one gets a row and the next sequence
number, so that "what is new since N" is one comparison. Each thread has its own connection.
Must not depend on: where articles come from or how they are indexed.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from archive.article import Article
from archive.database.connection import (
    Connections,
    StoreError,
    create_file,
    translate_errors,
)
from archive.database.forgetting import ForgottenArticles
from archive.database.identity import Checkpoint, Continuity, compare, read_checkpoint
from archive.database.rows import (
    article_to_row,
    decompress_raw,
    format_time,
    parse_time,
    row_to_article,
)
from archive.database.schema import prepare_schema
from archive.database.searchable import SearchableVersions
from archive.database.statements import (
    FROM_WANTED,
    INSERT,
    NAMES,
    RESTORE,
    SELECT,
    SELECT_NEWEST,
    SET_FILED,
    SET_NEWEST,
    iter_wanted,
)
from archive.database.versioning import FORGOTTEN, NewestVersion, Outcome, decide_outcome

__all__ = ["ArticleStore", "StoreError"]

FILE_NAME = "archive.sqlite"


class ArticleStore(SearchableVersions, ForgottenArticles):
    """The articles of one archive folder. Safe to share between threads.

    Each thread has its own connection: a read sees what was committed when it began, and
    `transaction` covers the `put` calls of the thread that opened it.
    """

    @classmethod
    def open(cls, home: Path, *, readonly: bool = False, create: bool = True) -> Self:
        """Open `home/archive.sqlite`.

        Without `readonly`, an archive of an older schema is migrated, and a missing one is created
        with its folder, unless `create` is False.

        Raises:
            StoreError: There is no archive (if readonly, or not create), the file is not an
                archive, a newer Dateline created it, or it is older (if readonly, or if it cannot
                be migrated).
        """
        path = home / FILE_NAME
        if (readonly or not create) and not cls.exists(home):
            raise StoreError(
                f"There is no archive in {home} yet. Run `dateline ingest PATH` first."
            )
        if not readonly:
            try:
                home.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(
                    f"Cannot create the folder {home} ({error.strerror})."
                    " Choose another folder with --home."
                ) from error
            create_file(path)
        connections = Connections(path, readonly=readonly)
        try:
            prepare_schema(connections)
        except BaseException:
            connections.close()
            raise
        return cls(connections)

    @staticmethod
    def exists(home: Path) -> bool:
        """Return whether `home` has an archive, or may have one; opening it then says more."""
        try:
            return (home / FILE_NAME).exists()
        except OSError:
            return True

    def put(self, article: Article) -> Outcome:
        """Store the article as a new version, unless the archive already has an equal version.

        `article.version` is ignored: the store counts from 1, in order of arrival. Versions are
        equal if all fields but `raw`, `version` and `version_created` are; a change of metadata
        alone is a new version. See `decide_outcome` for which version is the newest. If the uri is
        a bare number, the article is stored under `uri@source`.

        Raises:
            StoreError: The archive cannot be written.
        """
        with self.transaction():
            decision = decide_outcome(self, article)
            if decision.outcome in ("unchanged", "superseded"):
                if decision.is_newest:
                    self._execute(SET_FILED, format_time(article.version_created), decision.uri)
                return decision.outcome
            last = 0 if decision.outcome == "added" else self._last_version(decision.uri)
            row = article_to_row(article, uri=decision.uri, version=last + 1)
            sequence = self._insert(
                INSERT,
                format_time(datetime.now(UTC)),
                article.content_hash,
                decision.fingerprint,
                *row,
            )
            if decision.is_newest:
                self._execute(SET_NEWEST, decision.uri, sequence, sequence)
            return decision.outcome

    def restore(self, uri: str, fingerprint: bytes) -> None:
        """Store a copy of an older version of the uri as its newest one.

        Raises:
            StoreError: The archive cannot be written.
        """
        with self.transaction():
            sequence = self._insert(
                RESTORE,
                format_time(datetime.now(UTC)),
                self._last_version(uri) + 1,
                uri,
                fingerprint,
            )
            self._execute(SET_NEWEST, uri, sequence, sequence)

    def find_newest(self, uri: str) -> NewestVersion | None:
        """Return the newest version of the uri, as far as `decide_outcome` needs it."""
        rows = self._execute(
            "SELECT v.source, v.fingerprint, n.filed, v.pub_status, v.ed_note"
            " FROM newest n JOIN version v USING (sequence) WHERE n.uri = ?",
            uri,
        )
        if not rows:
            return None
        source, fingerprint, filed, status, note = rows[0]
        is_forgotten = status == "canceled" and note == FORGOTTEN
        return NewestVersion(source, fingerprint, parse_time(filed), status, is_forgotten)

    def find_filings(self, uri: str, fingerprint: bytes) -> tuple[datetime | None, ...]:
        """Return when each version of the uri with this fingerprint was filed, oldest first."""
        rows = self._execute(
            "SELECT version_created FROM version WHERE uri = ? AND fingerprint = ?"
            " ORDER BY version",
            uri,
            fingerprint,
        )
        return tuple(parse_time(row[0]) for row in rows)

    def has_read(self, file_key: bytes) -> bool:
        """Return whether `mark_read` was called with this key."""
        return bool(self._execute("SELECT 1 FROM read_file WHERE key = ?", file_key))

    def mark_read(self, file_keys: Iterable[bytes]) -> None:
        """Remember the keys of files that an ingest has read to the end."""
        with self.transaction(), translate_errors(self._connections.path):
            self._connections.current().executemany(
                "INSERT OR IGNORE INTO read_file (key) VALUES (?)", ((key,) for key in file_keys)
            )

    def get(self, uri: str, version: int | None = None) -> Article | None:
        """Return one version of the article, by default the newest; None if there is none."""
        if version is None:
            sql = f"{SELECT} JOIN newest n USING (sequence) WHERE n.uri = ?"
            rows = self._execute(sql, uri)
        else:
            rows = self._execute(f"{SELECT} WHERE v.uri = ? AND v.version = ?", uri, version)
        return row_to_article(rows[0]) if rows else None

    def read_raw(self, uri: str, version: int) -> str | None:
        """Return the original text of one version; None if the archive does not have it.

        Articles are read without it.
        """
        rows = self._execute("SELECT raw FROM version WHERE uri = ? AND version = ?", uri, version)
        return decompress_raw(rows[0][0]) if rows else None

    def get_many(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Article]:
        """Return the articles of these (uri, version) keys; unknown keys are left out."""
        articles: dict[tuple[str, int], Article] = {}
        for wanted, values in iter_wanted(keys):
            rows = self._execute(f"{wanted} SELECT {NAMES} FROM {FROM_WANTED}", *values)
            for article in map(row_to_article, rows):
                articles[article.uri, article.version] = article
        return articles

    def versions(self, uri: str) -> tuple[Article, ...]:
        """Return every version of the uri, the newest one last; empty if the uri is unknown.

        The others are in order of arrival.
        """
        sql = f"{SELECT} JOIN newest n USING (uri) WHERE v.uri = ?"
        rows = self._execute(f"{sql} ORDER BY v.sequence = n.sequence, v.version", uri)
        return tuple(row_to_article(row) for row in rows)

    def newest(self, *, after: int = 0) -> Iterator[tuple[int, Article]]:
        """Yield (sequence, article) of each article's newest version, by sequence, above `after`.

        Streamed from one snapshot, without later commits and without open transactions.
        """
        sql = f"{SELECT_NEWEST} WHERE n.sequence > ? ORDER BY n.sequence"
        for sequence, *row in self._stream(sql, after):
            yield sequence, row_to_article(row)

    def find_held(self, keys: Sequence[tuple[str, int]]) -> set[tuple[str, int]]:
        """Return those of these (uri, version) keys whose versions are in the archive."""
        held: set[tuple[str, int]] = set()
        for wanted, values in iter_wanted(keys):
            held.update(
                self._execute(f"{wanted} SELECT v.uri, v.version FROM {FROM_WANTED}", *values)
            )
        return held

    def read_checkpoint(self, sequence: int | None = None) -> Checkpoint:
        """Return what the archive holds up to a sequence number, by default its last version."""
        with translate_errors(self._connections.path):
            return read_checkpoint(self._connections.current(), sequence)

    def compare(self, checkpoint: Checkpoint) -> Continuity:
        """Say whether the archive still holds what it, or another one, held at a checkpoint.

        The answer is remembered until the file changes: a search asks each time.
        """
        with translate_errors(self._connections.path):
            connection = self._connections.current()
            (changes,) = connection.execute("PRAGMA data_version").fetchone()
            key = (changes, connection.total_changes, checkpoint)
            known: tuple[object, Continuity] | None = getattr(self._thread_state, "compared", None)
            if known is None or known[0] != key:
                now = read_checkpoint(connection, checkpoint.sequence)
                known = self._thread_state.compared = (key, compare(checkpoint, now))
            return known[1]

    def last_sequence(self) -> int:
        """Return the sequence number of the last version stored; 0 if the archive is empty."""
        return self._execute_scalar("SELECT coalesce(max(sequence), 0) FROM version")

    def count(self) -> int:
        """Return the number of articles."""
        return self._execute_scalar("SELECT count(*) FROM newest")

    def count_versions(self) -> int:
        """Return the number of versions of all articles."""
        return self._execute_scalar("SELECT count(*) FROM version")

    def count_pending(self, after: int) -> int:
        """Return the number of articles whose newest version has a sequence above `after`."""
        return self._execute_scalar("SELECT count(*) FROM newest WHERE sequence > ?", after)

    def _last_version(self, uri: str) -> int:
        return self._execute_scalar("SELECT max(version) FROM version WHERE uri = ?", uri)
