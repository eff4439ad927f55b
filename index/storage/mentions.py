"""The names that the rows of a generation mention, as numbers into one table of names.

Responsibility: build, write and open the names of every row; count and match them.
Decision: an article counts for the few names that it mentions most, in facets and in queries alike,
so a facet's count is the number of results of its filter. Names that differ only in capitals and
accents are one name with several spellings.
Must not depend on: how names are extracted, or the query syntax.
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
from index.text.names import Kind, Name

KINDS: tuple[Kind, ...] = ("person", "organisation", "place")
"""What a name can be the name of."""
MAX_NAMES = 12
"""Names of an article that count. Half of 20,000 articles of reuters_wire have 15 or more, of which
the last ones occur once (docs/decisions/0013-twelve-names-per-article.md)."""
_KEY_END = b"\0"
"""Between the folded words of a name, its key, its spelling and the keys of its aliases."""
_SPACE = b"\1"
"""A space in a spelling, so that only folded words are between spaces."""
_RESERVED = str.maketrans("\0\1", "  ")
_MAX_LENGTH = 120
"""Code points; nothing longer is a name, and two names of 50 kB would be most of a page."""
_OTHER_WEIGHT = 10
"""Another spelling counts ten times as much as one in capitals: a newswire writes MOSCOW in every
dateline, and NATO nearly always."""
_FILE = "mentions.safetensors"


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """The names of n rows. The spellings of a name are next to each other.

    Attributes:
        spellings: Every spelling after the folded words of its name, with its kind before it and
            the folded words of its aliases after it, in byte order; the first one is empty.
        rows: (n, `MAX_NAMES`) int32, indexes into `spellings`, most mentioned first; 0 is none.
        starts: (names,) int32, the first spelling of each name.
        shown: (names,) int32, the spelling that most articles have.
        kinds: (names,) uint8, the kind that most articles tell, as an index into `KINDS`.
        articles: (names,) int32, how many articles have each name.
    """

    spellings: StringTable
    rows: NDArray[np.int32]
    starts: NDArray[np.int32]
    shown: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    articles: NDArray[np.int32]

    def count(self, rows: NDArray[np.int32]) -> NDArray[np.integer]:
        """How many of some rows have each name, (names,)."""
        if 2 * len(rows) <= len(self.rows):
            return self._count(rows)
        is_other = np.ones(len(self.rows), bool)
        is_other[rows] = False
        return self.articles - self._count(np.flatnonzero(is_other))

    def get_name(self, number: int) -> str:
        """A name, in the spelling that is shown."""
        return _read_spelling(self.spellings, int(self.shown[number]))

    def get_kind(self, number: int) -> Kind:
        """What a name is the name of."""
        return KINDS[self.kinds[number]]

    def list_names(self, row: int) -> tuple[str, ...]:
        """The names of a row, most mentioned first."""
        numbers = self.rows[row][self.rows[row] > 0]
        names = np.searchsorted(self.starts, numbers, side="right") - 1
        return tuple(self.get_name(name) for name in names.tolist())

    def match_name(self, folded: str) -> NDArray[np.bool_]:
        """Rows with the name, or alias of a name, that has exactly these folded words, (n,) bool."""
        key = _to_key(folded)
        if not folded:
            return np.zeros(len(self.rows), bool)
        text = np.asarray(self.spellings.text).data
        # A name is at the start of its entry, an alias after one: between two other signs.
        places = [match.start() + 1 for match in re.finditer(_KEY_END + re.escape(key), text)]
        is_match = np.zeros(len(self.spellings), bool)
        is_match[np.searchsorted(self.spellings.ends, places, side="right")] = True
        first = self.spellings.lower_bound(key)
        if first < len(self.spellings) and _read_key(self.spellings, first) == key:
            following = np.searchsorted(self.starts, first, side="right")
            is_last = following == len(self.starts)
            is_match[first : len(self.spellings) if is_last else self.starts[following]] = True
        return np.asarray(is_match[self.rows].any(axis=1))

    def match_word(self, prefix: str, accepts: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Rows with a name that has a word which `accepts` accepts, (n,) bool.

        Args:
            prefix: Folded letters with which all such words begin.
        """
        expression = rb" (" + re.escape(prefix.encode()) + rb"[^ \0]*)(?= )"
        accepted: dict[bytes, bool] = {}
        places: list[int] = []
        for match in re.finditer(expression, np.asarray(self.spellings.text).data):
            word = match[1]
            if word not in accepted:
                accepted[word] = accepts(word.decode(errors="replace"))
            if accepted[word]:
                places.append(match.start())
        is_match = np.zeros(len(self.spellings), bool)
        is_match[np.searchsorted(self.spellings.ends, places, side="right")] = True
        return np.asarray(is_match[self.rows].any(axis=1))

    def _count(self, rows: NDArray[np.integer]) -> NDArray[np.integer]:
        counts = np.bincount(self.rows[rows].ravel(), minlength=len(self.spellings))
        counts[0] = 0
        return np.add.reduceat(counts, self.starts)


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
            folded = _fold(name.text)
            counts[folded] += count
            spellings.setdefault(folded, name)
        counts.pop("", None)
        entries = [
            _to_entry(folded, spellings[folded]) for folded, _ in counts.most_common(MAX_NAMES)
        ]
        self._rows.append([self._numbers.setdefault(e, len(self._numbers)) for e in entries])

    def copy_rows(self, mentions: Mentions, rows: NDArray[np.integer]) -> None:
        """Add some written rows; they come before those that `add` adds."""
        self._parts.append((mentions.spellings, np.asarray(mentions.rows[rows])))

    def extend(self, more: "MentionsBuilder") -> None:
        """Add the rows of another builder."""
        self._parts += [*more._parts, more._collect()]

    def write(self, folder: Path) -> None:
        """Write all rows to a folder."""
        spellings, rows = _merge([*self._parts, self._collect()])
        counts = np.bincount(rows.ravel(), minlength=len(spellings))
        counts[0] = 0
        starts = _find_starts(spellings)
        arrays: dict[str, NDArray[np.generic]] = {
            "spelling_text": spellings.text,
            "spelling_ends": spellings.ends,
            "rows": rows,
            "starts": starts,
            "shown": _choose_spellings(spellings, counts, starts),
            "kinds": _choose_kinds(spellings, counts, starts),
            "articles": np.add.reduceat(counts, starts).astype(np.int32),
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
    spellings = StringTable(arrays.pop("spelling_text"), arrays.pop("spelling_ends"))
    return Mentions(spellings=spellings, **arrays)


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


def _find_starts(spellings: StringTable) -> NDArray[np.int32]:
    """The first spelling of each name."""
    text = spellings.text.tobytes()
    spans = pairwise([0, *spellings.ends.tolist()])
    keys = [text[first:last].partition(_KEY_END)[0] for first, last in spans]
    starts = (n for n in range(len(keys)) if n == 0 or keys[n] != keys[n - 1])
    return np.fromiter(starts, np.int32)


def _choose_spellings(
    spellings: StringTable, counts: NDArray[np.integer], starts: NDArray[np.int32]
) -> NDArray[np.int32]:
    """The spelling of each name that most articles have, or else the first.

    One in capitals counts for little if there is another: New York is not NEW YORK.
    """
    chosen = starts.copy()
    ends = np.append(starts[1:], len(spellings))
    for name in np.flatnonzero(ends - starts > 1).tolist():
        numbers = range(int(starts[name]), int(ends[name]))
        weights = []
        for number in numbers:
            is_upper = _read_spelling(spellings, number).isupper()
            weights.append(int(counts[number]) * (1 if is_upper else _OTHER_WEIGHT))
        chosen[name] = numbers[weights.index(max(weights))]
    return chosen


def _choose_kinds(
    spellings: StringTable, counts: NDArray[np.integer], starts: NDArray[np.int32]
) -> NDArray[np.uint8]:
    """The kind of each name that most articles tell."""
    votes = np.zeros((len(starts), len(KINDS)), np.int64)
    names = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(spellings))))
    kinds = [_read_kind(spellings, number) for number in range(len(spellings))]
    np.add.at(votes, (names, np.array(kinds, np.intp)), counts)
    return votes.argmax(axis=1).astype(np.uint8)


def _to_entry(folded: str, name: Name) -> bytes:
    """A name in the table of spellings."""
    kind = KINDS.index(name.kind) if name.kind in KINDS else 0
    aliases = b"".join(_KEY_END + _to_key(alias) for alias in map(_fold, name.aliases) if alias)
    return _to_key(folded) + _KEY_END + b"%d" % kind + _to_spelling(name.text) + aliases


def _to_key(folded: str) -> bytes:
    """Folded words, each between spaces."""
    return f" {folded} ".encode(errors="replace")


@lru_cache(maxsize=100_000)
def _fold(name: str) -> str:
    return " ".join(token.folded for token in tokenize(name[:_MAX_LENGTH]))


def _to_spelling(name: str) -> bytes:
    spelling = " ".join(name[:_MAX_LENGTH].translate(_RESERVED).split())
    return spelling.encode(errors="replace").replace(b" ", _SPACE)


def _read_spelling(spellings: StringTable, number: int) -> str:
    spelling = spellings.get_bytes(number).split(_KEY_END, 2)[1:2]
    return b"".join(spelling)[1:].replace(_SPACE, b" ").decode()


def _read_kind(spellings: StringTable, number: int) -> int:
    entry = spellings.get_bytes(number)
    return int(entry[entry.index(_KEY_END) + 1 :][:1]) if entry else 0


def _read_key(spellings: StringTable, number: int) -> bytes:
    return spellings.get_bytes(number).partition(_KEY_END)[0]
