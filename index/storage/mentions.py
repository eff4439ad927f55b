"""The names that the rows of a generation mention, as numbers into one table of names.

Responsibility: build, write and open the names of every row; count and match them.
Decision: an article counts for the few names that it mentions most, in facets and in queries alike,
so a facet's count is the number of results of its filter. Names that differ only in capitals and
accents are one name with several spellings, and so are a full name and its short form.
Must not depend on: how names are extracted, or the query syntax.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays.string_table import StringTable, merge_tables
from index.storage.array_file import open_arrays, write_arrays
from index.storage.names.entries import (
    KINDS,
    SEPARATOR,
    fold_name,
    read_entry,
    to_key,
    write_entry,
)
from index.storage.names.variants import choose_kinds, choose_spellings, number_names
from index.text.names import Name, NameKind

MAX_NAMES = 12
"""Names of an article that count. Half of 20,000 articles of reuters_wire have 15 or more, of which
the last ones occur once (docs/decisions/0013-twelve-names-per-article.md)."""
_FILE = "mentions.safetensors"


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """The names of n rows.

    Attributes:
        entries: The names as articles have them, in byte order; the first one is empty.
        rows: (n, `MAX_NAMES`) int32, indexes into `entries`, most mentioned first; 0 is none.
        names: (entries,) int32, the number of each entry's name; the first name is none.
        row_names: (n, `MAX_NAMES`) int32, the names of each row, each once; 0 is none.
        shown: (names,) int32, the entry whose spelling is shown.
        kinds: (names,) uint8, the kind that most articles tell, an index into `KINDS`.
        articles: (names,) int32, how many articles have each name.
    """

    entries: StringTable
    rows: NDArray[np.int32]
    names: NDArray[np.int32]
    row_names: NDArray[np.int32]
    shown: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    articles: NDArray[np.int32]

    def count(self, rows: NDArray[np.int32]) -> NDArray[np.integer]:
        """How many of some rows, each as often as it is given, have each name, (names,)."""
        if 2 * len(rows) <= len(self.rows) or np.bincount(rows).max(initial=0) > 1:
            return _count(self.row_names[rows], len(self.shown))
        is_other = np.ones(len(self.rows), bool)
        is_other[rows] = False
        return self.articles - _count(self.row_names[is_other], len(self.shown))

    def get_name(self, number: int) -> str:
        """A name, in the spelling that is shown."""
        return read_entry(self.entries.get_bytes(int(self.shown[number]))).spelling

    def get_kind(self, number: int) -> NameKind:
        """What a name is the name of."""
        return KINDS[int(self.kinds[number])]

    def list_names(self, row: int) -> tuple[str, ...]:
        """The names of a row, most mentioned first."""
        return tuple(self.get_name(name) for name in self.row_names[row].tolist() if name)

    def match_name(self, folded: str) -> NDArray[np.bool_]:
        """Rows with the name that has exactly these folded words, (n,) bool.

        If no article has it as a name, those with a name that it is another form of.
        """
        if not folded:
            return np.zeros(len(self.rows), bool)
        key = to_key(folded)
        first = self.entries.lower_bound(key)
        if first < len(self.entries) and self.entries.get_bytes(first).startswith(key + SEPARATOR):
            return np.asarray((self.row_names == self.names[first]).any(axis=1))
        return self._match_entries(re.escape(SEPARATOR + key), lambda match: True)

    def match_word(self, prefix: str, accepts: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Rows with a name that has a word which `accepts` accepts, (n,) bool.

        Args:
            prefix: Folded letters with which all such words begin.
        """
        accepted: dict[bytes, bool] = {}

        def is_accepted(match: re.Match[bytes]) -> bool:
            word = match[1]
            if word not in accepted:
                accepted[word] = accepts(word.decode(errors="replace"))
            return accepted[word]

        expression = rb" (" + re.escape(prefix.encode()) + rb"[^ \0]*)(?= )"
        return self._match_entries(expression, is_accepted)

    def _match_entries(
        self, expression: bytes, accepts: Callable[[re.Match[bytes]], bool]
    ) -> NDArray[np.bool_]:
        """Rows with an entry in which an expression matches, (n,) bool."""
        text = np.asarray(self.entries.text).data
        places = [match.start() for match in re.finditer(expression, text) if accepts(match)]
        is_match = np.zeros(len(self.entries), bool)
        is_match[np.searchsorted(self.entries.ends, places, side="right")] = True
        return np.asarray(is_match[self.rows].any(axis=1))


class MentionsBuilder:
    """Collects the names of rows in order, and writes them."""

    def __init__(self) -> None:
        self._parts: list[tuple[StringTable, NDArray[np.int32]]] = []
        self._numbers: dict[bytes, int] = {b"": 0}
        self._rows: list[list[int]] = []

    def add(self, names: Counter[Name]) -> None:
        """Add the names of the next row, each with how often it is mentioned."""
        counts: Counter[str] = Counter()
        spellings: dict[str, Name] = {}
        for name, count in names.most_common():
            folded = fold_name(name.text)
            counts[folded] += count
            spellings.setdefault(folded, name)
        counts.pop("", None)
        most = counts.most_common(MAX_NAMES)
        entries = [write_entry(folded, spellings[folded]) for folded, _ in most]
        self._rows.append([self._numbers.setdefault(e, len(self._numbers)) for e in entries])

    def copy_rows(self, mentions: Mentions, rows: NDArray[np.integer]) -> None:
        """Add some written rows; they come before those that `add` adds."""
        self._parts.append((mentions.entries, np.asarray(mentions.rows[rows])))

    def extend(self, more: "MentionsBuilder") -> None:
        """Add the rows of another builder."""
        self._parts += [*more._parts, more._collect()]

    def write(self, folder: Path) -> None:
        """Write all rows to a folder."""
        table, rows = _merge([*self._parts, self._collect()])
        counts = _count(rows, len(table))
        entries = [read_entry(table.get_bytes(number)) for number in range(len(table))]
        names, keys = number_names(entries, counts)
        row_names = _drop_repeated(names[rows])
        arrays: dict[str, NDArray[np.generic]] = {
            "entry_text": table.text,
            "entry_ends": table.ends,
            "rows": rows,
            "names": names,
            "row_names": row_names,
            "shown": choose_spellings(entries, counts, names, keys),
            "kinds": choose_kinds(entries, counts, names, keys),
            "articles": _count(row_names, len(keys)).astype(np.int32),
        }
        write_arrays(folder / _FILE, arrays)

    def _collect(self) -> tuple[StringTable, NDArray[np.int32]]:
        """A sorted table of the names that `add` added, and the numbers of their rows."""
        entries = sorted(self._numbers)
        places = np.zeros(len(entries), np.int32)
        for place, entry in enumerate(entries):
            places[self._numbers[entry]] = place
        rows = np.zeros((len(self._rows), MAX_NAMES), np.int32)
        for row, numbers in enumerate(self._rows):
            rows[row, : len(numbers)] = places[numbers]
        return StringTable.of(entries), rows


def open_mentions(folder: Path) -> Mentions:
    """Open the names in a folder."""
    arrays = open_arrays(folder / _FILE)
    entries = StringTable(arrays.pop("entry_text"), arrays.pop("entry_ends"))
    return Mentions(entries=entries, **arrays)


def _merge(
    parts: list[tuple[StringTable, NDArray[np.int32]]],
) -> tuple[StringTable, NDArray[np.int32]]:
    """One sorted table of the names that rows have, and the numbers of all rows in it."""
    tables = list({id(table): table for table, _ in parts}.values())
    merged, merged_numbers = merge_tables(tables)
    numbers_of = {id(t): numbers for t, numbers in zip(tables, merged_numbers, strict=True)}
    rows = np.concatenate([numbers_of[id(table)][numbers] for table, numbers in parts])
    is_used = np.bincount(rows.ravel(), minlength=len(merged)) > 0
    is_used[0] = True
    renumbered = (np.cumsum(is_used) - 1).astype(np.int32)
    return merged.select(is_used), renumbered[rows]


def _count(rows: NDArray[np.int32], size: int) -> NDArray[np.integer]:
    """How many rows have each number from 1 to `size`, (size,); 0 is none."""
    counts = np.bincount(rows.ravel(), minlength=size)
    counts[0] = 0
    return counts


def _drop_repeated(rows: NDArray[np.int32]) -> NDArray[np.int32]:
    """The numbers of each row, each once: a second one becomes 0."""
    for column in range(1, rows.shape[1]):
        is_repeated = (rows[:, :column] == rows[:, column : column + 1]).any(axis=1)
        rows[is_repeated, column] = 0
    return rows
