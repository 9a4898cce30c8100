"""The JSON schema of GitHub workflows that check-jsonschema carries, by ajv, which compiles it once for all files."""

import json
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import pytest
import yaml

from .programs import JudgeError, node, output
from .reading import workflow
from .verdict import Verdict

_SCRIPT = Path(__file__).with_name("schema.cjs")
_MODULE = Path(__file__).parents[2] / "node_modules" / "ajv"
_SCHEMA = resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / "github-workflows.json"


def schema(paths: Sequence[Path]) -> Verdict:
    """Validate the files in one process; `read` counts those that it answered for, never the unparsable."""
    if not _MODULE.is_dir():
        pytest.skip("node_modules is missing: run `npm ci`")
    findings: list[str] = []
    documents = {}
    for path in paths:
        try:
            documents[str(path)] = workflow(path.read_text(encoding="utf-8"))
        except (TypeError, yaml.YAMLError) as error:
            findings.append(f"{path}: unreadable: {' '.join(str(error).split())}")
    asked = {"schema": json.loads(_SCHEMA.read_text(encoding="utf-8")), "documents": documents}
    run = output(
        node(), _SCRIPT, put=json.dumps(asked, default=str)
    )  # a date is not JSON, and a finding of the readers
    if run.returncode != 0:
        raise JudgeError(run.stderr)
    answer = json.loads(run.stdout)
    findings += [f"{path}: {error}" for path, errors in answer.items() for error in errors]
    return Verdict(tuple(findings), len(answer.keys() & documents.keys()))
