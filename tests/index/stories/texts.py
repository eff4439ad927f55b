"""Texts in the form that clustering needs: term counts, vectors and dates."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.storage.doc_values import UNDATED
from index.stories.clustering import cluster_rows
from tests.fakes import fake_embed

DAY = 86_400
WORDS = "ferry fog strike nurses hospital bank rates flood bridge mine rescue goal".split()
FERRY = ["ferry aground skerrow fog coastguard", "ferry aground skerrow fuel coastguard tug"] * 3
NURSES = ["nurses strike toulouse hospital night", "nurses strike toulouse hospital deal"] * 3


def count_terms(texts: list[str]) -> sparse.csr_matrix:
    """Count the terms of texts, (rows, terms) float32."""
    terms = sorted({word for text in texts for word in text.split()})
    counts = np.zeros((len(texts), len(terms)), np.float32)
    for row, text in enumerate(texts):
        for word, count in Counter(text.split()).items():
            counts[row, terms.index(word)] = count
    return sparse.csr_matrix(counts)


def cluster_labels(
    counts: sparse.csr_matrix, vectors: NDArray[np.float32] | None, published: NDArray[np.int64]
) -> NDArray[np.int32]:
    """The story of each row, with all rows clustered at once."""
    return cluster_rows(counts, vectors, published)[0]


def embed_texts(texts: list[str]) -> NDArray[np.float32]:
    return np.stack([fake_embed(text) for text in texts])


def to_seconds(*when: float | None) -> NDArray[np.int64]:
    return np.array([UNDATED if day is None else int(day * DAY) for day in when], np.int64)
