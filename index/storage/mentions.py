"""Whom the rows of a generation name: the names of each, as numbers into one table of names.

Decision: an article counts for the few names that it names most; whatever a facet counts of these a
query's field finds, and the other way round. Names that differ in capitals and accents are one.
Must not know how names are found, nor how a query is typed.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays.string_table import StringTable, merge_tables
from index.storage.array_file import open_arrays, write_arrays
from index.text.analysis import tokenize

MOST_NAMES = 12
"""Names of an article that count: of 20,000 of reuters_wire half have 15 or more, and the last ones
stand in them once; docs/decisions/0013 has the reasons."""
_END = b"\0"
"""Between the folded words of a name and the name as it is written."""
_BLANK = b"\1"
"""In a name as it is written, so that only folded words stand between blanks."""
_OURS = str.maketrans("\0\1", "  ")
_LONGEST = 120
"""Code points; longer is no name, and two names of 50 kB would be most of a page."""
_BY_CAPITALS = 10
"""A wire writes MOSCOW in every dateline, and NATO nearly always."""
_FILE = "mentions.safetensors"


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """Names of n rows. A name may be written in several ways; they stand side by side.

    Attributes:
        written: Every way in which a name is written, after its folded words, in byte order; the
            first is empty.
        rows: (n, `MOST_NAMES`) int32, numbers into `written`, those named most first; 0 is none.
        starts: (names,) int32, the first way of writing each name.
        shown: (names,) int32, the way of writing that most articles have.
        articles: (names,) int32, how many articles have each name.
    """

    written: StringTable
    rows: NDArray[np.int32]
    starts: NDArray[np.int32]
    shown: NDArray[np.int32]
    articles: NDArray[np.int32]

    def counts(self, rows: NDArray[np.int32]) -> NDArray[np.integer]:
        """How many of these rows have each name, (names,)."""
        if 2 * len(rows) <= len(self.rows):
            return self._counted(rows)
        others = np.ones(len(self.rows), bool)
        others[rows] = False
        return self.articles - self._counted(np.flatnonzero(others))

    def name(self, number: int) -> str:
        """A name, as most articles write it."""
        return _way(self.written, int(self.shown[number]))

    def of(self, row: int) -> tuple[str, ...]:
        """The names of a row, those named most first."""
        ways = self.rows[row][self.rows[row] > 0]
        numbers = np.searchsorted(self.starts, ways, side="right") - 1
        return tuple(self.name(number) for number in numbers.tolist())

    def called(self, folded: str) -> NDArray[np.bool_]:
        """Rows that have the name of these folded words, all of it, (n,) bool."""
        key = _key(folded)
        first = self.written.lower_bound(key)
        if not folded or first == len(self.written) or _before_end(self.written, first) != key:
            return np.zeros(len(self.rows), bool)
        last = np.searchsorted(self.starts, first, side="right")
        end = self.starts[last] if last < len(self.starts) else len(self.written)
        return np.asarray(((self.rows >= first) & (self.rows < end)).any(axis=1))

    def with_word(self, beginning: str, stands: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Rows with a name that has a word for which `stands` holds, (n,) bool.

        Args:
            beginning: Folded letters with which all such words begin.
        """
        expression = rb" (" + re.escape(beginning.encode()) + rb"[^ \0]*)(?= )"
        known: dict[bytes, bool] = {}
        places: list[int] = []
        for found in re.finditer(expression, np.asarray(self.written.text).data):
            word = found[1]
            if word not in known:
                known[word] = stands(word.decode(errors="replace"))
            if known[word]:
                places.append(found.start())
        wanted = np.zeros(len(self.written), bool)
        wanted[np.searchsorted(self.written.ends, places, side="right")] = True
        return np.asarray(wanted[self.rows].any(axis=1))

    def _counted(self, rows: NDArray[np.integer]) -> NDArray[np.integer]:
        ways = np.bincount(self.rows[rows].ravel(), minlength=len(self.written))
        ways[0] = 0
        return np.add.reduceat(ways, self.starts)


class MentionsBuilder:
    """Collects the names of rows in order and writes them."""

    def __init__(self) -> None:
        self._parts: list[tuple[StringTable, NDArray[np.int32]]] = []
        self._numbers: dict[bytes, int] = {b"": 0}
        self._rows: list[list[int]] = []

    def add(self, names: Counter[str]) -> None:
        """Add the names of the next row, each with how often it is named."""
        folded: Counter[str] = Counter()
        ways: dict[str, str] = {}
        for name, count in names.most_common():
            key = _folded(name)
            folded[key] += count
            ways.setdefault(key, name)
        folded.pop("", None)
        told = [key for key, _ in folded.most_common(MOST_NAMES)]
        written = [_key(key) + _END + _written(ways[key]) for key in told]
        self._rows.append([self._numbers.setdefault(w, len(self._numbers)) for w in written])

    def take(self, mentions: Mentions, rows: NDArray[np.integer]) -> None:
        """Add rows of written ones; all of these come before those that are added."""
        self._parts.append((mentions.written, np.asarray(mentions.rows[rows])))

    def extend(self, more: "MentionsBuilder") -> None:
        """Add the rows of another builder."""
        self._parts += [*more._parts, more._collected()]

    def write(self, folder: Path) -> None:
        """Write all rows to a folder."""
        written, rows = _joined([*self._parts, self._collected()])
        ways = np.bincount(rows.ravel(), minlength=len(written))
        ways[0] = 0
        starts = _starts(written)
        articles = np.add.reduceat(ways, starts)
        arrays: dict[str, NDArray[np.generic]] = {
            "written_text": written.text,
            "written_ends": written.ends,
            "rows": rows,
            "starts": starts,
            "shown": _most_used(written, ways, starts),
            "articles": articles.astype(np.int32),
        }
        write_arrays(folder / _FILE, arrays)

    def _collected(self) -> tuple[StringTable, NDArray[np.int32]]:
        """A sorted table of the names added one by one, and the numbers of their rows."""
        written = sorted(self._numbers)
        table = np.zeros(len(written), np.int32)
        for place, each in enumerate(written):
            table[self._numbers[each]] = place
        rows = np.zeros((len(self._rows), MOST_NAMES), np.int32)
        for row, numbers in enumerate(self._rows):
            rows[row, : len(numbers)] = table[numbers]
        return StringTable.of(written), rows


def open_mentions(folder: Path) -> Mentions:
    """Open written names."""
    arrays = open_arrays(folder / _FILE)
    table = StringTable(arrays.pop("written_text"), arrays.pop("written_ends"))
    return Mentions(written=table, **arrays)


def _joined(
    parts: list[tuple[StringTable, NDArray[np.int32]]],
) -> tuple[StringTable, NDArray[np.int32]]:
    """One sorted table of the names that rows have, and the numbers of all rows in it."""
    tables = list({id(table): table for table, _ in parts}.values())
    written, numbers = merge_tables(tables)
    moved = {id(table): number for table, number in zip(tables, numbers, strict=True)}
    rows = np.concatenate([moved[id(table)][numbers] for table, numbers in parts])
    used = np.bincount(rows.ravel(), minlength=len(written)) > 0
    used[0] = True
    renumbered = (np.cumsum(used) - 1).astype(np.int32)
    return written.only(used), renumbered[rows]


def _starts(written: StringTable) -> NDArray[np.int32]:
    """The first of the ways in which each name is written."""
    text = written.text.tobytes()
    spans = pairwise([0, *written.ends.tolist()])
    keys = [text[first:last].partition(_END)[0] for first, last in spans]
    others = (n for n in range(len(keys)) if n == 0 or keys[n] != keys[n - 1])
    return np.fromiter(others, np.int32)


def _most_used(
    written: StringTable, ways: NDArray[np.integer], starts: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Of the ways in which each name is written the one that most articles have, else the first.

    One in capitals counts for little where there is another: New York is not NEW YORK.
    """
    shown = starts.copy()
    ends = np.append(starts[1:], len(written))
    for name in np.flatnonzero(ends - starts > 1).tolist():
        numbers = range(int(starts[name]), int(ends[name]))
        telling = [
            int(ways[n]) * (1 if _way(written, n).isupper() else _BY_CAPITALS) for n in numbers
        ]
        shown[name] = numbers[telling.index(max(telling))]
    return shown


def _key(folded: str) -> bytes:
    """Folded words so that each stands between blanks."""
    return f" {folded} ".encode(errors="replace")


@lru_cache(maxsize=100_000)
def _folded(name: str) -> str:
    return " ".join(token.folded for token in tokenize(name[:_LONGEST]))


def _written(name: str) -> bytes:
    plain = " ".join(name[:_LONGEST].translate(_OURS).split())
    return plain.encode(errors="replace").replace(b" ", _BLANK)


def _way(written: StringTable, number: int) -> str:
    return written.bytes_at(number).partition(_END)[2].replace(_BLANK, b" ").decode()


def _before_end(written: StringTable, number: int) -> bytes:
    return written.bytes_at(number).partition(_END)[0]
