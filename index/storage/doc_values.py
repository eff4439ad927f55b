"""What every row of a generation is: article, date, source, language, place, names, as arrays.

Decision: filters, facets, dates and ties are answered from columns, never from the archive.
Must not know how rows are found or ranked.
"""

import json
import math
from array import array
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.arrays.string_table import StringTable
from index.storage.array_file import open_arrays, write_arrays
from index.storage.mentions import Mentions, MentionsBuilder, open_mentions
from index.text.names import extract_names
from index.types.search import Filters

T = TypeVar("T", np.int32, np.int64)
UNDATED = np.iinfo(np.int64).min
_NAMED = ("sources", "languages", "places")
_FILE, _NAMES = "doc_values.safetensors", "names.json"


@dataclass(frozen=True, slots=True, eq=False)
class DocValues:
    """Columns of n rows.

    Attributes:
        uris, versions: Which article, and which version of it.
        uri_order: (n,) int32, rows in byte order of their uri.
        uri_rank: (n,) int32, place of each row in that order: the last key of every ranking.
        newest_rank: (n,) int32, place of each row by date down, then uri up.
        by_date: (n,) int32, rows by date up, undated ones first; `dates`, (n,) int64, of each.
        published: (n,) int64, seconds since 1970 UTC; `UNDATED` where unknown.
        sources, languages, places: (n,) int32, numbers into `source_names`, `language_names` and
            `place_names`; a place is where an article was filed from.
        mentions: The names that it names most.
    """

    uris: StringTable
    uri_order: NDArray[np.int32]
    uri_rank: NDArray[np.int32]
    newest_rank: NDArray[np.int32]
    by_date: NDArray[np.int32]
    dates: NDArray[np.int64]
    versions: NDArray[np.int32]
    published: NDArray[np.int64]
    sources: NDArray[np.int32]
    languages: NDArray[np.int32]
    places: NDArray[np.int32]
    source_names: tuple[str, ...]
    language_names: tuple[str, ...]
    place_names: tuple[str, ...]
    mentions: Mentions

    def __len__(self) -> int:
        return len(self.versions)

    def row_of(self, uri: str) -> int | None:
        """The row of an article, None where it is not in this generation."""
        return self.uris.find(uri, self.uri_order)

    def keys(self, rows: NDArray[np.int32]) -> list[tuple[str, int]]:
        """As `key`, of several rows."""
        return [self.key(row) for row in rows.tolist()]

    def key(self, row: int) -> tuple[str, int]:
        """Uri and version of a row, as the archive knows them."""
        return self.uris[row], int(self.versions[row])

    def matching(self, filters: Filters) -> NDArray[np.bool_] | None:
        """Rows that pass the filters, (n,) bool; None where there are none."""
        masks = []
        if filters.sources:
            masks.append(_among(self.sources, self.source_names, filters.sources))
        if filters.languages:
            masks.append(_among(self.languages, self.language_names, filters.languages))
        if filters.places:
            masks.append(_among(self.places, self.place_names, filters.places))
        if filters.date_from or filters.date_to:
            masks.append(self.within(filters.date_from, filters.date_to))
        return np.logical_and.reduce(masks) if masks else None

    def within(self, first: date | None, last: date | None) -> NDArray[np.bool_]:
        """Rows of these days, UTC, both included; never an undated one."""
        start = np.searchsorted(self.dates, _seconds(first) if first else UNDATED + 1)
        day = timedelta(days=1).total_seconds()
        end = np.searchsorted(self.dates, _seconds(last) + day) if last else None
        mask = np.zeros(len(self), bool)
        mask[self.by_date[start:end]] = True
        return mask


class DocValuesBuilder:
    """Collects rows in order and writes their columns."""

    def __init__(self) -> None:
        self._uris: list[str] = []
        self._versions = array("i")
        self._published = array("q")
        self._named = {name: _Names() for name in _NAMED}
        self._mentions = MentionsBuilder()

    def __len__(self) -> int:
        return len(self._uris)

    @property
    def uris(self) -> tuple[str, ...]:
        """Of the rows so far."""
        return tuple(self._uris)

    def take(self, doc_values: DocValues, rows: NDArray[np.intp]) -> None:
        """Add rows of written columns."""
        self._uris += [doc_values.uris[row] for row in rows.tolist()]
        self._versions.extend(doc_values.versions[rows].tolist())
        self._published.extend(doc_values.published[rows].tolist())
        named = (
            (doc_values.sources, doc_values.source_names),
            (doc_values.languages, doc_values.language_names),
            (doc_values.places, doc_values.place_names),
        )
        for column, (numbers, told) in zip(self._named.values(), named, strict=True):
            column.take(numbers[rows], told)
        self._mentions.take(doc_values.mentions, rows)

    def extend(self, more: "DocValuesBuilder") -> None:
        """Add the rows of another builder."""
        self._uris += more._uris
        self._versions.extend(more._versions)
        self._published.extend(more._published)
        for name, column in self._named.items():
            column.extend(more._named[name])
        self._mentions.extend(more._mentions)

    def add(self, article: Article) -> None:
        """Add the next row."""
        self._uris.append(article.uri)
        self._versions.append(article.version)
        when = article.first_created
        self._published.append(math.floor(when.timestamp()) if when else UNDATED)
        values = (article.source, article.language, article.located)
        for column, name in zip(_NAMED, values, strict=True):
            self._named[column].add(name)
        self._mentions.add(extract_names(article))

    def write(self, folder: Path) -> None:
        """Write all columns to an empty folder."""
        uris = StringTable.of(self._uris)
        order = sorted(range(len(uris)), key=lambda row: self._uris[row].encode())
        arrays: dict[str, NDArray[np.generic]] = {
            "uri_text": uris.text,
            "uri_ends": uris.ends,
            "uri_order": np.array(order, np.int32),
            "versions": np.array(self._versions, np.int32),
            "published": np.array(self._published, np.int64),
            **{name: np.array(column.values, np.int32) for name, column in self._named.items()},
        }
        write_arrays(folder / _FILE, arrays)
        told = {name: list(column.names) for name, column in self._named.items()}
        (folder / _NAMES).write_text(json.dumps(told, ensure_ascii=False))
        self._mentions.write(folder)


class _Names:
    """A column of names: numbers in order of first use, and one for each row."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.values = array("i")

    def add(self, name: str) -> None:
        self.values.append(self.names.setdefault(name, len(self.names)))

    def take(self, numbers: NDArray[np.int32], names: tuple[str, ...]) -> None:
        used, first = np.unique(numbers, return_index=True)
        table = np.zeros(len(names), np.int32)
        for number in used[np.argsort(first)].tolist():
            table[number] = self.names.setdefault(names[number], len(self.names))
        self.values.extend(table[numbers].tolist())

    def extend(self, more: "_Names") -> None:
        self.take(np.array(more.values, np.int32), tuple(more.names))


def open_doc_values(folder: Path) -> DocValues:
    """Open written columns."""
    read = open_arrays(folder / _FILE)
    told = json.loads((folder / _NAMES).read_text())
    rank = _inverse(read["uri_order"])
    newest = np.lexsort((rank, -read["published"].clip(UNDATED + 1))).astype(np.int32)
    return DocValues(
        uris=StringTable(read["uri_text"], read["uri_ends"]),
        uri_order=read["uri_order"],
        uri_rank=rank,
        newest_rank=_inverse(newest),
        by_date=newest[::-1].copy(),
        dates=read["published"][newest[::-1]],
        versions=read["versions"],
        published=read["published"],
        sources=read["sources"],
        languages=read["languages"],
        places=read["places"],
        source_names=tuple(told["sources"]),
        language_names=tuple(told["languages"]),
        place_names=tuple(told["places"]),
        mentions=open_mentions(folder),
    )


def _inverse(order: NDArray[T]) -> NDArray[T]:
    """The place of each row in an order of all of them."""
    places = np.empty_like(order)
    places[order] = np.arange(len(order), dtype=order.dtype)
    return places


def _among(
    column: NDArray[np.int32], names: tuple[str, ...], wanted: tuple[str, ...]
) -> NDArray[np.bool_]:
    chosen = {name.casefold() for name in wanted}
    numbers = [number for number, name in enumerate(names) if name.casefold() in chosen]
    return np.isin(column, numbers)


def _seconds(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
