"""The Test workflows of the examples, really executed: act runs them, stand-ins set up what is on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path

import pytest

from act import Run, execute
from act.events import push
from act.services import postgres
from cases import HERE, PROJECT, TEST_WORKFLOW, Holding, compiled
from pipegen.compiler import compile_manifest
from pipegen.output import with_header
from publishing.needs import needs

CELLS: dict[str, Mapping[str, str] | None] = {"library": {"python": "3.11"}, "collection-task": None}
OTHERS = {
    "airflow-dags": ["test-suites"],
    "application": ["test-suites"],
    "lambda-packages": ["test-suites"],
    "two-images": ["test-api", "test-processor"],
}
PROGRAMS = {"application": ["node", "psql"], "lambda-packages": ["node"]}
SUITES = {
    "library": ["Lint", "Unit tests", "Integration tests", "Acceptance tests"],
    "collection-task": ["Lint", "Unit tests", "Integration tests"],
}


def _run(repository: Path, matrix: Mapping[str, str] | None = None) -> Run:
    return execute(repository, TEST_WORKFLOW, *push("topic"), matrix=matrix)


@pytest.fixture(scope="module", params=sorted(CELLS))
def passing(request: pytest.FixtureRequest) -> tuple[str, Run]:
    """An example as it is, run once for all that is asked of it."""
    example: str = request.param
    return example, _run(PROJECT / "examples" / example, CELLS[example])


@pytest.fixture(scope="module", params=sorted(CELLS))
def failing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Run]:
    """An example with a unit test that fails."""
    example: str = request.param
    repository = tmp_path_factory.mktemp(example) / example
    shutil.copytree(PROJECT / "examples" / example, repository)
    (repository / "tests/unit/test_seeded.py").write_text("def test_seeded() -> None:\n    assert 1 == 2\n")
    return example, _run(repository, CELLS[example])


def _results(run: Run) -> dict[str, str]:
    return {step.step: step.result for step in run.steps if step.job == "test-suites"}


def test_every_suite_of_an_example_runs_and_passes(passing: tuple[str, Run]) -> None:
    example, run = passing
    assert run.jobs == {"test-suites": "success", "test": "success"}
    assert {suite: _results(run)[suite] for suite in SUITES[example]} == dict.fromkeys(SUITES[example], "success")


@pytest.mark.parametrize("example", OTHERS)
def test_every_suite_of_another_example_runs_and_passes(example: str) -> None:
    needs(*PROGRAMS.get(example, []))
    with postgres() if example == "application" else nullcontext():
        run = _run(PROJECT / "examples" / example)
    assert run.jobs == {**dict.fromkeys(OTHERS[example], "success"), "test": "success"}, run.log
    suites = [step for step in run.steps if step.step in SUITES["library"]]
    assert len(suites) == 4 * len(OTHERS[example])
    assert {step.result for step in suites} == {"success"}


def test_results_of_passing_suites_are_shown(passing: tuple[str, Run]) -> None:
    example, run = passing
    summary = run.summaries["test-suites"]
    assert "| unit | :white_check_mark: passed |" in summary
    assert "<code>.junitxml/unit.xml</code>" in summary
    if example == "collection-task":
        assert "| acceptance | :warning: waived: it would call publishers" in summary
        assert "::notice title=Waived suite%3A acceptance::it would call publishers" in run.log


def test_a_failing_suite_fails_the_job_and_the_later_ones_still_run(failing: tuple[str, Run]) -> None:
    example, run = failing
    expected = {suite: "failure" if suite == "Unit tests" else "success" for suite in SUITES[example]}
    assert {suite: _results(run)[suite] for suite in SUITES[example]} == expected
    assert run.jobs == {"test-suites": "failure", "test": "failure"}
    assert "::error title=Test::The test jobs ended with: failure" in run.log


def test_a_failure_is_annotated_at_its_line_and_shown_in_the_summary(failing: tuple[str, Run]) -> None:
    _, run = failing
    assert "file=tests/unit/test_seeded.py,line=2::" in run.log
    summary = run.summaries["test-suites"]
    assert "| unit | :x: failed |" in summary
    assert "assert 1 == 2" in summary


def test_no_suite_runs_without_its_set_up(tmp_path: Path) -> None:
    repository = tmp_path / "task"
    shutil.copytree(PROJECT / "examples/collection-task", repository)
    (repository / "requirements-dev.txt").write_text("a-package-that-is-nowhere==1\n")
    run = _run(repository)
    results = _results(run)
    assert results["Set up the tests"] == "failure"
    assert {results[suite] for suite in SUITES["collection-task"]} == {"skipped"}
    assert results["Show the results"] == "success"
    assert "| unit | :heavy_minus_sign: not run |" in run.summaries["test-suites"]
    assert run.jobs == {"test-suites": "failure", "test": "failure"}


COMPOSE = """\
version: 1
kind: application
name: stack
repository: acme/stack
test:
  compose: {{file: stack/compose.yml{wait_for}}}
  suites:
    unit: curl --noproxy '*' --fail --silent http://localhost:{port}/deploy.yaml
    integration: exit 3
  waivers: {{lint: none, acceptance: none}}
  reports: {{artifacts: {{kept: stack/compose.pid}}}}
environments: {{development: {{account: "012345678901"}}}}
"""


def _repository(folder: Path, manifest: str, files: Mapping[str, str]) -> Path:
    """A repository with what a manifest compiles to."""
    compilation = compile_manifest(manifest.encode(), Holding("Dockerfile", *files))
    assert compilation.files is not None, compilation.diagnostics
    compiled_files = {path: with_header(path, body) for path, body in compilation.files.items()}
    for path, text in {"deploy.yaml": manifest, **files, **compiled_files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def test_a_compose_stack_is_waited_for_and_its_logs_are_kept(tmp_path: Path, unused_tcp_port: int) -> None:
    wait_for = f', wait-for: "http://localhost:{unused_tcp_port}/deploy.yaml"'
    manifest = COMPOSE.format(port=unused_tcp_port, wait_for=wait_for)
    stack = f"x-port: {unused_tcp_port}\nx-delay: 2\n"
    run = _run(_repository(tmp_path, manifest, {"stack/compose.yml": stack}))
    results = _results(run)
    assert results["Start the compose stack"] == "success"
    assert results["Unit tests"] == "success", run.log
    assert results["Integration tests"] == "failure"
    assert results["Stop the compose stack"] == "success"
    assert "stack stopped" in run.log
    assert b"GET /deploy.yaml" in run.artifacts["compose_logs"]["compose.log"]
    assert run.artifacts["kept"].keys() == {"compose.pid"}


def test_a_stack_that_never_starts_runs_no_suite_and_takes_nothing_down(tmp_path: Path) -> None:
    manifest = COMPOSE.format(port=9, wait_for="")
    run = _run(_repository(tmp_path, manifest, {"stack/compose.yml": "nothing: here\n"}))
    results = _results(run)
    assert results["Start the compose stack"] == "failure"
    assert results["Unit tests"] == "skipped"
    assert run.jobs["test"] == "failure"


def test_artefacts_of_every_cell_are_kept_side_by_side(tmp_path: Path) -> None:
    manifest = (HERE / "accepted/parallel.yaml").read_text().replace("make ", "mkdir -p logs && echo > logs/")
    assert compiled(HERE / "accepted/parallel.yaml").files
    run = _run(_repository(tmp_path, manifest, {}))
    suites = ("lint", "unit", "integration")
    assert set(run.artifacts) == {f"logs.{suite}.python-{python}" for suite in suites for python in ("3.12", "3.13")}
    assert {name: list(files) for name, files in run.artifacts.items()} == {
        name: [name.split(".")[1]] for name in run.artifacts
    }
