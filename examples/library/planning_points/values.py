"""Dates, references and points. What cannot be read is a ValueError that says what kind it is."""

import re
from datetime import datetime
from typing import Tuple

from . import grid

# fmt: off
DATE_FORMATS = (
    "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%Y%m%d", "%Y/%m/%d",
    "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m", "%B %Y", "%b %Y", "%Y",
)
# fmt: on
NUMBER = r"([-+]?\d+(?:\.\d+)?)"
WKT_POINT = re.compile(rf"POINT\s*\(\s*{NUMBER}\s+{NUMBER}\s*\)", re.IGNORECASE)


def normalise_date(value: str) -> str:
    """Return a date as YYYY-MM-DD; a month or a year becomes its first day."""
    text = re.sub(r"\bsept\b", "sep", " ".join(value.split()), flags=re.IGNORECASE)
    for date_format in DATE_FORMATS:
        try:
            return datetime.strptime(text, date_format).date().isoformat()
        except ValueError:
            continue
    raise ValueError("invalid date")


def normalise_reference(value: str) -> str:
    """Return a reference on one line, without spaces around its separators."""
    text = re.sub(r"\s*([/-])\s*", r"\1", " ".join(value.split()))
    if not text:
        raise ValueError("missing reference")
    return text


def normalise_point(value: str) -> Tuple[str, str]:
    """Return a point in England as WKT in WGS84, and what it was given in, told by its size."""
    match = WKT_POINT.fullmatch(value.strip())
    if not match:
        raise ValueError("invalid point")
    x, y = map(float, match.groups())
    if 80000 <= x <= 660000 and 5000 <= y <= 660000:
        given, (x, y) = "OSGB", grid.to_wgs84(x, y)
    elif _in_england(x, y):
        given = "WGS84"
    elif _in_england(y, x):
        given, (x, y) = "flipped WGS84", (y, x)
    else:
        raise ValueError("outside England")
    return f"POINT ({x:.6f} {y:.6f})", given


def _in_england(longitude: float, latitude: float) -> bool:
    return -6.5 <= longitude <= 1.8 and 49.8 <= latitude <= 55.9
