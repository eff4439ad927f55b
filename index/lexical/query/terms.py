"""The terms of a query's word in an index: its stem in each language, and its exact form.

Responsibility: find the numbers of a word's terms, and the rows that have any of them.
Decision: terms are looked up once for everything that a search needs of a word, and remembered for
the next page.
Must not depend on: scoring or clauses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays.bounded_cache import BoundedCache
from index.lexical.postings import Postings
from index.lexical.schema import EXACT, TEXT
from index.text.analysis import is_stopword_in_any, to_terms

_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class WordTerms:
    """The numbers of a word's terms.

    Attributes:
        stems: Its stems, in the field `text`; no article has two of them.
        exact: The word as written, in the field `exact`; at most one term.
        stems_are_complete: Whether every article with the exact form has one of the stems. A stop
            word is indexed in its exact form only.
    """

    stems: tuple[int, ...]
    exact: tuple[int, ...]
    stems_are_complete: bool


class TermLookup:
    """Finds the terms of words in one index of articles in `languages`."""

    def __init__(self, fields: Mapping[str, Postings], languages: Sequence[str]) -> None:
        self._fields = fields
        self._languages = languages
        self._terms = BoundedCache[str, WordTerms](_REMEMBERED)

    def find(self, folded: str) -> WordTerms:
        """The terms of a word."""
        return self._terms.get(folded, lambda: self._find(folded))

    def list_rows(self, folded: str) -> list[NDArray[np.int32]]:
        """Arrays of rows, ascending, that together are the rows with a word in any form."""
        terms = self.find(folded)
        rows = [self._fields[TEXT].read(number)[0] for number in terms.stems]
        if not terms.stems_are_complete:
            rows += [self._fields[EXACT].read(number)[0] for number in terms.exact]
        return rows

    def _find(self, folded: str) -> WordTerms:
        return WordTerms(
            stems=self._numbers(TEXT, to_terms(folded, self._languages)),
            exact=self._numbers(EXACT, (folded,)),
            stems_are_complete=not is_stopword_in_any(folded, self._languages),
        )

    def _numbers(self, field: str, terms: Iterable[str]) -> tuple[int, ...]:
        numbers = (self._fields[field].terms.find(term) for term in terms)
        return tuple(number for number in numbers if number is not None)
