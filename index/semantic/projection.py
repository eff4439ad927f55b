"""Mean vectors in fewer dimensions, to preselect rows.

Responsibility: project mean vectors to their principal components, and approximate their products.
Decision: an approximate product reads a third of the numbers; the rows that it selects are then
compared exactly. Segments with few rows have no projection, because reading all of them takes no
longer.
Must not depend on: passages, queries, or the use of the products.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

MIN_ROWS = 50_000
"""Segments with fewer rows have no projection; with 20,000 it saves as much as it costs."""
DIMENSIONS = 128
"""Of 384. The share of the 100 nearest articles that are among the 2,000 nearest by projection is
0.999 of 26,000 articles and 0.997 of 106,000; with 96 dimensions, 0.996 and 0.984. The mean error
of a product is 0.013."""
_SAMPLE = 8_192
"""Rows from which the principal components are computed."""


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """The projected rows of a segment.

    Attributes:
        basis: (dim, k) float32 with orthonormal columns.
        rows: (n, k) float32, the rows in that basis.
    """

    basis: Floats
    rows: Floats

    def approximate_products(self, vector: Floats) -> Floats:
        """The approximate product of each row with a vector, (n,) float32."""
        return np.asarray(np.vecdot(self.rows, vector @ self.basis), np.float32)


def project(means: Floats) -> Projection | None:
    """Project the means of a segment, (n, dim); None if there are few."""
    if len(means) < MIN_ROWS or means.shape[1] <= DIMENSIONS:
        return None
    sample = means[np.linspace(0, len(means) - 1, min(_SAMPLE, len(means))).astype(np.intp)]
    # In ascending order of variance.
    _, directions = np.linalg.eigh(sample.T @ sample)
    basis = np.ascontiguousarray(directions[:, -DIMENSIONS:], np.float32)
    return Projection(basis, np.asarray(means @ basis, np.float32))
