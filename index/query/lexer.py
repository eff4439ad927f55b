"""The lexer of the query language.

Responsibility: split a query into brackets, phrases, signs, operators, fields and runs of text.
Decision: whether a character is an operator depends on its context (`-x`, but not `well-known` or
`- x`), so that ordinary writing contains as few operators as possible.
Must not depend on: the grammar that combines the tokens.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.query.tree import NAME_FIELDS, NEAR_FIELD, TEXT_FIELDS, VALUE_FIELDS
from index.types.fields import Span
from index.types.notices import make_notice
from index.types.search import Notice

Kind = Literal["open", "close", "phrase", "run", "value", "sign", "field", "AND", "OR", "NOT"]
QUOTES = '"“”„‟'
_WORD_FIELDS = (*TEXT_FIELDS, *NAME_FIELDS)
OPERATORS = ("AND", "OR", "NOT")
FIELDS = {name: name for name in (*_WORD_FIELDS, *VALUE_FIELDS, "date")} | {"headline": "title"}
_SENTENCE_WORDS = 4
"""A query in capitals with more words than this is a sentence: its AND, OR and NOT are words."""

_ACRONYMS, _ACRONYM_LETTERS = 3, 5
"""A query in capitals with so many words, or a longer one, is written in capitals."""

_LETTERS = re.compile(r"[^\W\d_]{2,}+(?!:)")
_SIGN = re.compile(r"([+-])[+-]*(?=[^\s)+-])")
_FIELD = re.compile(r"([^\W\d_]+):(?=[^\s)])")
_RUN = re.compile(rf"[^\s(){QUOTES}]+")
_WEIGHT = re.compile(r"\^([0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_SLOP = re.compile(r"~([0-9]*)")
_DATE = re.compile(r"\[[^\]]*\]?|[<>=]*[^\s()]+")
_ID = re.compile(r"\S+")
_NEAR = re.compile(
    rf"(?:[{QUOTES}][^{QUOTES}]*[{QUOTES}]?|[^\s(){QUOTES}]+)"
    r"(?:\s+[0-9]+(?:\.[0-9]+)?\s?(?:km|mi)\b)?",
    re.IGNORECASE,
)
"""A place and a distance: `"Nova Gorica" 300km`, `Moscow 50 mi`."""
_VALUE_PATTERNS = {"lang": _RUN, "story": _ID, "id": _ID, "date": _DATE, NEAR_FIELD: _NEAR}
_ADDRESS = re.compile(r"//|\S*@")


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query.

    Attributes:
        text: The token without its quotation marks; `start` is the offset of its first character.
        span: The span of the complete token, marks included.
        slop, weight: The digits after `~` and `^` of a phrase; `weight` of a closing bracket too.
            Empty if there are none.
    """

    kind: Kind
    text: str
    start: int
    span: Span
    slop: str = ""
    weight: str = ""


def is_sentence_in_capitals(text: str) -> bool:
    """Whether a text is a sentence in capitals, in which AND, OR and NOT are ordinary words."""
    if text.upper() != text:
        return False
    words = [word for word in text.split() if any(c.isalpha() for c in word)]
    others = [word for word in words if word not in OPERATORS]
    has_adjacent_words = len(others) > len(words) - len(others) + 1
    return len(others) > _SENTENCE_WORDS and has_adjacent_words


def has_acronyms(text: str) -> bool:
    """Whether words in capitals in a text are acronyms; not in a text all in capitals."""
    words = [word for word in _LETTERS.findall(text) if word.upper() not in OPERATORS]
    if not all(word.isupper() for word in words):
        return True
    return len(words) < _ACRONYMS and max(map(len, words), default=0) <= _ACRONYM_LETTERS


def has_operators(text: str) -> bool:
    """Whether a text has AND, OR or NOT in a position in which they are operators."""
    return any(token.kind in OPERATORS for token in Lexer(text, operators=True).tokenize())


class Lexer:
    """Splits one text into tokens; `notices` grows while `tokenize` runs."""

    def __init__(self, text: str, *, operators: bool) -> None:
        self.notices: list[Notice] = []
        self._text = text
        self._operators = operators
        self._fields: list[str | None] = [None]
        self._next_field: str | None = None
        """The field of the next token, if the last token was a field."""

    def tokenize(self) -> Iterator[Token]:
        """Yield every token in order."""
        position = 0
        while position < len(self._text):
            if self._text[position].isspace():
                position += 1
                continue
            token = self._read_token(position)
            yield token
            position = token.span[1]

    def _read_token(self, position: int) -> Token:
        explicit_field, self._next_field = self._next_field, None
        field = explicit_field or self._fields[-1]
        if explicit_field in _WORD_FIELDS and (sign := _SIGN.match(self._text, position)):
            self.notices.append(make_notice("sign-in-field", sign.span(), sign[1], explicit_field))
            position = sign.end()
        char = self._text[position]
        if char == "(":
            self._fields.append(field)
            return Token("open", char, position, (position, position + 1))
        if char == ")":
            return self._read_close(position)
        if char in QUOTES and field != NEAR_FIELD:
            return self._read_phrase(position)
        if explicit_field is None and (token := self._read_sign(position)):
            return token
        return self._read_run(position, field, explicit_field)

    def _read_close(self, position: int) -> Token:
        if len(self._fields) > 1:
            self._fields.pop()
        weight = _WEIGHT.match(self._text, position + 1)
        end = weight.end() if weight else position + 1
        return Token("close", ")", position, (position, end), weight=weight[1] if weight else "")

    def _read_phrase(self, position: int) -> Token:
        start = end = position + 1
        while end < len(self._text) and self._text[end] not in QUOTES:
            end += 1
        inner = self._text[start:end]
        if end == len(self._text):
            self.notices.append(make_notice("unclosed-quote", (position, end)))
            return Token("phrase", inner, start, (position, end))
        end += 1
        slop = _SLOP.match(self._text, end)
        end = slop.end() if slop else end
        weight = _WEIGHT.match(self._text, end)
        end = weight.end() if weight else end
        slop_digits, weight_digits = slop[1] if slop else "", weight[1] if weight else ""
        return Token("phrase", inner, start, (position, end), slop_digits, weight_digits)

    def _read_sign(self, position: int) -> Token | None:
        before = self._text[position - 1] if position else " "
        match = _SIGN.match(self._text, position)
        if not match or not (before.isspace() or before == "("):
            return None
        return Token("sign", match[1], position, match.span())

    def _read_run(self, position: int, field: str | None, explicit_field: str | None) -> Token:
        is_verbatim = explicit_field in _VALUE_PATTERNS or field in {"id", "story"}
        if not is_verbatim and (match := _FIELD.match(self._text, position)):
            token = self._read_field(match)
            if token:
                return token
        kind: Kind = "value" if field in _VALUE_PATTERNS else "run"
        pattern = _VALUE_PATTERNS[field] if kind == "value" and field else _RUN
        match = pattern.match(self._text, position)
        assert match is not None
        end = position + len(_cut_at_closing_bracket(match[0])) if kind == "value" else match.end()
        text = self._text[position:end]
        follows_sign = position and self._text[position - 1] in "+-"
        if self._operators and text in OPERATORS and not explicit_field and not follows_sign:
            return Token(text, text, position, (position, end))  # type: ignore[arg-type]
        return Token(kind, text, position, (position, end))

    def _read_field(self, match: re.Match[str]) -> Token | None:
        """The field token of a match, or None and a notice if there is no field of that name."""
        name = FIELDS.get(match[1].casefold())
        if name:
            self._next_field = name
            return Token("field", name, match.start(), match.span())
        after = self._text[match.end()]
        is_address = _ADDRESS.match(self._text, match.end())
        if not is_address and (after.isalnum() or after in "(" + QUOTES):
            self.notices.append(make_notice("unknown-field", match.span(), match[1]))
        return None


def _cut_at_closing_bracket(text: str) -> str:
    """Cut a value off at the first closing bracket that it does not open."""
    depth = 0
    for position, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return text[:position] or text[:1]
    return text
