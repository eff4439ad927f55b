"""Interpretation of a reader's text as a query.

Responsibility: parse a text, decide whether AND, OR and NOT in it are operators, and report how the
query was interpreted.
Decision: parsing never fails. What cannot be parsed is repaired or read as words, with a notice.
Must not depend on: Whoosh, vectors or articles.
"""

import re
from datetime import UTC, date, datetime

from index.query.embedding_text import has_only_words
from index.query.lexer import Token, has_operators, is_sentence_in_capitals
from index.query.parsed import MAX_QUERY_LENGTH, ParsedQuery, select_ranked_leaves
from index.query.parser import Parser
from index.query.render import render
from index.query.tree import And, Empty, Node, Unreadable, iter_leaves
from index.text.normalizing import protect_query
from index.types.notices import CODES_WITHOUT_REPAIR, make_notice
from index.types.search import Notice

_MAX_NOTICES = 10
_JOINER = re.compile("[-–—+,;|&/]{0,2}")
"""What stands between filters and means nothing: `lang:es && date:2031`."""


def parse(text: str, today: date | None = None) -> ParsedQuery:
    """Parse a reader's text.

    Args:
        text: The query as typed.
        today: The day from which `date:yesterday` counts; by default the current one in UTC.
    """
    query_text = protect_query(text[:MAX_QUERY_LENGTH])
    today = today or datetime.now(UTC).date()
    in_capitals = is_sentence_in_capitals(query_text)
    parser = Parser(query_text, today, with_operators=not in_capitals)
    tree = parser.parse()
    has_only_signs = isinstance(tree, Empty) and not parser.unread
    only_operators = has_only_signs and parser.operators > 0 and not parser.error
    if only_operators:
        parser = Parser(query_text, today, with_operators=False)
        tree = parser.parse()
    tree, notices = _mark_unreadable(tree, parser)
    if only_operators or (in_capitals and has_operators(query_text)):
        notices = [*notices, make_notice("operators-as-words", (0, len(query_text)))]
    if len(text) > MAX_QUERY_LENGTH:
        span = (MAX_QUERY_LENGTH, len(text))
        notices = [*notices, make_notice("text-cut", span, MAX_QUERY_LENGTH)]
    return ParsedQuery(
        input=text,
        tree=tree,
        only_words=has_only_words(tree, notices),
        notices=_deduplicate(notices),
        repaired="" if parser.error else _render_repaired(tree, text[:MAX_QUERY_LENGTH], notices),
        error=parser.error,
    )


def _mark_unreadable(tree: Node, parser: Parser) -> tuple[Node, list[Notice]]:
    """The tree and the notices of a parsed text, with what cannot be searched for.

    A text without a word to search for finds nothing, rather than all that its filters let pass.
    """
    unread = [token for token in parser.unread if not _JOINER.fullmatch(token.text.strip())]
    is_empty = isinstance(tree, Empty)
    if parser.error or not parser.text.strip() or not (unread or is_empty):
        return tree, parser.notices
    if select_ranked_leaves(tree):
        spans = [token.span for token in unread if _is_clause(token, parser.text)]
        ignored = (make_notice("unreadable", span, parser.text[slice(*span)]) for span in spans)
        return tree, [*parser.notices, *ignored]
    span = unread[0].span if unread else (0, len(parser.text))
    clauses = tree.nodes if isinstance(tree, And) else () if is_empty else (tree,)
    nothing = Unreadable(span)
    return (
        And((*clauses, nothing)) if clauses else nothing,
        [*parser.notices, make_notice("unreadable/all", span)],
    )


def _is_clause(token: Token, text: str) -> bool:
    """Whether a token is a phrase, or has a sign or a field: more than punctuation of a text."""
    return token.kind == "phrase" or text[: token.span[0]].endswith(("+", "-", ":"))


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
    if any(isinstance(item.leaf, Unreadable) for item in iter_leaves(tree)):
        return ""
    rendered = render(tree, text)
    return rendered if rendered != text and len(rendered) <= MAX_QUERY_LENGTH else ""
