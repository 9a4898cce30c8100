"""The British National Grid: Krüger's series and a Helmert transformation give WGS84 degrees."""

import cmath
from math import asin, atan2, cos, cosh, degrees, hypot, radians, sin, sinh, sqrt
from typing import Tuple

# (semi-major axis, semi-minor axis) in metres
AIRY_1830 = (6377563.396, 6356256.909)
WGS84 = (6378137.0, 6356752.3142)

# the projection: scale on the central meridian, the true origin, its easting and northing
SCALE = 0.9996012717
LATITUDE_0, LONGITUDE_0 = radians(49), radians(-2)
EASTING_0, NORTHING_0 = 400000, -100000

# Krüger's series, in powers of the third flattening
N = (AIRY_1830[0] - AIRY_1830[1]) / (AIRY_1830[0] + AIRY_1830[1])
RADIUS = SCALE * AIRY_1830[0] / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
RECTIFYING = (-3 / 2 * N + 9 / 16 * N**3, 15 / 16 * N**2, -35 / 48 * N**3)
BETA = (N / 2 - 2 / 3 * N**2 + 37 / 96 * N**3, N**2 / 48 + N**3 / 15, 17 / 480 * N**3)
DELTA = (2 * N - 2 / 3 * N**2 - 2 * N**3, 7 / 3 * N**2 - 8 / 5 * N**3, 56 / 15 * N**3)

# the transformation from OSGB36 to WGS84: metres, a factor, and radians
TX, TY, TZ = 446.448, -125.157, 542.060
S = 1 - 20.4894e-6
RX, RY, RZ = (radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))


def to_wgs84(easting: float, northing: float) -> Tuple[float, float]:
    """Return the longitude and latitude in degrees, accurate to about five metres."""
    latitude, longitude = unproject(easting, northing)
    a, b = AIRY_1830
    nu = a / sqrt(1 - (1 - (b / a) ** 2) * sin(latitude) ** 2)
    x = nu * cos(latitude) * cos(longitude)
    y = nu * cos(latitude) * sin(longitude)
    z = nu * sin(latitude) * (b / a) ** 2
    x, y, z = (
        TX + S * x - RZ * y + RY * z,
        TY + RZ * x + S * y - RX * z,
        TZ - RY * x + RX * y + S * z,
    )
    a, b = WGS84
    e2 = 1 - (b / a) ** 2
    for _ in range(5):  # starts at the other datum's latitude; each turn adds two digits
        nu = a / sqrt(1 - e2 * sin(latitude) ** 2)
        latitude = atan2(z + e2 * nu * sin(latitude), hypot(x, y))
    return degrees(atan2(y, x)), degrees(latitude)


def unproject(easting: float, northing: float) -> Tuple[float, float]:
    """Return the OSGB36 latitude and longitude in radians."""
    origin = LATITUDE_0 + sum(c * sin(2 * j * LATITUDE_0) for j, c in enumerate(RECTIFYING, 1))
    zeta = origin + complex(northing - NORTHING_0, easting - EASTING_0) / RADIUS
    zeta -= sum(c * cmath.sin(2 * j * zeta) for j, c in enumerate(BETA, 1))
    chi = asin(sin(zeta.real) / cosh(zeta.imag))
    latitude = chi + sum(c * sin(2 * j * chi) for j, c in enumerate(DELTA, 1))
    return latitude, LONGITUDE_0 + atan2(sinh(zeta.imag), cos(zeta.real))
