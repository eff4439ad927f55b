"""Filters of quotes: which quotes meet the clauses `said:` and `quote:`.

Responsibility: turn a tree of such clauses into a mask over quotes.
Decision: a speaker matches by words of the name, a phrase as words next to each other; the words of
a quote match as written, since a quotation is remembered word by word.
Must not depend on: how a query is typed, or the rows that quotes are in.
"""

import re
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from index.query import And, Field, Fuzzy, Leaf, NameValue, Node, Or, Phrase, Prefix, Wildcard, Word
from index.query.patterns import compile_pattern, get_beginning
from index.storage.quotes import Quotes

Mask = NDArray[np.bool_]


def match_quotes(quotes: Quotes, node: Node) -> Mask:
    """The quotes that a tree of clauses about quotes matches, (quotes,) bool."""
    match node:
        case And(nodes):
            return reduce(np.logical_and, (match_quotes(quotes, each) for each in nodes))
        case Or(nodes):
            return reduce(np.logical_or, (match_quotes(quotes, each) for each in nodes))
        case Field("said", NameValue(leaf=leaf)):
            return _match_speaker(quotes, leaf)
        case Field("quote", NameValue(leaf=leaf)):
            return _match_words(quotes, leaf)
    return np.zeros(len(quotes.rows), bool)


def _match_words(quotes: Quotes, leaf: Leaf) -> Mask:
    match leaf:
        case Phrase(words, _, slop):
            return quotes.match_phrase([word.forms for word in words], slop)
        case Word():
            return quotes.match_phrase([leaf.forms])
        case Prefix() | Wildcard() | Fuzzy():
            return quotes.match_word(get_beginning(leaf), compile_pattern(leaf))
    return np.zeros(len(quotes.rows), bool)


def _match_speaker(quotes: Quotes, leaf: Leaf) -> Mask:
    match leaf:
        case Phrase(words):
            return _find_speaker(quotes, " ".join(word.folded for word in words))
        case Word(folded, _):
            return _find_speaker(quotes, folded)
        case Prefix() | Wildcard() | Fuzzy():
            prefix = get_beginning(leaf)
            expression = rb" (" + re.escape(prefix.encode()) + rb"[^ \0]*)(?= )"
            return quotes.match_speaker(expression, compile_pattern(leaf))
    return np.zeros(len(quotes.rows), bool)


def _find_speaker(quotes: Quotes, folded: str) -> Mask:
    """The quotes of speakers whose names have these words next to each other."""
    expression = rb" (" + re.escape(folded.encode(errors="replace")) + rb")(?= )"
    return quotes.match_speaker(expression, lambda words: True)
