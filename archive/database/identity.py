"""Identity: which archive a file is, and whether it still holds what was read from it earlier.

Responsibility: give every archive an id, and compare an archive with an earlier state of one.
Decision: a copy of an archive has its id too, so a checkpoint also names the last version that was
read. A copy that went another way has another version in that place, an older copy has none.
Must not depend on: articles, or what is built from an archive.
"""

import hashlib
import sqlite3
import uuid
from dataclasses import dataclass
from typing import Literal

CREATE_IDENTITY = "CREATE TABLE identity (id TEXT NOT NULL)"

Continuity = Literal["same", "incomplete", "other"]
"""How an archive follows on from a checkpoint: it holds everything up to it; it lacks versions,
because an older copy was restored or rows were deleted; or it is another archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What an archive held up to one sequence number.

    Attributes:
        archive: The id of the archive; empty if it is unknown.
        sequence: The sequence number of the last version; 0 without versions.
        versions: How many versions there were up to it.
        digest: SHA-256, hex, of what identifies the last version; empty if the archive lacks it.
    """

    archive: str = ""
    sequence: int = 0
    versions: int = 0
    digest: str = ""


def write_new_id(connection: sqlite3.Connection) -> None:
    """Give an archive its id, as part of the open transaction."""
    connection.execute("INSERT INTO identity (id) VALUES (?)", (str(uuid.uuid4()),))


def read_checkpoint(connection: sqlite3.Connection, sequence: int | None = None) -> Checkpoint:
    """Read what the archive holds up to a sequence number, by default up to its last version."""
    (archive,) = connection.execute("SELECT id FROM identity").fetchone()
    if sequence is None:
        (sequence,) = connection.execute(
            "SELECT coalesce(max(sequence), 0) FROM version"
        ).fetchone()
    # SQLite counts a whole table without reading its rows; those above are few.
    (versions,) = connection.execute(
        "SELECT (SELECT count(*) FROM version) - (SELECT count(*) FROM version WHERE sequence > ?)",
        (sequence,),
    ).fetchone()
    # No fingerprint: a migration computes it again.
    last = connection.execute(
        "SELECT uri, version, ingested_at, content_hash FROM version WHERE sequence = ?",
        (sequence,),
    ).fetchone()
    digest = hashlib.sha256("\n".join(map(str, last)).encode()).hexdigest() if last else ""
    return Checkpoint(archive=archive, sequence=sequence, versions=versions, digest=digest)


def compare(earlier: Checkpoint, now: Checkpoint) -> Continuity:
    """Say how an archive follows on from a checkpoint.

    Args:
        now: What it holds up to the same sequence number.
    """
    if earlier == now:
        return "same"
    if earlier.archive != now.archive or (now.digest and now.digest != earlier.digest):
        return "other"
    return "incomplete"
