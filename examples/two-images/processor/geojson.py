"""What is said of a file: its features, where they are, how large, and what is wrong."""

from collections.abc import Iterator
from math import radians, sin
from typing import Any

RADIUS = 6_371_008.8  # of the earth, in metres
ENGLAND = (-7.1, 49.8, 2.2, 55.9)
POLYGONS = {"Polygon": lambda shape: [shape], "MultiPolygon": lambda shape: shape}

Point = tuple[float, float]


def check(collection: Any) -> dict[str, Any]:
    """The result for a GeoJSON document; ValueError if it is none."""
    try:
        features = collection["features"]
        shapes = [feature.get("geometry") or {} for feature in features]
        places = [list(points(shape.get("coordinates", []))) for shape in shapes]
        area = sum(map(area_of, shapes))
    except (AttributeError, KeyError, TypeError, ValueError, IndexError):
        raise ValueError("not a GeoJSON feature collection") from None
    found = [place for each in places for place in each]
    problems = [f"feature {n} has no geometry" for n, each in enumerate(places, 1) if not each]
    problems += [
        f"feature {n} is outside England"
        for n, each in enumerate(places, 1)
        if not all(inside(place) for place in each)
    ]
    longitudes, latitudes = [x for x, _ in found], [y for _, y in found]
    return {
        "features": len(features),
        "bounds": [f(axis) for f in (min, max) for axis in (longitudes, latitudes)]
        if found
        else None,
        "hectares": round(area / 10_000, 2),
        "problems": problems,
    }


def points(coordinates: Any) -> Iterator[Point]:
    """Every point, however deep the kind of geometry nests them."""
    if coordinates and isinstance(coordinates[0], (int, float)):
        yield float(coordinates[0]), float(coordinates[1])
    else:
        for each in coordinates:
            yield from points(each)


def inside(place: Point) -> bool:
    west, south, east, north = ENGLAND
    return west <= place[0] <= east and south <= place[1] <= north


def area_of(shape: dict[str, Any]) -> float:
    """Square metres on the sphere; a ring after the first is a hole."""
    polygons = POLYGONS.get(shape.get("type", ""), lambda _: [])(shape.get("coordinates"))
    return sum(
        (1 if n == 0 else -1) * ring_area(list(points(ring)))
        for polygon in polygons
        for n, ring in enumerate(polygon)
    )


def ring_area(ring: list[Point]) -> float:
    total = 0.0
    for (x, y), (next_x, next_y) in zip(ring, ring[1:] + ring[:1], strict=True):
        total += radians(next_x - x) * (2 + sin(radians(y)) + sin(radians(next_y)))
    return abs(total) * RADIUS**2 / 2
