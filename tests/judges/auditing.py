"""zizmor as its strictest persona, offline."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .programs import JudgeError, installed, output
from .verdict import Verdict

_OPTIONS = (
    "--no-config",  # a configuration in the repository could switch audits off
    "--no-ignores",  # and so could a comment in a compiled file
    "--strict-collection",  # an unreadable file is an error, not a warning
    "--collect=all",  # a .gitignore hides nothing
    "--persona=auditor",
    "--offline",
    "--format=json",
    "--no-exit-codes",
    "--no-progress",
    "--color=never",
)


def zizmor(paths: Sequence[Path]) -> Verdict:
    """Audit the files in one process; `read` counts the files that zizmor's log calls completed.

    Raises JudgeError for a file that is no workflow: zizmor then gives up on all of them.
    """
    run = output(installed("zizmor"), *_OPTIONS, *paths)
    if run.returncode != 0:
        raise JudgeError(run.stderr)
    completed = set(re.findall(r"completed (.+)$", run.stderr, re.MULTILINE))
    return Verdict(tuple(map(_finding, json.loads(run.stdout))), len(completed & set(map(str, paths))))


def _finding(report: Mapping[str, Any]) -> str:
    place = next(place for place in report["locations"] if place["symbolic"]["kind"] == "Primary")
    path = place["symbolic"]["key"]["Local"]["verbatim_path"]
    line = place["concrete"]["location"]["start_point"]["row"] + 1
    return f"{path}:{line}: {report['ident']}: {report['desc']}: {place['symbolic']['annotation']}"
