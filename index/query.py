"""The reader's query, parsed once into a frozen tree that every retriever shares.

Decision: parsing never fails; what cannot be read is taken as words and a notice says so.
Must not know Whoosh, vectors or articles.
"""

import re
from dataclasses import dataclass

from index.analysis import tokens
from index.types import Notice, Span

MAX_WORDS = 64
"""Words beyond this are left out, with a notice: bounds the cost of a pasted article."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word to find, as a reader typed it; `folded` is its accent-free lower-case form."""

    folded: str
    span: Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to find side by side, in order."""

    words: tuple[Word, ...]
    span: Span


Clause = Word | Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuery:
    """A query: clauses to rank by, clauses an article must or must not have.

    Attributes:
        words: Ranked by; an article should have all of them, most will do.
        required: An article must match each (`+x` and quoted phrases); ranked by as well.
        excluded: An article must match none (`-x`).
        meaning: The text that is embedded: the query without operators and exclusions.
    """

    input: str
    words: tuple[Word, ...] = ()
    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    meaning: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for at all."""
        return not (self.words or self.required or self.excluded)

    @property
    def wanted(self) -> tuple[Word, ...]:
        """Every word that a match may show, phrases' words included, in order of the query."""
        found = list(self.words)
        for clause in self.required:
            found.extend(clause.words if isinstance(clause, Phrase) else (clause,))
        return tuple(sorted(found, key=lambda word: word.span))


_PIECE = re.compile(r'(?P<sign>(?<!\S)[+-])?(?:"(?P<phrase>[^"]*)(?P<close>"|$)|(?P<bare>[^\s"]+))')


def parse(text: str) -> ParsedQuery:
    """Parse a reader's text. Quoted text is a phrase, `+x` is required, `-x` excluded."""
    words: list[Word] = []
    required: list[Clause] = []
    excluded: list[Clause] = []
    notices: list[Notice] = []
    meaning: list[str] = []
    for piece in _PIECE.finditer(text):
        found = _words(piece)
        quoted = piece["phrase"] is not None
        if quoted and not piece["close"]:
            notices.append(_unclosed(piece))
        if not found:
            continue
        clause: tuple[Clause, ...] = (Phrase(found, piece.span()),) if quoted else found
        if piece["sign"] == "-":
            excluded.extend(clause)
            continue
        meaning.append(piece["phrase"] if quoted else piece["bare"])
        if piece["sign"] == "+" or quoted:
            required.extend(clause)
        else:
            words.extend(found)
    if len(words) > MAX_WORDS:
        notices.append(_too_long(words))
    return ParsedQuery(
        input=text,
        words=tuple(words[:MAX_WORDS]),
        required=tuple(required[:MAX_WORDS]),
        excluded=tuple(excluded[:MAX_WORDS]),
        meaning=" ".join(meaning),
        notices=tuple(notices),
    )


def _words(piece: re.Match[str]) -> tuple[Word, ...]:
    group = "bare" if piece["phrase"] is None else "phrase"
    base = piece.start(group)
    return tuple(Word(t.folded, (base + t.start, base + t.end)) for t in tokens(piece[group]))


def _unclosed(piece: re.Match[str]) -> Notice:
    message = "The quotation mark is never closed; the rest of the query is taken as a phrase."
    return Notice(code="unclosed-quote", message=message, span=piece.span())


def _too_long(words: list[Word]) -> Notice:
    span = (words[MAX_WORDS].span[0], words[-1].span[1])
    message = f"Only the first {MAX_WORDS} words are searched for."
    return Notice(code="too-many-words", message=message, span=span)
