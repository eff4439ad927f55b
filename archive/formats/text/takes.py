"""Takes: the parts in which an agency sends one long article.

Responsibility: recognise the mark of a take, and join takes to the article that they continue.
Decision: a take is joined only to an article of the same slug among the last ones of its file; a
later version (`1st Ld-Writethru`) is no take, because it replaces an article.
Must not depend on: how a format writes its header.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from archive.ingest_types import RawRecord, SourceItem, SourceItems

_TAKE = re.compile(
    r"\b(?:(?P<add>\d{1,2})(?:st|nd|rd|th)\s*(?:add|take)\b|take\s+(?P<take>\d{1,2})\b)", re.I
)
_MAX_WAITING = 64
"""Articles that wait for their takes: agencies send them within minutes."""


def parse_take(key: str) -> int:
    """Return 2 or more for the key of a later part (`1st Add`, `Take 2`), else 0."""
    match = _TAKE.search(key)
    if not match:
        return 0
    if match["take"]:
        number = int(match["take"])
    else:
        number = int(match["add"]) + ("add" in match[0].lower())
    return number if number > 1 else 0


def strip_take(key: str) -> str:
    """Return the key without the mark of a take: `1st Ld, 2nd Add` is `1st Ld`."""
    return " ".join(_TAKE.sub("", key).split()).strip(" ,-")


class TakeJoiner:
    """Holds back the last records of a file, and appends later takes to them."""

    def __init__(self) -> None:
        self._waiting: list[SourceItem] = []

    def add(self, item: SourceItem, *, slug: str = "", take: int = 0) -> SourceItems:
        """Yield the records that no take is expected for any more."""
        if take and slug and isinstance(item, RawRecord) and self._append(item, slug):
            return
        self._waiting.append(item)
        if len(self._waiting) > _MAX_WAITING:
            yield self._waiting.pop(0)

    def finish(self) -> Iterator[SourceItem]:
        """Yield the records that still wait."""
        yield from self._waiting
        self._waiting.clear()

    def _append(self, item: RawRecord, slug: str) -> bool:
        for place in reversed(range(len(self._waiting))):
            base = self._waiting[place]
            if isinstance(base, RawRecord) and base.values.get("slugline") == slug:
                body = f"{base.values.get('body', '')}\n\n{item.values.get('body', '')}"
                self._waiting[place] = replace(
                    base, raw=f"{base.raw}\n{item.raw}", values={**base.values, "body": body}
                )
                return True
        return False
