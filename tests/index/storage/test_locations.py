"""Locations of rows: kept over rebuilds, matched by country, label and distance."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.storage.locations import (
    Location,
    Locations,
    LocationsBuilder,
    measure_distance,
    open_locations,
)

MOSCOW = Location("Moscow, Russia", "RU", 55.75, 37.62)
TULA = Location("Tula, Russia", "RU", 54.2, 37.61)
LONDON = Location("London, United Kingdom", "GB", 51.51, -0.13)
BRENWICK = Location("Brenwick, United Kingdom", "GB")
ROWS: tuple[list[Location], ...] = ([MOSCOW], [], [LONDON, MOSCOW], [BRENWICK], [TULA, TULA])
POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def write(folder: Path, builder: LocationsBuilder) -> Locations:
    folder.mkdir()
    builder.write(folder)
    return open_locations(folder)


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    builder = LocationsBuilder()
    for row in ROWS:
        builder.add(row)
    return write(tmp_path / "first", builder)


def read(locations: Locations, row: int) -> list[Location]:
    return [locations.table[number] for number in locations.rows[row].tolist() if number >= 0]


def test_rows_are_read_back(locations: Locations) -> None:
    assert [read(locations, row) for row in range(len(ROWS))] == [
        [MOSCOW], [], [LONDON, MOSCOW], [BRENWICK], [TULA]
    ]  # fmt: skip


def test_rows_are_copied_and_joined(locations: Locations, tmp_path: Path) -> None:
    builder, more = LocationsBuilder(), LocationsBuilder()
    builder.copy_rows(locations, np.array([2, 1]))
    more.add([TULA, LONDON])
    builder.extend(more)
    joined = write(tmp_path / "second", builder)
    assert [read(joined, row) for row in range(3)] == [[LONDON, MOSCOW], [], [TULA, LONDON]]
    assert set(joined.table) == {LONDON, MOSCOW, TULA}


def test_rows_match_by_country_label_and_distance(locations: Locations) -> None:
    def rows(mask: np.ndarray) -> list[int]:
        return np.flatnonzero(mask).tolist()

    assert rows(locations.match_countries({"RU"})) == [0, 2, 4]
    assert rows(locations.match_countries({"FR"})) == []
    assert rows(locations.match_labels(["moscow, RUSSIA", "Paris"])) == [0, 2]
    assert rows(locations.match_near(55.75, 37.62, km=1)) == [0, 2]
    assert rows(locations.match_near(55.75, 37.62, km=200)) == [0, 2, 4]
    assert rows(locations.match_near(51.5, -0.1, km=20_000)) == [0, 2, 4]


def test_counts_are_of_rows_most_first(locations: Locations) -> None:
    assert locations.count(np.arange(5, dtype=np.int32)) == [
        (MOSCOW, 2), (BRENWICK, 1), (LONDON, 1), (TULA, 1)
    ]  # fmt: skip
    assert locations.count(np.array([1], np.int32)) == []


def test_no_rows(tmp_path: Path) -> None:
    empty = write(tmp_path / "empty", LocationsBuilder())
    assert empty.match_countries({"RU"}).shape == (0,)
    assert empty.count(np.empty(0, np.int32)) == []


def test_known_distances() -> None:
    assert measure_distance((55.75, 37.62), (59.94, 30.31)) == pytest.approx(634, abs=5)
    assert measure_distance((0, 179.5), (0, -179.5)) == pytest.approx(111.2, abs=0.2)


@given(POINTS, POINTS)
def test_distances_are_symmetric_and_at_most_half_the_earth(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    distance = measure_distance(one, other)
    assert 0 <= distance <= 20_016
    assert distance == pytest.approx(measure_distance(other, one), abs=1e-6)
    assert measure_distance(one, one) == pytest.approx(0, abs=1e-3)
