"""Field filters: the rows that a query's fields select from doc values, stories and names.

Responsibility: `source:`, `lang:`, `date:`, `story:`, `id:`, `name:`, `near:` and the countries of
`place:` as masks over rows.
Decision: a source or country matches by the words of its name, a language by its tag or the start
of its tag, a story and an id exactly; a name as a whole in quotation marks, else by one word.
Must not depend on: the lexical index, or how a query is typed.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from archive.places.countries import get_country_names, list_countries
from archive.places.resolution import find_place
from index.local.quote_filters import match_quotes
from index.query import (
    DateRange,
    Fuzzy,
    Leaf,
    NameValue,
    NearValue,
    Phrase,
    Prefix,
    QuoteValue,
    Value,
    Wildcard,
    Word,
)
from index.query.patterns import compile_pattern, extract_literal_prefix
from index.storage.doc_values import DocValues
from index.stories.ids import WITHDRAWN
from index.stories.store import StoryStore
from index.text.names import get_names_of_variants
from index.text.tokens import tokenize


class DocValueFilters:
    """Selects the rows of one generation by source, language, date, name, story and id."""

    def __init__(
        self,
        doc_values: DocValues,
        stories: StoryStore,
        heads: NDArray[np.int32] | None = None,
    ) -> None:
        """Prepare to filter.

        Args:
            heads: (n,) the latest row of each row's chain, whose date, source, language and names
                count for all rows of the chain; None if every row stands alone.
        """
        self._doc_values = doc_values
        self._heads = heads
        self._stories = stories
        self._source_words = [[t.folded for t in tokenize(n)] for n in doc_values.source_names]

    def rows(self, field: str, leaf: Leaf) -> NDArray[np.bool_]:
        """Rows whose `field` matches `leaf`, (n,) bool."""
        rows = self._match(field, leaf)
        return rows if self._heads is None or field == "id" else rows[self._heads]

    def _match(self, field: str, leaf: Leaf) -> NDArray[np.bool_]:
        match leaf:
            case DateRange(undated=True):
                return ~self._doc_values.match_days(None, None)
            case DateRange(first, last):
                return self._doc_values.match_days(first, last)
            case NameValue():
                return self._match_name(leaf)
            case QuoteValue(node=node):
                return self._doc_values.quotes.to_rows(match_quotes(self._doc_values.quotes, node))
            case NearValue():
                return self._match_near(leaf)
            case Value(text, _) if field == "lang":
                return self._match_language(text.casefold())
            case Value(text, _):
                return self._match_id(field, text)
        if field == "place":
            return self._doc_values.locations.match_countries(_find_countries(leaf))
        if field != "source":
            return np.zeros(len(self._doc_values), bool)
        numbers = [n for n, words in enumerate(self._source_words) if _matches_words(leaf, words)]
        return np.isin(self._doc_values.sources, numbers)

    def _match_name(self, name: NameValue) -> NDArray[np.bool_]:
        mentions = self._doc_values.mentions
        match name.leaf:
            case Phrase():
                return self._match_names(name.text, mentions.match_name(name.text))
            case Word(folded, _):
                return self._match_names(folded, mentions.match_word(folded, folded.__eq__))
            case Prefix(folded, _):
                return mentions.match_word(folded, compile_pattern(name.leaf))
            case Wildcard():
                return mentions.match_word(
                    extract_literal_prefix(name.leaf), compile_pattern(name.leaf)
                )
            case Fuzzy(folded, _, _):
                return mentions.match_word(folded[:1], compile_pattern(name.leaf))

    def _match_names(self, folded: str, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The rows, and those of the names that a variant such as `UK` stands for."""
        for name in get_names_of_variants().get(folded, ()):
            mask = mask | self._doc_values.mentions.match_name(name)
        return mask

    def _match_language(self, tag: str) -> NDArray[np.bool_]:
        names = [name.casefold() for name in self._doc_values.language_names]
        numbers = [n for n, name in enumerate(names) if name == tag or name.startswith(f"{tag}-")]
        return np.isin(self._doc_values.languages, numbers)

    def _match_near(self, near: NearValue) -> NDArray[np.bool_]:
        """Rows that were filed from near a place; none if the gazetteer has no such place."""
        place = find_place(near.place)
        if place is None:
            return np.zeros(len(self._doc_values), bool)
        return self._doc_values.locations.match_near(place.latitude, place.longitude, km=near.km)

    def _match_id(self, field: str, text: str) -> NDArray[np.bool_]:
        """Rows of one story, or the row of one article."""
        mask = np.zeros(len(self._doc_values), bool)
        if field == "story" and (story := self._stories.find(text)) not in {None, WITHDRAWN}:
            mask = self._stories.labels == story
        elif field == "id":
            mask[self._doc_values.find_rows(text)] = True
        return mask


@lru_cache(maxsize=256)
def _find_countries(leaf: Leaf) -> frozenset[str]:
    """The codes of the countries with a name, in any of the six languages, that a leaf matches."""
    return frozenset(
        code
        for code, names in _read_country_names()
        if any(_matches_name(leaf, list(words)) for words in names)
    )


def _matches_name(leaf: Leaf, words: list[str]) -> bool:
    """Whether a leaf matches a country's name: all of it in quotation marks, else a word."""
    if isinstance(leaf, Phrase):
        return [word.folded for word in leaf.words] == words
    return _matches_words(leaf, words)


@lru_cache(maxsize=1)
def _read_country_names() -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """The folded words of every name of each country."""
    return tuple(
        (code, tuple(tuple(t.folded for t in tokenize(name)) for name in get_country_names(code)))
        for code in list_countries()
    )


def _matches_words(leaf: Leaf, words: list[str]) -> bool:
    """Whether a name with these words matches the leaf."""
    match leaf:
        case Word(folded, _):
            return folded in words
        case Phrase(phrase, _, _):
            folded_words = [word.folded for word in phrase]
            count = len(folded_words)
            return any(words[n : n + count] == folded_words for n in range(len(words)))
        case Prefix() | Wildcard() | Fuzzy():
            return any(map(compile_pattern(leaf), words))
    return False
