"""The command line: python -m collector ENDPOINTS.csv."""

import argparse
import sys
from datetime import date, datetime, timezone
from pathlib import Path

from .collect import collect
from .endpoints import read_endpoints


def main() -> int:
    parser = argparse.ArgumentParser(prog="collector", description="Collect a list of endpoints.")
    parser.add_argument("endpoints", type=Path, help="a CSV file with a column endpoint-url")
    parser.add_argument("--directory", type=Path, default=Path("collection"))
    parser.add_argument("--date", type=date.fromisoformat, help="the day to log, today by default")
    parser.add_argument("--timeout", type=float, default=60, help="seconds to wait for an answer")
    options = parser.parse_args()

    day = options.date or datetime.now(timezone.utc).date()
    try:
        endpoints = [each for each in read_endpoints(options.endpoints) if each.is_active(day)]
    except (OSError, ValueError) as error:
        parser.error(str(error))
    results = [collect(each, options.directory, day, options.timeout) for each in endpoints]
    print(f"{day}: {sum(results)} of {len(results)} endpoints collected")
    return 1 if results and not any(results) else 0


if __name__ == "__main__":
    sys.exit(main())
