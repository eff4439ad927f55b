"""The grammar of the query language.

Responsibility: parse tokens into a tree by recursive descent. From loosest to tightest: adjacent
clauses, OR, AND, then NOT, signs and fields.
Decision: every text has a tree. What cannot be parsed is ignored or read as words, with a notice;
only an impossible date is an error.
Must not depend on: indexes or articles.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from index.query.dates import DateError, parse_days
from index.query.lexer import FIELDS, OPERATORS, Lexer, Token, has_acronyms
from index.query.quotes import join_quotes
from index.query.tree import (
    NAME_FIELDS,
    VALUE_FIELDS,
    And,
    DateRange,
    Empty,
    Field,
    Must,
    Node,
    Not,
    Or,
    apply_boost,
    is_optional,
    iter_leaves,
    strip_forms,
    strip_must,
    truncate_phrase,
)
from index.query.values import parse_value, to_name_filter
from index.query.word_parser import WordParser
from index.types.fields import Span
from index.types.notices import make_notice
from index.types.search import Notice

MAX_QUERY_WORDS = 64
"""Words after these are ignored, with a notice. It limits the cost of a pasted article."""
MAX_DEPTH = 20
MAX_SLOPPY_PHRASES = 8
"""Phrases with ~: one of stop words takes 65 ms with 20,000 articles."""
_OPERAND_STARTS = {"open", "phrase", "run", "value", "sign", "field", "NOT"}


@dataclass(slots=True)
class Parser:
    """Parses one text.

    Attributes:
        text: The query as typed.
        today: The day, in UTC, from which relative dates count.
        with_operators: Whether AND, OR and NOT are operators; otherwise they are words.
        notices, error: How the text was interpreted, once it is parsed.
        operators: How many operators it has, once it is parsed.
        unread: The tokens without a letter or digit to search for, once it is parsed.
    """

    text: str
    today: date
    with_operators: bool = True
    notices: list[Notice] = field(default_factory=list)
    error: Notice | None = None
    operators: int = 0
    unread: list[Token] = field(default_factory=list)
    _tokens: list[Token] = field(default_factory=list)
    _position: int = 0
    _depth: int = 0
    _ignored_brackets: int = 0
    _field: str | None = None
    _keeps_capitals: bool = True
    _sloppy_phrases: int = 0
    _words_left: int = MAX_QUERY_WORDS
    _dropped: list[Span] = field(default_factory=list)

    def parse(self) -> Node:
        """Parse the text into a tree."""
        self._keeps_capitals = has_acronyms(self.text)
        lexer = Lexer(self.text, operators=self.with_operators)
        self._tokens = list(lexer.tokenize())
        self.operators = sum(token.kind in OPERATORS for token in self._tokens)
        nodes = self._parse_adjacent()
        self.notices[:0] = lexer.notices
        if self._dropped:
            span = (self._dropped[0][0], self._dropped[-1][1])
            self.notices.append(make_notice("too-many-words", span, MAX_QUERY_WORDS))
        return join_quotes(_join(nodes))

    def _peek(self) -> Token | None:
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def _advance(self) -> Token:
        self._position += 1
        return self._tokens[self._position - 1]

    def _is_next(self, kind: str) -> bool:
        token = self._peek()
        return token is not None and token.kind == kind

    def _starts_operand(self) -> bool:
        token = self._peek()
        return token is not None and token.kind in _OPERAND_STARTS

    def _parse_adjacent(self) -> list[Node]:
        """Adjacent clauses, up to the bracket that closes them or the end."""
        nodes: list[Node] = []
        while token := self._peek():
            if token.kind == "close":
                if self._ignored_brackets:
                    self._ignored_brackets -= 1
                elif self._depth:
                    break
                else:
                    self.notices.append(make_notice("stray-bracket", token.span))
                self._advance()
            elif token.kind in {"AND", "OR"}:
                self._report_dangling(self._advance())
            else:
                nodes += self._parse_or()
        return nodes

    def _parse_or(self) -> list[Node]:
        operands = [self._parse_and()]
        while self._is_next("OR"):
            operator = self._advance()
            if self._starts_operand():
                operands.append(self._parse_and())
            else:
                self._report_dangling(operator)
        alternatives = [strip_must(_join(nodes)) for nodes in operands if nodes]
        if len(alternatives) < 2:
            return next((nodes for nodes in operands if nodes), [])
        flat = [
            child
            for node in alternatives
            for child in (node.nodes if isinstance(node, Or) else (node,))
        ]
        return [Or(tuple(flat))]

    def _parse_and(self) -> list[Node]:
        operands = [self._parse_unary()]
        while self._is_next("AND"):
            operator = self._advance()
            if self._starts_operand():
                operands.append(self._parse_unary())
            else:
                self._report_dangling(operator)
        operands = [nodes for nodes in operands if nodes]
        if len(operands) < 2:
            return operands[0] if operands else []
        return [_require(node) for nodes in operands for node in nodes]

    def _parse_unary(self) -> list[Node]:
        negated, required = False, False
        while token := self._peek():
            if token.kind == "NOT":
                self._advance()
                if not self._starts_operand():
                    self._report_dangling(token)
                    return []
                negated = not negated
            elif token.kind == "sign":
                self._advance()
                negated ^= token.text == "-"
            else:
                break
            required = True
        nodes = self._parse_primary()
        if negated and nodes:
            return [_negate(strip_must(_join(nodes)))]
        return [_require(node) for node in nodes] if required else nodes

    def _parse_primary(self) -> list[Node]:
        if not self._starts_operand():
            return []
        token = self._advance()
        if token.kind == "open":
            return self._parse_group(token)
        if token.kind == "field":
            return self._parse_field(token)
        return self._limit_words(self._parse_leaf(token))

    def _parse_group(self, opened: Token) -> list[Node]:
        if self._depth >= MAX_DEPTH:
            self._ignored_brackets += 1
            self.notices.append(make_notice("too-deep", opened.span, MAX_DEPTH))
            return []
        self._depth += 1
        outside, self._ignored_brackets = self._ignored_brackets, 0
        nodes = self._parse_adjacent()
        self._depth -= 1
        self._ignored_brackets = outside
        weight = ""
        if self._is_next("close"):
            weight = self._advance().weight
        else:
            self.notices.append(make_notice("unclosed-bracket", opened.span))
        if not nodes and not self._dropped:
            end = self._tokens[self._position - 1].span[1]
            self.notices.append(make_notice("empty-brackets", (opened.start, end)))
        if not weight:
            return nodes
        parser = WordParser(self.notices)
        factor = parser.parse_factor(weight, self._tokens[self._position - 1].start + 2)
        return [apply_boost(node, factor) for node in nodes] if factor != 1 else nodes

    def _parse_field(self, token: Token) -> list[Node]:
        while self._is_next("field"):
            self.notices.append(make_notice("field-without-value", token.span, token.text))
            token = self._advance()
        outside, self._field = self._field, token.text
        nodes = self._parse_primary()
        self._field = outside
        if not nodes or token.text in {"date", *NAME_FIELDS, *VALUE_FIELDS}:
            return nodes
        node = strip_must(_join(nodes))
        return [node if isinstance(node, Field | DateRange) else Field(token.text, node)]

    def _parse_leaf(self, token: Token) -> list[Node]:
        """Parse one token in the current field."""
        if self._field == "date":
            return [self._parse_date(token)]
        if self._field in VALUE_FIELDS and token.text.strip():
            return [Field(self._field, parse_value(self._field, token, self.notices))]
        words = self._parse_words(token)
        self.unread += [] if words else [token]
        name = self._field if self._field in NAME_FIELDS else None
        return [to_name_filter(node, name) for node in words] if name else words

    def _parse_words(self, token: Token) -> list[Node]:
        """Parse the words, phrase or patterns of one token."""
        parser = WordParser(self.notices, self._keeps_capitals)
        if token.kind == "phrase":
            slop = self._limit_slop(token) if token.slop else ""
            return parser.parse_phrase(token.text, token.start, slop=slop, weight=token.weight)
        name = token.text[:-1].casefold()
        if token.text.endswith(":") and name in FIELDS:
            self.notices.append(make_notice("field-without-value", token.span, name))
        return parser.parse_run(token.text, token.start)

    def _limit_slop(self, token: Token) -> str:
        """The slop of a phrase; none after `MAX_SLOPPY_PHRASES` phrases."""
        self._sloppy_phrases += 1
        if self._sloppy_phrases <= MAX_SLOPPY_PHRASES:
            return token.slop
        self.notices.append(make_notice("too-many-near", token.span, MAX_SLOPPY_PHRASES))
        return ""

    def _parse_date(self, token: Token) -> Node:
        try:
            first, last, undated = parse_days(token.text, self.today)
            return DateRange(first, last, token.span, undated)
        except DateError as error:
            self.error = self.error or replace(error.notice, span=token.span)
            return Empty(token.span)

    def _limit_words(self, nodes: list[Node]) -> list[Node]:
        """The leaves up to `MAX_QUERY_WORDS`; a phrase loses the words after them."""
        dropped = len(self._dropped)
        limited = [self._limit_leaf(node) for node in nodes]
        kept = [node for node in limited if node is not None]
        return [strip_forms(node) for node in kept] if len(self._dropped) > dropped else kept

    def _limit_leaf(self, node: Node) -> Node | None:
        (item,) = iter_leaves(node)
        words = getattr(item.leaf, "words", (item.leaf,))
        within, beyond = words[: self._words_left], words[self._words_left :]
        self._words_left -= len(within)
        self._dropped += [word.span for word in beyond]
        if not within:
            return None
        return node if not beyond else truncate_phrase(node, len(within))

    def _report_dangling(self, token: Token) -> None:
        self.notices.append(make_notice("dangling-operator", token.span, token.text))


def _join(nodes: list[Node]) -> Node:
    """Join nodes into one; the children of an `And` among them become its children."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, And) else (node,)
    if not flat:
        return Empty()
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def _require(node: Node) -> Node:
    if isinstance(node, And):
        return And(tuple(_require(child) for child in node.nodes))
    return Must(node) if is_optional(node) else node  # type: ignore[arg-type]


def _negate(node: Node) -> Node:
    if isinstance(node, Not):
        return _require(node.node)
    return Not(node)
