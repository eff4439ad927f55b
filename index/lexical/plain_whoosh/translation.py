"""Our query tree as a Whoosh query.

Responsibility: translate every kind of node.
Decision: Whoosh's own queries wherever it has one of the same meaning: `And`, `Or`, `AndNot` and
`Term`. The others are in `matchers`, phrases too, because a word has several forms.
Must not depend on: scoring.
"""

from collections.abc import Sequence
from typing import Any

from whoosh import query as whoosh

from index.lexical.plain_whoosh.matchers import BodyStemQuery, Forms, PositionsQuery, RowsQuery
from index.lexical.plain_whoosh.vocabulary import LiveVocabulary
from index.lexical.ports import FieldFilters
from index.lexical.query.positions import BODY, HEADLINE, LABEL
from index.lexical.schema import BY, EXACT, LABELS, PHRASE_GAP, PLACE, TEXT, TITLE
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
)
from index.query.forms import list_exact_terms, list_stems

_OWN_FIELDS = {"by": BY, "place": PLACE}
_SECTIONS = {"title": HEADLINE, "body": BODY, "labels": LABEL}
_STEM_FIELDS = {"title": TITLE, "labels": LABELS}


def encode(word: str) -> bytes:
    """A word as Whoosh has it in its files; half of a surrogate pair is in none of them."""
    return word.encode(errors="surrogatepass")


class Translator:
    """Translates trees for an index of articles in `languages`."""

    def __init__(self, vocabulary: LiveVocabulary, languages: Sequence[str]) -> None:
        self._vocabulary = vocabulary
        self._languages = languages

    def translate(
        self, node: Node, filters: FieldFilters | None = None, field: str | None = None
    ) -> Any:
        """The Whoosh query that matches what a node matches.

        Args:
            field: The field of the query that the node is in.
        """
        match node:
            case And(nodes):
                return whoosh.And([self.translate(child, filters, field) for child in nodes])
            case Or(nodes):
                return _any_of([self.translate(child, filters, field) for child in nodes])
            case Not(inner):
                # `And` and `Or` would move a `Not` out of their other queries.
                return whoosh.AndNot(whoosh.Every(), self.translate(inner, filters, field))
            case Field(name, inner):
                return self.translate(inner, filters, name)
            case Must(inner) | Boost(inner, _):
                return self.translate(inner, filters, field)
        return self._translate_leaf(node, filters, field)

    def match_headline(self, words: Sequence[str]) -> Any:
        """The Whoosh query for headlines of exactly these words: from the start to the gap."""
        terms = [encode(word) for word in (*words, PHRASE_GAP)]
        return whoosh.SpanFirst(whoosh.Phrase(EXACT, terms), limit=len(words))

    def _translate_leaf(self, leaf: Leaf, filters: FieldFilters | None, field: str | None) -> Any:
        if isinstance(leaf, Empty | Unreadable):
            return whoosh.NullQuery
        if field == "source" or isinstance(leaf, Value | DateRange):
            return RowsQuery(filters.rows(field or "date", leaf)) if filters else whoosh.NullQuery
        printed = self._translate_words(leaf, field)
        if field == "place" and filters:
            return _any_of([printed, RowsQuery(filters.rows(field, leaf))])
        return printed

    def _translate_words(self, leaf: Word | Phrase | Pattern, field: str | None) -> Any:
        source = _OWN_FIELDS.get(field or "", EXACT)
        if isinstance(leaf, Phrase):
            words = [self._encode_forms(word) for word in leaf.words]
            return self._translate_phrase(words, leaf.slop, source, field)
        if isinstance(leaf, Prefix | Wildcard | Fuzzy):
            return _in_section(source, tuple(self._vocabulary.expand(leaf, source).words), field)
        if source != EXACT:
            return _in_section(source, self._encode_forms(leaf), None)
        return self._translate_word(leaf, field)

    def _translate_word(self, word: Word, field: str | None) -> Any:
        """A word in any form."""
        exact = _in_section(EXACT, self._encode_forms(word), field)
        stems = [encode(term) for term in list_stems(word, self._languages)]
        if field == "body":
            return _any_of([exact, *(BodyStemQuery(stem) for stem in stems)])
        stem_field = _STEM_FIELDS.get(field or "", TEXT)
        return _any_of([exact, *(whoosh.Term(stem_field, stem) for stem in stems)])

    def _translate_phrase(
        self, words: Sequence[Forms], slop: int, source: str, field: str | None
    ) -> Any:
        section = _SECTIONS.get(field or "")
        if len(words) == 1:
            return _in_section(source, words[0], field)
        # Whoosh's own phrases have one form for each word, and would cross into the labels.
        return PositionsQuery(source, words, slop=slop or None, section=section)

    def _encode_forms(self, word: Word) -> Forms:
        return tuple(encode(term) for term in list_exact_terms(word, self._languages))


def _in_section(source: str, forms: Forms, field: str | None) -> Any:
    """Any of some words as written, in the section of a field of the query."""
    section = _SECTIONS.get(field or "")
    if section is None:
        return _any_of([whoosh.Term(source, form) for form in forms])
    return PositionsQuery(source, [forms], slop=None, section=section)


def _any_of(queries: Sequence[Any]) -> Any:
    either = whoosh.Or(list(queries))
    # In a small index Whoosh would choose a matcher that reads all scores first.
    either.matcher_type = whoosh.Or.DEFAULT_MATCHER
    return either
