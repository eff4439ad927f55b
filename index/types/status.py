"""What an archive holds, and what its index can answer.

Responsibility: the values behind the status page, `dateline status` and `/api/v1/status`.
Decision: frozen values only, as in `search`, so that pages, API and terminal share one answer.
Must not depend on: how anything is counted or shown.
"""

from dataclasses import dataclass
from datetime import datetime

from index.types.search import FacetValue, Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Vectors:
    """What the vectors of the live generation are of.

    Attributes:
        first_passages: How many passages of each article, from its beginning; None: all.
        exact: Whether all of them are compared with a query; else in two steps, which find
            `recall` of the exact best ten, as measured when there were `recall_articles`.
    """

    first_passages: int | None
    exact: bool
    recall: float
    recall_articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What the archive holds and what the live generation can answer.

    Attributes:
        articles: In the archive, each counted once whatever its versions.
        indexed: In the live generation; `pending` more wait for a reindex.
        vectors: None where there are none.
        generation: None before the first reindex.
        model: Name of the encoder in use; None without one, and `model_problem` says why.
        modes: Modes the live generation answers, e.g. ("lexical",) while vectors are made.
    """

    articles: int
    versions: int
    indexed: int
    pending: int
    passages: int
    vectors: Vectors | None
    stories: int
    generation: str | None
    built: datetime | None
    model: str | None
    model_problem: str
    modes: tuple[Mode, ...]
    languages: tuple[FacetValue, ...]
    sources: tuple[FacetValue, ...]
    first_created: datetime | None
    last_created: datetime | None

    @classmethod
    def of_nothing(cls, articles: int, versions: int, *, why: str) -> "Status":
        """Of an archive of which nothing is indexed."""
        return cls(
            articles=articles,
            versions=versions,
            indexed=0,
            pending=articles,
            passages=0,
            vectors=None,
            stories=0,
            generation=None,
            built=None,
            model=None,
            model_problem=why,
            modes=(),
            languages=(),
            sources=(),
            first_created=None,
            last_created=None,
        )
