"""A kind of file: its name, its test and its reader.

Responsibility: describe one kind.
Decision: a kind that is not read is a kind too, with what to do about it, so that no file is taken
for another kind or skipped in silence.
Must not depend on: any format but those of archives.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

from archive.ingest_types import IngestOptions, SourceItems
from archive.sources.opening.containers import Member
from archive.sources.opening.decompression import Budget

Test = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of file.

    Attributes:
        name: For people: "JSON Lines", "PNG picture".
        test: Whether content is of this kind, from its first bytes: 4 KiB or all there are, cut
            anywhere, without a byte order mark, with UTF-16 and UTF-32 converted to UTF-8. None:
            content cannot tell, and the ending of the name decides.
        endings: Those that decide if content cannot tell, in lower case with their dot.
        read: `read(stream, name, head=...)` yields the items; with `options=...`, the
            `IngestOptions`, if `takes_options`. None: the kind is not read.
        unpack: `unpack(stream, head, budget)` yields the files in an archive of this kind.
        advice: What to do if the kind is neither read nor unpacked.
        is_isolated: Reading can hang or take much memory, so that it runs in a process of its own,
            with limits; `read` must be a function at the top of its module.
    """

    name: str
    test: Test | None = None
    endings: frozenset[str] = field(default_factory=frozenset)
    read: Callable[..., SourceItems] | None = None
    unpack: Callable[[IO[bytes], bytes, Budget], Iterator[Member]] | None = None
    advice: str = ""
    takes_options: bool = False
    is_isolated: bool = False

    def read_items(
        self, stream: IO[bytes], name: str, *, head: bytes, options: IngestOptions
    ) -> SourceItems:
        """Yield the items of a stream of this kind, which must be one that is read.

        `head` is what was already read from the stream; `name` begins each item's `where`.
        """
        if self.read is None:
            raise ValueError(f"{self.name} is not read")
        if self.takes_options:
            return self.read(stream, name, head=head, options=options)
        return self.read(stream, name, head=head)
