"""The strategy's sentences, one test or more for each, bearing its id; what really publishes stands in
`test_publishing` and `test_releasing`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from act import execute, jobs_started
from act.events import dispatch, push
from act.invocation import RUNNERS
from cases import ACCEPTED, EXAMPLES, HERE, PROJECT, TEST_WORKFLOW, Holding, roots, workflow, workflows
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


def _publishing(example: str) -> str:
    return (PROJECT / "examples" / example / ".github/workflows/publish.yml").read_text()


def test_CI_1_only_jobs_with_an_environment_have_secrets_and_only_those_that_publish_have_one() -> None:
    for manifest in ACCEPTED:
        for text in workflows(manifest).values():
            for id, job in parsed(text)["jobs"].items():
                assert ("environment" in job) == id.startswith(("publish-", "release"))
                assert "environment" in job or "secrets." not in str(job)
                assert job.get("environment", {}).get("name", "") in (id.removeprefix("publish-"), "release", "")


@pytest.mark.parametrize("manifest", ACCEPTED, ids=lambda path: path.stem)
def test_CI_6_every_environment_is_published_to_in_the_format_that_is_asked_for(manifest: Path) -> None:
    formats = {"image": "skopeo copy", "files": "aws s3 sync", "lambda": "aws s3api put-object"}
    stated = parsed(manifest.read_text())
    for id, part in stated.get("components", {"": stated}).items():
        if stated.get("kind") == "library":
            continue
        jobs = parsed(workflows(manifest)[f"publish-{id}.yml" if id else "publish.yml"])["jobs"]
        publishing = [job for name, job in jobs.items() if name.startswith("publish-")]
        assert len(publishing) == len(stated["environments"])
        wanted = {key for key in formats if key in part} | ({"image"} if part["kind"] == "application" else set())
        wanted -= {"lambda"} if "image" in wanted else set()  # functions that are given the image
        for job in publishing:
            run = "\n".join(step.get("run", "") for step in job["steps"])
            assert {key for key, command in formats.items() if command in run} == wanted


def test_CI_7_development_is_published_by_hand_from_any_branch_and_alone() -> None:
    for ref in ("refs/heads/topic", "refs/heads/main"):
        jobs = jobs_started(_publishing("application"), dispatch(ref, environment="development"))
        assert {job for job in jobs if job.startswith("publish-")} == {"publish-development"}


def test_CI_8_a_merge_into_main_publishes_staging_and_then_production() -> None:
    jobs = [job for job in jobs_started(_publishing("application"), push("main")) if job.startswith("publish-")]
    assert jobs == ["publish-staging", "publish-production"]
    assert jobs_started(_publishing("application"), push("topic")) == {}


@pytest.mark.parametrize("failing", ["test-suites", "build"])
def test_CI_9_nothing_is_published_unless_the_tests_are_complete_and_passed(failing: str) -> None:
    for event in (push("main"), dispatch("refs/heads/main", environment="development")):
        jobs = jobs_started(_publishing("application"), event, fail=frozenset({failing}))
        assert jobs[failing] == "failure"
        assert not [job for job in jobs if job.startswith("publish-")]
    for manifest in ACCEPTED:
        for text in workflows(manifest).values():
            jobs = parsed(text)["jobs"]
            tests = {id for id in jobs if id.startswith("test-")}
            publishing = [job for job in jobs.values() if "environment" in job]
            assert all(tests <= set(job["needs"]) for job in publishing)


def _modules(manifest: Path) -> dict[str, set[str]]:
    """The modules that each environment's root calls."""
    return {
        environment: set(re.findall(r'source += "../modules/([a-z-]+)"', text))
        for environment, text in roots(manifest).items()
    }


def test_CD_0_a_special_case_may_deviate() -> None:
    """Without `service`, an application is published as any other, and who deploys it is left to the organisation."""
    assert set().union(*_modules(HERE / "accepted/application.yaml").values()) == {
        "publishing",
        "github-environment",
    }
    (publish,) = [text for name, text in workflows(HERE / "accepted/application.yaml").items() if "publish" in name]
    assert "What AWS does with the image is not compiled from this repository." in publish


def test_CD_L1_a_library_is_not_deployed() -> None:
    library = PROJECT / "examples/library"
    assert [path.name for path in (library / "deploy").iterdir() if path.name != "modules"] == ["release"]
    assert [path.name for path in (library / "deploy/modules").iterdir()] == ["github-environment"]
    root = {path.name: path.read_text() for path in (library / "deploy/release").glob("*.tf")}
    assert root.keys() == {"publishing.tf", "providers.tf"}
    assert '"aws"' not in "".join(root.values())


def test_every_sentence_of_the_strategy_is_a_test_and_every_id_a_sentence() -> None:
    said = re.findall(r"^\| (C[ID]-\w+) \|", (PROJECT / "docs/strategy.md").read_text(), re.MULTILINE)
    sources = "\n".join(path.read_text() for path in HERE.glob("test_*.py"))
    names = re.findall(r"^def (test_C[ID]_\w+)", sources, re.MULTILINE)
    tested = {id.replace("_", "-") for name in names for id in re.findall(r"C[ID]_[A-Z]?\d+(?=_)", name)}
    assert tested == set(said)
    assert len(said) >= 21
