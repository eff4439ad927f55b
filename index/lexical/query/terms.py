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
from index.query import Word
from index.query.forms import is_stop_form, list_scored_terms, list_stems
from index.text.analysis import is_further_form

_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class WordTerms:
    """The numbers of a word's terms.

    Attributes:
        stems: Its stems, in the field `text`.
        exact: The word as written, in the field `exact`.
        stems_are_complete: Whether every article with the exact form has one of the stems. A stop
            word is indexed in its exact form only.
        has_one_form: Whether no article has two of its stems; of several forms, one may have more.
    """

    stems: tuple[int, ...]
    exact: tuple[int, ...]
    stems_are_complete: bool
    has_one_form: bool


class TermLookup:
    """Finds the terms of words in one index of articles in `languages`."""

    def __init__(self, fields: Mapping[str, Postings], languages: Sequence[str]) -> None:
        self._fields = fields
        self._languages = languages
        self._terms = BoundedCache[tuple[str, ...], WordTerms](_REMEMBERED)

    def find(self, word: Word) -> WordTerms:
        """The terms of a word."""
        return self._terms.get(word.forms, lambda: self._find(word))

    def list_rows(self, word: Word) -> list[NDArray[np.int32]]:
        """Arrays of rows, ascending, that together are the rows with a word in any form."""
        terms = self.find(word)
        rows = [self._fields[TEXT].read(number)[0] for number in terms.stems]
        if not terms.stems_are_complete:
            rows += [self._fields[EXACT].read(number)[0] for number in terms.exact]
        return rows

    def _find(self, word: Word) -> WordTerms:
        stems = self._numbers(TEXT, list_stems(word, self._languages))
        exact = self._numbers(EXACT, list_scored_terms(word, self._languages))
        further = is_further_form(self._fields[TEXT].terms.get_bytes(stems[-1])) if stems else False
        return WordTerms(
            stems=stems,
            exact=exact,
            stems_are_complete=not is_stop_form(word, self._languages),
            has_one_form=len(word.forms) == 1 and len(exact) <= 1 and not further,
        )

    def _numbers(self, field: str, terms: Iterable[str]) -> tuple[int, ...]:
        numbers = (self._fields[field].terms.find(term) for term in terms)
        return tuple(number for number in numbers if number is not None)
