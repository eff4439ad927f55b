"""What of a query is found in a text: its words, patterns, phrases and names.

Responsibility: the places in a text where parts of a query are, one by one, in order.
Decision: a phrase is one part, found where its words are together; its rarest-looking word is
searched for, and only there the words around are read. Parts are bits, so that what a sentence has
of a query is one number.
Must not depend on: articles, or which places are shown.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.query import (
    Fuzzy,
    NameValue,
    ParsedQuery,
    Pattern,
    Phrase,
    Prefix,
    Wildcard,
    Word,
    iter_leaves,
)
from index.query.forms import is_stop_form, list_forms, list_stems
from index.query.patterns import compile_pattern, get_beginning
from index.search.words.word_finder import WordFinder
from index.text.analysis import is_stopword_in_any, to_term
from index.text.normalizing import normalize
from index.text.tokens import Token, tokenize_normalized
from index.types.fields import Span

_REACH = 32
"""Code points on each side that are read for one more word of a phrase."""
_NEXT_WORD = re.compile(r"[\W_]*([^\W_](?:[^\W_]*['’])?)")


class Occurrence(NamedTuple):
    """A place where parts of a query are.

    Attributes:
        parts: The bits of these parts.
        spans: What is marked: a word, or the words of a phrase.
    """

    parts: int
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.spans[0][0]


class _Phrase(NamedTuple):
    """A phrase as one part.

    Attributes:
        words: The forms of each word.
        anchor: Which of the words is searched for.
    """

    words: tuple[frozenset[str], ...]
    slop: int
    anchor: int
    part: int


class QueryParts:
    """The parts of one query that are marked in texts.

    Attributes:
        all: The bits of all parts.
        terms: The parts of each term of a word.
    """

    def __init__(self, query: ParsedQuery, languages: Sequence[str], *, scattered: bool) -> None:
        """Take a query apart.

        Args:
            scattered: Whether the words of phrases are parts of their own, and stop words too.
        """
        leaves = list(_iter_leaves(query))
        self._languages = languages
        self._weights: list[int] = []
        self._weighed: dict[int, int] = {}
        self.terms: defaultdict[str, int] = defaultdict(int)
        self.patterns = [
            (leaf, self._add(1)) for leaf in leaves if isinstance(leaf, Prefix | Wildcard | Fuzzy)
        ]
        phrases = [leaf for leaf in leaves if isinstance(leaf, Phrase)]
        words = [leaf for leaf in leaves if isinstance(leaf, Word)]
        if scattered:
            words += (word for phrase in phrases for word in phrase.words)
            phrases = []
        self.phrases = [self._create_phrase(phrase) for phrase in phrases]
        words = list(dict.fromkeys(words))
        content = [word for word in words if not is_stop_form(word, languages)]
        has_others = content or self.patterns or self.phrases
        for word in content if has_others and not scattered else words:
            part = self._add(1)
            for term in {*list_stems(word, languages), *list_forms(word, languages)}:
                self.terms[term] |= part
        self.all = (1 << len(self._weights)) - 1

    def weigh(self, parts: int) -> int:
        """How much of the query some parts are: 1 for each word or pattern."""
        if parts not in self._weighed:
            weights = enumerate(self._weights)
            self._weighed[parts] = sum(weight for n, weight in weights if parts >> n & 1)
        return self._weighed[parts]

    def _add(self, weight: int) -> int:
        self._weights.append(weight)
        return 1 << (len(self._weights) - 1)

    def _create_phrase(self, phrase: Phrase) -> _Phrase:
        forms = [list_forms(word, self._languages) for word in phrase.words]
        own = [first for first, *_ in forms]
        anchor = max(
            range(len(own)),
            key=lambda n: (not is_stopword_in_any(own[n], self._languages), len(own[n])),
        )
        words = tuple(map(frozenset, forms))
        return _Phrase(words, phrase.slop, anchor, self._add(len(words)))


class PartFinder:
    """Finds the `parts` of one query in texts of one language."""

    def __init__(self, parts: QueryParts, language: str) -> None:
        self.parts = parts
        self._language = language
        self._patterns = [(compile_pattern(pattern), part) for pattern, part in parts.patterns]
        self._anchors: defaultdict[str, list[_Phrase]] = defaultdict(list)
        for phrase in parts.phrases:
            for form in phrase.words[phrase.anchor]:
                self._anchors[form].append(phrase)
        self._words = WordFinder(
            {*parts.terms, *self._anchors},
            language,
            [accepts for accepts, _ in self._patterns],
            [get_beginning(pattern) for pattern, _ in parts.patterns],
        )
        self._known: dict[tuple[str, ...], int] = {}

    def find(self, text: str) -> Iterator[Occurrence]:
        """Yield where parts of the query are, by the places of words that were searched for."""
        normalized = normalize(text, self._language)
        for parts, spans in self._find_normalized(normalized.text):
            yield Occurrence(parts, tuple(normalized.to_original(*span) for span in spans))

    def _find_normalized(self, text: str) -> Iterator[Occurrence]:
        for token in self._words.iter_tokens(text):
            forms = (token.folded, *token.also)
            parts = self._known.get(forms)
            if parts is None:
                parts = self._known[forms] = self._get_parts(forms)
            if parts:
                yield Occurrence(parts, ((token.start, token.end),))
            for phrase in self._list_phrases(forms):
                spans = _find_phrase(text, token, phrase)
                if spans:
                    yield Occurrence(phrase.part, spans)

    def _list_phrases(self, forms: Sequence[str]) -> Iterable[_Phrase]:
        """The phrases whose anchor has one of these forms."""
        if not self._anchors:
            return ()
        return {each.part: each for form in forms for each in self._anchors.get(form, ())}.values()

    def _get_parts(self, forms: Sequence[str]) -> int:
        """The words and patterns that a word of these forms has."""
        parts = 0
        for form in forms:
            parts |= self.parts.terms.get(form, 0)
            parts |= self.parts.terms.get(to_term(form, self._language), 0)
        for accepts, part in self._patterns:
            if accepts(forms[0]):
                parts |= part
        return parts


def merge_spans(occurrences: Iterable[Occurrence]) -> list[Span]:
    """The spans of all occurrences in order, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted({span for each in occurrences for span in each.spans}):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _iter_leaves(query: ParsedQuery) -> Iterator[Word | Phrase | Pattern]:
    """Every leaf that ranks articles, and the names that articles must mention."""
    for item in query.ranked_leaves:
        if isinstance(item.leaf, Word | Phrase | Prefix | Wildcard | Fuzzy):
            yield item.leaf
    for item in iter_leaves(query.tree):
        if isinstance(item.leaf, NameValue) and not item.negated:
            name = item.leaf.leaf
            yield Phrase((name,), name.span) if isinstance(name, Word) else name


def _find_phrase(text: str, anchor: Token, phrase: _Phrase) -> tuple[Span, ...]:
    """The spans of a phrase's words around one of them; empty if they are not all there."""
    words, place = phrase.words, phrase.anchor
    if len(words) == 1:
        return ((anchor.start, anchor.end),)
    if not phrase.slop and not _may_go_on(text, anchor.end, words[place + 1 :]):
        return ()
    count = len(words) + phrase.slop - 1
    tokens, number = _read_around(text, anchor, count)
    if phrase.slop:
        return _find_near(tokens, number, phrase)
    found = tokens[max(0, number - place) : number - place + len(words)]
    if number < place or len(found) < len(words):
        return ()
    if not all(_has_form(token, forms) for token, forms in zip(found, words, strict=True)):
        return ()
    return tuple((token.start, token.end) for token in found)


def _find_near(tokens: Sequence[Token], number: int, phrase: _Phrase) -> tuple[Span, ...]:
    """The spans of the phrase's words within the first window around a token that has them all."""
    wanted = Counter(phrase.words)
    width = len(phrase.words) + phrase.slop
    for first in range(max(0, number - width + 1), number + 1):
        window = tokens[first : first + width]
        found = {forms: [each for each in window if _has_form(each, forms)] for forms in wanted}
        if all(len(found[forms]) >= count for forms, count in wanted.items()):
            return tuple(sorted({each[1:3] for some in found.values() for each in some}))
    return ()


def _has_form(token: Token, forms: frozenset[str]) -> bool:
    return token.folded in forms or not forms.isdisjoint(token.also)


def _may_go_on(text: str, end: int, words: Sequence[frozenset[str]]) -> bool:
    """Whether the text after `end` may begin with the first of some words; a quick check."""
    after = _NEXT_WORD.match(text, end) if words else None
    if not after or not after[1].isascii():
        return True
    firsts = {form[0] for form in words[0]}
    if not all(first.isascii() and first.isalnum() for first in firsts):
        return True
    return len(after[1]) > 1 or after[1].lower() in {first.lower() for first in firsts}


def _read_around(text: str, token: Token, count: int) -> tuple[list[Token], int]:
    """The tokens around one, at least `count` on each side if there are; and its place there."""
    reach = _REACH * (count + 2)
    while True:
        start, end = max(0, token.start - reach), min(len(text), token.end + reach)
        tokens = [
            Token(each.folded, start + each.start, start + each.end, each.also)
            for each in tokenize_normalized(text[start:end])
        ]
        # What is cut may be read as another word.
        tokens = tokens[1 if start else 0 : None if end == len(text) else -1]
        number = next((n for n, each in enumerate(tokens) if each.start >= token.start), -1)
        enough = start == 0 or number >= count
        enough = enough and (end == len(text) or len(tokens) - number > count)
        if enough or (start == 0 and end == len(text)):
            return tokens, number
        reach *= 4
