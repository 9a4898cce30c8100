"""What the act harness says is what happened: small workflows whose outcome is known."""

import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent, indent

import pytest

from act import ActError, Event, Run, StepResult, execute, jobs_run, jobs_started, starts
from act.events import dispatch, merge_group, pull_request, push, push_tag

CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"
PYTHON = "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97"
NODE = "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020"
DOWNLOAD = "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c"
UPLOAD = "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f"
ON = """
name: W
on:
  push:
    branches: [main]
  pull_request:
  merge_group:
  workflow_dispatch:
    inputs:
      environment:
        type: choice
        options: [development, staging]
        default: development
defaults:
  run:
    shell: bash
jobs:
"""
GRAPH = (
    ON
    + """
  suites:
    runs-on: ubuntu-24.04
    container: nowhere.example/image
    services: {postgres: {image: nowhere.example/image}}
    strategy: {matrix: {version: [a, b]}}
    steps: [{uses: nobody/nothing@main}]
  on-main:
    if: github.ref == 'refs/heads/main' && github.ref_type == 'branch'
    needs: [suites]
    runs-on: ubuntu-22.04
    steps: [{run: exit 3}]
  staging:
    if: inputs.environment == 'staging'
    runs-on: ubuntu-24.04-arm
    steps: [{run: exit 3}]
  queue:
    if: startsWith(github.ref, 'refs/heads/gh-readonly-queue/main/')
    runs-on: ubuntu-24.04
    steps: [{run: exit 3}]
  pull:
    if: github.ref == 'refs/pull/7/merge' && github.ref_type == 'branch' && github.head_ref == 'topic'
    runs-on: ubuntu-24.04
    steps: [{run: exit 3}]
  last:
    if: always()
    needs: [suites, on-main]
    runs-on: ubuntu-24.04
    steps:
      - env:
          RESULTS: ${{ join(needs.*.result, ' ') }}
        run: '[[ "$RESULTS" =~ ^success( success)*$ ]]'
"""
)
LAST = frozenset({"last"})
ALWAYS = {"suites": "success", "last": "success"}


@pytest.mark.parametrize(
    ("event", "ran"),
    [
        pytest.param(push(), {**ALWAYS, "on-main": "success"}, id="a push to main"),
        pytest.param(push("topic"), {}, id="a push that the filter leaves out"),
        pytest.param(pull_request(), {**ALWAYS, "pull": "success"}, id="a pull request"),
        pytest.param(merge_group(), {**ALWAYS, "queue": "success"}, id="a merge group"),
        pytest.param(dispatch("refs/tags/v1"), ALWAYS, id="a dispatch of a tag"),
        pytest.param(
            dispatch("refs/heads/topic", environment="staging"),
            {**ALWAYS, "staging": "success"},
            id="a dispatch with an input",
        ),
    ],
)
def test_jobs_that_are_skipped_are_absent(event: Event, ran: Mapping[str, str]) -> None:
    assert jobs_started(GRAPH, event) == ran


@pytest.mark.parametrize(
    ("event", "fail", "result"),
    [
        pytest.param(push(), frozenset(), "success", id="all succeeded"),
        pytest.param(push(), frozenset({"suites"}), "failure", id="a needed job failed"),
        pytest.param(pull_request(), frozenset(), "failure", id="a needed job was skipped"),
    ],
)
def test_a_kept_job_really_runs_and_sees_the_results(event: Event, fail: frozenset[str], result: str) -> None:
    assert jobs_run(GRAPH, event.name, event.payload, fail=fail, keep=LAST)["last"] == result


def test_a_job_made_to_fail_takes_those_that_need_it_away() -> None:
    assert jobs_run(GRAPH, "push", fail=frozenset({"suites"})) == {"suites": "failure", "last": "success"}


def test_inputs_are_those_that_the_workflow_declares() -> None:
    assert "staging" in jobs_run(GRAPH, "workflow_dispatch", inputs={"environment": "staging"})
    with pytest.raises(ValueError, match="production is no option of the input environment"):
        jobs_run(GRAPH, "workflow_dispatch", inputs={"environment": "production"})
    with pytest.raises(ValueError, match="declares no input region"):
        jobs_run(GRAPH, "workflow_dispatch", inputs={"region": "x"})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("ubuntu-22.04", "macos-15", "Skipping unsupported platform", id="an unknown runner"),
        pytest.param("if: always()", "if: nothing()", "nothing", id="a condition with an unknown function"),
        pytest.param(
            "needs: [suites]", "needs: [absent]", "unable to build dependency graph", id="a need that no job has"
        ),
    ],
)
def test_what_act_would_pass_over_is_an_error(old: str, new: str, message: str) -> None:
    with pytest.raises(ActError, match=message):
        jobs_run(GRAPH.replace(old, new), "push")


def test_jobs_that_are_not_there_cannot_be_chosen() -> None:
    with pytest.raises(ValueError, match="no such jobs"):
        jobs_run(GRAPH, "push", fail=frozenset({"suite"}))
    with pytest.raises(ValueError, match="only a job of scripts"):
        jobs_run(GRAPH, "push", keep=frozenset({"suites"}))


def run(folder: Path, steps: str, *, job: str = "", matrix: Mapping[str, str] | None = None) -> Run:
    """Execute one job with these steps in a repository that holds a few files to upload."""
    for path in ("report/one.txt", "report/.hidden", "report/sub/two.txt", ".junit/three.xml", "ignored/four.txt"):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path)
    (folder / ".gitignore").write_text("ignored/\n")
    (folder / ".env").write_text("FROM_DOTENV=1\n")
    whole = f"  only:\n    runs-on: ubuntu-24.04\n{job}    steps:\n{indent(dedent(steps), ' ' * 6)}"
    (folder / "workflow.yml").write_text(ON + whole)
    return execute(folder, "workflow.yml", "push", matrix=matrix)


def test_later_steps_run_after_a_failure_only_where_they_ask_for_it(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        """
        - {name: Set up, id: setup, run: "true"}
        - {name: First, run: exit 1}
        - {name: Second, if: "${{ !cancelled() && steps.setup.outcome == 'success' }}", run: "true"}
        - {name: Third, run: "true"}
        - {name: Report, if: always(), run: 'echo "::error file=a.py,line=1::no%0Agood"'}
        """,
    )
    assert result.jobs == {"only": "failure"}
    assert result.steps == (
        StepResult("only", "Set up", "success"),
        StepResult("only", "First", "failure"),
        StepResult("only", "Second", "success"),
        StepResult("only", "Third", "skipped"),
        StepResult("only", "Report", "success"),
    )
    assert "only: ::error file=a.py,line=1::no%0Agood\n" in result.log


def test_the_last_words_of_failing_steps_are_heard(tmp_path: Path) -> None:
    steps = "".join(f"- {{if: always(), run: 'echo word {number} && exit 1'}}\n" for number in range(15))
    log = run(tmp_path, steps).log
    assert log.splitlines() == [f"only: word {number}" for number in range(15)]


def test_the_summary_is_that_of_all_steps(tmp_path: Path) -> None:
    steps = """
        - run: echo "# One" >> "$GITHUB_STEP_SUMMARY"
        - run: echo "# Two" >> "$GITHUB_STEP_SUMMARY"
    """
    assert run(tmp_path, steps).summaries == {"only": "# One\n# Two\n"}


@pytest.mark.parametrize(("matrix", "cells"), [(None, {"a", "b"}), ({"letter": "b"}, {"b"})])
def test_the_matrix_is_run_whole_or_in_part(tmp_path: Path, matrix: dict[str, str] | None, cells: set[str]) -> None:
    job = "    strategy: {matrix: {letter: [a, b]}}\n"
    result = run(tmp_path, "- {name: Say, run: 'echo letter=${{ matrix.letter }}'}", job=job, matrix=matrix)
    assert {line.partition("letter=")[2] for line in result.log.splitlines()} == cells
    assert result.steps == (StepResult("only", "Say", "success"),) * len(cells)


def test_nothing_of_the_callers_machine_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FROM_CALLER", "1")
    log = run(tmp_path, "- run: pwd; env; ls -A").log
    assert "FROM_" not in log
    assert f"HOME={Path.home()}\n" not in log
    assert str(tmp_path) not in log


def test_checkout_gives_the_commit_alone(tmp_path: Path) -> None:
    log = run(
        tmp_path,
        f"""
        - run: ls -A | wc -l
        - {{id: code, uses: "{CHECKOUT}", with: {{persist-credentials: false}}}}
        - env: {{COMMIT: "${{{{ steps.code.outputs.commit }}}}"}}
          run: |
            [[ "$COMMIT" == "$GITHUB_SHA" && "$(git rev-parse HEAD)" == "$GITHUB_SHA" ]] && echo same commit
            git branch --show-current; git status --short; ls -A1; git config --list
        """,
    ).log
    lines = [line.removeprefix("only: ") for line in log.splitlines()]
    assert lines[0] == "0"
    assert {
        "same commit",
        "main",
        ".env",
        ".gitignore",
        "report",
        "remote.origin.url=https://github.com/acme/widget",
    } <= {*lines}
    assert "ignored" not in lines
    assert "extraheader" not in log


def test_checkout_keeps_the_token_unless_told_not_to(tmp_path: Path) -> None:
    assert "extraheader" in run(tmp_path, f"- uses: {CHECKOUT}\n- run: git config --list").log


@pytest.mark.parametrize(
    ("action", "settings", "message"),
    [
        pytest.param(PYTHON, "{python-version-file: none}", "none doesn't exist", id="no file with the version"),
        pytest.param(PYTHON, "{}", "neither python-version nor", id="no version of Python"),
        pytest.param(PYTHON, '{python-version: "3", cache: pip}', "No file matched", id="nothing for pip to cache"),
        pytest.param(NODE, "{}", "neither node-version nor", id="no version of Node"),
        pytest.param(NODE, '{node-version: "22", cache: npm}', "lock file is not found", id="nothing for npm to cache"),
    ],
)
def test_setting_up_fails_where_the_action_would(tmp_path: Path, action: str, settings: str, message: str) -> None:
    result = run(tmp_path, f"- {{uses: {action}, with: {settings}}}")
    assert message in result.log
    assert result.jobs == {"only": "failure"}


def test_setting_up_python_gives_the_one_of_the_test_run(tmp_path: Path) -> None:
    log = run(tmp_path, f'- {{uses: {PYTHON}, with: {{python-version: "3.12"}}}}\n- run: which python').log
    assert '"python-version": "3.12"' in log
    assert log.splitlines()[-1] == f"only: {Path(sys.executable).with_name('python')}"


HELD = {"one.txt", "sub/two.txt"}


@pytest.mark.parametrize(
    ("settings", "held"),
    [
        pytest.param("path: report/", HELD, id="a directory, without hidden files"),
        pytest.param("path: report\n    include-hidden-files: true", {*HELD, ".hidden"}, id="hidden files too"),
        pytest.param("path: report/**/*.txt", HELD, id="a pattern"),
        pytest.param("path: report/sub/two.txt", {"two.txt"}, id="a single file"),
        pytest.param('path: "report\\n!report/sub"', {"one.txt"}, id="all but a directory"),
        pytest.param('path: "report\\nignored"', {f"report/{path}" for path in HELD}, id="two paths"),
        pytest.param("path: .junit/", None, id="a hidden directory"),
        pytest.param("path: .junit/*.xml", None, id="files of a hidden directory"),
        pytest.param("path: .junit/three.xml", {"three.xml"}, id="one named file of a hidden directory"),
        pytest.param("path: .junit\n    include-hidden-files: true", {"three.xml"}, id="a hidden directory asked for"),
        pytest.param("path: nothing", None, id="nothing"),
    ],
)
def test_an_artefact_holds_what_the_action_would_upload(tmp_path: Path, settings: str, held: set[str] | None) -> None:
    upload = f"- uses: {CHECKOUT}\n- uses: {UPLOAD}\n  with:\n    name: kept\n    {settings}\n"
    result = run(tmp_path, upload)
    assert result.jobs == {"only": "success"}
    assert {name: set(files) for name, files in result.artifacts.items()} == ({"kept": held} if held else {})


def test_an_empty_artefact_can_be_an_error(tmp_path: Path) -> None:
    result = run(tmp_path, f"- uses: {UPLOAD}\n  with: {{path: nothing, if-no-files-found: error}}")
    assert result.jobs == {"only": "failure"}


def test_a_second_artefact_of_one_name_fails_unless_it_may_overwrite(tmp_path: Path) -> None:
    settings = "name: kept, path: file"
    result = run(
        tmp_path,
        f"""
        - run: echo 1 > file
        - {{uses: {UPLOAD}, with: {{{settings}}}}}
        - run: echo 2 > file
        - {{name: Replace, uses: {UPLOAD}, with: {{{settings}, overwrite: true}}}}
        - {{name: Collide, uses: {UPLOAD}, with: {{{settings}}}}}
        """,
    )
    assert [step.result for step in result.steps[-2:]] == ["success", "failure"]
    assert result.artifacts == {"kept": {"file": b"2\n"}}
    assert "already exists" in result.log


@pytest.mark.parametrize(
    ("step", "message"),
    [
        pytest.param(f"uses: {CHECKOUT}, with: {{depth: 1}}", r"no inputs \['depth'\]", id="an input it does not have"),
        pytest.param(f"uses: {UPLOAD}", r"demands the inputs \['path'\]", id="an input it needs"),
        pytest.param("uses: nobody/nothing@main", "no stand-in for nobody/nothing", id="an action without a stand-in"),
    ],
)
def test_an_action_used_wrongly_is_refused_before_anything_runs(tmp_path: Path, step: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        run(tmp_path, f"- {{{step}}}")


def test_a_job_in_a_container_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="only runs in a container"):
        run(tmp_path, "- run: ls", job="    container: image\n")


TWO = (
    ON
    + f"""
  first:
    runs-on: ubuntu-24.04
    outputs: {{said: "${{{{ steps.say.outputs.said }}}}"}}
    steps:
      - {{id: say, run: "echo said=really >> $GITHUB_OUTPUT; echo made > file"}}
      - {{uses: "{UPLOAD}", with: {{name: made, path: file}}}}
  second:
    needs: [first]
    runs-on: ubuntu-24.04
    environment: {{name: staging}}
    permissions: {{id-token: write}}
    steps:
      - {{uses: "{DOWNLOAD}", with: {{name: made}}}}
      - env:
          SAID: ${{{{ needs.first.outputs.said }}}}
          SECRETS: ${{{{ secrets.OWN }}}},${{{{ secrets.SHARED }}}}
        run: echo "$SAID $(< file) $GITHUB_RUN_ATTEMPT $ACTIONS_ID_TOKEN_REQUEST_TOKEN $(rev <<< "$SECRETS")"
  third:
    needs: [first]
    runs-on: ubuntu-24.04
    steps:
      - env:
          SAID: ${{{{ needs.first.outputs.said }}}}
          SECRETS: ${{{{ secrets.OWN }}}},${{{{ secrets.SHARED }}}}
        run: echo "$SAID $ACTIONS_ID_TOKEN_REQUEST_TOKEN $(rev <<< "$SECRETS")"
"""
)


def test_a_job_has_its_own_secrets_and_identity_and_what_came_on_the_way(tmp_path: Path) -> None:
    (tmp_path / "workflow.yml").write_text(TWO)
    secrets = {"": {"SHARED": "rof-lla"}, "staging": {"OWN": "gnigats"}, "production": {"OWN": "noitcudorp"}}
    tampering = {"made": "echo changed > file"}
    log = execute(tmp_path, "workflow.yml", "push", secrets=secrets, tampering=tampering, attempt=3).log
    assert "second: really changed 3 repo:acme/widget:environment:staging all-for,staging\n" in log
    assert "third: really  all-for,\n" in log


def test_a_job_left_out_succeeds_with_the_outputs_that_are_given(tmp_path: Path) -> None:
    (tmp_path / "workflow.yml").write_text(TWO)
    result = execute(tmp_path, "workflow.yml", "push", left_out={"first": {"said": "before"}, "second": {}})
    assert result.jobs == dict.fromkeys(("first", "second", "third"), "success")
    assert "third: before  ,\n" in result.log
    assert result.artifacts == {}
    with pytest.raises(ValueError, match="no such jobs"):
        execute(tmp_path, "workflow.yml", "push", left_out={"fourth": {}})


PUSHES = (push("main"), push("topic/a"), push_tag("v1.2"))
MAIN, TOPIC, TAG = (event.ref for event in PUSHES)


@pytest.mark.parametrize(
    ("filters", "started"),
    [
        (None, (MAIN, TOPIC, TAG)),
        ({"branches": ["main"]}, (MAIN,)),
        ({"branches": "main"}, (MAIN,)),
        ({"branches": ["MAIN"]}, ()),
        ({"branches": ["mai"]}, ()),
        ({"branches": ["*"]}, (MAIN,)),
        ({"branches": ["**"]}, (MAIN, TOPIC)),
        ({"branches": ["topic/*"]}, (TOPIC,)),
        ({"branches": ["**/a"]}, (TOPIC,)),
        ({"branches": ["topic/**/a"]}, (TOPIC,)),
        ({"branches": ["**", "!topic/**"]}, (MAIN,)),
        ({"branches": ["!topic/**", "**"]}, (MAIN, TOPIC)),
        ({"branches": ["!main"]}, ()),
        ({"branches-ignore": ["main"]}, (TOPIC,)),
        ({"branches-ignore": ["**"]}, ()),
        ({"tags": ["v*"]}, (TAG,)),
        ({"tags": ["v[0-9]+.[0-9]+"]}, (TAG,)),
        ({"tags": ["v1+.2"]}, (TAG,)),
        ({"tags": ["v11?.2"]}, (TAG,)),
        ({"tags": ["v1?2"]}, ()),
        ({"tags": ["v1\\.2"]}, (TAG,)),
        ({"tags-ignore": ["v*"]}, ()),
        ({"tags-ignore": ["w*"]}, (TAG,)),
        ({"branches": ["main"], "tags": ["v*"]}, (MAIN, TAG)),
        ({"branches-ignore": ["main"], "tags": ["v*"]}, (TOPIC, TAG)),
    ],
    ids=str,
)
def test_a_push_starts_what_its_filters_let_in(filters: dict[str, object] | None, started: tuple[str, ...]) -> None:
    assert tuple(event.ref for event in PUSHES if starts({"push": filters}, event)) == started


@pytest.mark.parametrize(
    ("on", "event", "started"),
    [
        ({"pull_request": None}, pull_request(), True),
        ({"pull_request": None}, pull_request(action="closed"), False),
        ({"pull_request": {"types": ["closed"]}}, pull_request(action="closed"), True),
        ({"pull_request": {"branches": ["main"]}}, pull_request(head="topic", base="main"), True),
        ({"pull_request": {"branches": ["main"]}}, pull_request(head="main", base="release"), False),
        ({"pull_request": {"branches-ignore": ["main"]}}, pull_request(), False),
        ({"merge_group": None}, merge_group(), True),
        ({"merge_group": {"branches": ["release"]}}, merge_group(), False),
        ({"workflow_dispatch": {"inputs": {}}}, dispatch("refs/tags/v1"), True),
        ({"push": None}, dispatch(), False),
    ],
)
def test_other_events_start_by_their_own_filters(
    on: dict[str, dict[str, object] | None], event: Event, started: bool
) -> None:
    assert starts(on, event) is started


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"paths": ["src/**"]}, "not read here"),
        ({"branches": ["a"], "branches-ignore": ["b"]}, "GitHub refuses"),
    ],
)
def test_a_filter_that_cannot_be_read_is_an_error(filters: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        starts({"push": filters}, push())
