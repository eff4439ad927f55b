"""Which rows match a query tree.

Responsibility: match every kind of node against one index.
Decision: each node becomes one boolean array over rows, and operators are logic on arrays. So the
tests can compare any query with a reader of plain word lists.
Must not depend on: scoring or the query syntax.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.arrays.bounded_cache import BoundedCache
from index.arrays.ops import intersect
from index.lexical.ports import FieldFilters
from index.lexical.postings import Postings
from index.lexical.query.phrases import PhraseMatcher
from index.lexical.query.positions import BODY, HEADLINE, LABEL, Sections
from index.lexical.query.terms import TermLookup
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
    Unreadable,
    Value,
    Wildcard,
    Word,
    iter_leaves,
)
from index.query.forms import list_exact_terms, list_stems

Mask = NDArray[np.bool_]
_OWN_FIELDS = {"by": BY, "place": PLACE}
"""Query fields with an index field of their own; the others are sections of `exact`."""
_SECTIONS = {"title": HEADLINE, "body": BODY, "labels": LABEL}
_REMEMBERED_PATTERNS = 256
_NO_ROWS = np.empty(0, np.int32)


class ClauseMatcher:
    """Matches the nodes of a tree over one index of `row_count` rows."""

    def __init__(
        self, fields: Mapping[str, Postings], terms: TermLookup, languages: Sequence[str]
    ) -> None:
        self._fields = fields
        self._terms = terms
        self._languages = languages
        self.row_count = len(fields[TEXT].lengths)
        self._phrases = PhraseMatcher(fields, _read_sections(fields, self.row_count))
        self._vocabularies = {name: Vocabulary(fields[name]) for name in (EXACT, BY, PLACE)}
        self._expansions = BoundedCache[tuple[Pattern, str | None], Expansion](_REMEMBERED_PATTERNS)

    def match(
        self,
        node: Node,
        filters: FieldFilters | None,
        field: str | None = None,
        within: Mask | None = None,
    ) -> Mask:
        """The rows that a node matches, (rows,) bool; a new array.

        Args:
            field: The field of the query that the node is in.
            within: The rows that are asked for, where the others may have any value; None for all.
        """
        match node:
            case And(nodes):
                return self._match_all(nodes, filters, field, within)
            case Or(nodes):
                return self._match_any(nodes, filters, field, within)
            case Not(inner):
                return ~self.match(inner, filters, field, within)
            case Field(name, inner):
                return self.match(inner, filters, name, within)
            case Must(inner) | Boost(inner, _):
                return self.match(inner, filters, field, within)
        return self._match_leaf(node, filters, field, within)

    def expand(self, pattern: Pattern, field: str | None) -> Expansion:
        """The terms that a pattern expands to in a field of the query."""
        return self._expansions.get(
            (pattern, field), lambda: self.get_vocabulary(field).expand(pattern)
        )

    def get_vocabulary(self, field: str | None = None) -> Vocabulary:
        """The words that patterns in a field of the query expand to."""
        return self._vocabularies[_OWN_FIELDS.get(field or "", EXACT)]

    def _match_all(
        self,
        nodes: Sequence[Node],
        filters: FieldFilters | None,
        field: str | None,
        within: Mask | None,
    ) -> Mask:
        """Rows that match every node. Words with one array of rows each are intersected first.

        Phrases come last, and are only looked for in rows that match the other nodes.
        """
        arrays: list[NDArray[np.int32]] = []
        others: list[Node] = []
        for node in nodes:
            rows = self._list_word_rows(node, field)
            if rows is None or len(rows) > 1:
                others.append(node)
            else:
                arrays.append(rows[0] if rows else _NO_ROWS)
        mask = self._mask((intersect(arrays),)) if arrays else np.ones(self.row_count, bool)
        for node in sorted(others, key=_has_phrase):
            asked = mask if within is None else mask & within
            mask &= self.match(node, filters, field, asked)
        return mask

    def _match_any(
        self,
        nodes: Sequence[Node],
        filters: FieldFilters | None,
        field: str | None,
        within: Mask | None,
    ) -> Mask:
        """Rows that match any node. Phrases are only looked for where nothing else matches."""
        arrays: list[NDArray[np.int32]] = []
        others: list[Node] = []
        for node in nodes:
            rows = self._list_word_rows(node, field)
            if rows is None:
                others.append(node)
            else:
                arrays += rows
        mask = self._mask(arrays)
        for node in sorted(others, key=_has_phrase):
            asked = ~mask if within is None else ~mask & within
            mask |= self.match(node, filters, field, asked)
        return mask

    def _list_word_rows(self, node: Node, field: str | None) -> list[NDArray[np.int32]] | None:
        """As `TermLookup.list_rows`, for a word in no particular field; None for other nodes."""
        while isinstance(node, Must | Boost):
            node = node.node
        if isinstance(node, Word) and field is None:
            return self._terms.list_rows(node)
        return None

    def _match_leaf(
        self, leaf: Leaf, filters: FieldFilters | None, field: str | None, within: Mask | None
    ) -> Mask:
        if isinstance(leaf, Empty | Unreadable):
            return self._mask(())
        if field == "source" or isinstance(leaf, Value | DateRange):
            return filters.rows(field or "date", leaf) if filters else self._mask(())
        mask = self._match_words(leaf, field, within)
        # `place:` also matches the country of a place, which doc values know.
        return mask | filters.rows(field, leaf) if filters and field == "place" else mask

    def _match_words(
        self, leaf: Word | Phrase | Pattern, field: str | None, within: Mask | None
    ) -> Mask:
        own_field = _OWN_FIELDS.get(field or "")
        if isinstance(leaf, Phrase):
            return self._match_phrase(leaf, own_field or EXACT, field, within)
        if isinstance(leaf, Prefix | Wildcard | Fuzzy):
            return self._match_terms(self.expand(leaf, field).terms, own_field or EXACT, field)
        if own_field:
            return self._match_terms(self._find_word(own_field, leaf), own_field, field)
        return self._match_word(leaf, field)

    def _match_word(self, word: Word, field: str | None) -> Mask:
        """Rows with a word in any form."""
        if field not in _SECTIONS:
            return self._mask(self._terms.list_rows(word))
        mask = self._match_terms(self._find_word(EXACT, word), EXACT, field)
        for term in list_stems(word, self._languages):
            if field == "title":
                mask |= self._weights(TITLE, term) > 0
            elif field == "labels":
                mask |= self._weights(LABELS, term) > 0
            else:
                outside = HEADLINE_WEIGHT * self._weights(TITLE, term) + self._weights(LABELS, term)
                mask |= self._weights(TEXT, term) > outside
        return mask

    def _match_terms(self, numbers: Sequence[int], source: str, field: str | None) -> Mask:
        """Rows with any of some terms of the index field `source`, in the section of `field`."""
        if field in _SECTIONS:
            section = _SECTIONS[field]
            return self._mask(self._phrases.find_word(source, (n,), section) for n in numbers)
        return self._mask((self._fields[source].read_many(numbers)[0],))

    def _match_phrase(
        self, phrase: Phrase, source: str, field: str | None, within: Mask | None
    ) -> Mask:
        """Rows where the words occur together, in their exact form."""
        words = [self._find_word(source, word) for word in phrase.words]
        if not all(words):
            return self._mask(())
        if len(words) == 1 and field not in _SECTIONS:
            return self._match_terms(words[0], source, field)
        section = _SECTIONS.get(field or "")
        rows = self._phrases.find_phrase(source, words, phrase.slop, section, within)
        return self._mask((rows,))

    def _find_word(self, source: str, word: Word) -> tuple[int, ...]:
        """The numbers of a word's forms in the index field `source`."""
        return self._numbers(source, list_exact_terms(word, self._languages))

    def _mask(self, rows: Iterable[NDArray[np.integer]]) -> Mask:
        mask = np.zeros(self.row_count, bool)
        for some in rows:
            mask[some] = True
        return mask

    def _weights(self, field: str, term: str) -> NDArray[np.float32]:
        """The weight of a term in each row, 0 where it does not occur, (rows,) float32."""
        weights = np.zeros(self.row_count, np.float32)
        for number in self._numbers(field, (term,)):
            rows, values = self._fields[field].read(number)
            weights[rows] = values
        return weights

    def _numbers(self, field: str, terms: Iterable[str]) -> tuple[int, ...]:
        """The numbers of those of some terms that a field has, in order."""
        numbers = (self._fields[field].terms.find(term) for term in terms)
        return tuple(number for number in numbers if number is not None)


def _has_phrase(node: Node) -> bool:
    """Whether a node is much more work than others."""
    return any(isinstance(item.leaf, Phrase) for item in iter_leaves(node))


def _read_sections(fields: Mapping[str, Postings], row_count: int) -> Sections:
    headline_ends, body_ends = np.zeros(row_count, np.int64), np.zeros(row_count, np.int64)
    headline_gap = fields[EXACT].terms.find(PHRASE_GAP)
    if headline_gap is not None:
        rows, positions = fields[EXACT].read_positions(headline_gap)
        headline_ends[rows] = positions
    body_gap = fields[LABELS].terms.find(PHRASE_GAP)
    if body_gap is not None:
        gap_rows, weights = fields[LABELS].read(body_gap)
        body_ends[gap_rows] = weights
    return Sections(headline_ends, body_ends)
