"""Where points lie, and how shapes are drawn within their weight."""

import json
from math import cos, radians, sin, tau

import pytest
import shapely

from participatie.geography import Bounds, Frame, bounds_of, covers, paths_of, point_inside, simplified
from participatie.geography.drawing import MOST_LETTERS, WIDTH
from participatie.geography.rd import wgs84_of

#: A square with a square hole, and a second square apart from it.
ISLANDS = json.dumps(
    {
        "type": "MultiPolygon",
        "coordinates": [
            [[[5, 52], [5.1, 52], [5.1, 52.1], [5, 52.1], [5, 52]], [[5.04, 52.04], [5.06, 52.04], [5.06, 52.06], [5.04, 52.06], [5.04, 52.04]]],
            [[[5.2, 52], [5.25, 52], [5.25, 52.05], [5.2, 52.05], [5.2, 52]]],
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("rd", "wgs84"),
    [  # as PROJ has them for EPSG:28992, without its table of corrections
        ((155_000, 463_000), (5.3872035084, 52.1551723012)),  # Amersfoort
        ((121_687, 487_484), (4.8980098934, 52.3742181641)),  # Amsterdam
        ((13_500, 377_000), (3.3552406080, 51.3644574643)),
        ((278_000, 580_000), (7.2276285752, 53.1925166929)),
        ((176_000, 318_000), (5.6853914170, 50.8514488535)),
    ],
)
def test_the_dutch_grid_is_turned_back_as_proj_does(rd: tuple[int, int], wgs84: tuple[float, float]) -> None:
    assert wgs84_of(*rd) == pytest.approx(wgs84, abs=1e-9)


@pytest.mark.parametrize(
    ("lat", "lon", "inside"),
    [
        (52.02, 5.02, True), (52.05, 5.05, False), (52.02, 5.22, True), (52.02, 5.15, False),
        (52.0, 5.05, True), (52.04, 5.05, True), (53.0, 5.05, False),
    ],
)  # fmt: skip
def test_a_hole_is_outside_and_a_border_inside(lat: float, lon: float, inside: bool) -> None:
    assert covers(ISLANDS, lat, lon) is inside


def test_the_middle_of_a_shape_lies_in_it() -> None:
    assert covers(ISLANDS, *point_inside(ISLANDS))


def test_neighbours_stay_neighbours_when_they_lose_corners() -> None:
    border = [(5.1 + 0.000001 * sin(step), 52 + step / 10_000) for step in range(1001)]
    west = shapely.Polygon([*border, (5.0, 52.1), (5.0, 52.0)])
    east = shapely.Polygon([*border, (5.2, 52.1), (5.2, 52.0)])
    texts = simplified([west, east])
    assert sum(map(len, texts)) < 3000, "a thousand corners that nobody could see are gone"
    one, other = map(shapely.from_geojson, texts)
    assert one.intersection(other).area == 0
    assert shapely.union(one, other).area == pytest.approx(0.02, rel=1e-4)


def test_a_shape_smaller_than_a_street_does_not_vanish() -> None:
    [text] = simplified([shapely.box(5.0, 52.0, 5.00001, 52.00001)])
    assert covers(text, 52.000005, 5.000005)


def test_a_kilometre_north_is_as_long_as_one_east() -> None:
    narrowing = cos(radians(52.05))
    frame = Frame.of(Bounds(5.0, 52.0, 5.0 + 0.1 / narrowing, 52.1))
    west, south = frame.xy(52.0, 5.0)
    east, north = frame.xy(52.1, 5.0 + 0.1 / narrowing)
    assert abs((east - west) - (south - north)) <= 2
    lat, lon = frame.point_at(*frame.xy(52.03, 5.01))
    assert (lat, lon) == pytest.approx((52.03, 5.01), abs=1e-4)


def test_however_many_corners_there_are_the_drawing_keeps_its_weight() -> None:
    circles = tuple(
        json.dumps(
            {"type": "Polygon", "coordinates": [[[east + 0.01 * cos(tau * step / 3000) * (1 + step % 2 / 9), 52 + 0.01 * sin(tau * step / 3000)]
                for step in range(3000)] + [[east + 0.01, 52.0]]]}
        )
        for east in (5.0, 5.05, 5.1)
    )  # fmt: skip
    paths = paths_of(circles, Frame.of(bounds_of(circles)))
    assert 0 < sum(map(len, paths)) <= MOST_LETTERS
    assert all(path.startswith("M") and path.endswith("z") for path in paths)


def test_thousands_of_islands_keep_it_too() -> None:
    islands = [
        shapely.box(5 + n % 60 / 100, 52 + n // 60 / 100, 5.008 + n % 60 / 100, 52.008 + n // 60 / 100)
        for n in range(800)
    ]
    text = shapely.to_geojson(shapely.multipolygons(islands))
    [path] = paths_of((text,), Frame.of(bounds_of([text])))
    assert 0 < len(path) <= MOST_LETTERS


def test_what_lies_outside_the_frame_is_not_drawn() -> None:
    frame = Frame.square(52.02, 5.02, 0.01)
    [path, elsewhere] = paths_of((ISLANDS, simplified([shapely.box(6, 53, 6.1, 53.1)])[0]), frame)
    assert (path != "", elsewhere) == (True, "")
    assert frame.xy(52.02, 5.02) == (WIDTH // 2, WIDTH // 2)
