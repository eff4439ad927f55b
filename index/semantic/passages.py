"""Passages: the chunks of an article that are embedded, each after the headline.

Responsibility: split an article into passages, and say which of them are embedded.
Decision: chunks of about 128 word pieces that end at the end of a sentence if there is one. An
embedding of a complete article loses what comes late in it (nDCG@10 of queries for late sentences
0.50, against 0.84 with passages).
Must not depend on: encoders or vectors.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.article import Article
from index.types.fields import Span

CHUNKING = "headline+128/1"
"""Identifies the chunking; embeddings of passages of another chunking are not reused."""
MAX_PIECES = 128
MAX_HEADLINE_PIECES = 32
_MIN_LAST_PIECES = 16
"""A shorter last passage becomes part of the previous one: a sign-off says nothing by itself."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|\n+")

_LIMIT_MARK = ":first-"

FindPieces = Callable[[str], Sequence[Span]]


@dataclass(frozen=True, slots=True)
class PassageScheme:
    """Which passages of an article are embedded.

    Attributes:
        limit: How many, from the beginning of the article; None: all. It does not affect how the
            article is split.
        chunking: How articles are split.
    """

    limit: int | None = None
    chunking: str = CHUNKING

    @property
    def name(self) -> str:
        """The name of the scheme in a manifest."""
        return self.chunking if self.limit is None else f"{self.chunking}{_LIMIT_MARK}{self.limit}"

    @classmethod
    def from_name(cls, name: str) -> "PassageScheme":
        """The scheme with a name in a manifest; an empty name is the default of older versions."""
        chunking, _, limit = name.partition(_LIMIT_MARK)
        return cls(int(limit) if limit.isdigit() else None, chunking or CHUNKING)

    def __str__(self) -> str:
        if self.limit is None:
            return "all passages"
        return "the first passage" if self.limit == 1 else f"the first {self.limit} passages"


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage: the text that is embedded, and its span in the body."""

    text: str
    span: Span


def split_passages(article: Article, find_pieces: FindPieces) -> tuple[Passage, ...]:
    """Split an article into passages, at least one.

    Args:
        find_pieces: Gives the spans of the encoder's word pieces in a text.
    """
    headline = _truncate(article.headline, find_pieces)
    budget = MAX_PIECES - len(find_pieces(headline)) - 3
    spans = _split_body(article.body, find_pieces, budget)
    if not spans:
        return (Passage(headline or article.body, (0, 0)),)
    prefix = f"{headline}. " if headline else ""
    return tuple(Passage(prefix + article.body[a:b], (a, b)) for a, b in spans)


def _truncate(headline: str, find_pieces: FindPieces) -> str:
    pieces = find_pieces(headline)
    if len(pieces) <= MAX_HEADLINE_PIECES:
        return headline
    return headline[: pieces[MAX_HEADLINE_PIECES][0]]


def _split_body(body: str, find_pieces: FindPieces, budget: int) -> list[Span]:
    """Split a body into spans of at most `budget` pieces, at ends of sentences if possible."""
    pieces = find_pieces(body)
    if not pieces:
        return []
    ends = set(_find_sentence_ends(body, pieces))
    starts, start, last_end = [0], 0, 0
    for number in range(1, len(pieces) + 1):
        if number - start > budget:
            start = last_end if last_end > start else number - 1
            starts.append(start)
        if number in ends:
            last_end = number
    if len(starts) > 1 and len(pieces) - starts[-1] < _MIN_LAST_PIECES:
        starts.pop()
    bounds = [*starts, len(pieces)]
    return [(pieces[a][0], pieces[b - 1][1]) for a, b in pairwise(bounds)]


def _find_sentence_ends(body: str, pieces: Sequence[Span]) -> Iterator[int]:
    """Yield the numbers of the pieces before which a sentence ends."""
    number = 0
    for match in _SENTENCE_END.finditer(body):
        while number < len(pieces) and pieces[number][0] < match.end():
            number += 1
        yield number
