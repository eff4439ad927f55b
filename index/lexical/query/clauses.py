"""A query's hard clauses as masks over rows.

Decision: each node is one (rows,) bool array and operators are logic on arrays, so that what a
query means can be checked against plain token lists.
Must not know scoring or how a query is typed.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from index.arrays.bounded_cache import BoundedCache
from index.arrays.ops import intersect
from index.lexical.ports import FieldFilters
from index.lexical.postings import Postings
from index.lexical.query.positions import (
    BODY,
    HEADLINE,
    REST,
    Keys,
    Sections,
    apart,
    in_order,
    rows_of,
    together,
)
from index.lexical.query.terms import Words
from index.lexical.query.vocabulary import Expansion, Vocabulary
from index.lexical.schema import BY, EXACT, HEADLINE_WEIGHT, LABELS, PHRASE_GAP, PLACE, TEXT, TITLE
from index.query import (
    And,
    Boost,
    DateRange,
    Empty,
    Field,
    Fuzzy,
    Leaf,
    Must,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Word,
)
from index.text.analysis import to_terms

Mask = NDArray[np.bool_]
_OWN_FIELDS = {"by": BY, "place": PLACE}
_PATTERNS = 256
"""Patterns whose expansions are remembered."""
_FREQUENT = 8
"""Terms whose places in all rows are kept: phrases of stop words ask for the same again and again,
6 s for 32 of them at 106,495 articles; the most frequent takes 40 MB there."""
_NO_ROWS = np.empty(0, np.int32)
_NOWHERE = np.empty(0, np.int64)
_SECTION = {"title": HEADLINE, "body": BODY, "labels": REST}


class Clauses:
    """Answers the nodes of a tree over one index."""

    def __init__(
        self, fields: Mapping[str, Postings], words: Words, languages: Sequence[str]
    ) -> None:
        self._fields = fields
        self._words = words
        self._languages = languages
        self.rows = self._rows = len(fields[TEXT].lengths)
        self._sections = _sections(fields, self._rows)
        self._vocabularies = {name: Vocabulary(fields[name]) for name in (EXACT, BY, PLACE)}
        self._expansions = BoundedCache[tuple[Pattern, str | None], Expansion](_PATTERNS)
        self._frequent_keys = BoundedCache[tuple[str, int], Keys](_FREQUENT)

    def mask(self, node: Node, filters: FieldFilters | None, field: str | None = None) -> Mask:
        """Rows that a node matches, (rows,) bool; a new array."""
        match node:
            case And(nodes):
                return self._all(nodes, filters, field)
            case Or(nodes):
                return self._any(nodes, filters, field)
            case Not(inner):
                return ~self.mask(inner, filters, field)
            case Field(name, inner):
                return self.mask(inner, filters, name)
            case Must(inner) | Boost(inner, _):
                return self.mask(inner, filters, field)
        return self._leaf(node, filters, field)

    def _all(self, nodes: Sequence[Node], filters: FieldFilters | None, field: str | None) -> Mask:
        """Rows that match every node; of words that are one list each what the lists share."""
        found: list[NDArray[np.int32]] = []
        masks: list[Mask] = []
        for node in nodes:
            rows = self._rows_of(node, field)
            if rows is None or len(rows) > 1:
                masks.append(self.mask(node, filters, field))
            else:
                found.append(rows[0] if rows else _NO_ROWS)
        if found:
            masks.append(self._having((intersect(found),)))
        return reduce(np.logical_and, masks)

    def _any(self, nodes: Sequence[Node], filters: FieldFilters | None, field: str | None) -> Mask:
        """Rows that match any node."""
        found: list[NDArray[np.int32]] = []
        masks: list[Mask] = []
        for node in nodes:
            rows = self._rows_of(node, field)
            if rows is None:
                masks.append(self.mask(node, filters, field))
            else:
                found += rows
        return reduce(np.logical_or, masks, self._having(found))

    def _rows_of(self, node: Node, field: str | None) -> list[NDArray[np.int32]] | None:
        """Lists of rows that together have a word anywhere; None for any other node."""
        while isinstance(node, Must | Boost):
            node = node.node
        if isinstance(node, Word) and field is None:
            return self._words.rows(node.folded)
        return None

    def vocabulary(self, field: str | None = None) -> Vocabulary:
        """The words that patterns in a field are looked up in."""
        return self._vocabularies[_OWN_FIELDS.get(field or "", EXACT)]

    def expansion(self, pattern: Pattern, field: str | None) -> Expansion:
        """The terms that a pattern stands for in a field."""
        return self._expansions.get(
            (pattern, field), lambda: self.vocabulary(field).expand(pattern)
        )

    def _leaf(self, leaf: Leaf, filters: FieldFilters | None, field: str | None) -> Mask:
        if isinstance(leaf, Empty):
            return self._having(())
        if field == "source" or isinstance(leaf, Value | DateRange):
            return filters.rows(field or "date", leaf) if filters else self._having(())
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
        if field not in _SECTION:
            return self._having(self._words.rows(word.folded))
        mask = self._terms(self._numbers(EXACT, (word.folded,)), EXACT, field)
        for form in to_terms(word.folded, self._languages):
            if field == "title":
                mask |= self._counts(TITLE, form) > 0
            elif field == "labels":
                mask |= self._counts(LABELS, form) > 0
            else:
                outside = HEADLINE_WEIGHT * self._counts(TITLE, form) + self._counts(LABELS, form)
                mask |= self._counts(TEXT, form) > outside
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

    def _all_numbers(self, field: str, terms: Sequence[str]) -> tuple[int, ...]:
        """The numbers of terms in order; none where one of them is not there."""
        found = self._numbers(field, terms)
        return found if len(found) == len(terms) else ()

    def _terms(self, numbers: Sequence[int], source: str, field: str | None) -> Mask:
        """Rows with any of these terms, in the section that a field stands for."""
        if field in _SECTION:
            keys = (self._keys(source, number) for number in numbers)
            return self._having(rows_of(each, _SECTION[field]) for each in keys)
        return self._having((self._fields[source].postings_of(numbers)[0],))

    def _keys(self, source: str, number: int, rows: NDArray[np.integer] | None = None) -> Keys:
        """Where a term stands, in all rows or in these, ascending, and maybe in others too."""
        if rows is not None and 2 * len(rows) > len(self._fields[source].postings(number)[0]):
            return self._frequent_keys.get((source, number), lambda: self._keys(source, number))
        occurrences = self._fields[source].places(number, rows)
        if source == EXACT:
            return self._sections.keys(*occurrences)
        gap = self._numbers(source, (PHRASE_GAP,))
        gaps = self._fields[source].places(gap[0], rows) if gap else (_NOWHERE, _NOWHERE)
        return apart(*occurrences, *gaps)

    def _phrase(self, phrase: Phrase, source: str, field: str | None) -> Mask:
        """Rows where the words stand together, as written."""
        words = [word.folded for word in phrase.words]
        numbers = self._all_numbers(source, words)
        if not numbers:
            return self._having(())
        if len(words) == 1 and field not in _SECTION:
            return self._terms(numbers, source, field)
        # Only where all of them are: the places of a frequent word cost more than all else.
        rows = intersect([self._fields[source].postings(number)[0] for number in numbers])
        places = {number: self._keys(source, number, rows) for number in set(numbers)}
        keys = [places[number] for number in numbers]
        if phrase.slop:
            found = together(list(zip(words, keys, strict=True)), phrase.slop)
        else:
            found = in_order(keys)
        return self._having((rows_of(found, _SECTION.get(field or "")),))


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
