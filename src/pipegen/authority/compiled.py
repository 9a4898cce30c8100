"""Who can publish where, by the compiled files alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pipegen.authority.conditions import Run
from pipegen.authority.model import (
    EVERYTHING,
    Authority,
    Environment,
    Layer,
    Situation,
    Stopped,
    situations,
)
from pipegen.authority.roots import environments_of
from pipegen.authority.workflows import Data, Workflow, environment_of, inputs, may_write
from pipegen.output import FileTree

_WORKFLOWS = ".github/workflows/"


def compiled(files: FileTree, branch: str) -> Authority:
    """Who can publish where. `branch` is the one that situations call the publishing branch."""
    environments = environments_of(files)
    cells: dict[tuple[str, str, Situation], Stopped] = {}
    for path in sorted(path for path in files if path.startswith(_WORKFLOWS)):
        workflow = Workflow(files[path])
        for name, environment in environments.items():
            if any(_concerns(job, name, environment) for job in workflow.jobs.values()):
                reading = _Reading(workflow, name, environments, branch)
                stopped: dict[Situation, Stopped] = {}
                for situation in situations(branch, is_release=not environment.role):
                    stopped[situation] = reading.stopped(situation, stopped)
                cells |= {(path.removeprefix(_WORKFLOWS), name, situation): stopped[situation] for situation in stopped}
    return Authority(branch, environments, cells)


class _Reading:
    """One workflow, asked about one environment."""

    def __init__(self, workflow: Workflow, name: str, environments: Mapping[str, Environment], branch: str) -> None:
        self.workflow = workflow
        self.name = name
        self.environments = environments
        self.environment = environments[name]
        self.branch = branch
        self.concerned = [id for id, job in workflow.jobs.items() if _concerns(job, name, self.environment)]

    def stopped(self, situation: Situation, before: Mapping[Situation, Stopped]) -> Stopped:
        """What stops each run of the situation, and each job of it that could publish; `before` are those above it."""
        if situation is Situation.RERUN:
            earlier = list(Situation)[: list(Situation).index(situation)]
            return EVERYTHING.intersection(
                *(before[one] if one in before else self.stopped(one, before) for one in earlier)
            )
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
            layers = {Layer.IF} if not self.workflow.is_started(id, run, by_itself=True) else set()
            layers |= {Layer.CHECK} if self.workflow.is_checked(id, run.ref) else set()
            layers |= self.outside(self.workflow.jobs[id], run.ref)
            if not layers and not self.workflow.is_started(id, run, by_itself=False):
                layers = {Layer.IF}  # of a job before
            stopped &= layers
        return stopped

    def outside(self, job: Data, ref: str) -> Stopped:
        layers = {Layer.GITHUB} if _is_kept_off(job, self.environments, ref) else set()
        layers |= {Layer.AWS} if not _is_trusted(job, self.name, self.environment, ref) else set()
        return frozenset(layers)


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


def _concerns(job: Data, name: str, environment: Environment) -> bool:
    """Whether the job has the environment, asks for its role, or could. With a right to write, it could tag."""
    asks = environment.role and any(_is(role, _arn(environment)) for role in inputs(job, "role-to-assume"))
    return bool(asks) or _is(environment_of(job), name) or may_write(job, "contents")


def _any_job(name: str, environment: Environment) -> Data:
    """What somebody would write who wants to publish."""
    given = {"role-to-assume": _arn(environment), "aws-access-key-id": "${{ secrets.DEPLOY_AWS_ACCESS_KEY_ID }}"}
    return {"environment": name, "permissions": {"id-token": "write"}, "steps": [{"with": given}]}


def _arn(environment: Environment) -> str:
    return f"arn:aws:iam::{environment.account}:role/{environment.role}"


def _is(said: str, wanted: str) -> bool:
    return said == wanted or "${{" in said


def _is_kept_off(job: Data, environments: Mapping[str, Environment], ref: str) -> bool:
    """Whether the job's environment on GitHub admits no run on the ref. It never admits a tag."""
    environment = environments.get(environment_of(job))
    if environment is None:
        return False
    has_patterns = not all(re.fullmatch(r"[A-Za-z0-9_./-]+", branch) for branch in environment.branches)
    admitted = has_patterns or ref in [f"refs/heads/{branch}" for branch in environment.branches]
    return ref.startswith("refs/tags/") or not admitted


def _is_trusted(job: Data, name: str, environment: Environment, ref: str) -> bool:
    """Whether AWS lets the job in: as the role, or with the keys that are secrets of the environment on GitHub."""
    if not environment.role:
        return True
    if not _is(environment_of(job), name):
        return False
    if environment.credentials == "access-keys":
        return any("secrets." in key for key in inputs(job, "aws-access-key-id"))
    asks = any(_is(role, _arn(environment)) for role in inputs(job, "role-to-assume"))
    return asks and may_write(job, "id-token") and environment.ref in ("", ref)
