"""What GitHub gives to a single job, and act gives to none or to all: its environment's secrets, its token's rights.

act has neither environments nor permissions, so the workflow is rewritten before it runs: in a job with an environment,
`secrets.NAME` becomes a name of that environment's own; `github.token` becomes a text that names what the job's
`permissions` let it do, which the stand-in for gh reads; and a job with `id-token: write` has the two variables of an
identity token, whose text here is the subject that GitHub would sign. Nothing says that GitHub grants an approval.
"""

import re
from collections.abc import Mapping
from typing import Any

from .events import REPOSITORY, Event

Secrets = Mapping[str, Mapping[str, str]]
"""By environment, the values by name; those under the empty name are the repository's, which every job has."""
Outputs = Mapping[str, Mapping[str, str]]
"""By job that is left out, what it is taken to have put out."""

_EXPRESSION = re.compile(r"\$\{\{.*?\}\}", re.DOTALL)
_SECRET = re.compile(r"\bsecrets\.([A-Za-z_][A-Za-z0-9_]*)")
_TOKEN = re.compile(r"\b(?:github\.token|secrets\.GITHUB_TOKEN)\b", re.IGNORECASE)


def apply(workflow: Mapping[str, Any], event: Event, secrets: Secrets) -> dict[str, Any]:
    """The workflow in which each job has what GitHub would give to it."""
    jobs = {name: _job(workflow, job, event, secrets) for name, job in workflow["jobs"].items()}
    return {**workflow, "jobs": jobs}


def without_steps(workflow: Mapping[str, Any], left_out: Outputs) -> dict[str, Any]:
    """The workflow in which these jobs do nothing, and succeed. Raises ValueError for a job that is not there."""
    if strange := left_out.keys() - workflow["jobs"].keys():
        raise ValueError(f"no such jobs: {sorted(strange)}")
    jobs = dict(workflow["jobs"])
    for name, outputs in left_out.items():
        nothing = {"steps": [{"name": "Left out", "run": "exit 0"}], "outputs": dict(outputs)}
        jobs[name] = {**jobs[name], **nothing}
    return {**workflow, "jobs": jobs}


def secret_file(secrets: Secrets) -> str:
    """The secrets as act reads them, under the names that `apply` gives them."""
    lines = []
    for environment, values in secrets.items():
        for name, value in values.items():
            if re.search(r"['\n]", value):
                raise ValueError(f"the secret {name} holds what act's file cannot")
            lines.append(f"{_own(environment, name)}='{value}'\n")
    return "".join(lines)


def _own(environment: str, name: str) -> str:
    return f"{re.sub('[^A-Z0-9]', '_', environment.upper())}__{name}" if environment else name


def _job(workflow: Mapping[str, Any], job: Mapping[str, Any], event: Event, secrets: Secrets) -> Any:
    named = job.get("environment", {})
    environment = named if isinstance(named, str) else named.get("name", "")
    permissions = job.get("permissions", workflow.get("permissions", {}))
    own = secrets.get(environment, {}) if environment else {}

    def expression(found: re.Match[str]) -> str:
        text = _TOKEN.sub(f"'{_rights(permissions)}'", found[0])
        return _SECRET.sub(lambda name: f"secrets.{_own(environment if name[1] in own else '', name[1])}", text)

    changed = _strings(job, lambda text: _EXPRESSION.sub(expression, text))
    if isinstance(permissions, dict) and permissions.get("id-token") == "write":
        # GitHub appends `:environment:` or `:ref:`, whichever the job has, to the repository.
        subject = f"repo:{REPOSITORY}:" + (f"environment:{environment}" if environment else f"ref:{event.ref}")
        token = {"ACTIONS_ID_TOKEN_REQUEST_URL": "none", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": subject}
        changed["env"] = {**changed.get("env", {}), **token}
    return changed


def _rights(permissions: Mapping[str, str] | str) -> str:
    if isinstance(permissions, str):
        return f"token with {permissions}"
    return "token with " + ",".join(f"{name}:{right}" for name, right in sorted(permissions.items()))


def _strings(value: Any, change: Any) -> Any:
    if isinstance(value, dict):
        return {key: _strings(part, change) for key, part in value.items()}
    if isinstance(value, list):
        return [_strings(part, change) for part in value]
    return change(value) if isinstance(value, str) else value
