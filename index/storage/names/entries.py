"""One name of one article, as bytes in a sorted table.

Responsibility: write and read an entry: the folded words of a name, its kind, its spelling and its
aliases.
Decision: the folded words come first, so that all spellings of a name are next to each other; only
folded words are between spaces, so that a word is found in the bytes of the whole table.
Must not depend on: how entries are stored, or how names are extracted.
"""

from functools import lru_cache
from typing import NamedTuple

from index.text.names import Name, NameKind
from index.text.tokens import tokenize

KINDS: tuple[NameKind, ...] = ("person", "organisation", "place")
"""What a name can be the name of."""
SEPARATOR = b"\0"
"""Between the folded words of a name, its key, its spelling and the keys of its aliases."""
_SPACE = b"\1"
"""A space in a spelling, so that only folded words are between spaces."""
_RESERVED = str.maketrans("\0\1", "  ")
_MAX_LENGTH = 120
"""Code points; nothing longer is a name, and two names of 50 kB would be most of a page."""


class Entry(NamedTuple):
    """An entry that was read.

    Attributes:
        key: The folded words of the name, each between spaces.
        kind: An index into `KINDS`.
        spelling: As an article has it.
        aliases: Keys of other forms.
    """

    key: bytes
    kind: int
    spelling: str
    aliases: tuple[bytes, ...]


def write_entry(folded: str, name: Name) -> bytes:
    """The entry of a name with these folded words."""
    spelling = " ".join(name.text[:_MAX_LENGTH].translate(_RESERVED).split())
    written = b"%d" % KINDS.index(name.kind) + spelling.encode(errors="replace")
    aliases = [alias for alias in map(fold_name, name.aliases) if alias and alias != folded]
    keys = [to_key(alias) for alias in dict.fromkeys(aliases)]
    return SEPARATOR.join([to_key(folded), written.replace(b" ", _SPACE), *keys])


def read_entry(entry: bytes) -> Entry:
    """The parts of an entry; the empty entry is none."""
    key, written, *aliases = entry.split(SEPARATOR) if entry else (b"", b"0")
    spelling = written[1:].replace(_SPACE, b" ").decode()
    return Entry(key, int(written[:1]), spelling, tuple(aliases))


def to_key(folded: str) -> bytes:
    """Folded words, each between spaces."""
    return f" {folded} ".encode(errors="replace")


@lru_cache(maxsize=100_000)
def fold_name(name: str) -> str:
    """The folded words of a name; empty if it has none."""
    return " ".join(token.folded for token in tokenize(name[:_MAX_LENGTH]))
