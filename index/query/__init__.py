"""The query language.

Responsibility: parse a reader's text into a query that retrievers, snippets and pages share.
Decision: one frozen tree, parsed once; this package's public names are imported from here.
Must not depend on: Whoosh, vectors or articles.
"""

from index.query.interpret import parse
from index.query.parsed import MAX_QUERY_LENGTH, ParsedQuery, select_ranked_leaves
from index.query.parser import MAX_QUERY_WORDS
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
    NearValue,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Prefix,
    QuoteValue,
    Unreadable,
    Value,
    Wildcard,
    Word,
    iter_leaves,
)

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
    "NearValue",
    "Node",
    "Not",
    "Or",
    "ParsedQuery",
    "Pattern",
    "Phrase",
    "Prefix",
    "QuoteValue",
    "Unreadable",
    "Value",
    "Wildcard",
    "Word",
    "iter_leaves",
    "parse",
    "select_ranked_leaves",
]
