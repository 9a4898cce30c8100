"""What it costs to have each file on the disk before the first is put in place."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from unittest.mock import patch

from cases import write
from pipegen.output import differences

FILES = {f"deploy/modules/m{number % 8}/f{number}.tf": "# a line of some length\n" * 100 for number in range(40)}
TIMES = 21


def milliseconds(before: Mapping[str, str], after: Mapping[str, str], *, flushed: bool) -> float:
    """The time that a write takes, with or without asking for what is written to be on the disk."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        root = Path(folder)
        write(root, differences(root, before))
        changes = differences(root, after)
        with patch.object(os, "fsync", os.fsync if flushed else lambda _: None):
            start = time.perf_counter()
            write(root, changes)
            return (time.perf_counter() - start) * 1000


def main() -> None:
    """Measure here, on the disk of the current directory."""
    newer = {path: f"{body}# newer\n" for path, body in FILES.items()}
    first = next(iter(FILES))
    for name, before, after in (
        ("a first compile of 40 files", {}, FILES),
        ("an update of 40 files", FILES, newer),
        ("an update of one", FILES, FILES | {first: newer[first]}),
    ):
        with_it, without = ([milliseconds(before, after, flushed=it) for _ in range(TIMES)] for it in (True, False))
        print(f"{name}: {median(with_it):.0f} ms, and {median(without):.0f} ms without (medians of {TIMES})")


if __name__ == "__main__":
    main()
