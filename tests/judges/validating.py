"""The JSON schema of GitHub workflows that check-jsonschema carries."""

import json
from collections.abc import Sequence
from pathlib import Path

from .programs import JudgeError, installed, output
from .verdict import Verdict


def schema(paths: Sequence[Path]) -> Verdict:
    """Validate the files in one process; `read` counts those reported as valid or as invalid, not the unparsable."""
    run = output(
        installed("check-jsonschema"), "--verbose", "-o", "json", "--builtin-schema", "vendor.github-workflows", *paths
    )
    if run.returncode not in (0, 1) or not run.stdout:
        raise JudgeError(run.stderr)
    answer = json.loads(run.stdout)
    invalid = answer.get("errors", [])
    unparsable = answer.get("parse_errors", [])
    findings = (
        *(f"{error['filename']}: {_message(error)}" for error in invalid),
        *(f"{error['filename']}: unreadable: {error['message']}" for error in unparsable),
    )
    # The two lists have one name when all is well and another when anything is not.
    valid = {*answer.get("checked_paths", ()), *answer.get("successes", ())}
    return Verdict(findings, len(valid | {error["filename"] for error in invalid}))


def _message(error: dict[str, object]) -> str:
    best = error.get("best_deep_match")
    source = best if isinstance(best, dict) else error
    return f"{source['path']}: {source['message']}"
