"""The required and the excluded clauses of a query, as tests of the grammar compare them.

Responsibility: separate the mandatory clauses of a query.
Decision: for tests only; retrievers use the clauses as they are in the tree.
Must not depend on: how a query is parsed or answered.
"""

from index.query import Must, Node, Not, ParsedQuery


def list_required(query: ParsedQuery) -> tuple[Node, ...]:
    """The clauses that every matching article has, without their `Must`."""
    required = (node for node in query.mandatory_clauses if not isinstance(node, Not))
    return tuple(node.node if isinstance(node, Must) else node for node in required)


def list_excluded(query: ParsedQuery) -> tuple[Node, ...]:
    """The clauses that no matching article has, without their `Not`."""
    return tuple(node.node for node in query.mandatory_clauses if isinstance(node, Not))
