"""The language of a query, as far as its words and its reader tell.

Responsibility: decide in which languages a correction may be, and whether a word is at home there.
Decision: the words of the query that the archive knows decide, by their frequency in the articles
of each language; without any, the reader's filter or interface does, then the archive's main
language. A name that articles of many languages share is at home in all of them.
Must not depend on: how words are corrected.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from archive.values.word_lists import load_words
from index.query import Word
from index.search.ports import Vocabulary
from index.text.analysis import LANGUAGES, normalize_language
from index.text.stopwords import STOPWORDS
from index.types.search import FacetValue

_MISSING = 0.5
"""Articles that an unseen word counts as."""
_PREFERENCE = math.log(20)
"""What the language of the interface weighs: less than one word that only another language has."""
_CLEARLY = math.log(8)
"""How much likelier a language must be than another that is left out."""
_AT_HOME = 0.2
"""A word is at home where it is at least this share as frequent as where it is most frequent."""
_STOP_WORD_SHARE = 0.5
_FEW = 10
"""Articles of a language whose shares say little."""
_NO_SPAN = (0, 0)


class QueryLanguages:
    """The languages that a query may be in.

    Attributes:
        chosen: The analyzer's languages that it is likely in; `""` is all without a stemmer.
    """

    def __init__(
        self,
        words: Iterable[str],
        vocabulary: Vocabulary,
        articles: Iterable[FacetValue],
        *,
        only: Sequence[str] = (),
        preferred: str = "",
    ) -> None:
        """Decide by the words.

        Args:
            words: Folded words of the query that are spelt right.
            articles: How many articles the archive has in each language.
            only: Languages, as tags, that the reader filters by.
            preferred: The language of the interface; empty where it is not known.
        """
        self._vocabulary = vocabulary
        self._articles: Counter[str] = Counter()
        for each in articles:
            self._articles[_to_analyzer_language(each.value)] += each.count
        self._languages = frozenset(self._articles)
        chosen = self._languages & set(map(_to_analyzer_language, only))
        self.chosen = chosen or self._languages
        if len(self.chosen) > 1:
            self.chosen = self._choose(list(words), preferred)

    def count(self, word: str) -> int:
        """How many articles have a word in the query's languages; 0 where it is not at home."""
        counts = self._vocabulary.count_by_language(word)
        if len(self._languages) < 2:
            return sum(counts.values()) or (
                self._vocabulary.count_articles(Word(word, _NO_SPAN)) if _is_stopword(word) else 0
            )
        shares = {
            language: self._share(word, language, counts.get(language, 0))
            for language in self._articles
        }
        most = max(shares.values(), default=0.0)
        at_home = [each for each in self.chosen if shares[each] >= _AT_HOME * most > 0]
        return sum(max(counts.get(each, 0), 1) for each in at_home)

    def _choose(self, words: Sequence[str], preferred: str) -> frozenset[str]:
        known = [(word, self._vocabulary.count_by_language(word)) for word in words]
        known = [(word, counts) for word, counts in known if counts or _is_stopword(word)]
        scores = {}
        for language, total in self._articles.items():
            shares = (
                self._share(word, language, counts.get(language, 0)) for word, counts in known
            )
            scores[language] = sum(math.log(share + _MISSING / (total + 1)) for share in shares)
            scores[language] += math.log(total) + (_PREFERENCE if language == preferred else 0.0)
        if not known and preferred not in self._articles:
            return frozenset({max(self._articles, key=self._articles.__getitem__)})
        best = max(scores[language] for language in self.chosen)
        return frozenset(language for language in self.chosen if scores[language] > best - _CLEARLY)

    def _share(self, word: str, language: str, count: int) -> float:
        """The share of a language's articles that have a word."""
        if word in STOPWORDS.get(language, ()):
            return _STOP_WORD_SHARE
        return count / (self._articles[language] + _FEW)


def load_main_word_list(articles: Iterable[FacetValue]) -> None:
    """Load the words of the archive's main language, which a first correction would wait for."""
    main = max(articles, key=lambda each: each.count, default=None)
    if main:
        load_words(main.value)


def _to_analyzer_language(tag: str) -> str:
    """The analyzer's language of a tag; `""` for all that have no stemmer."""
    language = normalize_language(tag)
    return language if language in LANGUAGES else ""


def _is_stopword(word: str) -> bool:
    return any(word in words for words in STOPWORDS.values())
