"""The table, for a reviewer to sign and for programs."""

from __future__ import annotations

import json
from typing import Any

from pipegen.authority.model import EVERYTHING, Authority, Layer, Situation, Stopped

_LAYERS = {
    Layer.IF: "the events that the workflow hears, and the conditions of its jobs",
    Layer.CHECK: "a script that compares the branch exactly, before the job has credentials",
    Layer.GITHUB: "the branches that may use the environment; a fork is given no secret and no identity",
    Layer.AWS: "the trust of the role: this repository, this environment, and the ref where one is named",
}
_RERUN = "A re-run has the event, the branch and the choice of the run that it repeats."
_EDITED = (
    "In a workflow that is edited on a branch somebody has written other conditions and no script, so that only GitHub "
    "and AWS stop it."
)
_TAGS = (
    "No environment protects a tag: whoever may push to the repository can make one, with git or with a workflow that "
    "has no environment, unless a ruleset of the repository forbids it."
)
_INDEX = (
    "A package index stops whom it was not told to trust: it must name this environment, which nothing here can show."
)
_MAY_TAG = "whoever may push can tag"
_SIGNATURE = "\nSigned:                                    Date:\n"


def as_text(authority: Authority) -> str:
    """Environments as columns: what guards them, then the situations."""
    from textwrap import fill  # nobody who compiles waits for it

    rows: dict[str, list[str]] = {"": [*authority.environments]}
    for environment in _table(authority).values():
        for title, value in environment["guards"].items():
            shown = ", ".join(value) if isinstance(value, list) else value
            rows.setdefault(title, []).append(shown or "-")
        for title, verdict in environment["situations"].items():
            because = ", ".join(verdict["stoppedBy"]) or verdict["because"]
            rows.setdefault(title, []).append(f"{verdict['publishes']}: {because}".removesuffix(": "))
    first, *widths = (
        max(map(len, column)) for column in zip(*([title, *row] for title, row in rows.items()), strict=True)
    )
    lines = []
    for title, row in rows.items():
        if title == Situation.FORK:
            lines.append("")
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join([title.ljust(first), *cells]).rstrip())
    width = max(map(len, _LAYERS))
    lines += ["", 'After "no" stands what stops it, each by itself:']
    lines += [f"{layer.ljust(width)}  {meaning}" for layer, meaning in _LAYERS.items()]
    lines += ["", *(fill(note, 120) for note in _notes(authority))]
    return "\n".join(lines) + "\n" + _SIGNATURE


def as_json(authority: Authority) -> str:
    """One JSON document. Its shape is versioned."""
    document = {"version": 1, "environments": _table(authority), "layers": _LAYERS, "notes": _notes(authority)}
    return json.dumps(document, indent=2) + "\n"


def _notes(authority: Authority) -> list[str]:
    is_release = not all(environment.role for environment in authority.environments.values())
    has_package = any(situation is Situation.INDEX for _, _, situation in authority.cells)
    return [_RERUN, _EDITED, *([_TAGS] if is_release else []), *([_INDEX] if has_package else [])]


def _table(authority: Authority) -> dict[str, dict[str, Any]]:
    """What guards each environment, and what comes of each situation."""
    return {
        name: {"guards": _guards(authority, name), "situations": _verdicts(authority, name)}
        for name in authority.environments
    }


def _guards(authority: Authority, name: str) -> dict[str, str | list[str]]:
    environment = authority.environments[name]
    workflows = sorted({workflow for workflow, of, _ in authority.cells if of == name})
    return {
        "repository": environment.repository,
        "account": environment.account,
        "role or user": environment.role,
        "credentials": environment.credentials,
        "trusted ref": (environment.ref or "any") if environment.credentials == "oidc" else "",
        "branches on GitHub": list(environment.branches),
        "reviewers": list(environment.reviewers),
        "workflows": workflows,
        "on merge, waits for": _waits(authority, name, workflows, "push"),
        "by hand, waits for": _waits(authority, name, workflows, "workflow_dispatch"),
    }


def _waits(authority: Authority, name: str, workflows: list[str], event: str) -> list[str]:
    """The environments that every workflow waits for."""
    waits = authority.waits
    return [first for first in authority.environments if all((of, name, event, first) in waits for of in workflows)]


def _verdicts(authority: Authority, name: str) -> dict[str, dict[str, Any]]:
    """What stops every workflow, where several publish to the environment."""
    environment = authority.environments[name]
    possible = "with approval" if environment.reviewers else "yes"
    found: dict[str, dict[str, Any]] = {}
    for situation in Situation:
        cells = [cell for (_, of, at), cell in authority.cells.items() if (of, at) == (name, situation)]
        stopped: Stopped = EVERYTHING.intersection(*cells)
        if cells:
            found[situation.format(branch=authority.branch)] = {
                "publishes": "no" if stopped else possible,
                "stoppedBy": [layer for layer in Layer if layer in stopped],
                "because": _MAY_TAG if situation is Situation.EDITED and not (stopped or environment.role) else "",
            }
    return found
