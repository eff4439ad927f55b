"""Hashes of headlines: by their words, and as they are written.

Responsibility: turn a headline into one number, the same on every machine.
Decision: two hashes. The words say that a query is a headline; the signs between them say that it
was pasted, so that its `-sources` is not an operator.
Must not depend on: queries, articles or files.
"""

import hashlib
from collections.abc import Iterable

from index.text.folding import fold
from index.text.normalizing import normalize_text

_SEPARATOR = "\x1f"
"""No word contains it."""
_BYTES = 8


def hash_headline(words: Iterable[str]) -> int:
    """A hash of a headline's folded words; fits int64."""
    digest = hashlib.blake2b(_SEPARATOR.join(words).encode("utf-8", "replace"), digest_size=_BYTES)
    return int.from_bytes(digest.digest(), "big", signed=True)


def hash_as_written(headline: str) -> int:
    """A hash of a headline with its signs, in any case, with any spaces and accents."""
    return hash_headline(fold(piece) for piece in normalize_text(headline).split())
