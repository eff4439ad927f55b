"""The state of the archive and of its index.

Responsibility: the values behind the status page, `dateline status` and `/api/v1/status`.
Decision: frozen values only, as in `search`, so that pages, API and terminal share one answer.
Must not depend on: how anything is counted or shown.
"""

from dataclasses import dataclass

from index.types.fields import Count, Moment
from index.types.search import FacetValue, Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Vectors:
    """The vectors of the live generation.

    Attributes:
        first_passages: How many passages of each article, from its beginning, are embedded; null
            if all are.
        exact: Whether a query is compared with all vectors. If not, two stages find `recall` of
            the exact top ten.
        recall: Measured when the archive had `recall_articles` articles.
    """

    first_passages: Count | None
    exact: bool
    recall: float
    recall_articles: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What the archive has and what the live generation can answer.

    Attributes:
        articles: In the archive; versions of one article count once.
        indexed: In the live generation.
        pending: Articles that wait for a reindex.
        vectors: Null if there are none.
        generation: The live generation; null before the first reindex.
        built: When the live generation was built.
        index_problem: Why the live generation does not fit the archive, and what to do; empty if
            it does.
        model: The name of the encoder in use; null if there is none.
        model_problem: Why there is no encoder; empty if there is one.
        modes: The modes that the live generation answers, only `lexical` while vectors are made;
            none if it was built from another archive.
        languages, sources: With how many articles have each, most frequent first.
        first_created, last_created: Of the articles; null if none has a date.
    """

    articles: Count
    versions: Count
    indexed: Count
    pending: Count
    passages: Count
    vectors: Vectors | None
    stories: Count
    generation: str | None
    built: Moment | None
    index_problem: str
    model: str | None
    model_problem: str
    modes: tuple[Mode, ...]
    languages: tuple[FacetValue, ...]
    sources: tuple[FacetValue, ...]
    first_created: Moment | None
    last_created: Moment | None

    @classmethod
    def of_nothing(cls, articles: int, versions: int, *, why: str) -> "Status":
        """The status of an archive without an index."""
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
            index_problem="",
            model=None,
            model_problem=why,
            modes=(),
            languages=(),
            sources=(),
            first_created=None,
            last_created=None,
        )
