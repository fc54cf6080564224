"""How is a GeoJSON file of areas read, and how is it told which of its features is wrong?"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from participatie.geography.rd import wgs84_of
from participatie.geography.shapes import Bounds

MOST_BYTES = 64 * 1024 * 1024
LONGEST_CODE = 20  # characters
#: How the CBS, and whoever made a file from its tables, call what we need; the smallest area first.
CODES = ("code", "buurtcode", "BU_CODE", "wijkcode", "WK_CODE", "gemeentecode", "GM_CODE", "statcode")
NAMES = ("name", "naam", "buurtnaam", "BU_NAAM", "wijknaam", "WK_NAAM", "gemeentenaam", "GM_NAAM", "statnaam")
WATER = ("water", "H2O")
IN_DEGREES = ("CRS84", "4326", "4258")
IN_METRES = "28992"
#: The Netherlands with its part of the North Sea, and the Caribbean part.
KINGDOM = (Bounds(2.0, 50.0, 8.0, 56.0), Bounds(-70.5, 11.5, -62.5, 18.5))
#: Where the Dutch grid holds, in metres: west, south, east, north.
GRID = Bounds(-20_000, 289_000, 300_000, 650_000)
#: Square degrees: about a square metre.
SMALLEST = 1e-10
FARTHEST = 1e9  # of any number in a file
FEWEST_POINTS = 4  # of a ring: three corners, and the first again

Point = tuple[float, float]


class FeatureError(Exception):
    """A file that is refused: its name, the feature (1 is the first, None is all), what was expected and what stood there.

    As text it is one Dutch sentence for the command line.
    """

    def __init__(self, name: str, number: int | None, expected: str, found: object) -> None:
        """Keep where it is; `expected` and `found` are Dutch, short, without a full stop."""
        where = name if number is None else f"{name}, feature {number}"
        shown = " ".join(str(found).split())[:80] or "niets"
        super().__init__(f"{where}: verwacht {expected}, gevonden {shown}.")
        self.number = number


@dataclass(frozen=True, slots=True)
class ShapeFeature:
    """One area of a file: its code, name, and its shape in degrees. `is_water` where nobody can live."""

    number: int
    code: str
    name: str
    shape: BaseGeometry
    is_water: bool
    properties: Mapping[str, Any]


def read_shapes(source: bytes, name: str) -> Iterator[ShapeFeature]:
    """Yield the areas of a GeoJSON FeatureCollection, each with its shape in WGS84.

    Coordinates are degrees (longitude first) or metres of the Dutch grid; the file says which in `crs`, and where it
    says nothing the numbers tell. Raises FeatureError for anything else, at the first feature that is wrong.
    """
    document = _document(source, name)
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise FeatureError(name, None, "een FeatureCollection met features", document.get("type"))
    if not features:
        raise FeatureError(name, None, "minstens één feature", "")
    in_metres = _in_metres(document, name)
    for number, feature in enumerate(features, start=1):
        yield _feature(feature, name, number, in_metres=in_metres)


def _document(source: bytes, name: str) -> dict[str, Any]:
    if len(source) > MOST_BYTES:
        most = f"hoogstens {MOST_BYTES // 1024 // 1024} MB (neem alleen uw eigen gemeente)"
        raise FeatureError(name, None, most, f"{len(source) // 1024 // 1024} MB")
    try:
        document = json.loads(source.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FeatureError(name, None, "tekst in UTF-8", f"byte 0x{source[error.start]:02x}") from error
    except json.JSONDecodeError as error:
        raise FeatureError(name, None, "JSON", f"een fout in regel {error.lineno}, teken {error.colno}") from error
    except (RecursionError, ValueError) as error:  # as deep as no file of areas is; a number of thousands of digits
        raise FeatureError(name, None, "een gewoon GeoJSON-bestand", "JSON die te diep of te lang is") from error
    return document if isinstance(document, dict) else {}


def _in_metres(document: Mapping[str, Any], name: str) -> bool | None:
    crs = document.get("crs")
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    called = str(properties.get("name", "")) if isinstance(properties, dict) else str(crs)
    code = called.replace("/", ":").rsplit(":", 1)[-1]
    if code == IN_METRES:
        return True
    if code in IN_DEGREES:
        return False
    raise FeatureError(name, None, "coördinaten in WGS84 (EPSG:4326) of RD (EPSG:28992)", called)


def _feature(feature: Any, name: str, number: int, *, in_metres: bool | None) -> ShapeFeature:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise FeatureError(name, number, "een Feature", feature.get("type") if isinstance(feature, dict) else feature)
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        raise FeatureError(name, number, "properties met een code", properties)
    code = _text(properties, CODES)
    if not 0 < len(code) <= LONGEST_CODE or len(code.split()) > 1:
        raise FeatureError(name, number, f"een code ({', '.join(CODES)}) van hoogstens {LONGEST_CODE} tekens", code)
    shape = _Reader(name, number, in_metres=in_metres).shape(feature.get("geometry"))
    is_water = _text(properties, WATER).upper() in ("JA", "YES", "TRUE", "1")
    return ShapeFeature(number, code, _text(properties, NAMES), shape, is_water, properties)


def _text(properties: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = properties.get(name)
        if isinstance(value, str | int) and str(value).strip():
            return " ".join(str(value).split())
    return ""


class _Reader:
    """Reads the geometry of one feature, and knows where to say that it is wrong."""

    def __init__(self, name: str, number: int, *, in_metres: bool | None) -> None:
        self.name, self.number, self.in_metres = name, number, in_metres

    def shape(self, geometry: Any) -> BaseGeometry:
        """Return a polygon or several, valid and with an inside."""
        kind = geometry.get("type") if isinstance(geometry, dict) else geometry
        if kind not in ("Polygon", "MultiPolygon"):
            raise self._wrong("een Polygon of MultiPolygon", kind)
        coordinates = geometry.get("coordinates")
        polygons = [coordinates] if kind == "Polygon" else self._list(coordinates, "een lijst van polygonen")
        shape = shapely.union_all([self._polygon(rings) for rings in polygons])
        if shape.is_empty or shape.area < SMALLEST:
            raise self._wrong("een vlak", "een vorm zonder oppervlak")
        return shape

    def _polygon(self, rings: Any) -> BaseGeometry:
        outer, *holes = [self._ring(ring) for ring in self._list(rings, "een lijst van ringen")]
        drawn = shapely.Polygon(outer, holes)
        if drawn.is_valid:
            return drawn
        # Real files have rings that touch themselves; what is left is the area that they enclose.
        parts = shapely.get_parts(shapely.make_valid(drawn))
        return shapely.union_all([part for part in parts if part.geom_type in ("Polygon", "MultiPolygon")])

    def _ring(self, ring: Any) -> list[Point]:
        points = [self._point(point) for point in self._list(ring, "een ring van punten")]
        if len(points) < FEWEST_POINTS or points[0] != points[-1]:
            expected = f"een gesloten ring van minstens {FEWEST_POINTS} punten"
            raise self._wrong(expected, f"{len(points)} punten")
        return points

    def _point(self, point: Any) -> Point:
        numbers = point[:2] if isinstance(point, list) else []
        if len(numbers) != 2 or not all(  # noqa: PLR2004 - a point has two coordinates; a height is left out
            isinstance(number, int | float)
            and not isinstance(number, bool)
            and abs(number) < FARTHEST
            and isfinite(number)
            for number in numbers
        ):
            raise self._wrong("punten van twee getallen", point)
        x, y = numbers
        if self.in_metres is None:
            self.in_metres = GRID.around(y, x)
        if self.in_metres:
            if not GRID.around(y, x):
                raise self._wrong("een punt in Nederland, in meters van RD (eerst x, dan y)", f"{x}, {y}")
            x, y = wgs84_of(x, y)
        if not any(bounds.around(y, x) for bounds in KINGDOM):
            raise self._wrong("een punt in Nederland, in graden (eerst de lengte, dan de breedte)", f"{x}, {y}")
        return x, y

    def _list(self, value: Any, expected: str) -> list[Any]:
        if not isinstance(value, list) or not value:
            raise self._wrong(expected, value)
        return value

    def _wrong(self, expected: str, found: object) -> FeatureError:
        return FeatureError(self.name, self.number, expected, found)
