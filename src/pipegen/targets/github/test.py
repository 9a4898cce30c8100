"""The Test workflow: the suites on every push, pull request and merge group, and one check for whether all passed."""

from __future__ import annotations

from pipegen import pipeline as model
from pipegen.pipeline import Pipeline, TestJob
from pipegen.targets.github.expressions import (
    ALWAYS,
    RESULTS_OF_NEEDS,
    TEST_GROUP,
    name_of_check,
    not_tested_when_pushed,
    tested_when_pushed,
)
from pipegen.targets.github.steps import axes, steps
from pipegen.targets.github.workflow import Concurrency, Filter, Job, Noted, RunStep, Service, Strategy, Workflow

# A merge queue pushes its candidates to branches of this name, and asks for their test by an event of its own.
_MERGE_QUEUE = "gh-readonly-queue/**"

_SKIPPED = "A pull request from a branch of this repository was tested when the branch was pushed."
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
    untested = pipeline.branch if pipeline.tested_by_publish else None
    push = Filter(branches_ignore=(untested, _MERGE_QUEUE) if untested else (_MERGE_QUEUE,))
    condition = not_tested_when_pushed(untested)
    jobs = {job.id: suites(job, pipeline.runner, condition, comment=_SKIPPED) for job in pipeline.tests}
    return Workflow(
        name="Test",
        on={"push": push, "pull_request": None, "merge_group": None, "workflow_dispatch": None},
        concurrency=Concurrency(TEST_GROUP, cancel_in_progress=True),
        jobs=jobs | {"test": _check(pipeline, untested)},
    )


def suites(
    job: TestJob,
    runner: str,
    condition: str,
    *,
    comment: str | None = None,
    needs: tuple[str, ...] | None = None,
    cached: bool = True,
) -> Job:
    """A job that runs suites. It holds no secret and no permission but to read the code."""
    return Job(
        comment=comment,
        name=job.title,  # GitHub adds the cell of a matrix
        needs=needs,
        if_=condition,
        strategy=Strategy(fail_fast=False, matrix=axes(job)) if axes(job) else None,
        runs_on=runner,
        timeout_minutes=job.timeout,
        permissions={"contents": Noted("read", "check out the code")},
        env=job.env or None,
        services={service.name: _service(service) for service in job.services} or None,
        steps=steps(job, cached=cached),
    )


def _service(service: model.TestService) -> Service:
    """A container. Its health check is waited for before the first step: every 5 seconds, at most a minute."""
    health = f'--health-cmd "{service.health}" --health-interval 5s --health-timeout 5s --health-retries 12'
    return Service(
        image=service.image,
        ports=(f"{service.port}:{service.port}",) if service.port else None,
        env=service.env or None,
        options=health if service.health else None,
    )


def _check(pipeline: Pipeline, untested: str | None) -> Job:
    check = RunStep(
        name="Check that every test job passed",
        id="check",
        env={"PUSHED": tested_when_pushed(untested), "RESULTS": RESULTS_OF_NEEDS},
        run=_CHECK,
    )
    return Job(
        comment="The check that branch protection names. It is never skipped: a skipped check counts as passed.",
        name=name_of_check(untested),
        needs=tuple(job.id for job in pipeline.tests),
        if_=ALWAYS,
        runs_on=pipeline.runner,
        timeout_minutes=5,
        permissions={},
        steps=(check,),
    )
