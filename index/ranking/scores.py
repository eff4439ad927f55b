"""What a lexical index tells of a query: rows with scores, how well they cover it, words like it.

Decision: arrays over row numbers, so that whatever counts or fuses needs no object for each row.
Must not know how anything is found.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of a query's words its answers have.

    Attributes:
        words: That an answer should have.
        least: That every answer has.
        complete: How many answers have them all.
    """

    words: int
    least: int
    complete: int


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
