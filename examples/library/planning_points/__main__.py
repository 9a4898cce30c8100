"""The command line: python -m planning_points INPUT.csv."""

import argparse
import csv
import sys
from typing import Iterable, Sequence, TextIO

from .database import save
from .rows import FIELDS, Issue, normalise


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="planning-points", description="Print a CSV file of planning data, normalised."
    )
    parser.add_argument("input", help="a CSV file with a reference column")
    parser.add_argument("--issues", help="where to write what was changed or unreadable")
    parser.add_argument("--database", help="an SQLite file to write to as well")
    options = parser.parse_args()

    try:
        with open(options.input, encoding="utf-8-sig", newline="") as source:
            reader = csv.DictReader(source)
            if "reference" not in (reader.fieldnames or ()):
                parser.error(f"{options.input} has no column named reference")
            rows, issues = normalise(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        parser.error(f"cannot read {options.input}: {error}")

    write(sys.stdout, FIELDS, ([row[field] for field in FIELDS] for row in rows))
    if options.issues:
        with open(options.issues, "w", encoding="utf-8", newline="") as output:
            write(output, Issue._fields, issues)
    if options.database:
        save(options.database, rows, issues)


def write(output: TextIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


if __name__ == "__main__":
    main()
