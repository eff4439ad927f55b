"""The terms that some rows have, in all rows: what tells how alike an article and all others are.

Decision: only these terms' postings are read, a few hundred of a new article's, not the index.
Must not know queries, scoring or stories.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.lexical.postings import Postings
from index.text.analysis import list_terms_of_stem, strip_language


def term_matrix_of(postings: Postings, of: NDArray[np.integer], rows: int) -> sparse.csr_matrix:
    """(rows, stems) float32 weights of the stems that the rows `of` have, whatever the language."""
    terms = postings.terms_of(of).tolist()
    stems = sorted({strip_language(postings.terms.bytes_at(number)) for number in terms})
    having, weights, columns = [np.empty(0, np.int32)], [np.empty(0, np.float32)], []
    for stem in stems:
        forms = (postings.terms.find(form) for form in list_terms_of_stem(stem.decode()))
        found = [postings.postings(number) for number in forms if number is not None]
        having += [rows for rows, _ in found]
        weights += [weights for _, weights in found]
        columns.append(sum(len(rows) for rows, _ in found))
    numbers = np.repeat(np.arange(len(stems), dtype=np.int32), columns)
    parts = (np.concatenate(weights), (np.concatenate(having), numbers))
    return sparse.csr_matrix(parts, (rows, len(stems)))
