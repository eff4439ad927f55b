"""Rows by stems: the weights that tell how similar articles are.

Responsibility: build sparse matrices of stems from the postings of `text`.
Decision: a stem that several languages share is one column, because names are what their articles
have in common. For a few rows, only the postings of their own stems are read.
Must not depend on: queries, scoring or stories.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.lexical.postings import Postings
from index.text.analysis import list_terms_of_stem, strip_language


def build_matrix(postings: Postings, row_count: int) -> sparse.csr_matrix:
    """(rows, stems) float32 weights of all stems."""
    numbers: dict[bytes, int] = {}
    columns = np.array(
        [
            numbers.setdefault(strip_language(postings.terms.get_bytes(number)), len(numbers))
            for number in range(len(postings.terms))
        ],
        np.int32,
    )
    rows, weights, terms = postings.read_all()
    return sparse.csr_matrix((weights, (rows, columns[terms])), (row_count, len(numbers)))


def build_matrix_of(
    postings: Postings, of: NDArray[np.integer], row_count: int
) -> sparse.csr_matrix:
    """(rows, stems) float32 weights, in all rows, of the stems that the rows `of` have."""
    terms = postings.find_terms(of).tolist()
    stems = sorted({strip_language(postings.terms.get_bytes(number)) for number in terms})
    rows, weights = [np.empty(0, np.int32)], [np.empty(0, np.float32)]
    sizes = []
    for stem in stems:
        numbers = (postings.terms.find(term) for term in list_terms_of_stem(stem.decode()))
        pairs = [postings.read(number) for number in numbers if number is not None]
        rows += [some for some, _ in pairs]
        weights += [values for _, values in pairs]
        sizes.append(sum(len(some) for some, _ in pairs))
    columns = np.repeat(np.arange(len(stems), dtype=np.int32), sizes)
    values = (np.concatenate(weights), (np.concatenate(rows), columns))
    return sparse.csr_matrix(values, (row_count, len(stems)))
