"""Pasted headlines: queries whose signs may be part of a headline.

Responsibility: decide whether a query looks like a pasted headline.
Decision: exclusion is absolute wherever a reader may mean it, so a query that is short, or begins
as a reader's query does, is never taken for a headline.
Must not depend on: indexes or articles.
"""

from index.query.lexer import OPERATORS, QUOTES
from index.query.tree import DateRange, Node, iter_leaves
from index.text.tokens import tokenize

_MIN_WORDS = 4
_SIGNS = ("+", "-", *QUOTES, *(f"{operator} " for operator in OPERATORS))


def may_be_headline(text: str, tree: Node) -> bool:
    """Whether a query has four words or more, no leading sign or quotation mark, and no field."""
    if text.lstrip("( \t\n").startswith(_SIGNS):
        return False
    if any(item.field or isinstance(item.leaf, DateRange) for item in iter_leaves(tree)):
        return False
    return sum(1 for _ in tokenize(text)) >= _MIN_WORDS
