"""The list of endpoints."""

import csv
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple


class Endpoint(NamedTuple):
    url: str
    end_date: date | None = None

    @property
    def key(self) -> str:
        """The name that the endpoint has in every log."""
        return hashlib.sha256(self.url.encode()).hexdigest()

    def is_active(self, day: date) -> bool:
        return self.end_date is None or day < self.end_date


def read_endpoints(path: Path) -> Iterator[Endpoint]:
    """Yield each endpoint of a CSV file once; a wrong line is a ValueError that names it."""
    seen = set()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if "endpoint-url" not in (reader.fieldnames or ()):
            raise ValueError(f"{path} has no column named endpoint-url")
        for row in reader:
            url = (row["endpoint-url"] or "").strip()
            if not url.startswith(("http://", "https://")):
                raise ValueError(f"{path}:{reader.line_num}: not an HTTP address: {url!r}")
            end_date = (row.get("end-date") or "").strip()
            try:
                endpoint = Endpoint(url, date.fromisoformat(end_date) if end_date else None)
            except ValueError:
                raise ValueError(f"{path}:{reader.line_num}: not a date: {end_date!r}") from None
            if url not in seen:
                seen.add(url)
                yield endpoint
