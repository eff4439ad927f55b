"""Chains: the rows that are versions of one text, and the latest of each.

Responsibility: write and open which row each row replaces, and the head of every chain.
Decision: links are stored, heads are computed from them when they are written. The versions of one
article are a chain too, so that search knows one thing only.
Must not depend on: how links are found.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from index.storage.array_file import open_arrays, write_arrays

NONE = -1
_FILE = "chains.safetensors"


@dataclass(frozen=True, eq=False)
class Chains:
    """The chains of n rows.

    Attributes:
        replaced: (n,) int32, the row of another article that a row replaces; `NONE`.
        heads: (n,) int32, the latest row of each row's chain; a row alone is its own head.
        killed: (n,) uint8, 1 for every row of a chain whose head withdraws it.
        order: (n,) int32, rows by chain, oldest first within one.
        places: (n,) int32, the place of each row in that order.
    """

    replaced: NDArray[np.int32]
    heads: NDArray[np.int32]
    killed: NDArray[np.uint8]
    order: NDArray[np.int32]
    places: NDArray[np.int32]

    @cached_property
    def has_links(self) -> bool:
        """Whether any chain has several rows."""
        return not bool(self.is_head.all())

    @cached_property
    def is_head(self) -> NDArray[np.bool_]:
        """Rows that are the latest of their chain, (n,)."""
        is_head: NDArray[np.bool_] = self.heads == np.arange(len(self.heads))
        return is_head

    def rows(self, row: int) -> NDArray[np.int32]:
        """The rows of the chain that a row is in, oldest first."""
        by_head, head = self._heads_in_order, self.heads[row]
        start, stop = np.searchsorted(by_head, head), np.searchsorted(by_head, head, side="right")
        return self.order[start:stop]

    @cached_property
    def _heads_in_order(self) -> NDArray[np.int32]:
        return self.heads[self.order]


def build_chains(
    replaced: NDArray[np.int32],
    older: NDArray[np.int32],
    *,
    filed: NDArray[np.int64],
    ranks: NDArray[np.int32],
    kills: NDArray[np.bool_],
) -> Chains:
    """Chains from links.

    Args:
        replaced: As in `Chains`.
        older: (n,) int32, the newest row of the same article for an older version; else `NONE`.
        filed: (n,) int64, when each row was filed.
        ranks: (n,) int32, the order of rows that were filed in the same second.
        kills: (n,) bool, rows that say that what they replace is withdrawn.
    """
    count = len(replaced)
    rows = np.arange(count, dtype=np.int32)
    pairs = np.concatenate(
        [np.stack([rows[linked >= 0], linked[linked >= 0]], axis=1) for linked in (replaced, older)]
    )
    heads = rows.copy()
    if len(pairs):
        graph = sparse.coo_matrix(
            (np.ones(len(pairs), np.int8), (pairs[:, 0], pairs[:, 1])), shape=(count, count)
        )
        labels = connected_components(graph, directed=False)[1]
        is_last = older < 0
        # Ascending: of each chain the last one is a newest version that was filed last.
        ascending = np.lexsort((ranks, filed, is_last, labels))
        last = ascending[np.flatnonzero(np.diff(labels[ascending], append=-1))]
        head_of = np.empty(labels.max() + 1, np.int32)
        head_of[labels[last]] = last
        heads = np.asarray(head_of[labels], np.int32)
    is_head = heads == rows
    order = np.lexsort((ranks, filed, older < 0, is_head, heads)).astype(np.int32)
    places = np.empty(count, np.int32)
    places[order] = rows
    withdraws = kills & ((replaced >= 0) | np.isin(rows, older[older >= 0]))
    killed = withdraws[heads].astype(np.uint8)
    return Chains(replaced, heads, killed, order, places)


def build_single_chains(count: int) -> Chains:
    """Chains of so many rows that each stand alone."""
    none, zeros = np.full(count, NONE, np.int32), np.zeros(count, np.int32)
    return build_chains(
        none, none, filed=zeros.astype(np.int64), ranks=zeros, kills=np.zeros(count, bool)
    )


def write_chains(folder: Path, chains: Chains) -> None:
    """Write chains to a folder."""
    names = ("replaced", "heads", "killed", "order", "places")
    write_arrays(folder / _FILE, {name: getattr(chains, name) for name in names})


def open_chains(folder: Path) -> Chains:
    """Open the chains in a folder."""
    return Chains(**open_arrays(folder / _FILE))
