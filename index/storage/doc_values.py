"""Doc values: the article, date, source, language, place and names of every row, as columns.

Responsibility: build, write and open the doc values of a generation; match filters and days.
Decision: filters, facets, dates and ties are computed from columns, never from the archive.
Must not depend on: how rows are retrieved or ranked.
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
from archive.places.gazetteer import Place
from archive.places.resolution import get_label, resolve_places
from index.arrays.name_column import NameColumn
from index.arrays.string_table import StringTable
from index.storage.array_file import open_arrays, write_arrays
from index.storage.locations import Location, Locations, LocationsBuilder, open_locations
from index.storage.mentions import Mentions, MentionsBuilder, open_mentions
from index.storage.quotes import Quotes, QuotesBuilder, open_quotes
from index.text.headlines import hash_as_written
from index.text.names import find_article_names
from index.text.quotes import find_quotes
from index.types.search import Filters

T = TypeVar("T", np.int32, np.int64)
UNDATED = np.iinfo(np.int64).min
_NAMED = ("sources", "languages", "places")
_FILE, _NAMES = "doc_values.safetensors", "names.json"


@dataclass(frozen=True, slots=True, eq=False)
class DocValues:
    """The columns of n rows.

    Attributes:
        uris, versions: The article of each row, and its version.
        uri_order: (n,) int32, rows in byte order of their uri, then by version.
        uri_rank: (n,) int32, the rank of each row in that order: the last key of every ranking.
        newest_rank: (n,) int32, the rank of each row by descending date, then ascending uri.
        by_date: (n,) int32, rows by ascending date, undated ones first.
        dates: (n,) int64, the `published` of the rows of `by_date`.
        published: (n,) int64, seconds since 1970 UTC; `UNDATED` if unknown.
        sources, languages, places: (n,) int32, indexes into `source_names`, `language_names` and
            `place_names`; a place is where an article was filed from, as printed.
        locations: What these places mean: their countries and coordinates.
        headlines: (n,) int64, a hash of each row's headline as it is written.
        mentions: The names that each row mentions most.
        quotes: What each row quotes.
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
    headlines: NDArray[np.int64]
    mentions: Mentions
    quotes: Quotes
    locations: Locations

    def __len__(self) -> int:
        return len(self.versions)

    def find_row(self, uri: str) -> int | None:
        """The first row of an article; None if it is not in this generation."""
        return self.uris.find(uri, self.uri_order)

    def find_rows(self, uri: str) -> NDArray[np.int32]:
        """The rows of all versions of an article, by number of the version."""
        wanted = uri.encode(errors="surrogatepass")
        first = last = self.uris.lower_bound(wanted, self.uri_order)
        while last < len(self) and self.uris.get_bytes(int(self.uri_order[last])) == wanted:
            last += 1
        return self.uri_order[first:last]

    def find_version(self, uri: str, version: int) -> int | None:
        """The row of one version of an article; None if it is not in this generation."""
        found = [row for row in self.find_rows(uri).tolist() if self.versions[row] == version]
        return found[0] if found else None

    def get_keys(self, rows: NDArray[np.int32]) -> list[tuple[str, int]]:
        """The keys of several rows."""
        return [self.get_key(row) for row in rows.tolist()]

    def get_key(self, row: int) -> tuple[str, int]:
        """The key of a row in the archive: uri and version."""
        return self.uris[row], int(self.versions[row])

    def select_headline(self, rows: NDArray[np.int32], text: str) -> NDArray[np.int32]:
        """Those of some rows whose headline is written like `text`, signs included."""
        is_same: NDArray[np.bool_] = self.headlines[rows] == hash_as_written(text)
        return rows[is_same]

    def match_filters(self, filters: Filters) -> NDArray[np.bool_] | None:
        """Rows that pass the filters, (n,) bool; None if there are no filters."""
        masks = []
        if filters.sources:
            masks.append(_match_names(self.sources, self.source_names, filters.sources))
        if filters.languages:
            masks.append(_match_names(self.languages, self.language_names, filters.languages))
        if filters.places:
            printed = _match_names(self.places, self.place_names, filters.places)
            masks.append(printed | self.locations.match_labels(filters.places))
        if filters.date_from or filters.date_to:
            masks.append(self.match_days(filters.date_from, filters.date_to))
        return np.logical_and.reduce(masks) if masks else None

    def find_unknown(self, filters: Filters) -> Filters:
        """Those of the sources, languages and places that no row has, in any case."""
        return Filters(
            sources=_find_unknown(self.source_names, filters.sources),
            languages=_find_unknown(self.language_names, filters.languages),
            places=_find_unknown(
                (*self.place_names, *(one.label for one in self.locations.table)), filters.places
            ),
        )

    def match_days(self, first: date | None, last: date | None) -> NDArray[np.bool_]:
        """Rows from one day to another, in UTC, both included; never an undated row."""
        start = np.searchsorted(self.dates, _to_seconds(first) if first else UNDATED + 1)
        day = timedelta(days=1).total_seconds()
        end = np.searchsorted(self.dates, _to_seconds(last) + day) if last else None
        mask = np.zeros(len(self), bool)
        mask[self.by_date[start:end]] = True
        return mask


class DocValuesBuilder:
    """Collects rows in order, and writes their columns."""

    def __init__(self) -> None:
        self._uris: list[str] = []
        self._versions = array("i")
        self._published = array("q")
        self._headlines = array("q")
        self._named = {name: NameColumn() for name in _NAMED}
        self._mentions = MentionsBuilder()
        self._quotes = QuotesBuilder()
        self._locations = LocationsBuilder()

    def __len__(self) -> int:
        return len(self._uris)

    @property
    def keys(self) -> list[tuple[str, int]]:
        """Uri and version of the rows so far."""
        return list(zip(self._uris, self._versions, strict=True))

    def copy_rows(self, doc_values: DocValues, rows: NDArray[np.intp]) -> None:
        """Add some rows of written doc values."""
        self._uris += [doc_values.uris[row] for row in rows.tolist()]
        self._versions.extend(doc_values.versions[rows].tolist())
        self._published.extend(doc_values.published[rows].tolist())
        self._headlines.extend(doc_values.headlines[rows].tolist())
        columns = (
            (doc_values.sources, doc_values.source_names),
            (doc_values.languages, doc_values.language_names),
            (doc_values.places, doc_values.place_names),
        )
        for column, (numbers, names) in zip(self._named.values(), columns, strict=True):
            column.copy(numbers[rows], names)
        self._mentions.copy_rows(doc_values.mentions, rows)
        self._quotes.copy_rows(doc_values.quotes, rows)
        self._locations.copy_rows(doc_values.locations, rows)

    def extend(self, more: "DocValuesBuilder") -> None:
        """Add the rows of another builder."""
        self._uris += more._uris
        self._versions.extend(more._versions)
        self._published.extend(more._published)
        self._headlines.extend(more._headlines)
        for name, column in self._named.items():
            column.extend(more._named[name])
        self._mentions.extend(more._mentions)
        self._quotes.extend(more._quotes)
        self._locations.extend(more._locations)

    def add(self, article: Article) -> None:
        """Add the next row."""
        self._uris.append(article.uri)
        self._versions.append(article.version)
        when = article.first_created
        self._published.append(math.floor(when.timestamp()) if when else UNDATED)
        self._headlines.append(hash_as_written(article.headline))
        values = (article.source, article.language, article.located)
        for column, name in zip(_NAMED, values, strict=True):
            self._named[column].add(name)
        names = find_article_names(article)
        self._mentions.add(names.counts)
        self._quotes.add(find_quotes(article, names))
        self._locations.add(map(_locate, resolve_places(article)))

    def write(self, folder: Path) -> None:
        """Write all columns to an empty folder."""
        uris = StringTable.of(self._uris)
        versions = self._versions
        order = sorted(range(len(uris)), key=lambda row: (self._uris[row].encode(), versions[row]))
        arrays: dict[str, NDArray[np.generic]] = {
            "uri_text": uris.text,
            "uri_ends": uris.ends,
            "uri_order": np.array(order, np.int32),
            "versions": np.array(self._versions, np.int32),
            "published": np.array(self._published, np.int64),
            "headlines": np.array(self._headlines, np.int64),
            **{name: np.array(column.values, np.int32) for name, column in self._named.items()},
        }
        write_arrays(folder / _FILE, arrays)
        names = {name: list(column.names) for name, column in self._named.items()}
        (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False))
        self._mentions.write(folder)
        self._quotes.write(folder)
        self._locations.write(folder)


def open_doc_values(folder: Path) -> DocValues:
    """Open the doc values in a folder."""
    arrays = open_arrays(folder / _FILE)
    names = json.loads((folder / _NAMES).read_text())
    rank = _invert(arrays["uri_order"])
    newest = np.lexsort((rank, -arrays["published"].clip(UNDATED + 1))).astype(np.int32)
    return DocValues(
        uris=StringTable(arrays["uri_text"], arrays["uri_ends"]),
        uri_order=arrays["uri_order"],
        uri_rank=rank,
        newest_rank=_invert(newest),
        by_date=newest[::-1].copy(),
        dates=arrays["published"][newest[::-1]],
        versions=arrays["versions"],
        published=arrays["published"],
        sources=arrays["sources"],
        languages=arrays["languages"],
        places=arrays["places"],
        source_names=tuple(names["sources"]),
        language_names=tuple(names["languages"]),
        place_names=tuple(names["places"]),
        headlines=arrays["headlines"],
        mentions=open_mentions(folder),
        quotes=open_quotes(folder),
        locations=open_locations(folder),
    )


def _locate(place: Place) -> Location:
    if math.isnan(place.latitude):
        return Location(get_label(place), place.country)
    return Location(get_label(place), place.country, place.latitude, place.longitude)


def _invert(order: NDArray[T]) -> NDArray[T]:
    """The rank of each row, given rows in order."""
    ranks = np.empty_like(order)
    ranks[order] = np.arange(len(order), dtype=order.dtype)
    return ranks


def _match_names(
    column: NDArray[np.int32], names: tuple[str, ...], wanted: tuple[str, ...]
) -> NDArray[np.bool_]:
    """Rows whose name is one of those `wanted`, in any case."""
    folded = {name.casefold() for name in wanted}
    numbers = [number for number, name in enumerate(names) if name.casefold() in folded]
    return np.isin(column, numbers)


def _find_unknown(names: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the names `wanted` that are not among the others, in any case."""
    if not wanted:
        return ()
    folded = {name.casefold() for name in names}
    return tuple(name for name in wanted if name.casefold() not in folded)


def _to_seconds(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
