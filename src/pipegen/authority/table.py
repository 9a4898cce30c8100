"""The table, for a reviewer to sign and for programs."""

from __future__ import annotations

import json
from typing import Any

from pipegen.authority.model import EVERYTHING, Authority, Layer, Situation, Stopped

_LEGEND = """\
After "no" stands what stops it, each by itself:
if      the events that the workflow hears, and the conditions of its jobs
check   a script that compares the branch exactly, before the job has credentials
GitHub  the branches that may use the environment; a fork is given no secret and no identity
AWS     the trust of the role: this repository, this environment, and the ref where one is named

A re-run has the event, the branch and the choice of the run that it repeats. In a workflow that is edited on a branch
somebody has written other conditions and no script, so that only GitHub and AWS stop it.
"""
_TAGS = "An environment protects no tag: whoever may push may tag, unless a ruleset of the repository forbids it.\n"
_SIGNATURE = "\nSigned:                                    Date:\n"


def as_text(authority: Authority) -> str:
    """Environments as columns: what guards them, then the situations."""
    rows: dict[str, list[str]] = {"": [*authority.environments]}
    for environment in _table(authority).values():
        for title, value in environment["guards"].items():
            shown = ", ".join(value) if isinstance(value, list) else value
            rows.setdefault(title, []).append(shown or "-")
        for title, verdict in environment["situations"].items():
            because = f": {', '.join(verdict['stoppedBy'])}" if verdict["stoppedBy"] else ""
            rows.setdefault(title, []).append(verdict["publishes"] + because)
    first, *widths = (
        max(map(len, column)) for column in zip(*([title, *row] for title, row in rows.items()), strict=True)
    )
    lines = []
    for title, row in rows.items():
        if title == Situation.FORK:
            lines.append("")
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join([title.ljust(first), *cells]).rstrip())
    is_release = not all(environment.role for environment in authority.environments.values())
    return "\n".join([*lines, "", _LEGEND]) + (_TAGS if is_release else "") + _SIGNATURE


def as_json(authority: Authority) -> str:
    """One JSON document. Its shape is versioned."""
    return json.dumps({"version": 1, "environments": _table(authority)}, indent=2) + "\n"


def _table(authority: Authority) -> dict[str, dict[str, Any]]:
    """What guards each environment, and what comes of each situation."""
    return {
        name: {"guards": _guards(authority, name), "situations": _verdicts(authority, name)}
        for name in authority.environments
    }


def _guards(authority: Authority, name: str) -> dict[str, str | list[str]]:
    environment = authority.environments[name]
    return {
        "repository": environment.repository,
        "account": environment.account,
        "role or user": environment.role,
        "credentials": environment.credentials,
        "trusted ref": (environment.ref or "any") if environment.credentials == "oidc" else "",
        "branches on GitHub": list(environment.branches),
        "reviewers": list(environment.reviewers),
        "workflows": sorted({workflow for workflow, of, _ in authority.cells if of == name}),
    }


def _verdicts(authority: Authority, name: str) -> dict[str, dict[str, Any]]:
    """What stops every workflow, where several publish to the environment."""
    possible = "with approval" if authority.environments[name].reviewers else "yes"
    found: dict[str, dict[str, Any]] = {}
    for situation in Situation:
        cells = [cell for (_, of, at), cell in authority.cells.items() if (of, at) == (name, situation)]
        stopped: Stopped = EVERYTHING.intersection(*cells)
        if cells:
            found[situation.format(branch=authority.branch)] = {
                "publishes": "no" if stopped else possible,
                "stoppedBy": [layer for layer in Layer if layer in stopped],
            }
    return found
