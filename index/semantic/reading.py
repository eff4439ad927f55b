"""Whether a model can read a text.

Responsibility: decide it from the word pieces that the model knows and those that it does not.
Decision: letters are counted. A tokenizer turns a word of a script that it does not know into one
unknown piece, so that all such texts have nearly the same vector, which says nothing about them.
Must not depend on: any model or tokenizer.
"""

from collections.abc import Iterable

from index.types.fields import Span

_LEAST_KNOWN = 0.5
"""Known letters for each unknown character. A name in another script does not make an English
sentence unreadable; a number among unknown words does not make them readable."""


def is_readable(text: str, pieces: Iterable[tuple[Span, bool]]) -> bool:
    """Whether enough of a text is known.

    Args:
        pieces: The span of each word piece, and whether the model knows it.
    """
    known = unknown = 0
    for (start, end), is_known in pieces:
        piece = text[start:end]
        if is_known:
            known += sum(map(str.isalpha, piece))
        else:
            unknown += len(piece)
    return known >= _LEAST_KNOWN * unknown
