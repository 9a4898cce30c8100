"""Kill `pipegen compile` at calls of the system: no file is torn, and the next compile repairs the set."""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from pipegen.drift import place
from proofs.numbers import chosen, shared_out
from writing.scenarios import STAGED, Scenario, Tree, pipegen, reverting, scenarios
from writing.tracing import Call, calls, compile_with

KILL = "signal=SIGKILL"


def killed(numbers: range) -> Counter[str]:
    """Kill at the calls of these numbers, of all scenarios. AssertionError says which kills left a mess."""
    return killed_at(_every_point()[numbers.start : numbers.stop])


def killed_at(chosen: Sequence[tuple[Scenario, Call]]) -> Counter[str]:
    """Kill at each of these calls, and count them."""
    failures: list[str] = []
    for scenario, call in chosen:
        with tempfile.TemporaryDirectory() as folder:
            root = scenario.made(Path(folder).resolve())
            run = compile_with(root, call, KILL)
            assert run.status == -9, (scenario.name, call, run)
            try:
                check_set(scenario, root)
            except AssertionError as error:
                failures.append(f"{scenario.name}, killed at {call}: {error}")
    assert not failures, f"{len(failures)} of {len(chosen)}:\n" + "\n".join(failures[:20])
    return Counter(f"{scenario.name} ({'changing' if call.changes else 'other'} calls)" for scenario, call in chosen)


def check_set(scenario: Scenario, root: Path) -> None:
    """Every file is wholly old or new, a mixed set allows nothing and is reported, and one more compile repairs it."""
    now = scenario.now(root)
    outputs = {path: data for path, data in now.items() if not STAGED.fullmatch(path)}
    torn = {path for path, data in outputs.items() if data not in (scenario.before.get(path), scenario.after.get(path))}
    assert not torn, f"torn: {torn}"
    wanted = {path for path in scenario.differing() if not STAGED.fullmatch(path)}
    late = {path for path in wanted if outputs.get(path) != scenario.after.get(path)}
    missing = {path for path in late if path not in outputs and path in scenario.before}
    assert not missing, f"gone: {missing}"
    _check_order(scenario, wanted, late)
    status, said = pipegen(root, "lint", "--format", "concise")
    assert (status == 1) == bool(late), said
    assert all(place(path).rstrip("*") in said for path in late), said  # some are told of by folder
    status, said = pipegen(root, "compile")
    assert status == 0, said
    assert scenario.now(root) == scenario.after, "the next compile does not repair it"
    assert pipegen(root, "lint") == (0, ""), "there is still something to say"


def _check_order(scenario: Scenario, wanted: set[str], late: set[str]) -> None:
    """What is allowed comes before who may do it, and removals come last."""
    phases = [
        {path for path in wanted if path in scenario.after and not path.startswith(".github/")},
        {path for path in wanted if path in scenario.after and path.startswith(".github/")},
        {path for path in wanted if path not in scenario.after},
    ]
    for first, second in pairwise(phases):
        assert not first & late or not second - late, f"{second - late} before {first & late}"


@cache
def _every_point() -> list[tuple[Scenario, Call]]:
    return points((*scenarios(), reverting(half_removed)))


def points(among: Sequence[Scenario]) -> list[tuple[Scenario, Call]]:
    """All calls of scenarios, in an order that is always the same.

    A kill between two calls that change nothing leaves what an earlier one left, so those that do come first.
    """
    found = list(_points(among))
    random.Random(0).shuffle(found)
    return sorted(found, key=lambda point: not point[1].changes)


def _points(among: Sequence[Scenario]) -> Iterator[tuple[Scenario, Call]]:
    for scenario in among:
        with tempfile.TemporaryDirectory() as folder:
            root = scenario.made(Path(folder).resolve())
            yield from ((scenario, call) for call in calls(root) if call.path != ">")


def half_removed(removal: Scenario) -> Tree:
    """What is there when a change is killed between its removals."""
    with tempfile.TemporaryDirectory() as folder:
        root = removal.made(Path(folder).resolve())
        removals = [call for call in calls(root) if call.name == "unlinkat" and not STAGED.fullmatch(call.path)]
    with tempfile.TemporaryDirectory() as folder:
        root = removal.made(Path(folder).resolve())
        assert compile_with(root, removals[len(removals) // 2], KILL).status == -9
        return removal.now(root)


def main() -> None:
    """Kill as often as the command line asks for, and print what came of it."""
    numbers = chosen(__doc__ or "", 1000)
    told: Counter[str] = Counter()
    for part in shared_out(killed, numbers, 25):
        told += part
        print(f"{told.total():,} kills", file=sys.stderr)
    print(
        f"{told.total():,} kills ({numbers.start} to {numbers.stop - 1}), 0 torn files; "
        "every set was reported and repaired by the next compile"
    )
    for name, count in sorted(told.items()):
        print(f"{count:6,} {name}")


if __name__ == "__main__":
    main()
