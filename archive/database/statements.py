"""The SQL statements of the store that name the columns of an article.

Responsibility: build each statement once, from the list of columns.
Decision: statements are constants beside each other, so that a new column is in all of them.
Must not depend on: connections or transactions.
"""

from collections.abc import Iterator, Sequence

from archive.database.rows import COLUMNS, READ_COLUMNS

# Keys per query: two variables each, below SQLite's old limit of 999.
_KEYS_PER_QUERY = 400

NAMES = ", ".join(f"v.{name}" for name in READ_COLUMNS)
SELECT = f"SELECT {NAMES} FROM version v"
# `(uri, version) IN (VALUES ...)` scans the table, 300 ms for 200 of 100,000; this uses the index.
FROM_WANTED = "wanted w CROSS JOIN version v ON v.uri = w.uri AND v.version = w.version"
SELECT_NEWEST = f"SELECT v.sequence, {NAMES} FROM newest n JOIN version v USING (sequence)"
# Versions before a withdrawal stay out for good, also once the article is published again.
SELECT_SEARCHABLE = (
    f"SELECT v.sequence, {NAMES} FROM version v"
    " JOIN newest n USING (uri) JOIN version m ON m.sequence = n.sequence"
    " WHERE (v.sequence > ? OR v.embargoed > ?) AND (v.embargoed IS NULL OR v.embargoed <= ?)"
    " AND v.pub_status = 'usable' AND m.pub_status = 'usable'"
    " AND NOT EXISTS (SELECT 1 FROM version w WHERE w.uri = v.uri AND w.pub_status != 'usable'"
    " AND w.sequence <= n.sequence AND (w.sequence > v.sequence OR v.sequence > n.sequence))"
    " ORDER BY v.sequence"
)
SELECT_WITHDRAWN = (
    "SELECT DISTINCT w.uri FROM version w JOIN newest n USING (uri)"
    " WHERE w.sequence > ? AND w.pub_status != 'usable' AND w.sequence <= n.sequence"
)
INSERT = (
    f"INSERT INTO version (ingested_at, content_hash, fingerprint, {', '.join(COLUMNS)})"
    f" VALUES ({', '.join('?' * (len(COLUMNS) + 3))})"
)
_COPIED = ", ".join(name for name in COLUMNS if name != "version")
RESTORE = (
    f"INSERT INTO version (ingested_at, version, content_hash, fingerprint, {_COPIED})"
    f" SELECT ?, ?, content_hash, fingerprint, {_COPIED} FROM version"
    " WHERE uri = ? AND fingerprint = ? ORDER BY version DESC LIMIT 1"
)
SET_NEWEST = (
    "INSERT INTO newest (uri, sequence, filed)"
    " VALUES (?, ?, (SELECT version_created FROM version WHERE sequence = ?))"
    " ON CONFLICT (uri) DO UPDATE SET sequence = excluded.sequence, filed = excluded.filed"
)
SET_FILED = "UPDATE newest SET filed = ? WHERE uri = ?"


def iter_wanted(keys: Sequence[tuple[str, int]]) -> Iterator[tuple[str, list[str | int]]]:
    """Yield the keys as tables `wanted`, each with its values, below SQLite's limit of values."""
    for start in range(0, len(keys), _KEYS_PER_QUERY):
        chunk = keys[start : start + _KEYS_PER_QUERY]
        marks = ", ".join(["(?, ?)"] * len(chunk))
        yield (
            f"WITH wanted (uri, version) AS (VALUES {marks})",
            [part for key in chunk for part in key],
        )
