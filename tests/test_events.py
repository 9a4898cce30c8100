"""Which jobs run for which event: act evaluates the conditions, our own reading the filters that act ignores."""

from __future__ import annotations

import re

import pytest

from act import Event, jobs_run, jobs_started
from act.events import dispatch, merge_group, pull_request, push, push_tag
from cases import HERE, PROJECT, TEST_WORKFLOW, workflow

LIBRARY = (PROJECT / "examples/library" / TEST_WORKFLOW).read_text()
TASK = (PROJECT / "examples/collection-task" / TEST_WORKFLOW).read_text()
COMPONENTS = workflow(HERE / "accepted/components.yaml")
PARALLEL = workflow(HERE / "accepted/parallel.yaml")

ALL = {"test-suites", "test"}
SUITES = {"test-lint", "test-unit", "test-integration", "test"}
# The event, and the jobs that run: of a library, a data task, a repository of components, suites in parallel.
SITUATIONS: dict[str, tuple[Event, set[str], set[str], set[str], set[str]]] = {
    "push to a branch": (push("topic"), ALL, ALL, ALL | {"test-processor"}, SUITES),
    "push to a branch with a slash": (push("feature/main"), ALL, ALL, ALL | {"test-processor"}, SUITES),
    "push to the publishing branch": (push("main"), ALL, set(), ALL | {"test-processor"}, SUITES),
    "push of a tag": (push_tag("v1.0.0"), set(), set(), set(), set()),
    "push of the merge queue's branch": (push("gh-readonly-queue/main/pr-7"), set(), set(), set(), set()),
    "pull request from a branch": (pull_request(), {"test"}, {"test"}, {"test"}, {"test"}),
    "pull request from a fork": (pull_request(fork=True), ALL, ALL, ALL | {"test-processor"}, SUITES),
    "merge queue": (merge_group(), ALL, ALL, ALL | {"test-processor"}, SUITES),
    "dispatch on the publishing branch": (dispatch(), ALL, ALL, ALL | {"test-processor"}, SUITES),
    "dispatch on a branch": (dispatch("refs/heads/topic"), ALL, ALL, ALL | {"test-processor"}, SUITES),
    "dispatch on a tag": (dispatch("refs/tags/v1.0.0"), ALL, ALL, ALL | {"test-processor"}, SUITES),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_jobs_that_run(situation: str) -> None:
    event, *expected = SITUATIONS[situation]
    started = [
        set(jobs_started(text, event, keep=frozenset({"test"}))) for text in (LIBRARY, TASK, COMPONENTS, PARALLEL)
    ]
    assert started == expected


@pytest.mark.parametrize("failing", sorted(SUITES - {"test"}))
def test_the_last_job_fails_when_a_needed_job_failed(failing: str) -> None:
    results = jobs_run(PARALLEL, *push("topic"), fail=frozenset({failing}), keep=frozenset({"test"}))
    assert results == {job: "failure" if job in (failing, "test") else "success" for job in SUITES}


def test_the_last_job_succeeds_when_all_succeeded() -> None:
    assert set(jobs_run(COMPONENTS, *push("topic"), keep=frozenset({"test"})).values()) == {"success"}


def test_the_last_job_fails_when_a_needed_job_was_skipped() -> None:
    skipped = re.sub(r"    if: .*\n", "    if: ${{ github.event_name == 'never' }}\n", PARALLEL, count=1)
    results = jobs_run(skipped, *push("topic"), keep=frozenset({"test"}))
    assert results == {"test-unit": "success", "test-integration": "success", "test": "failure"}


def test_the_last_job_of_a_pull_request_from_a_branch_does_not_claim_the_check() -> None:
    """GitHub would take a skipped job named Test for a passed one; here it has another name, and says where to look."""
    assert jobs_run(LIBRARY, *pull_request(), keep=frozenset({"test"})) == {"test": "success"}
    assert "&& 'Tested when pushed' || 'Test' }}" in LIBRARY
