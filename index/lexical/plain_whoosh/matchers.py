"""Whoosh queries for what Whoosh has no query for: sections, proximity, stems of a body, filters.

Responsibility: match documents one by one, by the positions and weights of their terms.
Decision: each is a Whoosh query, so that it combines with Whoosh's own; a document is checked by
plain Python over its positions.
Must not depend on: our query tree.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import (
    IntersectionMatcher,
    ListMatcher,
    NullMatcher,
    UnionMatcher,
    WrappingMatcher,
)
from whoosh.matching.mcore import Matcher
from whoosh.query import Query
from whoosh.util import make_binary_tree

from index.lexical.query.positions import BODY, HEADLINE, LABEL
from index.lexical.schema import EXACT, HEADLINE_WEIGHT, LABELS, PHRASE_GAP, PLACE, TEXT, TITLE

_GAP = PHRASE_GAP.encode()
Forms = tuple[bytes, ...]
"""The forms of one word; a document with any of them has the word."""
Positions = Sequence[tuple[int, Forms]]
"""Position and word of each occurrence of some words, ascending."""


class RowsQuery(Query):  # type: ignore[misc]
    """Matches the rows where a mask, (rows of the generation,), is true."""

    def __init__(self, mask: NDArray[np.bool_]) -> None:
        self._mask = mask

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """As in Whoosh's `Query`."""
        is_match = (searcher.rows >= 0) & self._mask[searcher.rows] if len(self._mask) else []
        return ListMatcher(np.flatnonzero(is_match).tolist())

    def estimate_size(self, reader: Any) -> int:
        """As in Whoosh's `Query`."""
        return int(reader.doc_count_all())


class PositionsQuery(Query):  # type: ignore[misc]
    """Matches words that occur together, in one section or value of a field with positions.

    With `slop` None next to each other and in order, else in any order within
    len(words) + slop positions. A single word only has to occur.
    """

    def __init__(
        self, field: str, words: Sequence[Forms], *, slop: int | None, section: int | None
    ) -> None:
        """Match in `section` of `exact`, or in any section if it is None."""
        self._field = field
        self._words = words
        self._slop = slop
        self._section = section

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """As in Whoosh's `Query`."""
        reader = searcher.reader()
        words = {
            word: [form for form in word if (self._field, form) in reader] for word in self._words
        }
        if not words or not all(words.values()):
            return NullMatcher()
        either = [_unite(reader, self._field, forms) for forms in words.values()]
        both = make_binary_tree(IntersectionMatcher, either)
        lookups = [
            (word, _Lookup(reader, self._field, form))
            for word, forms in words.items()
            for form in forms
        ]
        divider = _Divider(reader, self._field)

        def accepts(document: int) -> bool:
            positions = sorted(
                {
                    (position, word)
                    for word, lookup in lookups
                    for position in lookup.read_positions(document)
                }
            )
            divide = divider.read(document)
            return any(
                self._occur([*group])
                for section, group in groupby(positions, lambda item: divide(item[0]))
                if self._section is None or section == self._section
            )

        return _CheckedMatcher(both, accepts)

    def estimate_size(self, reader: Any) -> int:
        """As in Whoosh's `Query`."""
        return int(reader.doc_count_all())

    def _occur(self, positions: Positions) -> bool:
        """Whether the words occur together at some of these positions."""
        if self._slop is None:
            places, wanted = set(positions), list(enumerate(self._words))
            return any(
                all((start + offset, word) in places for offset, word in wanted)
                for start, first in positions
                if first == self._words[0]
            )
        counts, width = Counter(self._words), len(self._words) + self._slop
        return any(
            counts <= Counter(word for position, word in positions if 0 <= position - start < width)
            for start, _ in positions
        )


def _unite(reader: Any, field: str, forms: Sequence[bytes]) -> Any:
    """The documents with any of some terms."""
    return make_binary_tree(UnionMatcher, [reader.postings(field, form) for form in forms])


class BodyStemQuery(Query):  # type: ignore[misc]
    """Matches documents with a stem in the body: `text` has it more often than the other parts."""

    def __init__(self, term: bytes) -> None:
        self._term = term

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """As in Whoosh's `Query`."""
        reader = searcher.reader()
        if (TEXT, self._term) not in reader:
            return NullMatcher()
        everywhere = reader.postings(TEXT, self._term)
        title, labels = (_Lookup(reader, field, self._term) for field in (TITLE, LABELS))

        def accepts(document: int) -> bool:
            outside = HEADLINE_WEIGHT * title.read_weight(document) + labels.read_weight(document)
            return bool(everywhere.weight() > outside)

        return _CheckedMatcher(everywhere, accepts)

    def estimate_size(self, reader: Any) -> int:
        """As in Whoosh's `Query`."""
        return int(reader.doc_count_all())


class _CheckedMatcher(WrappingMatcher):  # type: ignore[misc]
    """The documents of a matcher that a function accepts while the matcher is on them."""

    def __init__(self, child: Any, accepts: Callable[[int], bool]) -> None:
        super().__init__(child)
        self._accepts = accepts
        self._find_next()

    def next(self) -> None:
        """As in Whoosh's `Matcher`."""
        self.child.next()
        self._find_next()

    def skip_to(self, id: int) -> None:
        """As in Whoosh's `Matcher`."""
        self.child.skip_to(id)
        self._find_next()

    def all_ids(self) -> Any:
        """As in Whoosh's `Matcher`."""
        return Matcher.all_ids(self)

    def replace(self, minquality: float = 0) -> Any:
        """As in Whoosh's `Matcher`."""
        return self

    def _find_next(self) -> None:
        while self.child.is_active() and not self._accepts(self.child.id()):
            self.child.next()


class _Lookup:
    """Reads the posting of a term in documents that are asked for in ascending order."""

    def __init__(self, reader: Any, field: str, term: bytes) -> None:
        self._matcher = reader.postings(field, term) if (field, term) in reader else NullMatcher()

    def read_weight(self, document: int) -> float:
        """The weight of the term; 0 if the document does not have it."""
        return float(self._matcher.weight()) if self._find(document) else 0.0

    def read_positions(self, document: int) -> Sequence[int]:
        """The positions of the term; none if the document does not have it."""
        return list(self._matcher.value_as("positions")) if self._find(document) else []

    def _find(self, document: int) -> bool:
        if self._matcher.is_active():
            self._matcher.skip_to(document)
        return bool(self._matcher.is_active() and self._matcher.id() == document)


class _Divider:
    """Divides the positions of documents: `exact` into sections, `place` into values."""

    def __init__(self, reader: Any, field: str) -> None:
        self._field = field
        self._gaps = _Lookup(reader, field, _GAP)
        self._body_end = _Lookup(reader, LABELS, _GAP)

    def read(self, document: int) -> Callable[[int], int]:
        """A function from a position to the number of its section or value."""
        gaps = self._gaps.read_positions(document)
        if self._field == EXACT:
            body_end = self._body_end.read_weight(document)
            return lambda position: (
                LABEL if position >= body_end else BODY if position >= gaps[0] else HEADLINE
            )
        assert self._field == PLACE or not gaps
        return lambda position: sum(gap < position for gap in gaps)
