"""Random documents, a third of them valid, judged alike by the models and by the schema in Python and in JavaScript."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

import jsonschema
import pytest

from cases import HERE, PROJECT
from judges.programs import node
from pipegen.schema import schema
from pipegen.source import read
from pipegen.validate import validate
from proofs.numbers import chosen, shared_out
from random_manifests import invalid_manifest, manifest
from random_manifests.mutating import mutated
from random_manifests.spelling import spelt

_PYTHON = jsonschema.Draft7Validator(schema())


@dataclass
class Agreement:
    """How many documents each accepted, and where they did not agree."""

    documents: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def add(self, other: Agreement) -> None:
        """Count another one in."""
        self.documents += other.documents
        self.accepted += other.accepted
        self.differences += other.differences


def document(seed: int) -> tuple[dict[str, Any], str]:
    """The document of this number, as data and as YAML: in turn valid, with one mistake, and changed at random."""
    random = Random(seed)
    if seed % 3 == 0:
        return (one := manifest(seed)).data, one.text
    if seed % 3 == 1:
        return (one := invalid_manifest(seed)[0]).data, one.text
    data = mutated(manifest(seed).data, random)
    return data, spelt(data, random)


def agreement(seeds: range) -> Agreement:
    """What the models and the schema make of the documents of these numbers."""
    documents = [document(seed) for seed in seeds]
    verdicts = {
        "models": [by_the_models(text) for _, text in documents],
        "jsonschema": [_PYTHON.is_valid(data) for data, _ in documents],
        "ajv": by_ajv([data for data, _ in documents]),
    }
    found = Agreement(len(documents), Counter({judge: sum(said) for judge, said in verdicts.items()}))
    for seed, *said in zip(seeds, *verdicts.values(), strict=True):
        if len(set(said)) > 1:
            found.differences.append(f"seed {seed}: {dict(zip(verdicts, said, strict=True))}")
    return found


def by_the_models(text: str) -> bool:
    """Whether pipegen takes each value of a manifest by itself; how they fit together is for its rules."""
    reading = read(text.encode(), "deploy.yaml")
    return reading.document is not None and not reading.diagnostics and not validate(reading.document).findings


def by_ajv(documents: list[dict[str, Any]]) -> list[bool]:
    """Whether ajv, which reads patterns as an editor does, accepts each of them."""
    if not (PROJECT / "node_modules/ajv").exists():
        pytest.skip("ajv is not installed: npm ci")
    asked = json.dumps({"schema": schema(), "documents": documents})
    command = [node(), str(HERE / "editor/accepted.cjs")]
    run = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=120, check=True)
    accepted: list[bool] = json.loads(run.stdout)
    return accepted


def main() -> int:
    """Compare as many as the command line asks for, and print what came of it."""
    seeds = chosen(__doc__ or "", 10_000)
    found = Agreement()
    for part in shared_out(agreement, seeds, 250):
        found.add(part)
        print(f"{found.documents:,} documents, {len(found.differences)} differences", file=sys.stderr)
    print(*found.differences, sep="\n")
    accepted = ", ".join(f"{judge} {count:,}" for judge, count in found.accepted.items())
    print(
        f"{found.documents:,} random documents (seeds {seeds.start} to {seeds.stop - 1}): "
        f"{len(found.differences)} differences; accepted by {accepted}"
    )
    return 1 if found.differences else 0


if __name__ == "__main__":
    sys.exit(main())
