"""Draws the outline of the world's land for the map of results.

Responsibility: turn Natural Earth's land, as the npm package world-atlas carries it, into one SVG
path of a few kilobytes.
Decision: degrees as integers and strong simplification, because the path is part of every page of
results. Natural Earth is in the public domain.
Must not depend on: the other packages.

`npm pack world-atlas@2.0.2`, unpack it, and run
`python -m scripts.datasets.draw_world package/land-110m.json web/pages/world_outline.txt`.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Point = tuple[float, float]
_TOLERANCE = 0.7
"""Degrees that a simplified coast may be off."""
_LEAST_AREA = 2.5
"""Square degrees of the smallest island that is drawn."""
_SOUTH = -58.0
"""Antarctica is left out: no newsroom files from there."""


def draw(topology: dict[str, Any]) -> str:
    """Draw the land of a topology as the data of an SVG path.

    x is the longitude plus 180 and y is 90 minus the latitude, in whole degrees.
    """
    return "".join(map(_write, _simplify_all(_read_rings(topology))))


def _read_rings(topology: dict[str, Any]) -> Iterator[list[Point]]:
    scale, offset = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc: list[Point] = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * scale[0] + offset[0], y * scale[1] + offset[1]))
        arcs.append(arc)
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for numbers in polygon:
                ring: list[Point] = []
                for number in numbers:
                    arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                    ring += arc[1:] if ring else arc
                yield ring


def _simplify_all(rings: Iterator[list[Point]]) -> Iterator[list[Point]]:
    for ring in rings:
        if max(y for _, y in ring) < _SOUTH or _measure_area(ring) < _LEAST_AREA:
            continue
        # A ring ends where it begins, so it is halved at the point that is furthest away.
        x, y = ring[0]
        middle = max(range(len(ring)), key=lambda n: (ring[n][0] - x) ** 2 + (ring[n][1] - y) ** 2)
        yield _simplify(ring[: middle + 1])[:-1] + _simplify(ring[middle:])[:-1]


def _simplify(line: list[Point]) -> list[Point]:
    """Douglas and Peucker's algorithm."""
    if len(line) < 3:
        return line
    distances = [_measure_distance(point, line[0], line[-1]) for point in line[1:-1]]
    furthest = max(range(len(distances)), key=distances.__getitem__)
    if distances[furthest] <= _TOLERANCE:
        return [line[0], line[-1]]
    middle = furthest + 1
    return _simplify(line[: middle + 1])[:-1] + _simplify(line[middle:])


def _measure_distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not length:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return float(abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length)


def _measure_area(ring: list[Point]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _write(ring: list[Point]) -> str:
    """Relative steps, so that most coordinates have one digit."""
    points = [(round(x + 180), round(90 - y)) for x, y in ring]
    x, y = points[0]
    steps = []
    for next_x, next_y in points[1:]:
        if (next_x, next_y) != (x, y):
            steps.append(f"{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps).replace(' -', '-')}z"


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_text(draw(json.loads(source.read_text(encoding="utf-8"))) + "\n", encoding="utf-8")
