"""Random valid manifests: each compiles, and no judge finds anything in what it compiles to.

The shell's linter and both actionlints take most of the time, so the command has each hundredth manifest judged by
all, and all by those that are quick; `--all` has every one judged by all.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from judges import JUDGES
from proofs.numbers import chosen, shared_out
from random_manifests import manifest

QUICK = ("zizmor", "readers", "house")


@dataclass
class Judgement:
    """What was found, and how many workflows each judge showed to have read."""

    manifests: int = 0
    roots: int = 0
    workflows: int = 0
    read: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)

    def add(self, other: Judgement) -> None:
        """Count another one in."""
        self.manifests += other.manifests
        self.roots += other.roots
        self.workflows += other.workflows
        self.read += other.read
        self.findings += other.findings


def judged(seeds: range, judges: Iterable[str]) -> Judgement:
    """The random manifests of these numbers, compiled and judged."""
    found = Judgement(manifests=len(seeds))
    with tempfile.TemporaryDirectory() as folder:
        paths = [path for seed in seeds for path in _written(seed, Path(folder), found)]
        found.workflows = len(paths)
        for judge in judges:
            verdict = JUDGES[judge](paths)
            found.read[judge] += verdict.read
            found.findings += [f"{judge}: {finding}" for finding in verdict.findings]
    return found


def _written(seed: int, folder: Path, found: Judgement) -> list[Path]:
    """The workflows of one manifest, as files."""
    compilation = manifest(seed).compiled()
    if compilation.files is None:
        found.findings += [f"seed {seed}: {one.message}" for one in compilation.diagnostics]
    written = []
    for path, text in (compilation.files or {}).items():
        found.roots += path.endswith("main.tf") and "/modules/" not in path
        if path.endswith(".yml"):
            written.append(folder / str(seed) / path)
            written[-1].parent.mkdir(parents=True, exist_ok=True)
            written[-1].write_text(text, encoding="utf-8")
    return written


def by_the_quick(seeds: range) -> Judgement:
    """Judged by those that are quick."""
    return judged(seeds, QUICK)


def by_all(seeds: range) -> Judgement:
    """Judged by every judge."""
    return judged(seeds, JUDGES)


def main() -> int:
    """Judge as many as the command line asks for, and print what came of it."""
    every = "--all" in sys.argv
    sys.argv = [argument for argument in sys.argv if argument != "--all"]
    seeds = chosen(__doc__ or "", 10_000)
    found = Judgement()
    for part in shared_out(by_all if every else by_the_quick, seeds, 50):
        found.add(part)
        print(f"{found.manifests:,} manifests, {len(found.findings)} findings", file=sys.stderr)
    if not every:
        few = by_all(range(seeds.start, seeds.stop, 100))
        found.read += Counter({judge: read for judge, read in few.read.items() if judge not in QUICK})
        found.findings += few.findings
    print(*found.findings, sep="\n")
    read = ", ".join(f"{judge} {count:,}" for judge, count in found.read.items())
    print(
        f"{found.manifests:,} random valid manifests (seeds {seeds.start} to {seeds.stop - 1}): "
        f"{found.workflows:,} workflows and {found.roots:,} roots, {len(found.findings)} findings; read by {read}"
    )
    return 1 if found.findings else 0


if __name__ == "__main__":
    sys.exit(main())
