"""Random valid manifests: each compiles, no judge finds anything in what it compiles to, and it says who can publish.

Every workflow is put to every judge, and every different file of Terraform to Terraform; the table of authority is
compared with a second implementation. What many manifests share is judged once for each stretch of them, byte by byte
the same: scripts of workflows, and Terraform modules. No judge remembers anything from one file to the next.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from judges import JUDGES, ROOT_JUDGES, Judge
from proofs import publishers
from proofs.numbers import chosen, shared_out
from random_manifests import manifest


@dataclass
class Judgement:
    """What was found, and how many files each judge showed to have read."""

    manifests: int = 0
    roots: int = 0
    workflows: int = 0
    cells: int = 0
    read: Counter[str] = field(default_factory=Counter)
    absent: dict[str, str] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)

    def add(self, other: Judgement) -> None:
        """Count another one in."""
        self.manifests += other.manifests
        self.roots += other.roots
        self.workflows += other.workflows
        self.cells += other.cells
        self.read += other.read
        self.absent |= other.absent
        self.findings += other.findings


def judged(seeds: range, judges: Mapping[str, Judge], root_judges: Mapping[str, Judge]) -> Judgement:
    """The random manifests of these numbers, compiled and judged."""
    found = Judgement(manifests=len(seeds))
    with tempfile.TemporaryDirectory() as folder:
        paths = [path for seed in seeds for path in _written(seed, Path(folder), found)]
        workflows = [path for path in paths if path.suffix == ".yml"]
        different = {path.read_bytes(): path for path in paths if path.suffix == ".tf"}
        found.workflows = len(workflows)
        _put(workflows, judges, found)
        _put(list(different.values()), root_judges, found)
    return found


def _written(seed: int, folder: Path, found: Judgement) -> Iterable[Path]:
    """The files of one manifest."""
    one = manifest(seed)
    compilation = one.compiled()
    if compilation.files is None:
        found.findings += [f"seed {seed}: {diagnostic.message}" for diagnostic in compilation.diagnostics]
        return
    cells, differences = publishers.differences(one.data, compilation.files)
    found.cells += cells
    found.findings += [f"seed {seed}: {difference}" for difference in differences]
    for name, text in compilation.files.items():
        found.roots += name.endswith("main.tf") and "/modules/" not in name
        path = folder / str(seed) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        yield path


def _put(paths: list[Path], judges: Mapping[str, Judge], found: Judgement) -> None:
    """Have the judges judge the files. One that read less than all of them is a finding too."""
    for name, judge in judges.items():
        try:
            verdict = judge(paths)
        except pytest.skip.Exception as missing:
            found.absent[name] = str(missing)
            continue
        found.read[name] += verdict.read
        found.findings += [f"{name}: {finding}" for finding in verdict.findings]
        if verdict.read != len(paths):
            found.findings.append(f"{name}: read {verdict.read} of {len(paths)} files of {paths[0]} and others")


def by_all(seeds: range) -> Judgement:
    """Judged by every judge."""
    return judged(seeds, JUDGES, ROOT_JUDGES)


def main() -> int:
    """Judge as many as the command line asks for, and print what came of it."""
    seeds = chosen(__doc__ or "", 10_000)
    found = Judgement()
    for part in shared_out(by_all, seeds, 500):
        found.add(part)
        print(f"{found.manifests:,} manifests, {len(found.findings)} findings", file=sys.stderr, flush=True)
    print(*found.findings, sep="\n")
    print(*(f"without {judge}: {why}" for judge, why in found.absent.items()), sep="\n")
    read = ", ".join(f"{judge} {count:,}" for judge, count in found.read.items())
    print(
        f"{found.manifests:,} random valid manifests (seeds {seeds.start} to {seeds.stop - 1}): "
        f"{found.workflows:,} workflows, {found.roots:,} roots and {found.cells:,} cells of tables of authority, "
        f"{len(found.findings)} findings; read by {read}"
    )
    return 1 if found.findings else 0


if __name__ == "__main__":
    sys.exit(main())
