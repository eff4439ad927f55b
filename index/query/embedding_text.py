"""The text of a query that is embedded.

Decision: a query of words alone is embedded as it was typed, sentence and all; of any other the
words that articles are ranked by, without signs, fields and what is excluded.
Must not know encoders.
"""

from collections.abc import Sequence

from index.query.tree import And, Node, Word
from index.text.analysis import tokenize
from index.types.search import Notice

_OF_WORDS = {
    "text-cut",
    "too-many-words",
    "operators-as-words",
    "unclosed-bracket",
    "stray-bracket",
}
"""Notices that a query of words alone may have and still be embedded as it was typed."""
_STOPS = {*".,;:!?"}
_INSIDE = {*".-/'’&"}


def has_only_words(tree: Node, notices: Sequence[Notice]) -> bool:
    """Whether a query is words alone, however they were typed."""
    clauses = tree.nodes if isinstance(tree, And) else (tree,)
    words_alone = all(isinstance(node, Word) for node in clauses)
    return words_alone and {told.code for told in notices} <= _OF_WORDS


def build_embedding_text(text: str, wanted: Sequence[Word], *, plain: bool) -> str:
    """What is embedded of a text; `wanted` are the words, in order, that articles are ranked by."""
    # Half of a pair, as a broken terminal sends it, is no text that an encoder takes.
    text = text.encode("utf-8", "replace").decode()
    if plain:
        return " ".join(run for run in text.split() if next(tokenize(run), None))
    found, last = "", None
    for word in wanted:
        found += _gap(text, last, word.span[0]) + text[slice(*word.span)]
        last = word.span[1]
    return found + ("" if last is None else _gap(text, last, last + 1).strip())


def _gap(text: str, last: int | None, start: int) -> str:
    """What is read between two words: a stop or a hyphen, but no sign of an operator."""
    if last is None:
        return ""
    between = text[last:start]
    if between in _INSIDE:
        return between
    return between[:1] + " " if between[:1] in _STOPS else " "
