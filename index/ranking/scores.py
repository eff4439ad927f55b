"""What retrievers report: scored rows, coverage of a query, similar words and similar passages.

Responsibility: the values that pass from an index to ranking, notices and suggestions.
Decision: arrays over row numbers, so that counting and fusing need no object for each row.
Must not depend on: how an index computes them.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.types.fields import Span


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of a query's words the matching articles have.

    Attributes:
        words: How many words a match should have.
        least: How many words every match has.
        complete: How many matches have all of them.
        is_sentence: Whether the query has so many words that few articles have them all.
    """

    words: int
    least: int
    complete: int
    is_sentence: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What a retriever found.

    Attributes:
        rows, values: (n,) int32 ascending and (n,) float32, in its own unit.
        coverage: None where the query has no words that answers should have.
        complete: (m,) int32 ascending, the rows with every word of a query that is a sentence.
    """

    rows: NDArray[np.int32]
    values: NDArray[np.float32]
    coverage: Coverage | None = None
    complete: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))


@dataclass(frozen=True, slots=True)
class Similar:
    """A word of the archive that is spelt almost as another.

    Attributes:
        edits: Letters changed, left out, put in or swapped.
        articles: How many articles have it as written.
    """

    word: str
    edits: int
    articles: int


class NearestPassage(NamedTuple):
    """The passage of an article that is most similar to a query.

    Attributes:
        span: What it covers of the body; (0, 0) for the headline.
        cosine: Its cosine with the query.
        mean_cosine: Cosine of the mean of all the article's passages.
    """

    span: Span
    cosine: float
    mean_cosine: float
