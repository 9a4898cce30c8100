"""A compiled workflow: which of its jobs start in a run, and what its scripts stop."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pipegen import workflow_text
from pipegen.authority.conditions import Run, holds
from pipegen.authority.model import AuthorityError

_NAME = re.compile(r"[A-Za-z0-9_./-]+")

Data = Mapping[str, Any]


class Workflow:
    """One workflow. What was asked once is known: for every environment much the same is asked."""

    def __init__(self, text: str) -> None:
        data = _read(text)
        self.jobs: dict[str, Data] = data["jobs"]
        self._on: Data = data["on"]
        self._started: dict[tuple[str, str, str, str, bool], bool] = {}
        self._checked: dict[tuple[str, str], bool] = {}
        self._admitted = {id: _admitted(job["steps"]) for id, job in self.jobs.items()}

    def is_started(self, id: str, run: Run, *, by_itself: bool) -> bool:
        """Whether the workflow starts and the job's condition holds, once the jobs before it have succeeded.

        By itself it is taken for granted that they have; otherwise they must have started too.
        """
        asked = (id, run.event, run.ref, run.chosen, by_itself)
        if asked not in self._started:
            self._started[asked] = self._is_started(id, run, by_itself=by_itself)
        return self._started[asked]

    def waits(self, id: str, run: Run, environment: str) -> bool:
        """Whether the job starts once all that it needs have succeeded, and not without those of the environment."""
        job = self.jobs[id]
        succeeded = {need: environment_of(self.jobs[need]) != environment for need in _needs(job)}
        condition = str(job.get("if", ""))
        return holds(condition, run, dict.fromkeys(succeeded, True)) and not holds(condition, run, succeeded)

    def is_checked(self, id: str, ref: str) -> bool:
        """Whether a script stops the job, or one without whose success it does not start."""
        if (id, ref) not in self._checked:
            job, admitted = self.jobs[id], self._admitted[id]
            before = [] if "()" in str(job.get("if", "")) else _needs(job)
            stopped = admitted is not None and not admitted.fullmatch(ref)
            self._checked[id, ref] = stopped or any(self.is_checked(need, ref) for need in before)
        return self._checked[id, ref]

    def _is_started(self, id: str, run: Run, *, by_itself: bool) -> bool:
        if self._on.keys() - {"push", "workflow_dispatch"}:
            return True
        if run.event not in self._on or (run.event == "push" and not _hears(self._on["push"] or {}, run.ref)):
            return False
        job = self.jobs[id]
        needs = {need: by_itself or self.is_started(need, run, by_itself=False) for need in _needs(job)}
        return holds(str(job.get("if", "")), run, needs)


def inputs(job: Data, key: str) -> list[str]:
    """What the steps of the job give to actions under this key."""
    return [str(step["with"][key]) for step in job["steps"] if key in step.get("with", {})]


def environment_of(job: Data) -> str:
    """The name of its environment on GitHub, empty where it has none."""
    environment = job.get("environment", "")
    return str(environment["name"] if isinstance(environment, dict) else environment)


def may_write(job: Data, permission: str) -> bool:
    """Whether it has the right to write that."""
    permissions = job["permissions"]
    return permissions.get(permission) == "write" if isinstance(permissions, dict) else permissions == "write-all"


def is_a_name(branch: str) -> bool:
    """Whether this names one branch, and is no pattern."""
    return _NAME.fullmatch(branch) is not None


def _read(text: str) -> Data:
    try:
        data = workflow_text.read(text)["content"]
    except ValueError as error:
        raise AuthorityError(f"a workflow cannot be read: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("on"), dict):
        raise AuthorityError("a workflow does not state its events")
    for id, job in data["jobs"].items():
        if "steps" not in job or "permissions" not in job:
            raise AuthorityError(f"the job {id} does not state its steps and permissions")
    return data


def _needs(job: Data) -> list[str]:
    needs = job.get("needs", [])
    return [needs] if isinstance(needs, str) else list(needs)


def _hears(filters: Data, ref: str) -> bool:
    """Whether a push is heard. Whatever was changed matches `paths`, and every pattern matches."""
    if filters.keys() - {"branches", "paths"} or "branches" not in filters:
        return True
    names = [name for name in filters["branches"] if is_a_name(name)]
    return ref.startswith("refs/heads/") and (
        len(names) < len(filters["branches"]) or ref.removeprefix("refs/heads/") in names
    )


# How a script begins that compares the ref: later would be too late.
_CHECKS = (
    re.compile(r'if \[\[ "\$GITHUB_REF" != (?P<only>"\$REQUIRED"|refs/heads/\*) \]\]; then\n  echo .*\n  exit 1\nfi\n'),
    re.compile(r'\[\[ "\$GITHUB_REF" == (?P<only>"\$REQUIRED") \]\]\n'),
    re.compile(
        r"fail\(\) \{\n  echo .*\n  exit 1\n\}\n"
        r'\[\[ "\$GITHUB_REF" == (?P<only>"\$REQUIRED") \]\] \|\| fail ".*"\n'
    ),
)


def _admitted(steps: Sequence[Data]) -> re.Pattern[str] | None:
    """The refs that a script lets pass before the job has credentials; None if no script asks."""
    for step in steps:
        if step.get("with", {}).keys() & {"role-to-assume", "aws-access-key-id"}:
            return None
        found = [match for check in _CHECKS if (match := check.match(step.get("run", "")))]
        if found and not step.keys() & {"if", "continue-on-error", "shell"}:
            if found[0]["only"] == "refs/heads/*":
                return re.compile("refs/heads/.*")
            required = step.get("env", {}).get("REQUIRED")
            return None if required is None else re.compile(re.escape(str(required)))
    return None
