"""Which jobs run for which event, where no example shows it: act evaluates the conditions, and we read the filters."""

from __future__ import annotations

import re

import pytest

from act import Event, jobs_run, jobs_started
from act.events import dispatch, merge_group, pull_request, push, push_tag
from cases import HERE, PROJECT, TEST_WORKFLOW, workflow, workflows

LIBRARY = (PROJECT / "examples/library" / TEST_WORKFLOW).read_text()
COMPONENTS = workflow(HERE / "accepted/components.yaml")
PARALLEL = workflow(HERE / "accepted/parallel.yaml")
TILER = workflows(HERE / "accepted/lambda-image.yaml")["publish.yml"]
TABLES = workflows(HERE / "accepted/components.yaml")["publish-tables.yml"]

SHARED = {"test-suites", "test-processor", "test"}
SUITES = {"test-lint", "test-unit", "test-integration", "test"}
# The event, and the jobs that run: of a repository of components that share tests, and of suites in parallel.
SITUATIONS: dict[str, tuple[Event, set[str], set[str]]] = {
    "push to a branch": (push("topic"), SHARED, SUITES),
    "push to a branch with a slash": (push("feature/main"), SHARED, SUITES),
    "push to the publishing branch": (push("main"), SHARED, SUITES),
    "push of a tag": (push_tag("v1.0.0"), set(), set()),
    "push of the merge queue's branch": (push("gh-readonly-queue/main/pr-7"), set(), set()),
    "pull request from a branch": (pull_request(), {"test"}, {"test"}),
    "pull request from a fork": (pull_request(fork=True), SHARED, SUITES),
    "merge queue": (merge_group(), SHARED, SUITES),
    "dispatch on the publishing branch": (dispatch(), SHARED, SUITES),
    "dispatch on a branch": (dispatch("refs/heads/topic"), SHARED, SUITES),
    "dispatch on a tag": (dispatch("refs/tags/v1.0.0"), SHARED, SUITES),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_jobs_that_run(situation: str) -> None:
    event, *expected = SITUATIONS[situation]
    started = [set(jobs_started(text, event, keep=frozenset({"test"}))) for text in (COMPONENTS, PARALLEL)]
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


TESTS = SUITES - {"test"}
BUILDS = {"build", "build-staging", "build-production"}
PUBLICATIONS = {"publish-staging", "publish-production"}


@pytest.mark.parametrize(
    ("failing", "expected"),
    [
        (None, TESTS | BUILDS | PUBLICATIONS),
        ("test-unit", TESTS),
        ("build", TESTS | BUILDS),
        ("build-staging", TESTS | BUILDS),
        ("build-production", TESTS | BUILDS | {"publish-staging"}),
        ("publish-staging", TESTS | BUILDS | {"publish-staging"}),
    ],
)
def test_what_a_failure_stops_where_some_is_built_once_and_some_for_each_environment(
    failing: str | None, expected: set[str]
) -> None:
    results = jobs_started(TILER, push(), fail=frozenset({failing} if failing else ()))
    assert results == {job: "failure" if job == failing else "success" for job in expected}


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("refs/heads/topic", {"test-suites", "build", "attest", "publish-sandbox"}),
        ("refs/tags/v1.0.0", {"refuse"}),
    ],
)
def test_an_image_is_signed_only_where_it_is_built(ref: str, expected: set[str]) -> None:
    assert set(jobs_started(TABLES, dispatch(ref, environment="sandbox"))) == expected


def test_nothing_is_published_by_a_push_where_every_environment_is_published_by_hand() -> None:
    assert jobs_started(TABLES, push()) == {}
