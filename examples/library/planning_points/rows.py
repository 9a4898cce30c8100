"""The rows of a publisher's CSV."""

from typing import Dict, Iterable, List, Mapping, NamedTuple, Optional, Tuple

from .values import normalise_date, normalise_point, normalise_reference

DATES = ("entry-date", "start-date", "end-date")
FIELDS = ("reference", "name", *DATES, "point")
Row = Dict[str, str]


class Issue(NamedTuple):
    """What was changed or could not be read. The first row below the header is row 1."""

    row: int
    field: str
    kind: str
    value: str


def normalise(rows: Iterable[Mapping[str, Optional[str]]]) -> Tuple[List[Row], List[Issue]]:
    """Return the rows with FIELDS in one form, and the issues found on the way."""
    normalised: Dict[str, Row] = {}
    issues: List[Issue] = []
    for number, row in enumerate(rows, start=1):
        raw = {field: (row.get(field) or "").strip() for field in (*FIELDS, "GeoX", "GeoY")}
        if not raw["point"] and (raw["GeoX"] or raw["GeoY"]):
            raw["point"] = f"POINT ({raw['GeoX']} {raw['GeoY']})"
        result = {"name": " ".join(raw["name"].split())}
        for field in ("reference", *DATES, "point"):
            result[field], kind = _normalise_field(field, raw[field])
            if field == "reference" and result[field] in normalised:
                kind = "duplicate reference"
            if kind:
                issues.append(Issue(number, field, kind, raw[field]))
        if result["reference"]:
            normalised.setdefault(result["reference"], result)
    return list(normalised.values()), issues


def _normalise_field(field: str, value: str) -> Tuple[str, str]:
    """Return the normalised value and the kind of issue, either of which may be empty."""
    try:
        if field == "reference":
            return normalise_reference(value), ""
        if not value:
            return "", ""
        if field in DATES:
            return normalise_date(value), ""
        point, given = normalise_point(value)
        return point, "" if given == "WGS84" else given
    except ValueError as error:
        return "", str(error)
