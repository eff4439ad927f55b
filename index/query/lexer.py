"""Cuts a query's text into tokens: brackets, phrases, signs, operators, fields and runs of text.

Decision: what is an operator depends on where it stands (`-x`, but not `well-known` or `- x`), so
that ordinary writing has as few of them as can be.
Must not know what the tokens ask for together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.query.tree import NAME_FIELD, TEXT_FIELDS, VALUE_FIELDS
from index.types.notices import make_notice
from index.types.search import Notice, Span

Kind = Literal["open", "close", "phrase", "run", "value", "sign", "field", "AND", "OR", "NOT"]
QUOTES = '"“”„‟'
_OF_WORDS = (*TEXT_FIELDS, NAME_FIELD)
OPERATORS = ("AND", "OR", "NOT")
FIELDS = {name: name for name in (*_OF_WORDS, *VALUE_FIELDS, "date")} | {"headline": "title"}
_SENTENCE = 4
"""A query of more words, all in capitals, is a sentence: AND, OR and NOT are words in it."""

_SIGN = re.compile(r"([+-])[+-]*(?=[^\s)+-])")
_FIELD = re.compile(r"([^\W\d_]+):(?=[^\s)])")
_RUN = re.compile(rf"[^\s(){QUOTES}]+")
_WEIGHT = re.compile(r"\^([0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_SLOP = re.compile(r"~([0-9]*)")
_DAYS = re.compile(r"\[[^\]]*\]?|[<>=]*[^\s()]+")
_BARE_VALUE = {"lang": _RUN, "story": re.compile(r"\S+"), "id": re.compile(r"\S+"), "date": _DAYS}
_ADDRESS = re.compile(r"//|\S*@")


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `text` is what is between its marks, `start` where that begins.

    Attributes:
        slop, weight: Of a phrase, as typed; `weight` of a closing bracket too. Empty without.
    """

    kind: Kind
    text: str
    start: int
    span: Span
    slop: str = ""
    weight: str = ""


def is_sentence_in_capitals(text: str) -> bool:
    """Whether a text is a sentence in capitals, in which AND and OR are words as others are."""
    if text.upper() != text:
        return False
    words = [word for word in text.split() if any(c.isalpha() for c in word)]
    others = [word for word in words if word not in OPERATORS]
    beside = len(others) > len(words) - len(others) + 1
    return len(others) > _SENTENCE and beside


class Lexer:
    """One text's tokens; `notices` fills as they are read."""

    def __init__(self, text: str, *, operators: bool) -> None:
        self.notices: list[Notice] = []
        self._text = text
        self._operators = operators
        self._fields: list[str | None] = [None]
        self._next: str | None = None
        """The field that the token to come is in, where one was just named."""

    def tokens(self) -> Iterator[Token]:
        """Every token in order."""
        place = 0
        while place < len(self._text):
            if self._text[place].isspace():
                place += 1
                continue
            token = self._token(place)
            yield token
            place = token.span[1]

    def _token(self, place: int) -> Token:
        named, self._next = self._next, None
        field = named or self._fields[-1]
        if named in _OF_WORDS and (sign := _SIGN.match(self._text, place)):
            self.notices.append(make_notice("sign-in-field", sign.span(), sign[1], named))
            place = sign.end()
        char = self._text[place]
        if char == "(":
            self._fields.append(field)
            return Token("open", char, place, (place, place + 1))
        if char == ")":
            return self._close(place)
        if char in QUOTES:
            return self._phrase(place)
        if named is None and (token := self._sign(place)):
            return token
        return self._bare(place, field, named)

    def _close(self, place: int) -> Token:
        if len(self._fields) > 1:
            self._fields.pop()
        weight = _WEIGHT.match(self._text, place + 1)
        end = weight.end() if weight else place + 1
        return Token("close", ")", place, (place, end), weight=weight[1] if weight else "")

    def _phrase(self, place: int) -> Token:
        start = end = place + 1
        while end < len(self._text) and self._text[end] not in QUOTES:
            end += 1
        inner = self._text[start:end]
        if end == len(self._text):
            self.notices.append(make_notice("unclosed-quote", (place, end)))
            return Token("phrase", inner, start, (place, end))
        end += 1
        slop = _SLOP.match(self._text, end)
        end = slop.end() if slop else end
        weight = _WEIGHT.match(self._text, end)
        end = weight.end() if weight else end
        words, factor = slop[1] if slop else "", weight[1] if weight else ""
        return Token("phrase", inner, start, (place, end), words, factor)

    def _sign(self, place: int) -> Token | None:
        before = self._text[place - 1] if place else " "
        found = _SIGN.match(self._text, place)
        if not found or not (before.isspace() or before == "("):
            return None
        return Token("sign", found[1], place, found.span())

    def _bare(self, place: int, field: str | None, named: str | None) -> Token:
        plain = named in _BARE_VALUE or field in {"id", "story"}
        if not plain and (found := _FIELD.match(self._text, place)):
            token = self._field(found)
            if token:
                return token
        kind: Kind = "value" if field in _BARE_VALUE else "run"
        pattern = _BARE_VALUE[field] if kind == "value" and field else _RUN
        found = pattern.match(self._text, place)
        assert found is not None
        end = place + len(_closed(found[0])) if kind == "value" else found.end()
        text = self._text[place:end]
        follows_sign = place and self._text[place - 1] in "+-"
        if self._operators and text in OPERATORS and not named and not follows_sign:
            return Token(text, text, place, (place, end))  # type: ignore[arg-type]
        return Token(kind, text, place, (place, end))

    def _field(self, found: re.Match[str]) -> Token | None:
        """The field that is named here; None, with a notice, where there is no such field."""
        name = FIELDS.get(found[1].casefold())
        if name:
            self._next = name
            return Token("field", name, found.start(), found.span())
        after = self._text[found.end()]
        is_address = _ADDRESS.match(self._text, found.end())
        if not is_address and (after.isalnum() or after in "(" + QUOTES):
            self.notices.append(make_notice("unknown-field", found.span(), found[1]))
        return None


def _closed(text: str) -> str:
    """A value up to the first bracket that closes what it did not open."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return text[:place] or text[:1]
    return text
