"""The query's grammar, by recursive descent: side by side < OR < AND < NOT, signs and fields.

Decision: whatever a reader types has a tree; what cannot be read is left out or taken as words, and
a notice says so. Only a date that is none is an error.
Must not know indexes or articles.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from index.query.dates import DateError, parse_period
from index.query.lexer import FIELDS, OPERATORS, Lexer, Token
from index.query.tree import (
    NAME_FIELD,
    VALUE_FIELDS,
    And,
    DateRange,
    Empty,
    Field,
    Must,
    Node,
    Not,
    Or,
    Value,
    apply_boost,
    is_optional,
    iter_leaves,
    strip_must,
    to_name_filter,
    truncate_phrase,
)
from index.query.word_parser import WordParser
from index.types.notices import make_notice
from index.types.search import Notice, Span

MAX_QUERY_WORDS = 64
"""Words beyond this are left out, with a notice: bounds the cost of a pasted article."""
MAX_DEPTH = 20
MAX_SLOPPY_PHRASES = 8
"""Phrases with ~: one of stop words costs 65 ms with 20,000 articles."""
_OPENERS = {"open", "phrase", "run", "value", "sign", "field", "NOT"}


@dataclass(slots=True)
class Parser:
    """Reads one text; `notices`, `error` and `operators` fill as it is read."""

    text: str
    today: date
    with_operators: bool = True
    notices: list[Notice] = field(default_factory=list)
    error: Notice | None = None
    operators: int = 0
    _tokens: list[Token] = field(default_factory=list)
    _place: int = 0
    _depth: int = 0
    _ignored: int = 0
    _field: str | None = None
    _near: int = 0
    _left: int = MAX_QUERY_WORDS
    _dropped: list[Span] = field(default_factory=list)

    def parse(self) -> Node:
        """The tree of the whole text."""
        lexer = Lexer(self.text, operators=self.with_operators)
        self._tokens = list(lexer.tokens())
        self.operators = sum(token.kind in OPERATORS for token in self._tokens)
        nodes = self._side_by_side()
        self.notices[:0] = lexer.notices
        if self._dropped:
            span = (self._dropped[0][0], self._dropped[-1][1])
            self.notices.append(make_notice("too-many-words", span, MAX_QUERY_WORDS))
        return _joined(nodes)

    def has_operators(self) -> bool:
        """Whether the text holds AND, OR or NOT where they would be operators."""
        lexer = Lexer(self.text, operators=True)
        return any(token.kind in OPERATORS for token in lexer.tokens())

    def _peek(self) -> Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _take(self) -> Token:
        self._place += 1
        return self._tokens[self._place - 1]

    def _is(self, kind: str) -> bool:
        token = self._peek()
        return token is not None and token.kind == kind

    def _starts(self) -> bool:
        token = self._peek()
        return token is not None and token.kind in _OPENERS

    def _side_by_side(self) -> list[Node]:
        """Clauses up to the bracket that closes them, or the end."""
        nodes: list[Node] = []
        while token := self._peek():
            if token.kind == "close":
                if self._ignored:
                    self._ignored -= 1
                elif self._depth:
                    break
                else:
                    self.notices.append(make_notice("stray-bracket", token.span))
                self._take()
            elif token.kind in {"AND", "OR"}:
                self._dangling(self._take())
            else:
                nodes += self._either()
        return nodes

    def _either(self) -> list[Node]:
        operands = [self._both()]
        while self._is("OR"):
            operator = self._take()
            if self._starts():
                operands.append(self._both())
            else:
                self._dangling(operator)
        found = [strip_must(_joined(nodes)) for nodes in operands if nodes]
        if len(found) < 2:
            return next((nodes for nodes in operands if nodes), [])
        flat = [
            part for node in found for part in (node.nodes if isinstance(node, Or) else (node,))
        ]
        return [Or(tuple(flat))]

    def _both(self) -> list[Node]:
        operands = [self._unary()]
        while self._is("AND"):
            operator = self._take()
            if self._starts():
                operands.append(self._unary())
            else:
                self._dangling(operator)
        found = [nodes for nodes in operands if nodes]
        if len(found) < 2:
            return found[0] if found else []
        return [_must(node) for nodes in found for node in nodes]

    def _unary(self) -> list[Node]:
        negated, required = False, False
        while token := self._peek():
            if token.kind == "NOT":
                self._take()
                if not self._starts():
                    self._dangling(token)
                    return []
                negated = not negated
            elif token.kind == "sign":
                self._take()
                negated ^= token.text == "-"
            else:
                break
            required = True
        nodes = self._primary()
        if negated and nodes:
            return [_negated(strip_must(_joined(nodes)))]
        return [_must(node) for node in nodes] if required else nodes

    def _primary(self) -> list[Node]:
        if not self._starts():
            return []
        token = self._take()
        if token.kind == "open":
            return self._group(token)
        if token.kind == "field":
            return self._in_field(token)
        return self._counted(self._leaf(token))

    def _group(self, opened: Token) -> list[Node]:
        if self._depth >= MAX_DEPTH:
            self._ignored += 1
            self.notices.append(make_notice("too-deep", opened.span, MAX_DEPTH))
            return []
        self._depth += 1
        outside, self._ignored = self._ignored, 0
        nodes = self._side_by_side()
        self._depth -= 1
        self._ignored = outside
        weight = ""
        if self._is("close"):
            weight = self._take().weight
        else:
            self.notices.append(make_notice("unclosed-bracket", opened.span))
        if not nodes and not self._dropped:
            end = self._tokens[self._place - 1].span[1]
            self.notices.append(make_notice("empty-brackets", (opened.start, end)))
        if not weight:
            return nodes
        pieces = WordParser(self.notices)
        factor = pieces.parse_factor(weight, self._tokens[self._place - 1].start + 2)
        return [apply_boost(node, factor) for node in nodes] if factor != 1 else nodes

    def _in_field(self, token: Token) -> list[Node]:
        while self._is("field"):
            self.notices.append(make_notice("field-without-value", token.span, token.text))
            token = self._take()
        outside, self._field = self._field, token.text
        nodes = self._primary()
        self._field = outside
        if not nodes:
            return []
        if token.text in {"date", NAME_FIELD, *VALUE_FIELDS}:
            return nodes
        node = strip_must(_joined(nodes))
        return [node if isinstance(node, Field | DateRange) else Field(token.text, node)]

    def _leaf(self, token: Token) -> list[Node]:
        """What one token asks for, in the field it stands in."""
        if self._field == "date":
            return [self._days(token)]
        if self._field in VALUE_FIELDS and token.text.strip():
            return [Field(self._field, Value(token.text, token.span))]
        words = self._words(token)
        return [to_name_filter(node) for node in words] if self._field == NAME_FIELD else words

    def _words(self, token: Token) -> list[Node]:
        """The words, phrase or patterns of one token."""
        pieces = WordParser(self.notices)
        if token.kind == "phrase":
            slop = self._slop(token) if token.slop else ""
            return pieces.parse_phrase(token.text, token.start, slop=slop, weight=token.weight)
        name = token.text[:-1].casefold()
        if token.text.endswith(":") and name in FIELDS:
            self.notices.append(make_notice("field-without-value", token.span, name))
        return pieces.parse_run(token.text, token.start)

    def _slop(self, token: Token) -> str:
        """A phrase's slop, while there are not too many phrases that have one."""
        self._near += 1
        if self._near <= MAX_SLOPPY_PHRASES:
            return token.slop
        self.notices.append(make_notice("too-many-near", token.span, MAX_SLOPPY_PHRASES))
        return ""

    def _days(self, token: Token) -> Node:
        try:
            return DateRange(*parse_period(token.text, self.today), token.span)
        except DateError as error:
            self.error = self.error or replace(error.notice, span=token.span)
            return Empty(token.span)

    def _counted(self, nodes: list[Node]) -> list[Node]:
        """As many of these as may still be asked for; a phrase loses its last words."""
        kept: list[Node] = []
        for node in nodes:
            shorter = self._within_bounds(node)
            if shorter is not None:
                kept.append(shorter)
        return kept

    def _within_bounds(self, node: Node) -> Node | None:
        (placed,) = iter_leaves(node)
        leaf = placed.leaf
        words = getattr(leaf, "words", (leaf,))
        kept, lost = words[: self._left], words[self._left :]
        self._left -= len(kept)
        self._dropped += [word.span for word in lost]
        if not kept:
            return None
        return node if not lost else truncate_phrase(node, len(kept))

    def _dangling(self, token: Token) -> None:
        self.notices.append(make_notice("dangling-operator", token.span, token.text))


def _joined(nodes: list[Node]) -> Node:
    """All of these as one node; an `And` within is part of it."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, And) else (node,)
    if not flat:
        return Empty()
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def _must(node: Node) -> Node:
    if isinstance(node, And):
        return And(tuple(_must(each) for each in node.nodes))
    return Must(node) if is_optional(node) else node  # type: ignore[arg-type]


def _negated(node: Node) -> Node:
    if isinstance(node, Not):
        return _must(node.node)
    return Not(node)
