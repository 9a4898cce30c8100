"""Let the system refuse `pipegen compile` a call: it says so, loses nothing and never claims success."""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path, PurePosixPath

from proofs.kills import half_removed
from proofs.numbers import chosen, shared_out
from writing.scenarios import STAGED, Scenario, pipegen, reverting, scenarios
from writing.tracing import CHANGING, Call, Run, calls, compile_with

ERRORS = ("ENOSPC", "EIO", "EACCES", "EMFILE", "EROFS", "EINTR")
_SAID = re.compile(r"error: cannot (?:write|read|lock) (\S+): (.+)\n")
_STUCK = "this could not be put back as it was: "


def refused(numbers: range) -> Counter[str]:
    """Refuse the calls of these numbers, of all scenarios. AssertionError says which were not taken well."""
    return refused_at(_every_fault()[numbers.start : numbers.stop])


def refused_at(chosen: Sequence[tuple[Scenario, Call, str]]) -> Counter[str]:
    """Refuse each of these calls with its error, and count them."""
    told: Counter[str] = Counter()
    failures: list[str] = []
    for scenario, call, error in chosen:
        with tempfile.TemporaryDirectory() as folder:
            root = scenario.made(Path(folder).resolve())
            run = compile_with(root, call, f"error={error}")
            assert "(INJECTED)" in run.log, (scenario.name, call, error, run)
            try:
                check(scenario, root, call, error, run)
            except AssertionError as failed:
                failures.append(f"{scenario.name}, {error} at {call}: {failed}\n  {run}")
        told[f"{error.rstrip('+')}, {'refused' if run.status else 'written nevertheless'}"] += 1
    assert not failures, f"{len(failures)} of {len(chosen)}:\n" + "\n".join(failures[:20])
    return told


def check(scenario: Scenario, root: Path, call: Call, error: str, run: Run) -> None:
    """Either all is written, or a message names the file, and nothing is lost. One more compile writes all of it."""
    now = scenario.now(root)
    outputs = {path: data for path, data in now.items() if not STAGED.fullmatch(path)}
    before = {path: data for path, data in scenario.before.items() if not STAGED.fullmatch(path)}
    assert "Traceback" not in run.stderr + run.stdout
    assert "has a bug" not in run.stderr + run.stdout
    if run.status == 0:
        assert outputs == scenario.after, "success is claimed, and it is none"
        assert outputs == now or call.name == "unlinkat", "something staged is left"
    elif call.path == ">":  # nobody can be told, but by the exit status
        assert run.status == 2
    elif run.status == 1:  # what cannot be looked at is not held
        assert "error[missing-file]" in run.stdout
        assert now == scenario.before
    else:
        assert run.status == 2
        said = _SAID.fullmatch(run.stderr)
        assert said, "the message does not say what happened"
        assert said[1] in _nameable(scenario), "the message names no file"
        assert outputs == before or _STUCK in said[2], "not everything is as it was"
        assert _STUCK not in said[2] or error.endswith("+"), "one refusal is no reason not to put everything back"
        assert outputs == now or call.name == "unlinkat" or "reverting" in scenario.name, "something staged is left"
    assert all(data in (before.get(path), scenario.after.get(path)) for path, data in outputs.items()), "torn"
    assert pipegen(root, "compile")[0] == 0
    assert scenario.now(root) == scenario.after, "the next compile does not write everything"


def _nameable(scenario: Scenario) -> set[str]:
    """What a message may name: the manifest, a file that is compiled or was, or a folder above one."""
    files = {PurePosixPath(path) for path in (*scenario.others, *scenario.before, *scenario.after)}
    return {str(path) for path in files | {parent for file in files for parent in file.parents}}


@cache
def _every_fault() -> list[tuple[Scenario, Call, str]]:
    return faults((*scenarios(), reverting(half_removed)))


def faults(among: Sequence[Scenario]) -> list[tuple[Scenario, Call, str]]:
    """All calls of scenarios with every error, in an order that is always the same. With `+` it is for good."""
    found = list(_faults(among))
    random.Random(0).shuffle(found)
    return found


def _faults(among: Sequence[Scenario]) -> Iterator[tuple[Scenario, Call, str]]:
    for scenario in among:
        with tempfile.TemporaryDirectory() as folder:
            found = calls(scenario.made(Path(folder).resolve()))
        for call in found:
            yield from ((scenario, call, error) for error in ERRORS)
            # Not for good: what is printed, and what Python tries for as long as it is interrupted.
            if call.name in CHANGING and call.name != "write":
                yield from ((scenario, call, f"{error}+") for error in ERRORS if error != "EINTR")


def main() -> None:
    """Refuse as often as the command line asks for, and print what came of it."""
    numbers = chosen(__doc__ or "", 2000)
    told: Counter[str] = Counter()
    for part in shared_out(refused, numbers, 25):
        told += part
        print(f"{told.total():,} faults", file=sys.stderr)
    print(
        f"{told.total():,} faults ({numbers.start} to {numbers.stop - 1}): "
        "0 false successes, 0 tracebacks, nothing lost, every message names the file"
    )
    for name, count in sorted(told.items()):
        print(f"{count:6,} {name}")


if __name__ == "__main__":
    main()
