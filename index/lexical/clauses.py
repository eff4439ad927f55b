"""A query's hard clauses as masks over rows.

Decision: each node is one (rows,) bool array and operators are logic on arrays, so that what a
query means can be checked against plain token lists.
Must not know scoring or how a query is typed.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, reduce

import numpy as np
from numpy.typing import NDArray

from index.analysis import terms
from index.lexical.postings import Postings
from index.lexical.schema import BY, EXACT, HEADLINE_WEIGHT, LABELS, PHRASE_GAP, PLACE, TEXT, TITLE
from index.lexical.sections import (
    BODY,
    HEADLINE,
    REST,
    Keys,
    Sections,
    apart,
    are_in,
    in_order,
    rows_of,
    together,
)
from index.lexical.vocabulary import Expansion, Vocabulary
from index.ports import RowFacts
from index.query import (
    And,
    Boost,
    DateRange,
    Field,
    Fuzzy,
    Leaf,
    Must,
    Node,
    Not,
    Nothing,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Word,
)

Mask = NDArray[np.bool_]
_OWN_FIELDS = {"by": BY, "place": PLACE}
_REMEMBERED = 64
"""Terms whose places are kept: as many as a query can have; 3 MB the most frequent, at 20,000."""
_NONE = np.empty(0, np.int64)
_SECTION = {"title": HEADLINE, "body": BODY, "labels": REST}


class Clauses:
    """Answers the nodes of a tree over one index."""

    def __init__(self, fields: Mapping[str, Postings], languages: Sequence[str]) -> None:
        self._fields = fields
        self._languages = languages
        self.rows = self._rows = len(fields[TEXT].lengths)
        self._sections = _sections(fields, self._rows)
        self._vocabularies = {name: Vocabulary(fields[name]) for name in (EXACT, BY, PLACE)}
        self.expansion = lru_cache(maxsize=256)(self._expansion)
        self._keys = lru_cache(maxsize=_REMEMBERED)(self._new_keys)

    def mask(self, node: Node, facts: RowFacts | None, field: str | None = None) -> Mask:
        """Rows that a node matches, (rows,) bool; a new array."""
        match node:
            case And(nodes):
                return reduce(np.logical_and, (self.mask(n, facts, field) for n in nodes))
            case Or(nodes):
                return reduce(np.logical_or, (self.mask(n, facts, field) for n in nodes))
            case Not(inner):
                return ~self.mask(inner, facts, field)
            case Field(name, inner):
                return self.mask(inner, facts, name)
            case Must(inner) | Boost(inner, _):
                return self.mask(inner, facts, field)
        return self._leaf(node, facts, field)

    def vocabulary(self, field: str | None = None) -> Vocabulary:
        """The words that patterns in a field are looked up in."""
        return self._vocabularies[_OWN_FIELDS.get(field or "", EXACT)]

    def headed(self, words: Sequence[str]) -> NDArray[np.int32]:
        """Rows whose headline is these folded words and no others, (n,) ascending."""
        rows = np.flatnonzero(self._sections.headline_ends == len(words)) if words else _NONE
        for place, word in enumerate(words):
            number = self._fields[EXACT].terms.find(word) if len(rows) else None
            keys = _NONE if number is None else self._keys(EXACT, number)
            rows = rows[are_in(keys, self._sections.keys(rows, np.full(len(rows), place)))]
        return rows.astype(np.int32)

    def _expansion(self, pattern: Pattern, field: str | None) -> Expansion:
        return self.vocabulary(field).expand(pattern)

    def _leaf(self, leaf: Leaf, facts: RowFacts | None, field: str | None) -> Mask:
        if isinstance(leaf, Nothing):
            return self._having(())
        if field == "source" or isinstance(leaf, Value | DateRange):
            return facts.holding(field or "date", leaf) if facts else self._having(())
        own = _OWN_FIELDS.get(field or "")
        if isinstance(leaf, Phrase):
            return self._phrase(leaf, own or EXACT, field)
        if isinstance(leaf, Prefix | Wildcard | Fuzzy):
            return self._terms(self.expansion(leaf, field).terms, own or EXACT, field)
        if own:
            return self._terms(self._numbers(own, (leaf.folded,)), own, field)
        return self._word(leaf, field)

    def _having(self, rows: Iterable[NDArray[np.integer]]) -> Mask:
        mask = np.zeros(self._rows, bool)
        for found in rows:
            mask[found] = True
        return mask

    def _word(self, word: Word, field: str | None) -> Mask:
        """Rows with a word in any form."""
        mask = self._terms(self._numbers(EXACT, (word.folded,)), EXACT, field)
        for form in terms(word.folded, self._languages):
            if field == "title":
                mask |= self._counts(TITLE, form) > 0
            elif field == "labels":
                mask |= self._counts(LABELS, form) > 0
            elif field == "body":
                outside = HEADLINE_WEIGHT * self._counts(TITLE, form) + self._counts(LABELS, form)
                mask |= self._counts(TEXT, form) > outside
            else:
                mask |= self._counts(TEXT, form) > 0
        return mask

    def _counts(self, field: str, term: str) -> NDArray[np.float32]:
        """How often each row has a term, weighted, (rows,) float32."""
        counts = np.zeros(self._rows, np.float32)
        for number in self._numbers(field, (term,)):
            having, weights = self._fields[field].postings(number)
            counts[having] = weights
        return counts

    def _numbers(self, field: str, terms: Iterable[str]) -> tuple[int, ...]:
        found = (self._fields[field].terms.find(term) for term in terms)
        return tuple(number for number in found if number is not None)

    def _terms(self, numbers: Iterable[int], source: str, field: str | None) -> Mask:
        """Rows with any of these terms, in the section that a field stands for."""
        if field in _SECTION:
            keys = (self._keys(source, number) for number in numbers)
            return self._having(rows_of(each, _SECTION[field]) for each in keys)
        return self._having(self._fields[source].postings(number)[0] for number in numbers)

    def _new_keys(self, source: str, number: int) -> Keys:
        occurrences = self._fields[source].places(number)
        if source == EXACT:
            return self._sections.keys(*occurrences)
        gap = self._numbers(source, (PHRASE_GAP,))
        gaps = self._fields[source].places(gap[0]) if gap else (_NONE, _NONE)
        return apart(*occurrences, *gaps)

    def _phrase(self, phrase: Phrase, source: str, field: str | None) -> Mask:
        """Rows where the words stand together, as written."""
        found: list[tuple[str, Keys]] = []
        for word in phrase.words:
            numbers = self._numbers(source, (word.folded,))
            if not numbers:
                return self._having(())
            found.append((word.folded, self._keys(source, numbers[0])))
        if phrase.slop:
            keys = together(found, phrase.slop)
        else:
            keys = in_order([keys for _, keys in found])
        return self._having((rows_of(keys, _SECTION.get(field or "")),))


def _sections(fields: Mapping[str, Postings], count: int) -> Sections:
    headline, body = np.zeros(count, np.int64), np.zeros(count, np.int64)
    gap = fields[EXACT].terms.find(PHRASE_GAP)
    if gap is not None:
        rows, places = fields[EXACT].places(gap)
        headline[rows] = places
    end = fields[LABELS].terms.find(PHRASE_GAP)
    if end is not None:
        having, weights = fields[LABELS].postings(end)
        body[having] = weights
    return Sections(headline, body)
