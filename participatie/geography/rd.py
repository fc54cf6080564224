"""Where on earth is a point of the Dutch grid (Rijksdriehoek, EPSG:28992)?

The grid is an oblique stereographic projection of the ellipsoid of Bessel (EPSG method 9809), turned back exactly
here, and then moved to WGS84 with seven parameters. Without the Kadaster's table of corrections that is right to
about 25 centimetres: less than a pin on a map.
"""

from math import asin, atan, atan2, cos, degrees, exp, hypot, log, pi, radians, sin, sqrt, tan

#: The ellipsoid of Bessel, 1841: metres, and its first eccentricity.
BESSEL = 6_377_397.155
_FLATTENING = 1 / 299.1528128
_E2 = _FLATTENING * (2 - _FLATTENING)
_E = sqrt(_E2)
#: Amersfoort, the middle of the grid, with the scale there.
_LAT0, _LON0, _SCALE = radians(52 + 9 / 60 + 22.178 / 3600), radians(5 + 23 / 60 + 15.5 / 3600), 0.9999079
_EAST0, _NORTH0 = 155_000.0, 463_000.0

_RADIUS = BESSEL * sqrt(1 - _E2) / (1 - _E2 * sin(_LAT0) ** 2)
_N = sqrt(1 + _E2 * cos(_LAT0) ** 4 / (1 - _E2))
_W1 = ((1 + sin(_LAT0)) / (1 - sin(_LAT0)) * ((1 - _E * sin(_LAT0)) / (1 + _E * sin(_LAT0))) ** _E) ** _N
_SIN_CHI00 = (_W1 - 1) / (_W1 + 1)
_C = (_N + sin(_LAT0)) * (1 - _SIN_CHI00) / ((_N - sin(_LAT0)) * (1 + _SIN_CHI00))
_CHI0 = asin((_C * _W1 - 1) / (_C * _W1 + 1))
_G = 2 * _RADIUS * _SCALE * tan(pi / 4 - _CHI0 / 2)
_H = 4 * _RADIUS * _SCALE * tan(_CHI0) + _G

#: From Bessel to WGS84: metres, seconds of arc, and millionths.
_SHIFT = (565.4171, 50.3319, 465.5524)
_TURN = tuple(radians(seconds / 3600) for seconds in (-0.398957388243134, 0.343987817378283, -1.87740163998045))
_GROWTH = 1 + 4.0725e-6
_WGS84 = 6_378_137.0
_WGS84_E2 = 1 / 298.257223563 * (2 - 1 / 298.257223563)
ROUNDS = 6  # of approximation; after four nothing moves by a millimetre


def wgs84_of(east: float, north: float) -> tuple[float, float]:
    """Return longitude and latitude in degrees of a point of the grid in metres."""
    lat, lon = _on_bessel(east - _EAST0, north - _NORTH0)
    nu = BESSEL / sqrt(1 - _E2 * sin(lat) ** 2)
    x, y, z = nu * cos(lat) * cos(lon), nu * cos(lat) * sin(lon), nu * (1 - _E2) * sin(lat)
    (dx, dy, dz), (rx, ry, rz) = _SHIFT, _TURN
    return _on_wgs84(
        dx + _GROWTH * (x - rz * y + ry * z),
        dy + _GROWTH * (rz * x + y - rx * z),
        dz + _GROWTH * (-ry * x + rx * y + z),
    )


def _on_bessel(dx: float, dy: float) -> tuple[float, float]:
    i = atan2(dx, _H + dy)
    j = atan2(dx, _G - dy) - i
    chi = _CHI0 + 2 * atan((dy - dx * tan(j / 2)) / (2 * _RADIUS * _SCALE))
    lon = (j + 2 * i) / _N + _LON0
    psi = log((1 + sin(chi)) / (_C * (1 - sin(chi)))) / (2 * _N)
    lat = 2 * atan(exp(psi)) - pi / 2
    for _round in range(ROUNDS):
        here = log(tan(lat / 2 + pi / 4) * ((1 - _E * sin(lat)) / (1 + _E * sin(lat))) ** (_E / 2))
        lat -= (here - psi) * cos(lat) * (1 - _E2 * sin(lat) ** 2) / (1 - _E2)
    return lat, lon


def _on_wgs84(x: float, y: float, z: float) -> tuple[float, float]:
    from_axis = hypot(x, y)
    lat = atan2(z, from_axis * (1 - _WGS84_E2))
    for _round in range(ROUNDS):
        nu = _WGS84 / sqrt(1 - _WGS84_E2 * sin(lat) ** 2)
        lat = atan2(z + _WGS84_E2 * nu * sin(lat), from_axis)
    return degrees(atan2(y, x)), degrees(lat)
