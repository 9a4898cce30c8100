"""Who can publish where, by the compiled files alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from pipegen.authority.conditions import Run
from pipegen.authority.model import (
    EVERYTHING,
    Authority,
    Environment,
    Layer,
    Situation,
    Stopped,
    Wait,
    situations,
)
from pipegen.authority.roots import environments_of
from pipegen.authority.runs import runs
from pipegen.authority.workflows import Data, Workflow, environment_of, inputs, is_a_name, may_write
from pipegen.output import FileTree

_WORKFLOWS = ".github/workflows/"
_TAGGING: Data = {"permissions": {"contents": "write"}, "steps": []}


def compiled(files: FileTree, branch: str) -> Authority:
    """Who can publish where. `branch` is the one that situations call the publishing branch."""
    environments = environments_of(files)
    cells: dict[tuple[str, str, Situation], Stopped] = {}
    waits: set[Wait] = set()
    for path in sorted(path for path in files if path.startswith(_WORKFLOWS)):
        workflow = Workflow(files[path])
        for name in environments:
            reading = _Reading(workflow, name, environments, branch)
            if reading.concerned:
                file = path.removeprefix(_WORKFLOWS)
                cells |= {(file, name, situation): stopped for situation, stopped in reading.cells().items()}
                waits |= {(file, name, event, first) for event, first in reading.waits()}
    return Authority(branch, environments, cells, frozenset(waits))


class _Reading:
    """One workflow, asked about one environment."""

    def __init__(self, workflow: Workflow, name: str, environments: Mapping[str, Environment], branch: str) -> None:
        self.workflow = workflow
        self.name = name
        self.environments = environments
        self.names = frozenset(environments)
        self.environment = environments[name]
        self.branch = branch
        self.concerned = {
            id: _Outside(job, name, environments)
            for id, job in workflow.jobs.items()
            if _concerns(job, name, self.environment)
        }

    def cells(self) -> Mapping[Situation, Stopped]:
        is_release = not self.environment.role
        has_package = is_release and any(may_write(job, "id-token") for job in self.workflow.jobs.values())
        found: dict[Situation, Stopped] = {}
        for situation in situations(self.branch, is_release=is_release, has_package=has_package):
            found[situation] = self.stopped(situation, found)
        return found

    def waits(self) -> Iterator[tuple[str, str]]:
        """On which event every job waits for which other environment."""
        for event in ("push", "workflow_dispatch"):
            run = Run(event, f"refs/heads/{self.branch}", self.name)
            for first in self.environments.keys() - {self.name}:
                if all(self.workflow.waits(id, run, first) for id in self.concerned):
                    yield event, first

    def stopped(self, situation: Situation, before: Mapping[Situation, Stopped]) -> Stopped:
        """What stops each run of the situation, and each job of it that could publish; `before` are those above it."""
        if situation is Situation.RERUN:
            earlier = list(Situation)[: list(Situation).index(situation)]
            return EVERYTHING.intersection(
                *(before[one] if one in before else self.stopped(one, before) for one in earlier)
            )
        asked = runs(situation, self.name, self.names, self.branch)
        if situation in (Situation.EDITED, Situation.INDEX):
            jobs = _any_jobs(situation, self.name, self.environment)
            written = [_Outside(job, self.name, self.environments) for job in jobs]
            return EVERYTHING.intersection(*(job.stops(run.ref) for job in written for run in asked))
        also = {Layer.GITHUB} if situation is Situation.FORK else set()
        return EVERYTHING.intersection(*(self.inside(run) | also for run in asked))

    def inside(self, run: Run) -> Stopped:
        """What stops every job; a condition does only by itself, whatever the jobs before would make of it."""
        stopped = EVERYTHING
        for id, outside in self.concerned.items():
            layers = {Layer.IF} if not self.workflow.is_started(id, run, by_itself=True) else set()
            layers |= {Layer.CHECK} if self.workflow.is_checked(id, run.ref) else set()
            layers |= outside.stops(run.ref)
            if not layers and not self.workflow.is_started(id, run, by_itself=False):
                layers = {Layer.IF}  # of a job before
            stopped &= layers
        return stopped


class _Outside:
    """What stops a job from outside of its workflow: its environment on GitHub, and AWS."""

    def __init__(self, job: Data, name: str, environments: Mapping[str, Environment]) -> None:
        self._on_github = environments.get(environment_of(job))
        self._is_trusted = _is_trusted(job, name, environments[name])
        self._ref = "" if environments[name].credentials == "access-keys" else environments[name].ref

    def stops(self, ref: str) -> Stopped:
        """What stops it in a run on the ref."""
        layers = {Layer.GITHUB} if self._on_github and _is_kept_off(self._on_github.branches, ref) else set()
        layers |= {Layer.AWS} if not self._is_trusted or self._ref not in ("", ref) else set()
        return frozenset(layers)


def _concerns(job: Data, name: str, environment: Environment) -> bool:
    """Whether the job has the environment, asks for its role, or could.

    With a right to write it could tag, and with an identity hand a library's package to an index.
    """
    asks = environment.role and any(_is(role, _arn(environment)) for role in inputs(job, "role-to-assume"))
    could = may_write(job, "contents") or (not environment.role and may_write(job, "id-token"))
    return bool(asks) or _is(environment_of(job), name) or could


def _any_jobs(situation: Situation, name: str, environment: Environment) -> Iterator[Data]:
    """What somebody would write who wants to publish: whatever conditions, and no script that stops it.

    A tag is made with a right to write alone: by a job that has no environment, and needs nothing of AWS.
    """
    given = {"role-to-assume": _arn(environment), "aws-access-key-id": "${{ secrets.DEPLOY_AWS_ACCESS_KEY_ID }}"}
    yield {"environment": name, "permissions": {"id-token": "write"}, "steps": [{"with": given}]}
    if situation is Situation.EDITED and not environment.role:
        yield _TAGGING


def _arn(environment: Environment) -> str:
    return f"arn:aws:iam::{environment.account}:role/{environment.role}"


def _is(said: str, wanted: str) -> bool:
    return said == wanted or "${{" in said


@lru_cache(maxsize=1000)
def _is_kept_off(branches: tuple[str, ...], ref: str) -> bool:
    """Whether an environment on GitHub that admits these branches admits no run on the ref. It never admits a tag."""
    has_patterns = not all(is_a_name(branch) for branch in branches)
    admitted = has_patterns or ref in [f"refs/heads/{branch}" for branch in branches]
    return ref.startswith("refs/tags/") or not admitted


def _is_trusted(job: Data, name: str, environment: Environment) -> bool:
    """Whether AWS lets the job in: as the role, or with the keys that are secrets of the environment on GitHub.

    Which refs the role trusts is another question.
    """
    if not environment.role:
        return True
    if not _is(environment_of(job), name):
        return False
    if environment.credentials == "access-keys":
        return any("secrets." in key for key in inputs(job, "aws-access-key-id"))
    asks = any(_is(role, _arn(environment)) for role in inputs(job, "role-to-assume"))
    return asks and may_write(job, "id-token")
