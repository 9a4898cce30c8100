"""Every compiled workflow before every judge: nothing to complain of, and all of it read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cases import ACCEPTED, EXAMPLES, TEST_WORKFLOW, workflow
from judges import JUDGES, Judge
from judges.reading import workflow as parsed
from pipegen.targets.github import expressions
from pipegen.targets.github.expressions import matrix, outcome, ready, started


@pytest.fixture(scope="module")
def compiled_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The workflows of every accepted manifest and every example, as files that a judge can read."""
    folder = tmp_path_factory.mktemp("compiled")
    texts = {manifest.stem: workflow(manifest) for manifest in ACCEPTED}
    texts |= {f"example-{example.name}": (example / TEST_WORKFLOW).read_text() for example in EXAMPLES}
    files = []
    for name, text in texts.items():
        files.append(folder / name / TEST_WORKFLOW)
        files[-1].parent.mkdir(parents=True)
        files[-1].write_text(text)
    return files


@pytest.mark.parametrize("judge", JUDGES.values(), ids=JUDGES.keys())
def test_no_judge_finds_anything_and_each_read_everything(judge: Judge, compiled_files: list[Path]) -> None:
    assert len(compiled_files) >= 10
    verdict = judge(compiled_files)
    assert verdict.findings == ()
    assert verdict.read == len(compiled_files)


def test_every_expression_is_one_of_the_closed_list(compiled_files: list[Path]) -> None:
    constants = {value for name, value in vars(expressions).items() if name.isupper()}
    closed = {found for value in constants for found in re.findall(r"\$\{\{.*?\}\}", value)}
    word = "[a-z][a-z0-9-]*"
    patterns = [re.escape(make("WORD")).replace("WORD", word) for make in (outcome, ready, started, matrix)]
    for file in compiled_files:
        for expression in re.findall(r"\$\{\{.*?\}\}", file.read_text()):
            assert expression in closed or any(re.fullmatch(pattern, expression) for pattern in patterns), expression


def test_comments_are_ours_whatever_the_manifest_says(compiled_files: list[Path]) -> None:
    known = re.compile(
        r"A pull request from a branch of this repository was tested when the branch was pushed\."
        r"|The check that branch protection names\. It is never skipped: a skipped check counts as passed\."
        r"|Written by `pipegen compile` from deploy\.yaml\. Do not edit: change that\."
        r"|pipegen [0-9a-f]{64}|check out the code|v[0-9]+\.[0-9]+\.[0-9]+"
    )
    for file in compiled_files:
        in_script = {line for job in parsed(file.read_text())["jobs"].values() for line in _scripts(job)}
        for line in file.read_text().splitlines():
            comment = re.search(r"(?:^|\s)#\s(.*)$", line)
            if comment and line.strip() not in in_script and not re.search(r"(run|description): ", line):
                assert known.fullmatch(comment[1]), line


def _scripts(job: dict[str, list[dict[str, str]]]) -> list[str]:
    return [line.strip() for step in job["steps"] for line in step.get("run", "").splitlines()]


def test_names_of_artefacts_are_unique_in_a_workflow(compiled_files: list[Path]) -> None:
    for file in compiled_files:
        names = [
            step["with"]["name"]
            for job in parsed(file.read_text())["jobs"].values()
            for step in job["steps"]
            if "upload-artifact" in step.get("uses", "")
        ]
        assert len(names) == len(set(names)), names
        cells = [axis for job in parsed(file.read_text())["jobs"].values() for axis in _axes(job)]
        for axis in cells:
            assert all(f"matrix.{axis}" in name for name in names), names


def _axes(job: dict[str, dict[str, dict[str, list[str]]]]) -> list[str]:
    return list(job.get("strategy", {}).get("matrix", {}))
