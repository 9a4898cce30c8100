"""Mutants of the modules that trust rests on: how many of them the quick tests kill, part by part.

A mutant that survives is printed. Those that no test can kill, because they mean the same, stand in `EQUIVALENT` with
the reason.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from cases import HERE
from mutation.equivalent import EQUIVALENT
from mutation.plugin import Mutating

PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "reader": (
        ("source", "document", "scalars"),
        ("test_source.py", "test_validate.py", "test_printer.py"),
    ),
    "quoting": (
        ("targets.github.printer", "targets.aws.hcl"),
        (
            "test_printer.py",
            "test_hcl.py",
            "test_readback.py",
            "test_golden.py::test_accepted",
            "test_golden.py::test_accepted_roots",
        ),
    ),
    "paths": (
        ("manifest.strings", "files", "seen"),
        ("test_strings.py", "test_files.py", "test_reference.py", "test_unchanged.py"),
    ),
    "trust": (
        (
            "authority",
            "authority.compiled",
            "authority.conditions",
            "authority.hcl",
            "authority.intended",
            "authority.model",
            "authority.roots",
            "authority.runs",
            "authority.table",
            "authority.workflows",
        ),
        ("test_authority.py",),
    ),
    "roles": (("targets.aws.publishing",), ("test_golden.py::test_accepted_roots", "test_golden.py::test_examples")),
    "writer": (
        ("output.folders", "output.lock", "output.mark", "output.ownership", "output.undo", "output.writing"),
        ("test_output.py", "test_folders.py"),
    ),
}
"""The modules of each part below `pipegen`, and the tests that guard them."""
# Without tests that start programs, which have no mutants; and why a test fails is worked out for nobody.
_QUICK = "not terraform and not is_hcl and not nothing_is_written and not waits and not many_at_once and not a_bug"
_OPTIONS = [*("-q", "-m", "not slow", "-k", _QUICK, "-p", "no:cacheprovider", "-p", "no:xdist"), "--assert=plain"]
_OPTIONS += ["--tb=native", "--no-header"]
AT_LEAST = 0.9
"""The share of mutants of each part that tests must kill, without those that mean the same."""


class Tally(NamedTuple):
    """How the mutants of a module fared."""

    module: str
    mutants: int
    killed: int
    equivalent: int


def main() -> int:
    """Try the mutants of the parts that the command line names, or of all, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], default=[])
    parser.add_argument("--nth", type=int, default=1, help="try every so manieth mutant only")
    asked = parser.parse_args()
    print("| part | module | mutants | killed | equivalent | killed of the others |")
    print("| --- | --- | --- | --- | --- | --- |")
    too_few = 0
    for part in asked.parts or PARTS:
        tallies = _tallies(part, asked.nth)
        _, mutants, killed, equivalent = zip(*tallies, strict=True)
        whole = Tally("all", sum(mutants), sum(killed), sum(equivalent))
        for tally in (*tallies, whole):
            print(f"| {part} | {' | '.join(map(str, tally))} | {_share(tally):.1%} |", flush=True)
        too_few += _share(whole) < AT_LEAST
    return 1 if too_few else 0


def _tallies(part: str, nth: int) -> list[Tally]:
    modules, tests = PARTS[part]
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, "results.json")
        plugin = Mutating([f"pipegen.{module}" for module in modules], results, nth)
        with redirect_stdout(sys.stderr):
            pytest.main([*_OPTIONS, *(str(HERE / test) for test in tests)], plugins=[plugin])
        found = json.loads(results.read_text(encoding="utf-8"))
    tallies = []
    for module in modules:
        of_module = [(owner, what, verdict) for name, _, owner, what, verdict in found if name == f"pipegen.{module}"]
        survived = [(owner, what) for owner, what, verdict in of_module if verdict == "survived"]
        equivalent = sum(one in EQUIVALENT.get(module, {}) for one in survived)
        tallies.append(Tally(module, len(of_module), len(of_module) - len(survived), equivalent))
    return tallies


def _share(tally: Tally) -> float:
    others = tally.mutants - tally.equivalent
    return tally.killed / others if others else 1.0


if __name__ == "__main__":
    sys.exit(main())
