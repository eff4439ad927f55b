"""The benchmark's queries: several kinds, from the words of an archive's headlines.

Responsibility: define the kinds of queries and generate queries of each.
Decision: a query is words, a kind and dates; each system writes it in its own query language.
Must not depend on: any system.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

from archive.article import Article
from index.text.analysis import is_stopword, normalize_language
from index.text.tokens import tokenize

Kind = Literal["one word", "OR of two", "OR of three", "AND", "phrase", "prefix", "OR and dates"]
KINDS: tuple[Kind, ...] = (
    "one word",
    "OR of two",
    "OR of three",
    "AND",
    "phrase",
    "prefix",
    "OR and dates",
)
_DAYS = timedelta(days=15)
_PREFIX_LETTERS = 4


@dataclass(frozen=True, slots=True)
class BenchQuery:
    """One query.

    Attributes:
        kind: How its words are combined.
        words: In lower case, without accents.
        days: First and last day, both included; None for all.
    """

    kind: Kind
    words: tuple[str, ...]
    days: tuple[date, date] | None = None


class System(Protocol):
    """A search system to measure."""

    name: str

    def search(self, query: BenchQuery) -> list[str]:
        """Return the uris of the top ten articles, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Headline:
    """The content words of a headline.

    Attributes:
        words: All of them.
        adjacent: Two that are next to each other.
        day: When the article was created.
    """

    words: tuple[str, ...]
    adjacent: tuple[str, ...]
    day: date


def parse_headline(article: Article) -> Headline | None:
    """Return a headline's content words; None if there are too few for every kind of query."""
    if article.first_created is None:
        return None
    every = [token.folded for token in tokenize(article.headline)]
    flags = [_is_content_word(word, article.language) for word in every]
    words = tuple(dict.fromkeys(w for w, flag in zip(every, flags, strict=True) if flag))
    pairs = [every[n : n + 2] for n in range(len(every) - 1) if flags[n] and flags[n + 1]]
    if len(words) < 3 or not pairs:
        return None
    return Headline(words, tuple(pairs[0]), article.first_created.date())


def generate_queries(
    headlines: Sequence[Headline], kind: Kind, *, count: int, seed: int
) -> list[BenchQuery]:
    """Return `count` queries of a kind; the same seed gives the same queries."""
    chosen = random.Random(f"{seed} {kind}").sample(headlines, min(count, len(headlines)))
    return [_FROM_HEADLINE[kind](headline) for headline in chosen]


def format_query(query: BenchQuery) -> str:
    """Return a query in the syntax that Dateline, tantivy and SQLite share."""
    match query.kind:
        case "phrase":
            return f'"{" ".join(query.words)}"'
        case "prefix":
            return f"{query.words[0]}*"
        case "AND":
            return " AND ".join(query.words)
    return " OR ".join(query.words)


def _is_content_word(word: str, language: str) -> bool:
    long = word.isalpha() and len(word) >= _PREFIX_LETTERS
    return long and not is_stopword(word, (normalize_language(language),))


_FROM_HEADLINE: dict[Kind, Callable[[Headline], BenchQuery]] = {
    "one word": lambda headline: BenchQuery("one word", headline.words[:1]),
    "OR of two": lambda headline: BenchQuery("OR of two", headline.words[:2]),
    "OR of three": lambda headline: BenchQuery("OR of three", headline.words[:3]),
    "AND": lambda headline: BenchQuery("AND", headline.words[:3]),
    "phrase": lambda headline: BenchQuery("phrase", headline.adjacent),
    "prefix": lambda headline: BenchQuery("prefix", (headline.words[0][:_PREFIX_LETTERS],)),
    "OR and dates": lambda headline: BenchQuery(
        "OR and dates", headline.words[:3], (headline.day - _DAYS, headline.day + _DAYS)
    ),
}
