"""What is timed as a whole process: pipegen's commands, and what people may run beside it or instead."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parent.parent
OWN, PEERS = PROJECT / ".venv/bin", PROJECT / "bench/.venv/bin"
UNRECORDED = {"PIPEGEN_NO_CACHE": "1"}


class Command(NamedTuple):
    """A command as the table names it, the folder of `prepared` that it is run in, and what it is started with."""

    title: str
    folder: str
    words: tuple[str | Path, ...]
    environment: Mapping[str, str] = {}


PIPEGEN = (
    Command("`pipegen --version`", "library", (OWN / "pipegen", "--version")),
    Command("`pipegen --help`", "library", (OWN / "pipegen", "--help")),
    Command("`pipegen lint`, nothing changed", "library", (OWN / "pipegen", "lint")),
    Command("`pipegen lint`, a library", "library", (OWN / "pipegen", "lint"), UNRECORDED),
    Command("`pipegen compile`, a library", "library", (OWN / "pipegen", "compile"), UNRECORDED),
    Command("`pipegen lint`, an application and its Terraform", "application", (OWN / "pipegen", "lint"), UNRECORDED),
)
"""The yardstick of the targets is a small manifest; a large one is shown beside it."""

_SCHEMA = PROJECT / "schema/deploy.schema.json"
_WORKFLOWS = (".github/workflows/test.yml", ".github/workflows/publish.yml")
DIST = Command("cargo-dist, `dist generate --check`", "cargo", (PEERS / "dist", "generate", "--check"))
OTHERS = (
    Command("actionlint, two workflows", "application", (PEERS / "actionlint", *_WORKFLOWS)),
    Command("yamllint, one manifest", "application", (PEERS / "yamllint", "-d", "relaxed", "deploy.yaml")),
    DIST,
    Command(
        "check-jsonschema, one manifest",
        "application",
        (PEERS / "check-jsonschema", "--schemafile", _SCHEMA, "deploy.yaml"),
    ),
    Command(
        "copier, one file", "copier", (PEERS / "copier", "copy", "--quiet", "--defaults", "--overwrite", ".", "../out")
    ),
    Command(
        "projen, one workflow",
        "projen",
        ("node", ".projenrc.js"),
        {"NODE_PATH": str(PROJECT / "bench/node_modules"), "PROJEN_DISABLE_POST": "1"},
    ),
    Command("cfn-lint, one resource", ".", (PEERS / "cfn-lint", "template.yaml")),
)
