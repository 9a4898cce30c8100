"""The commands as a person runs them: what they print, what they write, and their exit status."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cases import PROJECT, Holding
from pipegen.compiler import compile_manifest
from pipegen.rules.registry import RULES

PIPEGEN = Path(sys.executable).with_name("pipegen")
CLEAN, FINDINGS, USAGE, BUG = 0, 1, 2, 3
WORKFLOW = ".github/workflows/test.yml"
OUTPUTS = sorted(
    compile_manifest((PROJECT / "examples/collection-task/deploy.yaml").read_bytes(), Holding("Dockerfile")).files or ()
)
# Files of Terraform are told of by their folder.
PLACES = list(dict.fromkeys(re.sub("^(deploy/.+)/[^/]+$", r"\1/*", path) for path in OUTPUTS))


def pipegen(*arguments: str, cwd: Path = PROJECT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run pipegen as a shell would; nothing that it prints may be a traceback."""
    run = subprocess.run(
        [PIPEGEN, *arguments],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert "Traceback" not in run.stderr + run.stdout
    return run


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of an example, without what was compiled from it."""
    copy = tmp_path / "repository"
    shutil.copytree(PROJECT / "examples/collection-task", copy)
    shutil.rmtree(copy / ".github")
    shutil.rmtree(copy / "deploy")
    return copy


def test_compile_writes_and_says_what_it_wrote(repository: Path) -> None:
    run = pipegen("compile", cwd=repository)
    assert (run.returncode, run.stdout) == (CLEAN, "")
    assert run.stderr == "".join(f"wrote {path}\n" for path in PLACES)
    assert all((repository / path).read_bytes() for path in OUTPUTS)
    again = pipegen("compile", cwd=repository)
    assert (again.returncode, again.stderr) == (
        CLEAN,
        f"unchanged: {len(OUTPUTS)} compiled files are as deploy.yaml says\n",
    )


@pytest.mark.parametrize("options", [["--check"], ["--diff"], ["--check", "--diff"]])
def test_check_and_diff_write_nothing_and_fail_until_compiled(repository: Path, options: list[str]) -> None:
    run = pipegen("compile", *options, cwd=repository)
    assert run.returncode == FINDINGS
    assert not (repository / ".github").exists()
    assert "error[missing-output] PG301" in run.stdout
    assert "help: run `pipegen compile` and commit what it writes" in run.stdout
    assert ("+name: Test\n" in run.stdout) == ("--diff" in options)
    pipegen("compile", cwd=repository)
    assert pipegen("compile", *options, cwd=repository).returncode == CLEAN


def test_check_says_why_and_diff_shows_what_would_change(repository: Path) -> None:
    pipegen("compile", cwd=repository)
    manifest = repository / "deploy.yaml"
    manifest.write_text(manifest.read_text().replace('python: "3.10"', 'python: "3.11"'))
    run = pipegen("compile", "--diff", cwd=repository)
    assert run.returncode == FINDINGS
    assert "error[stale-output] PG302" in run.stdout
    assert '-          python-version: "3.10"\n+          python-version: "3.11"\n' in run.stdout


def test_lint_finds_errors_warnings_and_drift(repository: Path) -> None:
    assert pipegen("lint", cwd=repository).returncode == FINDINGS  # nothing is compiled yet
    pipegen("compile", cwd=repository)
    assert pipegen("lint", cwd=repository).stdout == ""
    manifest = repository / "deploy.yaml"
    manifest.write_text(manifest.read_text().replace("lint: make lint", "lint: black ."))
    run = pipegen("lint", cwd=repository)
    assert run.returncode == FINDINGS
    assert "warning[linter-cannot-fail] PG213" in run.stdout
    assert "error[stale-output] PG302" in run.stdout


def test_a_warning_never_stops_compile(repository: Path) -> None:
    manifest = repository / "deploy.yaml"
    manifest.write_text(manifest.read_text().replace("lint: make lint", "lint: black ."))
    run = pipegen("compile", cwd=repository)
    assert run.returncode == CLEAN
    assert "warning[linter-cannot-fail]" in run.stdout
    assert "run: black ." in (repository / WORKFLOW).read_text()


def test_an_error_stops_compile_and_nothing_is_written(repository: Path) -> None:
    manifest = repository / "deploy.yaml"
    manifest.write_text(manifest.read_text().replace("suites:", "suits:"))
    run = pipegen("compile", cwd=repository)
    assert run.returncode == FINDINGS
    assert "did you mean `suites`?" in run.stdout
    assert not (repository / ".github").exists()


def test_a_hand_edit_is_shown_and_kept(repository: Path) -> None:
    pipegen("compile", cwd=repository)
    workflow = repository / WORKFLOW
    workflow.write_text(workflow.read_text().replace("timeout-minutes: 30", "timeout-minutes: 3"))
    run = pipegen("compile", cwd=repository)
    assert run.returncode == FINDINGS
    assert "error[hand-edited] PG304" in run.stdout
    assert "-    timeout-minutes: 3\n+    timeout-minutes: 30\n" in run.stdout
    assert "timeout-minutes: 3\n" in workflow.read_text()


@pytest.mark.parametrize("name", ["full", "concise", "github", "json"])
def test_diff_shows_each_change_once(repository: Path, name: str) -> None:
    """What was edited by hand as well as what is stale; in JSON, it is part of the document."""
    pipegen("compile", cwd=repository)
    workflow, script = repository / WORKFLOW, repository / ".github/pipegen/test-report.py"
    workflow.write_text(workflow.read_text().replace("timeout-minutes: 30", "timeout-minutes: 3"))
    script.unlink()
    run = pipegen("compile", "--diff", "--format", name, cwd=repository)
    assert run.returncode == FINDINGS
    shown = run.stdout
    if name == "json":
        shown = "".join(f"{found['detail']}\n" for found in json.loads(shown)["diagnostics"])
    assert shown.count(f"--- {WORKFLOW}\n") == shown.count("-    timeout-minutes: 3\n") == 1
    assert shown.count("--- .github/pipegen/test-report.py\n") == 1


def test_a_copied_workflow_is_neither_removed_nor_in_the_way(repository: Path) -> None:
    pipegen("compile", cwd=repository)
    copy = (repository / WORKFLOW).with_name("nightly.yml")
    shutil.copy(repository / WORKFLOW, copy)
    assert pipegen("compile", cwd=repository).returncode == CLEAN
    assert pipegen("lint", cwd=repository).returncode == CLEAN
    copy.write_text(copy.read_text().replace("name: Test", "name: Nightly"))
    run = pipegen("compile", cwd=repository)
    assert run.returncode == FINDINGS
    assert "if it is a copy that you mean to keep, delete its first two lines" in run.stdout
    assert copy.exists()


def test_a_repository_elsewhere(repository: Path) -> None:
    assert pipegen("compile", "-C", str(repository)).returncode == CLEAN
    assert pipegen("-C", str(repository), "lint").returncode == CLEAN
    assert pipegen("lint", "--directory", str(repository)).returncode == CLEAN


def test_formats_say_the_same_and_end_the_same(repository: Path) -> None:
    runs = {name: pipegen("lint", "--format", name, cwd=repository) for name in ("full", "concise", "json", "github")}
    assert {run.returncode for run in runs.values()} == {FINDINGS}
    document = json.loads(runs["json"].stdout)
    assert document["version"] == 1
    names = [diagnostic["name"] for diagnostic in document["diagnostics"]]
    assert names == ["missing-output"] * len(PLACES)
    assert runs["concise"].stdout.count("error[missing-output] PG301") == len(PLACES)
    assert runs["github"].stdout.count("::error title=missing-output (PG301),file=") == len(PLACES)


def test_json_is_json_where_there_is_nothing_to_say(repository: Path) -> None:
    pipegen("compile", cwd=repository)
    run = pipegen("compile", "--check", "--format", "json", cwd=repository)
    assert (run.returncode, json.loads(run.stdout)) == (CLEAN, {"version": 1, "omitted": 0, "diagnostics": []})


def test_positions_in_every_format(repository: Path) -> None:
    manifest = repository / "deploy.yaml"
    manifest.write_text(manifest.read_text().replace("suites:", "suits:"))
    line = next(n for n, text in enumerate(manifest.read_text().splitlines(), 1) if "suits:" in text)
    assert f"--> deploy.yaml:{line}:3\n" in pipegen("lint", cwd=repository).stdout
    assert f"deploy.yaml:{line}:3: error[unknown-key]" in pipegen("lint", "--format", "concise", cwd=repository).stdout
    github = pipegen("lint", "--format", "github", cwd=repository).stdout
    assert (
        f"::error title=unknown-key (PG102),file=deploy.yaml,line={line},col=3,endLine={line},endColumn=8::" in github
    )
    spans = [
        found["span"] for found in json.loads(pipegen("lint", "--format", "json", cwd=repository).stdout)["diagnostics"]
    ]
    assert {"line": line, "column": 3, "endLine": line, "endColumn": 8} in spans


@pytest.mark.parametrize("rule", ["unknown-key", "PG102", "pg102"])
def test_explain_takes_a_name_or_a_code(rule: str) -> None:
    run = pipegen("explain", rule)
    assert run.returncode == CLEAN
    assert run.stdout.startswith("# unknown-key (PG102, error)\n\nA key that the language does not know.")


def test_explain_of_nothing_suggests() -> None:
    run = pipegen("explain", "unknwon-key")
    assert run.returncode == USAGE
    assert "unknown-key" in run.stderr


def test_explain_alone_lists_the_rules() -> None:
    run = pipegen("explain")
    assert (run.returncode, run.stderr) == (CLEAN, "")
    listed = [line.split()[:3] for line in run.stdout.splitlines()]
    assert listed == sorted([rule.code, rule.name, rule.severity] for rule in RULES)
    assert "  A key that the language does not know.\n" in run.stdout


def test_schema_is_the_committed_one() -> None:
    assert pipegen("schema").stdout == (PROJECT / "schema/deploy.schema.json").read_text()


@pytest.mark.parametrize("arguments", [["--version"], ["lint", "--help"], ["--help"]])
def test_help_and_version_succeed(arguments: list[str]) -> None:
    assert pipegen(*arguments).returncode == CLEAN


@pytest.mark.parametrize(
    "arguments",
    [["compil"], ["compile", "--chek"], ["lint", "--format", "xml"], ["explain", "a", "b"], ["lint", "extra"]],
)
def test_wrong_usage(arguments: list[str]) -> None:
    assert pipegen(*arguments).returncode == USAGE


@pytest.mark.parametrize(("command", "known"), [("lint", "full, concise, json"), ("authority", "text, json")])
def test_an_unknown_format_is_told_of_as_nobodys_error(command: str, known: str) -> None:
    run = pipegen(command, "--format", "yaml")
    assert (run.returncode, run.stdout) == (USAGE, "")
    assert f"Invalid value for '--format': 'yaml' is not one of {known}" in run.stderr


def test_no_manifest(tmp_path: Path) -> None:
    run = pipegen("lint", cwd=tmp_path)
    assert run.returncode == USAGE
    assert run.stderr == (
        "error: there is no deploy.yaml; run pipegen at the root of a repository that has one, or with -C DIR\n"
    )


def test_a_manifest_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "deploy.yaml").mkdir()
    run = pipegen("lint", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (USAGE, "error: cannot read deploy.yaml: it is not a regular file\n")


def test_a_place_that_cannot_be_written(repository: Path) -> None:
    (repository / ".github").write_text("a file\n")
    run = pipegen("compile", cwd=repository)
    assert run.returncode == FINDINGS
    assert "error[file-in-the-way] PG305" in run.stdout
    assert " --> .github\n" in run.stdout
    assert (repository / ".github").read_text() == "a file\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(repository: Path) -> None:
    (repository / ".github/workflows").mkdir(parents=True)
    (repository / ".github/workflows").chmod(0o555)
    run = pipegen("compile", cwd=repository)
    assert run.returncode == USAGE
    assert re.fullmatch("error: cannot write .github/workflows/[a-z]+.yml: Permission denied\n", run.stderr)
    assert [path.name for path in (repository / ".github").rglob("*")] == ["workflows"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everywhere")
def test_a_folder_that_cannot_be_read(repository: Path) -> None:
    pipegen("compile", cwd=repository)
    (repository / ".github/workflows").chmod(0)
    run = pipegen("lint", cwd=repository)
    (repository / ".github/workflows").chmod(0o755)
    assert run.returncode == USAGE
    assert re.fullmatch("error: cannot read .github/workflows: Permission denied\n", run.stderr)


def test_a_manifest_that_leads_out_of_the_repository_is_not_read(repository: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("password of somebody\n")
    manifest = repository / "deploy.yaml"
    manifest.unlink()
    for target in (outside, Path("../outside"), Path("/dev/zero"), Path("/dev/stdin")):
        manifest.symlink_to(target)
        run = pipegen("lint", cwd=repository)
        assert (run.returncode, run.stdout) == (USAGE, "")
        assert run.stderr == (
            "error: cannot read deploy.yaml: it is a symbolic link that leads out of the repository\n"
        )
        manifest.unlink()


def test_a_manifest_may_be_a_link_within_the_repository_but_not_to_what_git_keeps(repository: Path) -> None:
    (repository / "config").mkdir()
    (repository / "deploy.yaml").rename(repository / "config/deploy.yaml")
    (repository / "deploy.yaml").symlink_to("config/deploy.yaml")
    assert pipegen("compile", cwd=repository).returncode == CLEAN
    (repository / ".git").mkdir()
    (repository / "config/deploy.yaml").rename(repository / ".git/config")
    (repository / "deploy.yaml").unlink()
    (repository / "deploy.yaml").symlink_to(".git/config")
    assert pipegen("lint", cwd=repository).returncode == USAGE


def test_a_manifest_that_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    manifest = tmp_path / "deploy.yaml"
    os.mkfifo(manifest)
    run = pipegen("lint", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (USAGE, "error: cannot read deploy.yaml: it is not a regular file\n")
    manifest.unlink()
    manifest.symlink_to("deploy.yaml")
    run = pipegen("lint", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (
        USAGE,
        "error: cannot read deploy.yaml: Too many levels of symbolic links\n",
    )


def test_a_path_that_leads_in_a_circle_is_missing(repository: Path) -> None:
    manifest = repository / "deploy.yaml"
    manifest.write_text(manifest.read_text().replace("test:\n", "test:\n  working-directory: circle\n", 1))
    (repository / "circle").symlink_to("circle")
    run = pipegen("lint", cwd=repository)
    assert run.returncode == FINDINGS
    assert "error[missing-file] PG205: the repository does not hold `circle`" in run.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_terminal_of_another_encoding_gets_what_it_can_show(repository: Path, encoding: str) -> None:
    manifest = repository / "deploy.yaml"
    manifest.write_text(manifest.read_text().replace("name: collection-task", "name: é😀 日本"), encoding="utf-8")
    for arguments in (["lint"], ["lint", "--format", "concise"], ["lint", "--format", "github"], ["compile", "--diff"]):
        run = pipegen(*arguments, cwd=repository, PYTHONIOENCODING=encoding)
        assert run.returncode == FINDINGS
        assert ("\\U0001f600" in run.stdout) == (encoding != "utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_the_schema_is_utf_8_everywhere(encoding: str) -> None:
    bare = {"PATH": os.environ["PATH"]}
    utf8, other = (
        subprocess.run([PIPEGEN, "schema"], env=bare | {"PYTHONIOENCODING": name}, capture_output=True, check=True)
        for name in ("utf-8", encoding)
    )
    assert other.stdout == utf8.stdout
    assert json.loads(other.stdout.decode("utf-8"))


def test_a_bug_is_said_to_be_one(repository: Path, tmp_path: Path) -> None:
    """Something that cannot happen is made to happen: the message asks for a report, and the status is its own."""
    (tmp_path / "sitecustomize.py").write_text("import pipegen.compiler\npipegen.compiler.validate = None\n")
    run = pipegen("compile", cwd=repository, PYTHONPATH=str(tmp_path))
    assert run.returncode == BUG
    assert "has a bug: TypeError" in run.stderr
    assert "Please report it" in run.stderr


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colours_are_for_terminals_or_on_demand(repository: Path, environment: dict[str, str], coloured: bool) -> None:
    assert ("\x1b[" in pipegen("lint", cwd=repository, **environment).stdout) == coloured


def test_nothing_of_the_user_s_text_reaches_the_terminal_as_it_is(repository: Path) -> None:
    manifest = repository / "deploy.yaml"
    manifest.write_text(manifest.read_text().replace("name: collection-task", 'name: "[red]\\e[31m\u202e"'))
    for name in ("full", "concise", "json", "github"):
        printed = pipegen("lint", "--format", name, cwd=repository).stdout
        assert "\x1b" not in printed
        assert "\u202e" not in printed


def test_the_output_is_the_same_whatever_the_surroundings(repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "a folder with another name"
    shutil.copytree(repository, other)
    pipegen("compile", cwd=repository, PYTHONHASHSEED="1", LANG="C", TZ="UTC")
    pipegen("compile", cwd=other, PYTHONHASHSEED="2", LANG="tr_TR.UTF-8", TZ="Asia/Tokyo")
    assert [(repository / path).read_bytes() for path in OUTPUTS] == [(other / path).read_bytes() for path in OUTPUTS]


def test_the_order_of_keys_changes_nothing_but_that_of_suites(repository: Path) -> None:
    pipegen("compile", cwd=repository)
    before = [(repository / path).read_bytes() for path in OUTPUTS]
    manifest = repository / "deploy.yaml"
    blocks = [block for block in manifest.read_text().split("\n\n") if block]
    manifest.write_text("\n".join(reversed(blocks)) + "\n")
    assert pipegen("compile", cwd=repository).returncode == CLEAN
    assert [(repository / path).read_bytes() for path in OUTPUTS] == before


def test_what_is_stale_is_shown_at_the_first_line_that_is_not_as_compiled(repository: Path) -> None:
    pipegen("compile", cwd=repository)
    manifest = (repository / "deploy.yaml").read_text()
    (repository / "deploy.yaml").write_text(manifest.replace("make test-unit", "make unit-tests"))
    workflow = (repository / WORKFLOW).read_text().splitlines()
    number = next(n for n, line in enumerate(workflow, 1) if "make test-unit" in line)
    run = pipegen("lint", cwd=repository)
    assert f"--> {WORKFLOW}:{number}:" in run.stdout
    assert f"{number} | {workflow[number - 1]}\n" in run.stdout
    found = json.loads(pipegen("lint", "--format", "json", cwd=repository).stdout)["diagnostics"]
    related = [one for diagnostic in found if diagnostic["file"] == WORKFLOW for one in diagnostic["related"]]
    assert [one["span"]["line"] for one in related] == [number]
