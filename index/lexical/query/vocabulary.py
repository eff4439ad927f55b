"""The vocabulary of one field: which words a pattern expands to, and which are spelt similarly.

Responsibility: search the terms of a field by prefix, pattern and edit distance.
Decision: only words with the same beginning are compared. A pattern expands to its most frequent
words, at most `MAX_EXPANSIONS`, so that no pattern costs more than that.
Must not depend on: articles, masks or scores.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.lexical.postings import Postings
from index.query import Fuzzy, Pattern, Prefix, Wildcard
from index.query.patterns import compile_pattern, extract_literal_prefix
from index.ranking.scores import Similar
from index.text.edit_distance import compute_edit_distances

MAX_EXPANSIONS = 128
_MAX_EDITS = 2
_LAST = b"\xff"
"""Sorts after every letter in UTF-8."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """The terms that a pattern expands to.

    Attributes:
        terms: Their numbers, ascending.
        is_truncated: Whether more words match the pattern.
    """

    terms: tuple[int, ...]
    is_truncated: bool = False


class Vocabulary:
    """The terms of one field."""

    def __init__(self, postings: Postings) -> None:
        self._terms = postings.terms
        self._postings = postings

    def expand(self, pattern: Pattern) -> Expansion:
        """The most frequent words that match a pattern, ties in byte order."""
        match pattern:
            case Prefix(folded, _):
                numbers = np.arange(*self._find_range(folded))
            case Wildcard():
                first, last = self._find_range(extract_literal_prefix(pattern))
                matches = compile_pattern(pattern)
                words = self._read_words(first, last)
                numbers = first + np.flatnonzero([matches(word) for word in words])
            case Fuzzy(folded, edits, _):
                first, distances = self._measure_distances(folded, edits)
                numbers = first + np.flatnonzero(distances <= edits)
        if len(numbers) > MAX_EXPANSIONS:
            frequencies = self._postings.read_document_frequencies(numbers)
            order = np.lexsort((numbers, -frequencies))[:MAX_EXPANSIONS]
            return Expansion(tuple(np.sort(numbers[order]).tolist()), is_truncated=True)
        return Expansion(tuple(numbers.tolist()))

    def find_similar(self, word: str) -> tuple[Similar, ...]:
        """Words within two edits of a word that share its first letter, or one edit if they do not.

        In byte order; never the word itself.
        """
        first, distances = self._measure_distances(word, _MAX_EDITS)
        near = np.flatnonzero(distances <= _MAX_EDITS)
        edits = {first + int(n): int(distances[n]) for n in near}
        for candidate in self._list_other_beginnings(word):
            number = self._terms.find(candidate)
            if number is not None:
                edits[number] = 1
        numbers = np.array(sorted(number for number, count in edits.items() if count), np.int64)
        frequencies = self._postings.read_document_frequencies(numbers).tolist()
        return tuple(
            Similar(self._terms[number], edits[number], frequency)
            for number, frequency in zip(numbers.tolist(), frequencies, strict=True)
        )

    def complete_prefix(self, prefix: str, limit: int) -> tuple[str, ...]:
        """The most frequent words that begin with a prefix, ties in byte order; never itself."""
        numbers = np.arange(*self._find_range(prefix))
        frequencies = self._postings.read_document_frequencies(numbers)
        order = np.lexsort((numbers, -frequencies))[: limit + 1]
        words = (self._terms[int(number)] for number in numbers[order])
        return tuple(word for word in words if word != prefix)[:limit]

    def _find_range(self, prefix: str) -> tuple[int, int]:
        """The number of the first term with a prefix, and of the first term after them."""
        encoded = prefix.encode()
        return self._terms.lower_bound(encoded), self._terms.lower_bound(encoded + _LAST)

    def _read_bytes(self, first: int, last: int) -> tuple[bytes, NDArray[np.int64]]:
        """The terms of a range of numbers end to end, and where each ends."""
        start = int(self._terms.ends[first - 1]) if first else 0
        ends = np.asarray(self._terms.ends[first:last]) - start
        size = int(ends[-1]) if len(ends) else 0
        return self._terms.text[start : start + size].tobytes(), ends

    def _read_words(self, first: int, last: int) -> list[str]:
        """The terms of a range of numbers."""
        text, ends = self._read_bytes(first, last)
        return [text[a:b].decode() for a, b in pairwise([0, *ends.tolist()])]

    def _measure_distances(self, word: str, limit: int) -> tuple[int, NDArray[np.uint8]]:
        """The number of the first term with a word's first letter, and the edits of each.

        Terms of more than `limit` edits have `limit` + 1.
        """
        first, last = self._find_range(word[:1])
        distances = np.full(last - first, limit + 1, np.uint8)
        is_candidate, letters, lengths = self._read_letters(first, last, len(word), limit)
        if is_candidate.any():
            distances[is_candidate] = compute_edit_distances(word, letters, lengths, limit)
        return first, distances

    def _read_letters(
        self, first: int, last: int, length: int, limit: int
    ) -> tuple[NDArray[np.bool_], NDArray[np.uint32], NDArray[np.int64]]:
        """Which of a range of terms have about this length, their code points, their lengths.

        Code points are (length + limit, terms), filled with zeros.
        """
        text, ends = self._read_bytes(first, last)
        # In UTF-8 a byte 10xxxxxx continues a letter; all others begin one.
        begins = (np.frombuffer(text, np.uint8) & 0xC0) != 0x80
        letter_ends = np.concatenate([[0], np.cumsum(begins)])[ends]
        lengths = np.diff(letter_ends, prepend=0)
        codes = np.frombuffer(text.decode().encode("utf-32-le"), np.uint32)
        is_candidate = np.abs(lengths - length) <= limit
        letter_ends, lengths = letter_ends[is_candidate], lengths[is_candidate]
        positions = np.arange(length + limit)[:, None]
        is_inside = positions < lengths
        index = np.where(is_inside, positions + (letter_ends - lengths), 0)
        return is_candidate, np.where(is_inside, codes[index], 0).astype(np.uint32), lengths

    @cached_property
    def _first_letters(self) -> tuple[str, ...]:
        letters, number = [], 0
        while number < len(self._terms):
            letters.append(self._terms[number][:1])
            number = self._terms.lower_bound(letters[-1].encode() + _LAST)
        return tuple(letter for letter in letters if letter.isalpha())

    def _list_other_beginnings(self, word: str) -> set[str]:
        """All strings that are one edit away and begin with another letter."""
        strings = {word[1:], word[1:2] + word[:1] + word[2:]}
        for letter in self._first_letters:
            if letter.isascii() != word[0].isascii():
                continue  # A letter of another script, of which there are hundreds.
            strings |= {letter + word, letter + word[1:]}
        return {string for string in strings if string and string[0] != word[0]}
