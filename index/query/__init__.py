"""The query language: a reader's text, parsed once into a frozen tree that every retriever shares.

Decision: parsing never fails; what cannot be read is repaired or taken as words, with a notice.
Must not know Whoosh, vectors or articles.
"""

from datetime import UTC, date, datetime

from index.query.embedding_text import has_only_words
from index.query.lexer import is_sentence_in_capitals
from index.query.parsed import MAX_QUERY_LENGTH, ParsedQuery, select_ranked_leaves
from index.query.parser import MAX_QUERY_WORDS, Parser
from index.query.render import render
from index.query.tree import (
    And,
    Boost,
    DateRange,
    Empty,
    Field,
    Fuzzy,
    Leaf,
    LeafInContext,
    Must,
    NameValue,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Word,
    iter_leaves,
)
from index.types.notices import CODES_WITHOUT_REPAIR, make_notice
from index.types.search import Notice

_MOST_NOTICES = 10
__all__ = [
    "MAX_QUERY_LENGTH",
    "MAX_QUERY_WORDS",
    "And",
    "Boost",
    "DateRange",
    "Empty",
    "Field",
    "Fuzzy",
    "Leaf",
    "LeafInContext",
    "Must",
    "NameValue",
    "Node",
    "Not",
    "Or",
    "ParsedQuery",
    "Pattern",
    "Phrase",
    "Prefix",
    "Value",
    "Wildcard",
    "Word",
    "iter_leaves",
    "parse",
    "select_ranked_leaves",
]


def parse(text: str, today: date | None = None) -> ParsedQuery:
    """Parse a reader's text; `today`, in UTC unless told, is what `date:yesterday` counts from."""
    read = text[:MAX_QUERY_LENGTH]
    today = today or datetime.now(UTC).date()
    capitals = is_sentence_in_capitals(read)
    parser = Parser(read, today, with_operators=not capitals)
    tree = parser.parse()
    alone = isinstance(tree, Empty) and parser.operators > 0 and not parser.error
    if alone:
        parser = Parser(read, today, with_operators=False)
        tree = parser.parse()
    notices = parser.notices
    if alone or (capitals and Parser(read, today).has_operators()):
        notices = [*notices, make_notice("operators-as-words", (0, len(read)))]
    if len(text) > MAX_QUERY_LENGTH:
        notices = [
            *notices,
            make_notice("text-cut", (MAX_QUERY_LENGTH, len(text)), MAX_QUERY_LENGTH),
        ]
    return ParsedQuery(
        input=text,
        tree=tree,
        is_plain=has_only_words(tree, notices),
        notices=_told_once(notices),
        repaired="" if parser.error else _repaired(tree, read, notices),
        error=parser.error,
    )


def _told_once(notices: list[Notice]) -> tuple[Notice, ...]:
    """The first few notices, the same words once: a thousand stray brackets are one remark."""
    first: dict[str, Notice] = {}
    for told in notices:
        first.setdefault(told.message, told)
    return tuple(first.values())[:_MOST_NOTICES]


def _repaired(tree: Node, text: str, notices: list[Notice]) -> str:
    if {told.code for told in notices} <= CODES_WITHOUT_REPAIR:
        return ""
    written = render(tree, text)
    return written if written != text and len(written) <= MAX_QUERY_LENGTH else ""
