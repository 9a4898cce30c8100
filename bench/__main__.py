"""`make bench`: the table that the README quotes. What cannot be run here is left out, and the table says why."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.commands import DIST, OTHERS, OWN, PIPEGEN, PROJECT, Command

PAIRS = 15
MANIFESTS = 1_000


def main() -> None:
    """Print every measurement, as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder)
        _prepare(prepared)
        print("| command | processor time | memory |\n| --- | --- | --- |")
        for command in (*PIPEGEN, *OTHERS):
            print(_row(command, prepared), flush=True)
    print(f"\nTimes that of `python -c pass`, medians of {PAIRS} pairs.\n")
    for line in _in_process():
        print(line)


def _prepare(folder: Path) -> None:
    """Copies of what the commands are run on, because some of them write."""
    for example in ("library", "application"):
        shutil.copytree(PROJECT / "examples" / example, folder / example)
    shutil.copytree(PROJECT / "bench/inputs", folder, dirs_exist_ok=True)
    if shutil.which(DIST.words[0]):  # what it is to check
        subprocess.run(DIST.words[:2], cwd=folder / DIST.folder, capture_output=True, check=False)


def _row(command: Command, prepared: Path) -> str:
    program = shutil.which(command.words[0])
    if program is None:
        return f"| {command.title} | {Path(command.words[0]).name} is not installed | |"
    environment = _outside_of_ci() | {**command.environment}
    timing: list[str | Path] = [sys.executable, "-I", "-S", PROJECT / "bench/timing.py", str(PAIRS)]
    done = subprocess.run(
        [*timing, prepared / command.folder, OWN / "python", program, *command.words[1:]],
        env=environment | {"XDG_CACHE_HOME": str(prepared / "caches")},
        capture_output=True,
        text=True,
        check=True,
    )
    median, least, most, memory, *statuses = done.stdout.split()
    if statuses != ["0"]:
        return f"| {command.title} | it ended with status {', '.join(statuses)} | |"
    return (
        f"| {command.title} | {float(median):.1f} × ({float(least):.1f} to {float(most):.1f}) | {float(memory):.1f} × |"
    )


def _outside_of_ci() -> dict[str, str]:
    """The environment of a developer's machine, on which Python keeps the bytecode of what it has imported."""
    return {name: value for name, value in os.environ.items() if name not in ("CI", "PYTHONDONTWRITEBYTECODE")}


def _in_process() -> Iterator[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.inprocess", str(MANIFESTS)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    yield f"{MANIFESTS:,} different manifests of every kind, in one process: {found['rate']:.0f} a second"
    for what in ("environments", "components"):
        yield f"Milliseconds by number of {what}: {_growth(found[what])}"


def _growth(times: Mapping[str, float]) -> str:
    return ", ".join(f"{number}: {time:.0f}" for number, time in times.items())


if __name__ == "__main__":
    main()
