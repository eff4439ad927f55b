"""Where the rows of a generation were filed from: places with their countries and coordinates.

Responsibility: build, write and open the locations of every row; match and count them.
Decision: what a dateline's place means is decided when an article is indexed, and only here: a
better gazetteer needs a reindex, and the archive keeps what was printed.
Must not depend on: how places are resolved, or the query syntax.
"""

import json
import math
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.storage.array_file import open_arrays, write_arrays

MAX_LOCATIONS = 4
"""Locations of one row, as many as a dateline has."""
_FILE, _TABLE = "locations.safetensors", "locations.json"
_EARTH_RADIUS_KM = 6371.0088
_NONE = -1


@dataclass(frozen=True, slots=True)
class Location:
    """A place that articles were filed from.

    Attributes:
        label: What readers see, and the value of the place filter: `Moscow, Russia`.
        country: ISO 3166-1 alpha-2.
        latitude, longitude: Degrees; None if only the country is known.
    """

    label: str
    country: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Locations:
    """The locations of n rows.

    Attributes:
        table: Every location, each label once.
        rows: (n, `MAX_LOCATIONS`) int32, indexes into `table`; -1 is none.
    """

    table: tuple[Location, ...]
    rows: NDArray[np.int32]

    def count(self, rows: NDArray[np.int32]) -> list[tuple[Location, int]]:
        """The locations of some rows with how many have each; most first, then by label."""
        numbers = self.rows[rows].ravel()
        counts = np.bincount(numbers[numbers >= 0], minlength=len(self.table)).tolist()
        found = [(self.table[number], count) for number, count in enumerate(counts) if count]
        return sorted(found, key=lambda item: (-item[1], item[0].label))

    def match_labels(self, labels: Collection[str]) -> NDArray[np.bool_]:
        """Rows with a location of one of these labels, in any case, (n,) bool."""
        folded = {label.casefold() for label in labels}
        return self._match(one.label.casefold() in folded for one in self.table)

    def match_countries(self, codes: Collection[str]) -> NDArray[np.bool_]:
        """Rows with a location in one of these countries, (n,) bool."""
        return self._match(one.country in codes for one in self.table)

    def match_near(self, latitude: float, longitude: float, *, km: float) -> NDArray[np.bool_]:
        """Rows with a location at most so far from a point, along the surface, (n,) bool."""
        return self._match(
            one.latitude is not None
            and one.longitude is not None
            and measure_distance((latitude, longitude), (one.latitude, one.longitude)) <= km
            for one in self.table
        )

    def _match(self, is_wanted: Iterable[bool]) -> NDArray[np.bool_]:
        # The last entry stands for none, which has the number -1.
        wanted = np.array([*is_wanted, False])
        return np.asarray(wanted[self.rows].any(axis=1))


class LocationsBuilder:
    """Collects the locations of rows in order, and writes them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._table: list[Location] = []
        self._rows: list[list[int]] = []

    def add(self, locations: Iterable[Location]) -> None:
        """Add the locations of the next row."""
        numbers = dict.fromkeys(map(self._number, locations))
        self._rows.append(list(numbers)[:MAX_LOCATIONS])

    def copy_rows(self, locations: Locations, rows: NDArray[np.integer]) -> None:
        """Add some written rows."""
        for numbers in locations.rows[rows].tolist():
            self.add(locations.table[number] for number in numbers if number != _NONE)

    def extend(self, more: "LocationsBuilder") -> None:
        """Add the rows of another builder."""
        for numbers in more._rows:
            self.add(more._table[number] for number in numbers)

    def write(self, folder: Path) -> None:
        """Write all rows to a folder."""
        rows = np.full((len(self._rows), MAX_LOCATIONS), _NONE, np.int32)
        for row, numbers in enumerate(self._rows):
            rows[row, : len(numbers)] = numbers
        write_arrays(folder / _FILE, {"rows": rows})
        table = [asdict(location) for location in self._table]
        (folder / _TABLE).write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")

    def _number(self, location: Location) -> int:
        if location.label not in self._numbers:
            self._numbers[location.label] = len(self._table)
            self._table.append(location)
        return self._numbers[location.label]


def open_locations(folder: Path) -> Locations:
    """Open the locations in a folder."""
    table = json.loads((folder / _TABLE).read_text(encoding="utf-8"))
    rows = open_arrays(folder / _FILE)["rows"]
    return Locations(tuple(Location(**values) for values in table), rows)


def measure_distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the kilometres between two points in degrees, along a sphere of the Earth's size."""
    (lat, lon), (other_lat, other_lon) = (tuple(map(math.radians, each)) for each in (one, other))
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))
