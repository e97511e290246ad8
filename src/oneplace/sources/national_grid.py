"""Latitude and longitude as easting and northing on the British National Grid, for maps.

The method and its constants are Ordnance Survey's, "A guide to coordinate systems in Great Britain", annexes A to C:
satellite coordinates (WGS84) onto the Airy 1830 ellipsoid by the seven-parameter transformation, which is good to about
five metres, and from there to the Transverse Mercator projection of the grid, which is good to a millimetre.
"""

from __future__ import annotations

from math import atan2, cos, hypot, radians, sin, sqrt, tan

# Semi-major and semi-minor axis in metres (annex A.1).
WGS84 = (6378137.0, 6356752.3141)
AIRY_1830 = (6377563.396, 6356256.909)

# WGS84 to OSGB36 (section 6.6): metres, parts per million, seconds of arc.
_SHIFT = (-446.448, 125.157, -542.060)
_SCALE = 20.4894e-6
_TURN = tuple(radians(seconds / 3600) for seconds in (-0.1502, -0.2470, -0.8421))

# The National Grid (annex A.2): scale on the central meridian, true origin, and its coordinates in metres.
_F0 = 0.9996012717
_LATITUDE_0, _LONGITUDE_0 = radians(49), radians(-2)
_EASTING_0, _NORTHING_0 = 400_000.0, -100_000.0


def to_grid(latitude: float, longitude: float) -> tuple[float, float]:
    """Easting and northing in metres of a place in WGS84 degrees, as maps on the web and satellites give them."""
    return project(*_to_airy(radians(latitude), radians(longitude)))


def _to_airy(latitude: float, longitude: float) -> tuple[float, float]:
    """WGS84 onto Airy 1830, at the height of the ellipsoid; in radians."""
    a, b = WGS84
    e2 = 1 - (b * b) / (a * a)
    nu = a / sqrt(1 - e2 * sin(latitude) ** 2)
    x = nu * cos(latitude) * cos(longitude)
    y = nu * cos(latitude) * sin(longitude)
    z = nu * (1 - e2) * sin(latitude)
    rx, ry, rz = _TURN
    tx, ty, tz = _SHIFT
    x, y, z = (
        tx + (1 + _SCALE) * x - rz * y + ry * z,
        ty + rz * x + (1 + _SCALE) * y - rx * z,
        tz - ry * x + rx * y + (1 + _SCALE) * z,
    )
    a, b = AIRY_1830
    e2 = 1 - (b * b) / (a * a)
    p = hypot(x, y)
    found = atan2(z, p * (1 - e2))
    for _ in range(4):  # each round brings a factor of 150: the fourth is far below a millimetre
        nu = a / sqrt(1 - e2 * sin(found) ** 2)
        found = atan2(z + e2 * nu * sin(found), p)
    return found, atan2(y, x)


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Easting and northing in metres of a place on the Airy 1830 ellipsoid (OSGB36), in radians: annex C.1."""
    a, b = AIRY_1830
    e2 = 1 - (b * b) / (a * a)
    n = (a - b) / (a + b)
    s, c, t2 = sin(latitude), cos(latitude), tan(latitude) ** 2
    nu = a * _F0 / sqrt(1 - e2 * s * s)
    rho = a * _F0 * (1 - e2) / (1 - e2 * s * s) ** 1.5
    eta2 = nu / rho - 1
    less, more = latitude - _LATITUDE_0, latitude + _LATITUDE_0
    m = (
        b
        * _F0
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )
    i = m + _NORTHING_0
    ii = nu / 2 * s * c
    iii = nu / 24 * s * c**3 * (5 - t2 + 9 * eta2)
    iii_a = nu / 720 * s * c**5 * (61 - 58 * t2 + t2 * t2)
    iv = nu * c
    v = nu / 6 * c**3 * (nu / rho - t2)
    vi = nu / 120 * c**5 * (5 - 18 * t2 + t2 * t2 + 14 * eta2 - 58 * t2 * eta2)
    d = longitude - _LONGITUDE_0
    return (
        _EASTING_0 + iv * d + v * d**3 + vi * d**5,
        i + ii * d**2 + iii * d**4 + iii_a * d**6,
    )
