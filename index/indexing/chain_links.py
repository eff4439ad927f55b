"""Links between filings: which row replaces which, for all rows of a draft.

Responsibility: find the rows whose texts must be compared, and have them compared.
Decision: what was decided in the previous generation stands as long as the same rows may be linked,
so that a reindex reads the texts of new rows and their like alone.
Must not depend on: what makes one filing replace another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.storage.chains import NONE, Chains
from index.storage.filings import LASTING, MARKED, NO_GROUP, UNKNOWN, Filings
from index.stories.chains import (
    KILL_WINDOW,
    MARKED_WINDOW,
    UNMARKED_WINDOW,
    Filing,
    find_replaced,
)

_MOST = 60
"""Rows of one group that a filing is compared with: the latest before it."""
_MOST_OF_OUTLET = 400
"""Rows of its outlet that a marked filing is compared with: 48 hours of a wire are 200."""
_KEPT_TEXTS = 1000

ReadRows = Callable[[NDArray[np.int32]], Iterator[Article]]
"""The articles of some rows, in their order."""


@dataclass(slots=True)
class ChainLinker:
    """Links the rows of one draft.

    Attributes:
        filings: Of all rows.
        ranks: (n,) int32, the order of filings of the same second.
        linkable: (n,) bool, rows that may be linked: the newest versions of their articles.
        read: Reads articles by row.
        previous: The chains of the previous generation; None to link everything.
        previous_rows: (n,) for each row, its row in the previous generation; -1 if it is new.
    """

    filings: Filings
    ranks: NDArray[np.int32]
    linkable: NDArray[np.bool_]
    read: ReadRows
    previous: Chains | None
    previous_rows: NDArray[np.intp]
    _texts: dict[int, Filing] = field(default_factory=dict)

    def link(self) -> NDArray[np.int32]:
        """The row that each row replaces, (n,) int32; `NONE`."""
        count = len(self.linkable)
        replaced = np.full(count, NONE, np.int32)
        now = np.full(len(self.previous.replaced) if self.previous else 0, NONE, np.int64)
        known = self.previous_rows >= 0
        now[self.previous_rows[known]] = np.flatnonzero(known)
        for row, candidates in self._iter_candidates():
            if self._is_settled(row, candidates):
                assert self.previous is not None
                before = int(self.previous.replaced[self.previous_rows[row]])
                if before == NONE:
                    continue
                if now[before] in candidates:
                    replaced[row] = now[before]
                    continue
            replaced[row] = self._compare(row, candidates)
        return replaced

    def _is_settled(self, row: int, candidates: list[int]) -> bool:
        """Whether the previous generation has compared a row with all of its candidates."""
        return (
            self.previous is not None
            and self.previous_rows[row] >= 0
            and bool((self.previous_rows[candidates] >= 0).all())
        )

    def _compare(self, row: int, candidates: list[int]) -> int:
        own, *others = self._filings([row, *candidates])
        found = find_replaced(own, others)
        return candidates[others.index(found)] if found else NONE

    def _filings(self, rows: list[int]) -> list[Filing]:
        missing = [row for row in rows if row not in self._texts]
        if len(self._texts) + len(missing) > _KEPT_TEXTS:
            kept = {row: self._texts[row] for row in rows if row in self._texts}
            self._texts.clear()
            self._texts |= kept
        articles = self.read(np.array(missing, np.int32))
        for row, article in zip(missing, articles, strict=True):
            self._texts[row] = Filing(article, int(self.filings.filed[row]))
        return [self._texts[row] for row in rows]

    def _iter_candidates(self) -> Iterator[tuple[int, list[int]]]:
        """Yield each row that may replace others, in order of time, with these, the latest last."""
        filings = self.filings
        usable = self.linkable & (filings.filed != UNKNOWN) & (filings.outlets != NO_GROUP)
        rows = np.flatnonzero(usable)
        rows = rows[np.lexsort((self.ranks[rows], filings.filed[rows]))]
        groups: dict[int, list[int]] = defaultdict(list)
        outlets: dict[int, list[int]] = defaultdict(list)
        times = filings.filed
        for row in rows.tolist():
            signals, filed = int(filings.signals[row]), int(times[row])
            window = KILL_WINDOW if signals & LASTING else UNMARKED_WINDOW
            window = max(window, MARKED_WINDOW if signals & MARKED else 0)
            candidates = set[int]()
            for key in (int(filings.sluglines[row]), int(filings.headlines[row])):
                if key != NO_GROUP:
                    recent = groups[key][-_MOST:]
                    candidates.update(n for n in recent if filed - times[n] <= window)
                    groups[key].append(row)
            outlet = outlets[int(filings.outlets[row])]
            if signals & MARKED:
                recent = outlet[-_MOST_OF_OUTLET:]
                candidates.update(n for n in recent if filed - times[n] <= MARKED_WINDOW)
            outlet.append(row)
            if candidates:
                yield row, sorted(candidates, key=lambda n: (times[n], self.ranks[n]))
