"""Interpretation of a reader's text as a query.

Responsibility: parse a text, decide whether AND, OR and NOT in it are operators, and report how the
query was interpreted.
Decision: parsing never fails. What cannot be parsed is repaired or read as words, with a notice.
Must not depend on: Whoosh, vectors or articles.
"""

from datetime import UTC, date, datetime

from index.query.embedding_text import has_only_words
from index.query.lexer import is_sentence_in_capitals
from index.query.parsed import MAX_QUERY_LENGTH, ParsedQuery
from index.query.parser import Parser
from index.query.render import render
from index.query.tree import Empty, Node
from index.types.notices import CODES_WITHOUT_REPAIR, make_notice
from index.types.search import Notice

_MAX_NOTICES = 10


def parse(text: str, today: date | None = None) -> ParsedQuery:
    """Parse a reader's text.

    Args:
        text: The query as typed.
        today: The day from which `date:yesterday` counts; by default the current one in UTC.
    """
    query_text = text[:MAX_QUERY_LENGTH]
    today = today or datetime.now(UTC).date()
    in_capitals = is_sentence_in_capitals(query_text)
    parser = Parser(query_text, today, with_operators=not in_capitals)
    tree = parser.parse()
    only_operators = isinstance(tree, Empty) and parser.operators > 0 and not parser.error
    if only_operators:
        parser = Parser(query_text, today, with_operators=False)
        tree = parser.parse()
    notices = parser.notices
    if only_operators or (in_capitals and Parser(query_text, today).has_operators()):
        notices = [*notices, make_notice("operators-as-words", (0, len(query_text)))]
    if len(text) > MAX_QUERY_LENGTH:
        span = (MAX_QUERY_LENGTH, len(text))
        notices = [*notices, make_notice("text-cut", span, MAX_QUERY_LENGTH)]
    return ParsedQuery(
        input=text,
        tree=tree,
        only_words=has_only_words(tree, notices),
        notices=_deduplicate(notices),
        repaired="" if parser.error else _render_repaired(tree, query_text, notices),
        error=parser.error,
    )


def _deduplicate(notices: list[Notice]) -> tuple[Notice, ...]:
    """The first few notices with different messages: a thousand stray brackets give one."""
    by_message: dict[str, Notice] = {}
    for notice in notices:
        by_message.setdefault(notice.message, notice)
    return tuple(by_message.values())[:_MAX_NOTICES]


def _render_repaired(tree: Node, text: str, notices: list[Notice]) -> str:
    """The query as it was interpreted; empty if that is how it was typed or if it is too long."""
    if {notice.code for notice in notices} <= CODES_WITHOUT_REPAIR:
        return ""
    rendered = render(tree, text)
    return rendered if rendered != text and len(rendered) <= MAX_QUERY_LENGTH else ""
