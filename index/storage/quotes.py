"""The quotes of the rows of a generation: their words, and who said them.

Responsibility: build, write and open the quotes of every row, and match words and speakers.
Decision: the words of all quotes are one array of numbers with a zero behind each quote, so that a
word, a phrase or a pattern is one pass over an array: 13 million words take 10 ms.
Must not depend on: how quotes are found, or the query syntax.
"""

import re
from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.arrays.string_table import StringTable, merge_tables
from index.storage.array_file import open_arrays, write_arrays
from index.text.quotes import Quote
from index.text.tokens import tokenize

_FILE = "quotes.safetensors"
_KINDS = ("", "role", "person", "organisation", "place")
_SEPARATOR = b"\0"
_SPACE = b"\1"
"""A space in a spelling, so that only folded words are between spaces."""

Mask = NDArray[np.bool_]


class StoredQuote(NamedTuple):
    """A quote as it is stored; `kind` is that of `index.text.quotes.Speaker`."""

    text: str
    speaker: str
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class Quotes:
    """The quotes of n rows.

    Attributes:
        rows: (quotes,) int32, the row of each quote, ascending.
        row_count: How many rows there are, with quotes or without.
        speakers: (quotes,) int32, indexes into `speaker_table`.
        words: (words and quotes,) int32, indexes into `word_table`; 0 ends a quote.
        ends: (quotes,) int64, where each quote ends in `words`, behind its zero.
        speaker_table: In byte order: the folded words of a speaker, and its spelling.
        word_table: Folded words in byte order; the first one is empty.
        texts: The text of each quote.
    """

    rows: NDArray[np.int32]
    row_count: int
    speakers: NDArray[np.int32]
    words: NDArray[np.int32]
    ends: NDArray[np.int64]
    speaker_table: StringTable
    word_table: StringTable
    texts: StringTable

    def to_rows(self, mask: Mask) -> Mask:
        """The rows that have a quote of a mask over quotes, (rows,) bool."""
        found = np.zeros(self.row_count, bool)
        found[self.rows[mask]] = True
        return found

    def get(self, number: int) -> StoredQuote:
        """One quote."""
        entry = self.speaker_table.get_bytes(int(self.speakers[number]))
        _, _, written = entry.partition(_SEPARATOR)
        spelling = written[1:].replace(_SPACE, b" ").decode()
        return StoredQuote(self.texts[number], spelling, _KINDS[int(written[:1])])

    def match_phrase(self, forms: Sequence[Collection[str]], slop: int = 0) -> Mask:
        """The quotes with these words next to each other, each in one of its forms.

        Args:
            slop: If positive, in any order within a window that is so many words longer.
        """
        numbers = [self._find_words(each) for each in forms]
        if slop:
            return self._match_window(numbers, len(forms) + slop)
        places = np.flatnonzero(np.isin(self.words, numbers[0]))
        for step, wanted in enumerate(numbers[1:], start=1):
            # The zero behind a quote keeps a phrase within it; the last place is such a zero.
            following = self.words[np.minimum(places + step, len(self.words) - 1)]
            places = places[np.isin(following, wanted)]
        return self._to_quotes(places)

    def match_word(self, prefix: str, accepts: Callable[[str], bool]) -> Mask:
        """The quotes with a word that `accepts` accepts.

        Args:
            prefix: Folded letters with which all such words begin.
        """
        start, numbers = prefix.encode(), []
        for number in range(self.word_table.lower_bound(start), len(self.word_table)):
            word = self.word_table.get_bytes(number)
            if not word.startswith(start):
                break
            if number and accepts(word.decode(errors="replace")):
                numbers.append(number)
        return self._to_quotes(np.flatnonzero(np.isin(self.words, numbers)))

    def match_speaker(self, expression: bytes, accepts: Callable[[str], bool]) -> Mask:
        """The quotes of speakers in whose folded words an expression matches.

        Args:
            expression: Over folded words between spaces; its first group is given to `accepts`.
        """
        text = self.speaker_table.text.data
        places = [
            match.start()
            for match in re.finditer(expression, text)
            if accepts(match[1].decode(errors="replace"))
        ]
        is_match = np.zeros(len(self.speaker_table) + 1, bool)
        is_match[np.searchsorted(self.speaker_table.ends, places, side="right")] = True
        return np.asarray(is_match[self.speakers])

    def _find_words(self, forms: Iterable[str]) -> list[int]:
        found = (self.word_table.find(form) for form in forms if form)
        return [number for number in found if number]

    def _to_quotes(self, places: NDArray[np.intp]) -> Mask:
        """The quotes that places in `words` are in."""
        found = np.zeros(len(self.rows), bool)
        found[np.searchsorted(self.ends, places, side="right")] = True
        return found

    def _match_window(self, numbers: Sequence[list[int]], width: int) -> Mask:
        """The quotes with all words within so many places."""
        masks = [self._to_quotes(np.flatnonzero(np.isin(self.words, each))) for each in numbers]
        found = np.logical_and.reduce(masks)
        for quote in np.flatnonzero(found).tolist():
            start = int(self.ends[quote - 1]) if quote else 0
            words = self.words[start : int(self.ends[quote])].tolist()
            found[quote] = any(
                all(not set(words[first : first + width]).isdisjoint(each) for each in numbers)
                for first in range(len(words))
            )
        return np.asarray(found)


class _Part(NamedTuple):
    """Quotes of some rows with tables of their own; arrays as in `Quotes`, but lengths."""

    row_count: int
    rows: NDArray[np.int32]
    speakers: NDArray[np.int32]
    words: NDArray[np.int32]
    lengths: NDArray[np.int64]
    texts: list[bytes]
    speaker_table: StringTable
    word_table: StringTable


class QuotesBuilder:
    """Collects the quotes of rows in order, and writes them."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._row_count = 0
        self._rows, self._speakers = array("i"), array("i")
        self._words, self._lengths = array("i"), array("q")
        self._texts: list[bytes] = []
        self._speaker_numbers: dict[bytes, int] = {}
        self._word_numbers: dict[bytes, int] = {b"": 0}

    def add(self, quotes: Iterable[Quote]) -> None:
        """Add the quotes of the next row."""
        for quote in quotes:
            speaker = _write_speaker(quote.speaker.name, quote.speaker.kind)
            numbers = self._speaker_numbers
            self._rows.append(self._row_count)
            self._speakers.append(numbers.setdefault(speaker, len(numbers)))
            words = [token.folded.encode(errors="replace") for token in tokenize(quote.text)]
            known = self._word_numbers
            self._words.extend([known.setdefault(word, len(known)) for word in words])
            self._words.append(0)
            self._lengths.append(len(words) + 1)
            self._texts.append(quote.text.encode(errors="replace"))
        self._row_count += 1

    def copy_rows(self, quotes: Quotes, rows: NDArray[np.integer]) -> None:
        """Add some written rows, ascending; they come before those that `add` adds."""
        is_kept = np.isin(quotes.rows, rows)
        lengths = np.diff(quotes.ends, prepend=0)
        self._parts.append(
            _Part(
                len(rows),
                np.searchsorted(rows, quotes.rows[is_kept]).astype(np.int32),
                quotes.speakers[is_kept],
                quotes.words[np.repeat(is_kept, lengths)],
                lengths[is_kept],
                [quotes.texts.get_bytes(number) for number in np.flatnonzero(is_kept).tolist()],
                quotes.speaker_table,
                quotes.word_table,
            )
        )

    def extend(self, more: "QuotesBuilder") -> None:
        """Add the rows of another builder."""
        self._parts += [*more._parts, more._collect()]

    def write(self, folder: Path) -> None:
        """Write all rows to a folder."""
        parts = [*self._parts, self._collect()]
        speaker_table, speakers = _merge([(p.speaker_table, p.speakers) for p in parts])
        word_table, words = _merge([(p.word_table, p.words) for p in parts])
        firsts = np.cumsum([0, *(part.row_count for part in parts)])
        rows = [part.rows + first for part, first in zip(parts, firsts[:-1], strict=True)]
        texts = StringTable.of([text for part in parts for text in part.texts])
        arrays: dict[str, NDArray[np.generic]] = {
            "rows": np.concatenate(rows).astype(np.int32),
            "row_count": np.array([firsts[-1]], np.int64),
            "speakers": speakers,
            "words": words,
            "ends": np.cumsum(np.concatenate([part.lengths for part in parts]), dtype=np.int64),
            "speaker_text": speaker_table.text,
            "speaker_ends": speaker_table.ends,
            "word_text": word_table.text,
            "word_ends": word_table.ends,
            "quote_text": texts.text,
            "quote_ends": texts.ends,
        }
        write_arrays(folder / _FILE, arrays)

    def _collect(self) -> _Part:
        """What `add` added."""
        speakers, speaker_table = _sort(self._speakers, self._speaker_numbers)
        words, word_table = _sort(self._words, self._word_numbers)
        rows, lengths = np.array(self._rows, np.int32), np.array(self._lengths, np.int64)
        return _Part(
            self._row_count,
            rows,
            speakers,
            words,
            lengths,
            self._texts,
            speaker_table,
            word_table,
        )


def open_quotes(folder: Path) -> Quotes:
    """Open the quotes in a folder."""
    arrays = open_arrays(folder / _FILE)
    tables = {
        name: StringTable(arrays[f"{name}_text"], arrays[f"{name}_ends"])
        for name in ("speaker", "word", "quote")
    }
    return Quotes(
        rows=arrays["rows"],
        row_count=int(arrays["row_count"][0]),
        speakers=arrays["speakers"],
        words=arrays["words"],
        ends=arrays["ends"],
        speaker_table=tables["speaker"],
        word_table=tables["word"],
        texts=tables["quote"],
    )


def _write_speaker(name: str, kind: str) -> bytes:
    """The entry of a speaker: folded words between spaces, its kind and its spelling."""
    spelling = " ".join(name.replace("\0", " ").replace("\1", " ").split())
    folded = " ".join(token.folded for token in tokenize(spelling))
    written = b"%d" % _KINDS.index(kind) + spelling.encode(errors="replace")
    return f" {folded} ".encode(errors="replace") + _SEPARATOR + written.replace(b" ", _SPACE)


def _sort(numbers: "array[int]", known: dict[bytes, int]) -> tuple[NDArray[np.int32], StringTable]:
    """Numbers of strings in byte order, and the table of these strings."""
    strings = sorted(known)
    places = np.zeros(len(strings), np.int32)
    for place, string in enumerate(strings):
        places[known[string]] = place
    return places[np.array(numbers, np.intp)], StringTable.of(strings)


def _merge(
    parts: Sequence[tuple[StringTable, NDArray[np.int32]]],
) -> tuple[StringTable, NDArray[np.int32]]:
    """One sorted table of several, and all numbers in it."""
    tables = list({id(table): table for table, _ in parts}.values())
    merged, moved = merge_tables(tables)
    moved_of = {id(table): numbers for table, numbers in zip(tables, moved, strict=True)}
    return merged, np.concatenate([moved_of[id(table)][numbers] for table, numbers in parts])
