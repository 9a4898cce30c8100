"""Mutants of the modules that trust rests on: how many of them the quick tests kill, part by part.

A mutant that survives is printed. Those that no test can kill, because they mean the same, stand in `EQUIVALENT` with
the reason.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import pytest

from cases import HERE
from mutation.equivalent import EQUIVALENT
from mutation.plugin import Mutating

PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "reader": (
        ("source", "scalars"),
        ("test_source.py", "test_hostile.py::test_it_is_refused_at_its_line_for_what_it_is"),
    ),
    "quoting": (("targets.github.printer", "targets.aws.hcl"), ("test_printer.py", "test_readback.py")),
    "paths": (("manifest.strings", "files"), ("test_files.py", "test_hostile.py", "test_reference.py")),
    "trust": (
        ("authority.conditions", "authority.roots", "authority.hcl", "authority.compiled", "authority.intended"),
        ("test_authority.py",),
    ),
    "writer": (
        ("output.mark", "output.ownership", "output.writing", "output.folders"),
        ("test_output.py", "test_writing.py"),
    ),
}
"""The modules of each part below `pipegen`, and the tests that guard them."""


def main() -> int:
    """Try the mutants of the parts that the command line names, or of all, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], default=[])
    parser.add_argument("--nth", type=int, default=1, help="try every so manieth mutant only")
    asked = parser.parse_args()
    rows = [row for part in asked.parts or PARTS for row in _rows(part, asked.nth)]
    print("\n| part | module | mutants | killed | equivalent | killed of the others |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(*rows, sep="\n")
    return 0


def _rows(part: str, nth: int) -> list[str]:
    modules, tests = PARTS[part]
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, "results.json")
        plugin = Mutating([f"pipegen.{module}" for module in modules], results, nth)
        options = [
            "-q",
            "-m",
            "not slow",
            "-k",
            "not terraform and not is_hcl and not nothing_is_written",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            "--no-header",
        ]
        pytest.main([*options, *(str(HERE / test) for test in tests)], plugins=[plugin])
        found = json.loads(results.read_text(encoding="utf-8"))
    rows = []
    for module in modules:
        of_module = [(owner, what, verdict) for name, _, owner, what, verdict in found if name == f"pipegen.{module}"]
        equal = [one for one in of_module if one[2] == "survived" and one[:2] in EQUIVALENT.get(module, {})]
        killed = sum(verdict != "survived" for _, _, verdict in of_module)
        others = len(of_module) - len(equal)
        share = f"{100 * killed / others:.1f} %" if others else "–"
        rows.append(f"| {part} | `{module}` | {len(of_module)} | {killed} | {len(equal)} | {share} |")
    return rows


if __name__ == "__main__":
    sys.exit(main())
