"""Completions: the query with its last word completed.

Responsibility: complete the last word of a query.
Decision: the most frequent words of the archive come first; folded, as they are indexed.
Must not depend on: corrections.
"""

import re

from index.query import MAX_QUERY_LENGTH
from index.search.ports import Vocabulary
from index.text.folding import fold

_LAST_WORD = re.compile(r"[^\W_]{2,}\Z")
_COMPLETIONS = 8
"""As many as a browser shows below a search box."""


def completions(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The query with its last word completed, the most frequent word first; folded, as indexed.

    Empty if the query does not end in at least two letters of a word, or is too long.
    """
    last = _LAST_WORD.search(text[:MAX_QUERY_LENGTH])
    if last is None or last.end() != len(text):
        return ()
    found = vocabulary.words_with_prefix(fold(last[0]), _COMPLETIONS)
    return tuple(text[: last.start()] + word for word in found)
