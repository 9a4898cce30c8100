"""Who can publish where, by the compiled files alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from pipegen.authority.conditions import Run, holds
from pipegen.authority.model import (
    EVERYTHING,
    Authority,
    AuthorityError,
    Environment,
    Layer,
    Situation,
    Stopped,
    situations,
)
from pipegen.authority.roots import environments_of
from pipegen.output import FileTree

_Data = Mapping[str, Any]
_WORKFLOWS = ".github/workflows/"


def compiled(files: FileTree, branch: str) -> Authority:
    """Who can publish where. `branch` is the one that situations call the publishing branch."""
    environments = environments_of(files)
    cells: dict[tuple[str, str, Situation], Stopped] = {}
    for path in sorted(path for path in files if path.startswith(_WORKFLOWS)):
        workflow = _read(files[path])
        for name, environment in environments.items():
            if any(_concerns(job, name, environment) for job in workflow["jobs"].values()):
                reading = _Reading(workflow, name, environments, branch)
                for situation in situations(branch, is_release=not environment.role):
                    cells[path.removeprefix(_WORKFLOWS), name, situation] = reading.stopped(situation)
    return Authority(branch, environments, cells)


def _read(text: str) -> _Data:
    data = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(data, dict) or not isinstance(data.get("on"), dict):
        raise AuthorityError("a workflow does not state its events")
    for id, job in data["jobs"].items():
        if "steps" not in job or "permissions" not in job:
            raise AuthorityError(f"the job {id} does not state its steps and permissions")
    return data


class _Reading:
    """One workflow, asked about one environment."""

    def __init__(self, workflow: _Data, name: str, environments: Mapping[str, Environment], branch: str) -> None:
        self.on: _Data = workflow["on"]
        self.jobs: dict[str, _Data] = workflow["jobs"]
        self.name = name
        self.environments = environments
        self.environment = environments[name]
        self.branch = branch
        self.concerned = [id for id, job in self.jobs.items() if _concerns(job, name, self.environment)]

    def stopped(self, situation: Situation) -> Stopped:
        """What stops each run of the situation, and each job of it that could publish."""
        if situation is Situation.RERUN:
            before = list(Situation)[: list(Situation).index(situation)]
            return frozenset.intersection(*map(self.stopped, before))
        stopped = EVERYTHING
        for run in _runs(situation, self.name, self.environments, self.branch):
            if situation is Situation.EDITED:  # it has whatever conditions and scripts somebody wants
                stopped &= self.outside(_any_job(self.name, self.environment), run.ref)
            else:
                stopped &= self.inside(run) | ({Layer.GITHUB} if situation is Situation.FORK else set())
        return stopped

    def inside(self, run: Run) -> Stopped:
        """What stops every job; a condition does only by itself, whatever the jobs before would make of it."""
        stopped = EVERYTHING
        for id in self.concerned:
            layers = {Layer.IF} if not self.is_started(id, run, by_itself=True) else set()
            layers |= {Layer.CHECK} if self.is_checked(id, run.ref) else set()
            layers |= self.outside(self.jobs[id], run.ref)
            if not layers and not self.is_started(id, run, by_itself=False):
                layers = {Layer.IF}  # of a job before
            stopped &= layers
        return stopped

    def outside(self, job: _Data, ref: str) -> Stopped:
        layers = {Layer.GITHUB} if _is_kept_off(job, self.environments, ref) else set()
        layers |= {Layer.AWS} if not _is_trusted(job, self.name, self.environment, ref) else set()
        return frozenset(layers)

    def is_started(self, id: str, run: Run, *, by_itself: bool) -> bool:
        """Whether the workflow starts and the job's condition holds, once the jobs before it have succeeded.

        By itself it is taken for granted that they have; otherwise they must have started too.
        """
        if self.on.keys() - {"push", "workflow_dispatch"}:
            return True
        if run.event not in self.on or (run.event == "push" and not _hears(self.on["push"] or {}, run.ref)):
            return False
        job = self.jobs[id]
        needs = {need: by_itself or self.is_started(need, run, by_itself=False) for need in _needs(job)}
        return holds(str(job.get("if", "")), run, needs)

    def is_checked(self, id: str, ref: str) -> bool:
        """Whether a script stops the job, or one without whose success it does not start."""
        job = self.jobs[id]
        before = [] if "()" in str(job.get("if", "")) else _needs(job)
        return _stops(job["steps"], ref) or any(self.is_checked(need, ref) for need in before)


def _runs(situation: Situation, name: str, names: Iterable[str], branch: str) -> Iterator[Run]:
    """The runs that a situation can consist of."""
    here, alike = f"refs/heads/{branch}", f"refs/heads/{branch.swapcase()}"
    others = [other for other in ("topic", f"{branch}-1", f"fix/{branch}") if other.lower() != branch.lower()]
    elsewhere = [f"refs/heads/{other}" for other in others]
    tags = ["refs/tags/v1.0.0", f"refs/tags/{branch}"]
    pull = "refs/pull/7/merge"
    match situation:
        case Situation.FORK | Situation.PULL:
            yield Run("pull_request", pull)
        case Situation.PUSH:
            yield Run("push", here)
        case Situation.PUSH_ELSEWHERE:
            yield from (Run("push", ref) for ref in elsewhere)
        case Situation.TAG:
            yield from (Run(event, ref, name) for event in ("push", "workflow_dispatch") for ref in tags)
        case Situation.BY_HAND:
            yield Run("workflow_dispatch", here, name)
        case Situation.ANOTHER:
            yield from (Run("workflow_dispatch", here, other) for other in {*names, f"not-{name}"} - {name})
        case Situation.ELSEWHERE:
            yield from (Run("workflow_dispatch", ref, name) for ref in elsewhere)
        case Situation.ALIKE:
            yield Run("workflow_dispatch", alike, name)
        case _:
            yield from (Run("", ref) for ref in [*elsewhere, alike, *tags, pull] if ref != here)


# Jobs


def _concerns(job: _Data, name: str, environment: Environment) -> bool:
    """Whether the job has the environment, asks for its role, or could. With a right to write, it could tag."""
    asks = environment.role and any(_is(role, _arn(environment)) for role in _inputs(job, "role-to-assume"))
    return bool(asks) or _is(_environment_of(job), name) or _may_write(job, "contents")


def _any_job(name: str, environment: Environment) -> _Data:
    """What somebody would write who wants to publish."""
    given = {"role-to-assume": _arn(environment), "aws-access-key-id": "${{ secrets.DEPLOY_AWS_ACCESS_KEY_ID }}"}
    return {"environment": name, "permissions": {"id-token": "write"}, "steps": [{"with": given}]}


def _arn(environment: Environment) -> str:
    return f"arn:aws:iam::{environment.account}:role/{environment.role}"


def _is(said: str, wanted: str) -> bool:
    return said == wanted or "${{" in said


def _environment_of(job: _Data) -> str:
    environment = job.get("environment", "")
    return str(environment["name"] if isinstance(environment, dict) else environment)


def _may_write(job: _Data, permission: str) -> bool:
    permissions = job["permissions"]
    return permissions.get(permission) == "write" if isinstance(permissions, dict) else permissions == "write-all"


def _inputs(job: _Data, key: str) -> list[str]:
    """What the steps of the job give to actions under this key."""
    return [str(step["with"][key]) for step in job["steps"] if key in step.get("with", {})]


def _needs(job: _Data) -> list[str]:
    needs = job.get("needs", [])
    return [needs] if isinstance(needs, str) else list(needs)


# What stops them


def _hears(filters: _Data, ref: str) -> bool:
    """Whether a push is heard. Whatever was changed matches `paths`, and every pattern matches."""
    if filters.keys() - {"branches", "paths"} or "branches" not in filters:
        return True
    names = [name for name in filters["branches"] if re.fullmatch(r"[A-Za-z0-9_./-]+", name)]
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


def _stops(steps: Sequence[_Data], ref: str) -> bool:
    """Whether a script compares the ref, before the job has credentials, and with another."""
    for step in steps:
        if step.get("with", {}).keys() & {"role-to-assume", "aws-access-key-id"}:
            return False
        found = [match for check in _CHECKS if (match := check.match(step.get("run", "")))]
        if found and not step.keys() & {"if", "continue-on-error", "shell"}:
            if found[0]["only"] == "refs/heads/*":
                return not ref.startswith("refs/heads/")
            return ref != str(step.get("env", {}).get("REQUIRED", ref))
    return False


def _is_kept_off(job: _Data, environments: Mapping[str, Environment], ref: str) -> bool:
    """Whether the job's environment on GitHub admits no run on the ref. It never admits a tag."""
    environment = environments.get(_environment_of(job))
    if environment is None:
        return False
    has_patterns = not all(re.fullmatch(r"[A-Za-z0-9_./-]+", branch) for branch in environment.branches)
    admitted = has_patterns or ref in [f"refs/heads/{branch}" for branch in environment.branches]
    return ref.startswith("refs/tags/") or not admitted


def _is_trusted(job: _Data, name: str, environment: Environment, ref: str) -> bool:
    """Whether AWS lets the job in: as the role, or with the keys that are secrets of the environment on GitHub."""
    if not environment.role:
        return True
    if not _is(_environment_of(job), name):
        return False
    if environment.credentials == "access-keys":
        return any("secrets." in key for key in _inputs(job, "aws-access-key-id"))
    asks = any(_is(role, _arn(environment)) for role in _inputs(job, "role-to-assume"))
    return asks and _may_write(job, "id-token") and environment.ref in ("", ref)
