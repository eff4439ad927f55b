"""Rows by stems: the weights that tell how similar articles are.

Responsibility: build sparse matrices of stems from the postings of `text`.
Decision: a stem that several languages share is one column, because names are what their articles
have in common. For a few rows, only the postings of their own stems are read.
Must not depend on: queries, scoring or stories.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.arrays.ops import intersect_places
from index.lexical.postings import Postings
from index.text.analysis import is_further_form, list_terms_of_stem, strip_language


def build_matrix(postings: Postings, row_count: int) -> sparse.csr_matrix:
    """(rows, stems) float32 weights of all stems."""
    numbers: dict[bytes, int] = {}
    columns = np.full(len(postings.terms), -1, np.int32)
    for number in range(len(postings.terms)):
        term = postings.terms.get_bytes(number)
        if not is_further_form(term):
            columns[number] = numbers.setdefault(strip_language(term), len(numbers))
    rows, weights, terms = postings.read_all()
    stems = columns[terms]
    is_stem = stems >= 0
    cells = (weights[is_stem], (rows[is_stem], stems[is_stem]))
    return sparse.csr_matrix(cells, (row_count, len(numbers)))


def build_matrix_of(
    postings: Postings, of: NDArray[np.integer], row_count: int, languages: Sequence[str]
) -> sparse.csr_matrix:
    """(rows, stems) float32 weights, in all rows, of the stems that the rows `of` have.

    Args:
        languages: The languages that the postings have terms of.
    """
    rows, weights = [np.empty(0, np.int32)], [np.empty(0, np.float32)]
    sizes = []
    for pairs in _read_stems(postings, of, languages):
        rows += [some for some, _ in pairs]
        weights += [values for _, values in pairs]
        sizes.append(sum(len(some) for some, _ in pairs))
    columns = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    values = (np.concatenate(weights), (np.concatenate(rows), columns))
    return sparse.csr_matrix(values, (row_count, len(sizes)))


def build_matrix_among(
    postings: Postings, row: int, others: NDArray[np.integer], languages: Sequence[str]
) -> tuple[sparse.csr_matrix, NDArray[np.integer]]:
    """As `LexicalIndex.stems_in_common`: of long postings, only these rows are looked up."""
    wanted = np.concatenate(([row], others))
    order = np.argsort(wanted)
    ascending, frequency, cells = wanted[order], [], []
    for column, pairs in enumerate(_read_stems(postings, np.array([row]), languages)):
        frequency.append(sum(len(rows) for rows, _ in pairs))
        for rows, weights in pairs:
            in_wanted, in_rows = intersect_places(ascending, rows)
            cells.append((order[in_wanted], np.full(len(in_rows), column), weights[in_rows]))
    places, columns, values = (
        (np.concatenate(part) for part in zip(*cells, strict=True)) if cells else ([], [], [])
    )
    shape = (len(wanted), len(frequency))
    return sparse.csr_matrix((values, (places, columns)), shape, np.float32), np.array(frequency)


def _read_stems(
    postings: Postings, of: NDArray[np.integer], languages: Sequence[str]
) -> Iterator[list[tuple[NDArray[np.int32], NDArray[np.float32]]]]:
    """Yield the postings of each stem that some rows have, a pair for each of its languages."""
    terms = map(postings.terms.get_bytes, postings.find_terms(of).tolist())
    for stem in sorted({strip_language(term) for term in terms if not is_further_form(term)}):
        numbers = (
            postings.terms.find(term) for term in list_terms_of_stem(stem.decode(), languages)
        )
        yield [postings.read(number) for number in numbers if number is not None]
