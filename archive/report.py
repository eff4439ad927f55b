"""What an ingest is told, and what it tells: options, rejections and counts.

Decision: nothing is dropped without a line here that says where it stood and why.
Must not know formats, files or the store.
"""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Something that was not taken.

    Attributes:
        where: `path:line`, `path#record`, or the path alone.
        reason: One sentence for a person.
    """

    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """What the one who ingests knows about the articles.

    Attributes:
        date: The day of articles that do not say it; gives datelines their year.
        source: For articles that name no source of their own.
        language: For articles that name no language of their own; empty: detected.
        dry_run: Count, and store nothing.
    """

    date: datetime.date | None = None
    source: str = ""
    language: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What became of the articles of one ingest.

    Attributes:
        added: New articles.
        updated: New versions of articles that were held.
        unchanged: Held already, as they are.
        duplicate: The same id and content again within this ingest.
        rejected: In the order in which they were met.
    """

    added: int
    updated: int
    unchanged: int
    duplicate: int
    rejected: tuple[Rejection, ...]
