"""Byte strings that coverage leads to, put to the reader: nothing but its own error escapes, in little time and memory.

atheris (libFuzzer) changes the manifests of the tests and examples byte by byte, and keeps what reaches code that
nothing before it reached. A string that raises, or takes longer than a second or more than 256 MiB, ends the run and
is left as a file; it belongs among the inputs of `tests/hostile`, which are tried for ever after.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cases import ACCEPTED, EXAMPLES, HERE, REJECTED
from hostile.inputs import APPLICATION, DATA_TASK, FLOODS, HEAVY, REFUSED, TEXTS

SECONDS, MEBIBYTES = 1, 256
STRINGS = 200_000
_BY_A_SHELL = ("sh", "-c", '"$@"; exit $?', "sh")
"""A process begins with the peak of memory of the one that it was forked from: a shell's is small, pytest's is not."""


def corpus() -> Iterator[bytes]:
    """What to begin with: everything that the tests read, as far as the reader would not refuse it for its size."""
    manifests = [*ACCEPTED, *REJECTED, *(example / "deploy.yaml" for example in EXAMPLES)]
    yield from (manifest.read_bytes() for manifest in manifests)
    yield from (APPLICATION, DATA_TASK)
    yield from (one.data for one in REFUSED.values())
    yield from (text.encode() for text in TEXTS.values())
    yield from (data[:4000] for data, _ in (*HEAVY.values(), *FLOODS.values()))


def main() -> int:
    """Fuzz in a process of its own, which libFuzzer ends, and print what it said."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=STRINGS)
    parser.add_argument("--seed", type=int, default=1, help="the number that makes the same run again")
    asked = parser.parse_args()
    status, said = fuzz(asked.count, asked.seed)
    print(said)
    return status


def fuzz(count: int, seed: int) -> tuple[int, str]:
    """The exit status of libFuzzer, and the figure that was reached, or what escaped."""
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(corpus()):
            (Path(folder) / str(number)).write_bytes(data)
        options = (f"-runs={count}", f"-seed={seed}", "-max_len=4096", "-print_final_stats=1")
        run = subprocess.run(
            [*_BY_A_SHELL, sys.executable, "-m", "proofs.fuzzed", *options, folder],
            env={**os.environ, "PYTHONPATH": str(HERE)},
            capture_output=True,
            text=True,
            check=False,
        )
    if run.returncode:
        return run.returncode, f"{run.stdout}\n{run.stderr[-3000:]}"
    (ran,) = re.findall(r"number_of_executed_units: (\d+)", run.stderr)
    reached = re.findall(r"cov: (\d+) ft: \d+ corp: (\d+)", run.stderr)[-1]
    (peak,) = re.findall(r"peak_rss_mb: +(\d+)", run.stderr)
    said = (
        f"{int(ran):,} byte strings (seed {seed}, {reached[0]} branches, {reached[1]} strings kept): nothing escaped, "
    )
    longest = run.stdout.splitlines()[-1]
    return 0, f"{said}the longest took {longest} s of the processor, and the process {peak} MiB with its corpus"


if __name__ == "__main__":
    sys.exit(main())
