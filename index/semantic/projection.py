"""Mean vectors in fewer dimensions: their principal components, for a first look at many rows.

Decision: a third of the numbers is read for a product that is nearly right; whoever is near by it
is compared in full. Where rows are few nothing is projected: reading all of them costs no more.
Must not know passages, queries or what is done with products.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

MIN_ROWS = 50_000
"""Rows of a part from which its means are projected; at 20,000 it saves as much as it costs."""
DIMENSIONS = 128
"""Of 384: of the 100 nearest of 26,000 articles 0.999 are among the 2,000 nearest by these, of
106,000 0.997; with 96 0.996 and 0.984. Products are off by 0.013 on average."""
_SAMPLE = 8_192
"""Rows that the components are those of."""


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Rows of a part: `basis` is (dim, k) with orthonormal columns, `rows` (n, k) by it."""

    basis: Floats
    rows: Floats

    def approximate_products(self, vector: Floats) -> Floats:
        """Each row's product with a vector, about, (n,)."""
        return np.asarray(np.vecdot(self.rows, vector @ self.basis), np.float32)


def project(means: Floats) -> Projection | None:
    """The projection of the means of a part, (n, dim); None where they are few."""
    if len(means) < MIN_ROWS or means.shape[1] <= DIMENSIONS:
        return None
    sample = means[np.linspace(0, len(means) - 1, min(_SAMPLE, len(means))).astype(np.intp)]
    # Ascending by how much of the rows lies along each.
    _, directions = np.linalg.eigh(sample.T @ sample)
    basis = np.ascontiguousarray(directions[:, -DIMENSIONS:], np.float32)
    return Projection(basis, np.asarray(means @ basis, np.float32))
