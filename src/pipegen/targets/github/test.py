"""The Test workflow: the suites on every push, pull request and merge group, and one check for whether all passed."""

from __future__ import annotations

from pipegen import pipeline as model
from pipegen.pipeline import Pipeline, TestJob
from pipegen.targets.github.expressions import (
    ALWAYS,
    NAME_OF_CHECK,
    OTHER_REPOSITORY,
    RESULTS_OF_NEEDS,
    SAME_REPOSITORY,
    TEST_GROUP,
)
from pipegen.targets.github.steps import axes, cell, steps
from pipegen.targets.github.workflow import Concurrency, Filter, Job, Noted, RunStep, Service, Strategy, Workflow

# A merge queue pushes its candidates to branches of this name, and asks for their test by an event of its own.
_MERGE_QUEUE = "gh-readonly-queue/**"

_CHECK = """\
if [[ "$PUSHED" == true ]]; then
  echo "::notice title=Test::This branch is tested when it is pushed. Look for the check named Test on the same commit."
elif [[ ! "$RESULTS" =~ ^success( success)*$ ]]; then
  echo "::error title=Test::The test jobs ended with: $RESULTS"
  exit 1
fi
"""


def workflow(pipeline: Pipeline) -> Workflow:
    """The workflow that tests. A push that publishes is left to the workflow that publishes, which tests by itself."""
    ignored = (pipeline.branch, _MERGE_QUEUE) if pipeline.published_on_push else (_MERGE_QUEUE,)
    return Workflow(
        name="Test",
        on={"push": Filter(ignored), "pull_request": None, "merge_group": None, "workflow_dispatch": None},
        concurrency=Concurrency(TEST_GROUP, cancel_in_progress=True),
        jobs={job.id: _suites(job, pipeline.runner) for job in pipeline.tests} | {"test": _check(pipeline)},
    )


def _suites(job: TestJob, runner: str) -> Job:
    """A job that runs suites. It holds no secret and no permission but to read the code."""
    return Job(
        comment="A pull request from a branch of this repository was tested when the branch was pushed.",
        name=f"{job.title} ({cell(job)})" if axes(job) else job.title,
        needs=None,
        if_=OTHER_REPOSITORY,
        strategy=Strategy(fail_fast=False, matrix=axes(job)) if axes(job) else None,
        runs_on=runner,
        timeout_minutes=job.timeout,
        permissions={"contents": Noted("read", "check out the code")},
        env=job.env or None,
        services={service.name: _service(service) for service in job.services} or None,
        steps=steps(job),
    )


def _service(service: model.Service) -> Service:
    """A container. Its health check is waited for before the first step: every 5 seconds, at most a minute."""
    health = f'--health-cmd "{service.health}" --health-interval 5s --health-timeout 5s --health-retries 12'
    return Service(
        image=service.image,
        ports=(f"{service.port}:{service.port}",) if service.port else None,
        env=service.env or None,
        options=health if service.health else None,
    )


def _check(pipeline: Pipeline) -> Job:
    return Job(
        comment="The check that branch protection names. It is never skipped: a skipped check counts as passed.",
        name=NAME_OF_CHECK,
        needs=tuple(job.id for job in pipeline.tests),
        if_=ALWAYS,
        strategy=None,
        runs_on=pipeline.runner,
        timeout_minutes=5,
        permissions={},
        env=None,
        services=None,
        steps=(
            RunStep(
                name="Check that every test job passed",
                id="check",
                env={"PUSHED": SAME_REPOSITORY, "RESULTS": RESULTS_OF_NEEDS},
                run=_CHECK,
            ),
        ),
    )
