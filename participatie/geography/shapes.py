"""What is inside a shape, how large is it, and how few points are enough to keep it?

A shape is kept as the text of a GeoJSON geometry in WGS84: longitude first, then latitude, both in degrees.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

#: Degrees. About four metres, less than the width of a street; neighbours keep the same border.
TOLERANCE = 0.00004
#: Degrees. About ten centimetres: so exact are the coordinates that are kept.
GRAIN = 0.000001


@dataclass(frozen=True, slots=True)
class Bounds:
    """The smallest rectangle around something, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def around(self, lat: float, lon: float) -> bool:
        """Tell whether a point lies in it."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


def simplified(shapes: Sequence[BaseGeometry]) -> list[str]:
    """Return shapes that together cover a place, with fewer points, as text.

    A border between two of them stays one border: no gap and no overlap comes between neighbours.
    """
    simple = shapely.coverage_simplify(list(shapes), TOLERANCE)
    return [_text(fewer, whole) for fewer, whole in zip(simple, shapes, strict=True)]


def _text(fewer: BaseGeometry, whole: BaseGeometry) -> str:
    kept = shapely.set_precision(fewer, GRAIN)
    # Something smaller than a few metres may have vanished: then it stays as it came.
    return str(shapely.to_geojson(whole if kept.is_empty else kept))


@lru_cache(maxsize=2048)
def shape_of(text: str) -> BaseGeometry:
    """Return the shape that a text describes."""
    return shapely.from_geojson(text)


def bounds_of(texts: Iterable[str]) -> Bounds:
    """Return the rectangle around one or more shapes."""
    boxes = [shape_of(text).bounds for text in texts]
    return Bounds(
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def covers(text: str, lat: float, lon: float) -> bool:
    """Tell whether a point lies in a shape or on its border; a hole is not inside."""
    return bool(shape_of(text).covers(shapely.Point(lon, lat)))


def point_inside(text: str) -> tuple[float, float]:
    """Return the latitude and longitude of a point that is surely inside a shape, and near its middle if it can be."""
    middle = shape_of(text).representative_point()
    return middle.y, middle.x
