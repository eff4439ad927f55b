"""The text of a query that the encoder embeds.

Responsibility: build the embedded text of a query.
Decision: a query that has only words is embedded as it was typed, punctuation included; of any
other query, the words that rank articles, without operators, fields and excluded words.
Must not depend on: encoders.
"""

from collections.abc import Sequence

from index.query.tree import And, Node, Word
from index.text.tokens import tokenize
from index.types.search import Notice

_WORD_NOTICES = {
    "text-cut",
    "too-many-words",
    "operators-as-words",
    "unclosed-bracket",
    "stray-bracket",
}
"""Notices with which a query still counts as having only words."""
_PUNCTUATION = {*".,;:!?"}
_WORD_JOINERS = {*".-/'’&"}


def has_only_words(tree: Node, notices: Sequence[Notice]) -> bool:
    """Whether a query has no operator, field, phrase or pattern."""
    clauses = tree.nodes if isinstance(tree, And) else (tree,)
    only_words = all(isinstance(node, Word) for node in clauses)
    return only_words and {notice.code for notice in notices} <= _WORD_NOTICES


def build_embedding_text(text: str, words: Sequence[Word], *, only_words: bool) -> str:
    """Build the embedded text of a query.

    Args:
        text: The query as typed.
        words: The words that rank articles, in query order.
        only_words: Whether the query has only words.
    """
    # Encoders reject half of a surrogate pair, which a broken terminal may send.
    text = text.encode("utf-8", "replace").decode()
    if only_words:
        return " ".join(run for run in text.split() if next(tokenize(run), None))
    embedded, end = "", None
    for word in words:
        start = word.span[0] if end is None else max(end, word.span[0])
        embedded += _read_gap(text, end, start) + text[start : word.span[1]]
        end = word.span[1]
    return embedded + ("" if end is None else _read_gap(text, end, end + 1).strip())


def _read_gap(text: str, end: int | None, start: int) -> str:
    """The text between two words: punctuation or a hyphen, but no operator."""
    if end is None:
        return ""
    between = text[end:start]
    if not between or between in _WORD_JOINERS:
        return between
    return between[:1] + " " if between[:1] in _PUNCTUATION else " "
