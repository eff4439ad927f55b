"""Rows that grow are those that were put in, in order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from index.stories.rows import Lengthening, SparseRows


@given(st.lists(st.lists(st.floats(0, 9, width=32), max_size=5), min_size=1, max_size=8))
def test_an_array_holds_all_that_was_put_in(parts: list[list[float]]) -> None:
    first, *rest = (np.array(part, np.float32) for part in parts)
    growing = Lengthening(first)
    for part in rest:
        growing.extend(part)
    assert growing.values.tolist() == np.concatenate([first, *rest]).tolist()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=6))
def test_a_matrix_grows_in_rows_and_columns(sizes: list[tuple[int, int]]) -> None:
    dice, width, parts = np.random.default_rng(7), 0, []
    for rows, more in sizes:
        width += more
        parts.append((dice.random((rows, width)) * (dice.random((rows, width)) < 0.5)).astype("f4"))
    growing = SparseRows(sparse.csr_matrix(parts[0]))
    for part in parts[1:]:
        growing.extend(sparse.csr_matrix(part))
    wide = [np.pad(part, ((0, 0), (0, width - part.shape[1]))) for part in parts]
    assert growing.matrix.toarray().tolist() == np.concatenate(wide).tolist()
