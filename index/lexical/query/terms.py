"""A word of a query in an index: its stems in each language, and the word as written.

Decision: looked up once for all that a search asks of a word, and kept for the next page.
Must not know scoring or clauses.
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
class Forms:
    """Numbers of a word's terms: its `stems`, of which no article has two, and it as `written`.

    Attributes:
        everywhere: Whether whoever has it as written has one of the stems: stop words have none.
    """

    stems: tuple[int, ...]
    written: tuple[int, ...]
    everywhere: bool


class Words:
    """Looks words up in one index of articles in `languages`."""

    def __init__(self, fields: Mapping[str, Postings], languages: Sequence[str]) -> None:
        self._fields = fields
        self._languages = languages
        self._forms = BoundedCache[str, Forms](_REMEMBERED)

    def forms(self, folded: str) -> Forms:
        """The terms of a word."""
        return self._forms.get(folded, lambda: self._look_up(folded))

    def rows(self, folded: str) -> list[NDArray[np.int32]]:
        """Rows, ascending, that together have a word in any form."""
        forms = self.forms(folded)
        found = [self._fields[TEXT].postings(number)[0] for number in forms.stems]
        if not forms.everywhere:
            found += [self._fields[EXACT].postings(number)[0] for number in forms.written]
        return found

    def _look_up(self, folded: str) -> Forms:
        return Forms(
            stems=self._numbers(TEXT, to_terms(folded, self._languages)),
            written=self._numbers(EXACT, (folded,)),
            everywhere=not is_stopword_in_any(folded, self._languages),
        )

    def _numbers(self, field: str, forms: Iterable[str]) -> tuple[int, ...]:
        found = (self._fields[field].terms.find(form) for form in forms)
        return tuple(number for number in found if number is not None)
