"""What only the index knows about how a query was interpreted.

Responsibility: the notices about patterns with too many expansions.
Decision: one place for all lexical engines, which differ only in how they expand a pattern.
Must not depend on: how a pattern is expanded.
"""

from collections.abc import Callable

from index.lexical.query.vocabulary import MAX_EXPANSIONS
from index.query import Fuzzy, ParsedQuery, Pattern, Prefix, Wildcard, iter_leaves
from index.types.notices import make_notice
from index.types.search import Notice


def list_truncated_patterns(
    query: ParsedQuery, is_truncated: Callable[[Pattern, str | None], bool]
) -> tuple[Notice, ...]:
    """A notice for each pattern that matches more words than are searched for.

    Args:
        is_truncated: Says so of a pattern in a field of the query.
    """
    return tuple(
        make_notice("pattern-cut", item.leaf.span, MAX_EXPANSIONS)
        for item in iter_leaves(query.tree)
        if isinstance(item.leaf, Prefix | Wildcard | Fuzzy) and item.field != "source"
        if is_truncated(item.leaf, item.field)
    )
