"""Passages: the pieces of an article that are embedded, each with the headline in front.

Decision: windows of about 128 word pieces that end at a sentence where one does; whole articles
lose what stands late in them (nDCG@10 of late sentences 0.84 against 0.50).
Must not know encoders or vectors.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.article import Article
from index.types.search import Span

CHUNKING = "headline+128/1"
"""Names how passages are cut; embeddings of passages that are cut otherwise are not reused."""
MAX_PIECES = 128
MAX_HEADLINE_PIECES = 32
_LEAST = 16
"""A last passage shorter than this joins the one before: a sign-off has no meaning of its own."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|\n+")

_FIRST = ":first-"

FindPieces = Callable[[str], Sequence[Span]]


@dataclass(frozen=True, slots=True)
class PassageScheme:
    """Which passages of an article are embedded.

    Attributes:
        first: How many, from its beginning; None: all. How they are cut does not depend on it.
        cutting: How.
    """

    limit: int | None = None
    chunking: str = CHUNKING

    @property
    def name(self) -> str:
        """As it is kept in a manifest."""
        return self.chunking if self.limit is None else f"{self.chunking}{_FIRST}{self.limit}"

    @classmethod
    def from_name(cls, name: str) -> "PassageScheme":
        """The scheme of a manifest; an empty name is that of an index older than all choices."""
        cutting, _, first = name.partition(_FIRST)
        return cls(int(first) if first.isdigit() else None, cutting or CHUNKING)

    @property
    def option_value(self) -> str:
        """As an option says it."""
        return "all" if self.limit is None else str(self.limit)

    def __str__(self) -> str:
        if self.limit is None:
            return "all passages"
        return "the first passage" if self.limit == 1 else f"the first {self.limit} passages"


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage: what is embedded, and the span of the body that it covers."""

    text: str
    span: Span


def split_passages(article: Article, pieces: FindPieces) -> tuple[Passage, ...]:
    """Cut an article into passages, at least one; `pieces` counts as the encoder does."""
    headline = _clip(article.headline, pieces)
    spans = _windows(article.body, pieces, MAX_PIECES - len(pieces(headline)) - 3)
    if not spans:
        return (Passage(headline or article.body, (0, 0)),)
    front = f"{headline}. " if headline else ""
    return tuple(Passage(front + article.body[a:b], (a, b)) for a, b in spans)


def _clip(headline: str, pieces: FindPieces) -> str:
    found = pieces(headline)
    return (
        headline if len(found) <= MAX_HEADLINE_PIECES else headline[: found[MAX_HEADLINE_PIECES][0]]
    )


def _windows(body: str, pieces: FindPieces, budget: int) -> list[Span]:
    """Spans of the body of at most `budget` pieces, cut at sentence ends where possible."""
    found = pieces(body)
    if not found:
        return []
    ends = set(_sentence_ends(body, found))
    cuts, start, last_end = [0], 0, 0
    for number in range(1, len(found) + 1):
        if number - start > budget:
            start = last_end if last_end > start else number - 1
            cuts.append(start)
        if number in ends:
            last_end = number
    if len(cuts) > 1 and len(found) - cuts[-1] < _LEAST:
        cuts.pop()
    bounds = [*cuts, len(found)]
    return [(found[a][0], found[b - 1][1]) for a, b in pairwise(bounds)]


def _sentence_ends(body: str, found: Sequence[Span]) -> Iterator[int]:
    """Numbers of pieces before which a sentence ends."""
    number = 0
    for match in _SENTENCE_END.finditer(body):
        while number < len(found) and found[number][0] < match.end():
            number += 1
        yield number
