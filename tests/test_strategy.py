"""The strategy's sentences on Test, one test each, bearing its id."""

from __future__ import annotations

from pathlib import Path

import pytest

from act import execute
from act.events import push
from act.invocation import RUNNERS
from cases import ACCEPTED, EXAMPLES, HERE, PROJECT, TEST_WORKFLOW, Holding, workflow
from judges.reading import workflow as parsed
from pipegen.compiler import compile_manifest
from pipegen.manifest.test import EXPECTED_SUITES

TASK = PROJECT / "examples/collection-task"


def test_CI_2_test_sets_up_a_test_environment_in_a_github_runner() -> None:
    """Executed: the language, the dependencies and the code are there before the first suite."""
    run = execute(TASK, TEST_WORKFLOW, *push("topic"))
    steps = [step.step for step in run.steps if step.job == "test-suites" and step.result == "success"]
    assert steps[:3] == ["Check out the code", "Set up Python", "Set up the tests"]
    # What act cannot run is read: services, system packages, and whose machine it is.
    job = parsed(workflow(HERE / "accepted/application.yaml"))["jobs"]["test-suites"]
    assert job["services"]["postgres"]["ports"] == ["5432:5432"]
    assert "rsync" in job["steps"][1]["run"]
    for manifest in ACCEPTED:
        assert all(job["runs-on"] in RUNNERS for job in parsed(workflow(manifest))["jobs"].values())


def test_CI_3_test_runs_at_least_unit_integration_and_acceptance_tests() -> None:
    """Executed on the library; and a manifest without one of them, or a reason, is refused."""
    run = execute(PROJECT / "examples/library", TEST_WORKFLOW, *push("topic"), matrix={"python": "3.11"})
    passed = {step.step for step in run.steps if step.result == "success"}
    assert {"Unit tests", "Integration tests", "Acceptance tests"} <= passed
    manifest = (PROJECT / "examples/library/deploy.yaml").read_text()
    for suite in ("unit", "integration", "acceptance"):
        without = manifest.replace(f"    {suite}: make test-{suite}\n", "")
        compilation = compile_manifest(without.encode(), Holding())
        assert compilation.files is None
        assert [diagnostic.message for diagnostic in compilation.diagnostics] == [
            f"the suite `{suite}` is missing, and no waiver says why"
        ]


def test_CI_4_reports_are_generated_and_displayed_against_the_action() -> None:
    """Executed: the table of results stands in the summary of the run, without a permission to write."""
    run = execute(TASK, TEST_WORKFLOW, *push("topic"))
    assert "| Suite | Result |" in run.summaries["test-suites"]
    assert ".junitxml/unit.xml" in run.summaries["test-suites"]
    for manifest in ACCEPTED:
        for job in parsed(workflow(manifest))["jobs"].values():
            assert "write" not in job["permissions"].values()
            if job["steps"][0]["id"] == "checkout":
                assert any(step["id"] == "results" and "always()" in step["if"] for step in job["steps"])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_CI_5_test_is_specific_to_each_repository(example: Path) -> None:
    """The commands that run are the repository's own, whole and in its order; beyond the expected suites any may be."""
    jobs = parsed((example / TEST_WORKFLOW).read_text())["jobs"].values()
    manifest = parsed((example / "deploy.yaml").read_text())
    sections = [manifest, *manifest.get("components", {}).values()]
    stated = [list(section["test"]["suites"].values()) for section in sections if "test" in section]
    compiled = [[step["run"] for step in job["steps"] if step["id"].startswith("suite-")] for job in jobs]
    assert [commands for commands in compiled if commands] == stated
    further = parsed(workflow(HERE / "accepted/application.yaml"))["jobs"]["test-suites"]["steps"]
    assert "suite-accessibility" in [step["id"] for step in further]
    assert "accessibility" not in EXPECTED_SUITES
