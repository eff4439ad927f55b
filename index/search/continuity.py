"""Whether the index fits the archive: another archive, and articles that the archive lacks.

Responsibility: refuse the index of another archive, and leave out articles that are missing.
Decision: an archive that lacks some articles (an older copy was restored, or rows were deleted)
still answers, without them. Another archive does not: ids would lead to other articles.
Must not depend on: how an index is built, or which engine searches it.
"""

from dataclasses import replace

import numpy as np

from archive.database.store import ArticleStore
from index.ports import IndexUnavailableError
from index.ranking.candidates import Candidates
from index.search.ports import Snapshot

OTHER_ARCHIVE = (
    "The index was built from another archive. Run `dateline reindex` to build it from this one."
)
INCOMPLETE = (
    "The archive lacks articles that are indexed: an older copy was restored, or articles were"
    " deleted. Run `dateline reindex` to build the index again."
)


def require_own_index(archive: ArticleStore, snapshot: Snapshot) -> None:
    """Check that the index was built from this archive.

    Raises:
        IndexUnavailableError: It was built from another one.
    """
    if archive.compare(snapshot.checkpoint) == "other":
        raise IndexUnavailableError(OTHER_ARCHIVE)


def find_index_problem(archive: ArticleStore, snapshot: Snapshot) -> str:
    """Say why the index does not fit the archive, and what to do; empty if it does."""
    continuity = archive.compare(snapshot.checkpoint)
    return {"same": "", "incomplete": INCOMPLETE, "other": OTHER_ARCHIVE}[continuity]


def leave_out_withdrawn(
    archive: ArticleStore, snapshot: Snapshot, candidates: Candidates
) -> Candidates:
    """The candidates without articles that were withdrawn or withheld after they were indexed."""
    uris = archive.find_withdrawn_since(snapshot.checkpoint.sequence)
    refs = [ref for ref in map(snapshot.find, uris) if ref is not None] if uris else []
    return candidates.select(~np.isin(candidates.heads, refs)) if refs else candidates


def leave_out_missing(
    archive: ArticleStore, snapshot: Snapshot, candidates: Candidates
) -> Candidates:
    """The candidates that the archive holds, with the number of the others."""
    if archive.compare(snapshot.checkpoint) == "same":
        return candidates
    keys = snapshot.keys(candidates.refs)
    held = archive.find_held(keys)
    mask = np.fromiter((key in held for key in keys), bool, len(keys))
    return replace(candidates.select(mask), missing=int(np.count_nonzero(~mask)))
