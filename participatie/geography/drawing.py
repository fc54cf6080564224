"""How is a shape drawn? As the path of an SVG, in whole units, and never in more letters than a page may weigh."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, radians

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from participatie.geography.shapes import Bounds, shape_of

#: Units across a drawing. Whole units are then fine enough, and short to write.
WIDTH = 3600
#: Letters of all paths of one drawing together.
MOST_LETTERS = 12_000
FIRST_TOLERANCE = 4.0  # units: less than a pixel on a phone
#: A drawing is never narrower or flatter than one to this.
SLIMMEST = 2.0


@dataclass(frozen=True, slots=True)
class Frame:
    """What a drawing shows: where its west and north are, and how many units a degree takes.

    A degree of longitude is shorter than one of latitude, by the cosine of the latitude: without that the
    Netherlands would be drawn half as broad again.
    """

    west: float
    north: float
    per_lon: float
    per_lat: float
    height: int

    @classmethod
    def of(cls, bounds: Bounds, margin: float = 0.06) -> "Frame":
        """Return the frame around these bounds, with a margin as a share of its width."""
        narrowing = cos(radians((bounds.south + bounds.north) / 2))
        wide = max((bounds.east - bounds.west) * narrowing, 1e-5)
        high = max(bounds.north - bounds.south, 1e-5)
        shown_wide, shown_high = max(wide, high / SLIMMEST), max(high, wide / SLIMMEST)
        per_lat = WIDTH * (1 - 2 * margin) / shown_wide
        height = round(shown_high * per_lat + 2 * margin * WIDTH)
        middle_lon, middle_lat = (bounds.west + bounds.east) / 2, (bounds.south + bounds.north) / 2
        per_lon = per_lat * narrowing
        return cls(middle_lon - WIDTH / 2 / per_lon, middle_lat + height / 2 / per_lat, per_lon, per_lat, height)

    @classmethod
    def square(cls, lat: float, lon: float, across: float) -> "Frame":
        """Return a square frame with this middle, `across` degrees of latitude high."""
        per_lat = WIDTH / across
        per_lon = per_lat * cos(radians(lat))
        return cls(lon - WIDTH / 2 / per_lon, lat + WIDTH / 2 / per_lat, per_lon, per_lat, WIDTH)

    def xy(self, lat: float, lon: float) -> tuple[int, int]:
        """Return where a point is in the drawing: units from the left and from the top."""
        return round((lon - self.west) * self.per_lon), round((self.north - lat) * self.per_lat)

    def point_at(self, x: float, y: float) -> tuple[float, float]:
        """Return latitude and longitude of a place in the drawing."""
        return self.north - y / self.per_lat, self.west + x / self.per_lon


@lru_cache(maxsize=256)
def paths_of(texts: tuple[str, ...], frame: Frame) -> tuple[str, ...]:
    """Return a path for each shape, cut to the frame, together within MOST_LETTERS; empty for one outside it.

    Where shapes have too many corners for that, they are drawn with fewer, all of them alike.
    """

    def drawn(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(
            ((degrees[:, 0] - frame.west) * frame.per_lon, (frame.north - degrees[:, 1]) * frame.per_lat)
        )

    shapes = {}
    for place, text in enumerate(texts):
        cut = _inside(shapely.transform(shape_of(text), drawn), frame)
        if not cut.is_empty:
            shapes[place] = cut
    paths = _within_weight(list(shapes.values()))
    return tuple(dict(zip(shapes, paths, strict=True)).get(place, "") for place in range(len(texts)))


def _inside(shape: BaseGeometry, frame: Frame) -> BaseGeometry:
    edge = WIDTH // 8  # so far outside the frame that nobody sees where it was cut
    cut = shapely.clip_by_rect(shape, -edge, -edge, WIDTH + edge, frame.height + edge)
    # Where a corner just touches the edge a cut leaves a point or a line too.
    return shapely.MultiPolygon([part for part in shapely.get_parts(cut) if part.geom_type == "Polygon"])


def _within_weight(shapes: list[BaseGeometry]) -> list[str]:
    tolerance = FIRST_TOLERANCE
    while tolerance < WIDTH:
        paths = [_path(shape) for shape in shapely.coverage_simplify(shapes, tolerance)]
        if sum(map(len, paths)) <= MOST_LETTERS:
            return paths
        tolerance *= 2
    # Thousands of islands: a rectangle stands for all of them together.
    paths = [_path(shape.envelope) for shape in shapes]
    return paths if sum(map(len, paths)) <= MOST_LETTERS else [""] * len(shapes)


def _path(shape: BaseGeometry) -> str:
    parts = []
    for polygon in shapely.get_parts(shape):
        if polygon.geom_type == "Polygon":
            parts += [_ring(ring) for ring in (polygon.exterior, *polygon.interiors)]
    return "".join(parts)


def _ring(ring: BaseGeometry) -> str:
    corners = [(round(x), round(y)) for x, y in shapely.get_coordinates(ring)[:-1].tolist()]
    kept = [corner for before, corner in zip([None, *corners], corners, strict=False) if corner != before]
    if len(kept) < 3:  # noqa: PLR2004 - two corners enclose nothing
        return ""
    steps = (f"{x - last_x} {y - last_y}" for (last_x, last_y), (x, y) in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}z".replace(" -", "-")
