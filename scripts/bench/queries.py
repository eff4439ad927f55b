"""The queries that are measured: kinds of them, made of the words of an archive's own headlines.

Decision: one query as words, a kind and days, which each contender writes in its own language.
Must not know any contender.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

from archive.article import Article
from index.text.analysis import is_stopword, normalize_language, tokenize

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
_LETTERS = 4
"""Of a word that stand before the star of a prefix."""


@dataclass(frozen=True, slots=True)
class BenchQuery:
    """One query; `days` are both included."""

    kind: Kind
    words: tuple[str, ...]
    days: tuple[date, date] | None = None


class Searcher(Protocol):
    """Something that answers queries."""

    name: str

    def ask(self, query: BenchQuery) -> list[str]:
        """Uris of the best ten."""
        ...


@dataclass(frozen=True, slots=True)
class Headline:
    """The words of a headline that say something, `together` where two stand side by side."""

    words: tuple[str, ...]
    together: tuple[str, ...]
    day: date


def headline(article: Article) -> Headline | None:
    """What a headline gives to ask for; None where that is too little."""
    if article.first_created is None:
        return None
    every = [token.folded for token in tokenize(article.headline)]
    telling = [_says_something(word, article.language) for word in every]
    words = tuple(dict.fromkeys(w for w, says in zip(every, telling, strict=True) if says))
    pairs = [every[n : n + 2] for n in range(len(every) - 1) if telling[n] and telling[n + 1]]
    if len(words) < 3 or not pairs:
        return None
    return Headline(words, tuple(pairs[0]), article.first_created.date())


def queries(heads: Sequence[Headline], kind: Kind, *, count: int, seed: int) -> list[BenchQuery]:
    """`count` queries of a kind; the same seed gives the same ones."""
    chosen = random.Random(f"{seed} {kind}").sample(heads, min(count, len(heads)))
    return [_MAKE[kind](head) for head in chosen]


def written(query: BenchQuery) -> str:
    """A query as Dateline, tantivy and SQLite read it alike."""
    match query.kind:
        case "phrase":
            return f'"{" ".join(query.words)}"'
        case "prefix":
            return f"{query.words[0]}*"
        case "AND":
            return " AND ".join(query.words)
    return " OR ".join(query.words)


def _says_something(word: str, language: str) -> bool:
    return (
        word.isalpha()
        and len(word) >= _LETTERS
        and not is_stopword(word, (normalize_language(language),))
    )


_MAKE: dict[Kind, Callable[[Headline], BenchQuery]] = {
    "one word": lambda head: BenchQuery("one word", head.words[:1]),
    "OR of two": lambda head: BenchQuery("OR of two", head.words[:2]),
    "OR of three": lambda head: BenchQuery("OR of three", head.words[:3]),
    "AND": lambda head: BenchQuery("AND", head.words[:3]),
    "phrase": lambda head: BenchQuery("phrase", head.together),
    "prefix": lambda head: BenchQuery("prefix", (head.words[0][:_LETTERS],)),
    "OR and dates": lambda head: BenchQuery(
        "OR and dates", head.words[:3], (head.day - _DAYS, head.day + _DAYS)
    ),
}
