"""Mutants of the modules that trust rests on: how many of them the tests kill, part by part.

Every mutant is tried, and that takes minutes, because few tests guard a module (`PARTS`). They are collected once. Each
mutant has a process of its own, forked from the one that has collected them; there those tests run that reach the
function, the quickest and those that have killed before first, until one fails. A test that takes much longer than
without a mutant has noticed it as well. `--jobs` processes share the mutants of a part.

A mutant that survives is printed. Those that no test can kill, because they mean the same, stand in `EQUIVALENT` with
the reason; that one of them is killed is an error.
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
from hypothesis import Phase, settings

from cases import HERE
from mutation.equivalent import EQUIVALENT
from mutation.plugin import Mutating

_READ_BACK = tuple(f"test_readback.py::test_{name}" for name in ("the_first", "what_is", "hcl_that", "yaml_that"))
PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    "reader": {
        "source": ("test_source.py",),
        "syntax": ("test_source.py",),
        "document": ("test_source.py",),
        "scalars": ("test_printer.py", "test_validate.py"),
        "validate": ("test_validate.py", "test_golden.py::test_rejected["),
        "forbidden": ("test_validate.py", "test_golden.py::test_rejected["),
    },
    "quoting": {
        "targets.github.printer": ("test_printer.py", "test_golden.py::test_accepted["),
        "targets.aws.hcl": ("test_hcl.py", "test_golden.py::test_accepted_roots["),
    },
    "readback": {
        "targets.rendered": _READ_BACK,
        "targets.aws.readback": _READ_BACK,
        "targets.github.readback": _READ_BACK,
    },
    "paths": {
        "manifest.strings": ("test_strings.py", "test_reference.py::test_a_generated_file_is_fresh"),
        "opening": ("test_files.py",),
        "files": ("test_files.py",),
        "seen": ("test_files.py",),
    },
    "trust": {
        "workflow_text": tuple(
            f"test_readback.py::test_{those}"
            for those in ("yaml_that", "an_unquoted", "comments_are", "what_is_read", "why", "what_readers")
        ),
        **{
            f"authority{module}": ("test_authority.py",)
            for module in (
                *("", ".compiled", ".conditions", ".hcl", ".intended"),
                *(".model", ".roots", ".runs", ".table", ".workflows"),
            )
        },
    },
    "roles": {"targets.aws.publishing": ("test_golden.py::test_accepted_roots", "test_golden.py::test_examples")},
    "writer": {
        f"output.{module}": ("test_output.py", "test_folders.py")
        for module in ("folders", "lock", "mark", "ownership", "undo", "writing")
    },
}
"""The modules of each part below `pipegen`, and how the ids of the tests begin that guard each of them."""
# Without tests that start programs, which have no mutants; and why a test fails is worked out for nobody.
_QUICK = "not terraform and not is_hcl and not nothing_is_written and not waits and not many_at_once and not a_bug"
_OPTIONS = [*("-q", "-m", "not slow", "-k", _QUICK, "-p", "no:cacheprovider", "-p", "no:xdist"), "--assert=plain"]
_OPTIONS += ["--tb=native", "--no-header"]
# The same examples for each mutant, and no search for the smallest one that fails.
settings.register_profile("mutation", derandomize=True, database=None, phases=[Phase.explicit, Phase.generate])
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
    parser.add_argument("--jobs", type=int, default=1, help="how many processes share the mutants of a part")
    asked = parser.parse_args()
    settings.load_profile("mutation")
    print("| part | module | mutants | killed | equivalent | killed of the others |")
    print("| --- | --- | --- | --- | --- | --- |")
    too_few = 0
    for part in asked.parts or PARTS:
        tallies = _tallies(part, asked.nth, asked.jobs)
        _, mutants, killed, equivalent = zip(*tallies, strict=True)
        whole = Tally("all", sum(mutants), sum(killed), sum(equivalent))
        for tally in (*tallies, whole):
            print(f"| {part} | {' | '.join(map(str, tally))} | {_share(tally):.1%} |", flush=True)
        too_few += _share(whole) < AT_LEAST
    return 1 if too_few else 0


def _tallies(part: str, nth: int, jobs: int) -> list[Tally]:
    tests = {f"pipegen.{module}": those for module, those in PARTS[part].items()}
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, "results.json")
        files = dict.fromkeys(str(HERE / test.partition("::")[0]) for those in tests.values() for test in those)
        with redirect_stdout(sys.stderr):
            pytest.main([*_OPTIONS, *files], plugins=[Mutating(tests, results, nth, jobs)])
        found = json.loads(results.read_text(encoding="utf-8"))
    tallies = []
    for module in PARTS[part]:
        of_module = [(owner, what, verdict) for name, _, owner, what, verdict in found if name == f"pipegen.{module}"]
        survived = {(owner, what) for owner, what, verdict in of_module if verdict == "survived"}
        equivalent = EQUIVALENT.get(module, {}).keys() & {(owner, what) for owner, what, _ in of_module}
        assert equivalent <= survived, f"killed, and so no equivalents: {equivalent - survived}"
        tallies.append(Tally(module, len(of_module), len(of_module) - len(survived), len(equivalent)))
    return tallies


def _share(tally: Tally) -> float:
    others = tally.mutants - tally.equivalent
    return tally.killed / others if others else 1.0


if __name__ == "__main__":
    sys.exit(main())
