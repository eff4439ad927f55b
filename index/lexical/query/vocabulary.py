"""The words of one field, in byte order: those that a pattern stands for, those spelt almost alike.

Decision: only words with the same beginning are looked at; of a pattern's words the most frequent
count, so that no pattern costs more than `MOST_EXPANSIONS` words.
Must not know articles, masks or scores.
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

MOST_EXPANSIONS = 128
_FURTHEST = 2
_AFTER = b"\xff"
"""Sorts after every letter in UTF-8."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """The terms that a pattern stands for, by number, ascending; `cut` where there are more."""

    terms: tuple[int, ...]
    cut: bool = False


class Vocabulary:
    """One field's terms."""

    def __init__(self, postings: Postings) -> None:
        self._terms = postings.terms
        self._postings = postings

    def expand(self, pattern: Pattern) -> Expansion:
        """The most frequent words that a pattern stands for, ties by byte order."""
        match pattern:
            case Prefix(folded, _):
                numbers = np.arange(*self._range(folded))
            case Wildcard():
                first, last = self._range(extract_literal_prefix(pattern))
                stands = compile_pattern(pattern)
                words = self._words(first, last)
                numbers = first + np.flatnonzero([stands(word) for word in words])
            case Fuzzy(folded, edits, _):
                first, near = self._near(folded, edits)
                numbers = first + np.flatnonzero(near <= edits)
        if len(numbers) > MOST_EXPANSIONS:
            order = np.lexsort((numbers, -self._postings.articles(numbers)))[:MOST_EXPANSIONS]
            return Expansion(tuple(np.sort(numbers[order]).tolist()), cut=True)
        return Expansion(tuple(numbers.tolist()))

    def similar_words(self, word: str) -> tuple[Similar, ...]:
        """Words within two edits and the same first letter, or one edit and another."""
        first, near = self._near(word, _FURTHEST)
        found = {first + int(n): int(near[n]) for n in np.flatnonzero(near <= _FURTHEST)}
        for candidate in self._with_other_beginning(word):
            number = self._terms.find(candidate)
            if number is not None:
                found[number] = 1
        return tuple(
            Similar(self._terms[number], edits, int(self._postings.articles(np.array([number]))[0]))
            for number, edits in sorted(found.items())
            if edits
        )

    def words_with_prefix(self, prefix: str, limit: int) -> tuple[str, ...]:
        """The words with a beginning, most frequent first, then by byte order; not itself."""
        numbers = np.arange(*self._range(prefix))
        order = np.lexsort((numbers, -self._postings.articles(numbers)))[: limit + 1]
        found = (self._terms[int(number)] for number in numbers[order])
        return tuple(word for word in found if word != prefix)[:limit]

    def _range(self, prefix: str) -> tuple[int, int]:
        """First number of the terms with a prefix, and the first after them."""
        encoded = prefix.encode()
        return self._terms.lower_bound(encoded), self._terms.lower_bound(encoded + _AFTER)

    def _words(self, first: int, last: int) -> list[str]:
        """The terms of a range of numbers, decoded at one go."""
        if first == last:
            return []
        start = int(self._terms.ends[first - 1]) if first else 0
        ends = self._terms.ends[first:last] - start
        read = self._terms.text[start : start + int(ends[-1])].tobytes()
        return [read[a:b].decode() for a, b in pairwise([0, *ends.tolist()])]

    def _near(self, word: str, limit: int) -> tuple[int, NDArray[np.uint8]]:
        """First number of the terms with the word's first letter, and each one's edits."""
        first, last = self._range(word[:1])
        near = np.full(last - first, limit + 1, np.uint8)
        likely, letters, lengths = self._letters(first, last, len(word), limit)
        if likely.any():
            near[likely] = compute_edit_distances(word, letters, lengths, limit)
        return first, near

    def _letters(
        self, first: int, last: int, length: int, limit: int
    ) -> tuple[NDArray[np.bool_], NDArray[np.uint32], NDArray[np.int64]]:
        """Which of a range of terms are of about this length, their code points, their lengths.

        Code points are (length + limit, terms), filled with zeros.
        """
        start = int(self._terms.ends[first - 1]) if first else 0
        ends = np.asarray(self._terms.ends[first:last]) - start
        read = np.asarray(
            self._terms.text[start : start + int(ends[-1])] if len(ends) else [], np.uint8
        )
        # In UTF-8 a byte 10xxxxxx continues a letter; the others begin one.
        counted = np.concatenate([[0], np.cumsum((read & 0xC0) != 0x80)])
        stops = counted[ends]
        lengths = np.diff(stops, prepend=0)
        codes = np.frombuffer(read.tobytes().decode().encode("utf-32-le"), np.uint32)
        likely = np.abs(lengths - length) <= limit
        stops, lengths = stops[likely], lengths[likely]
        places = np.arange(length + limit)[:, None]
        inside = places < lengths
        index = np.where(inside, places + (stops - lengths), 0)
        return likely, np.where(inside, codes[index], 0).astype(np.uint32), lengths

    @cached_property
    def _first_letters(self) -> tuple[str, ...]:
        letters, number = [], 0
        while number < len(self._terms):
            letters.append(self._terms[number][:1])
            number = self._terms.lower_bound(letters[-1].encode() + _AFTER)
        return tuple(letter for letter in letters if letter.isalpha())

    def _with_other_beginning(self, word: str) -> set[str]:
        """Everything one edit away whose first letter is another."""
        found = {word[1:], word[1:2] + word[:1] + word[2:]}
        for letter in self._first_letters:
            if letter.isascii() != word[0].isascii():
                continue  # another script's, and there are hundreds of them
            found |= {letter + word, letter + word[1:]}
        return {each for each in found if each and each[0] != word[0]}
