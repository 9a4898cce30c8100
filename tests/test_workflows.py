"""Every compiled workflow before every judge: nothing to complain of, and all of it read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cases import ACCEPTED, EXAMPLES, HERE, PROJECT, Holding, workflows
from judges import JUDGES, Judge
from judges.reading import workflow as parsed
from pipegen.compiler import compile_manifest


@pytest.fixture(scope="module")
def compiled_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The workflows of every accepted manifest and every example, as files that a judge can read."""
    folder = tmp_path_factory.mktemp("compiled")
    texts = {f"{manifest.stem}/{name}": text for manifest in ACCEPTED for name, text in workflows(manifest).items()}
    for example in (*EXAMPLES, PROJECT):
        for file in (example / ".github/workflows").glob("*.yml"):
            texts[f"example-{example.name}/{file.name}"] = file.read_text()
    files = []
    for name, text in texts.items():
        files.append(folder / Path(name).parent / ".github/workflows" / Path(name).name)
        files[-1].parent.mkdir(parents=True, exist_ok=True)
        files[-1].write_text(text)
    return files


@pytest.mark.parametrize("judge", JUDGES.values(), ids=JUDGES.keys())
def test_no_judge_finds_anything_and_each_read_everything(judge: Judge, compiled_files: list[Path]) -> None:
    assert len(compiled_files) >= 25
    verdict = judge(compiled_files)
    assert verdict.findings == ()
    assert verdict.read == len(compiled_files)


@pytest.mark.parametrize(
    ("runner", "platforms", "emulated"),
    [
        ("ubuntu-24.04", "linux/amd64", None),
        ("ubuntu-24.04", "linux/arm64", "arm64"),
        ("ubuntu-24.04-arm", "linux/arm64", None),
        ("ubuntu-24.04-arm", "[linux/amd64, linux/arm64]", "amd64"),
    ],
)
def test_an_emulator_is_installed_for_the_platforms_that_the_runner_is_not(
    runner: str, platforms: str, emulated: str | None
) -> None:
    manifest = (HERE / "accepted/public.yaml").read_text().replace("registry: public", f"platforms: {platforms}")
    compilation = compile_manifest(f"runner: {runner}\n{manifest}".encode(), Holding("docker/", "docker/Dockerfile"))
    assert compilation.files is not None, compilation.diagnostics
    build = parsed(compilation.files[".github/workflows/publish.yml"])["jobs"]["build"]
    (builder,) = [step["run"] for step in build["steps"] if step["id"] == "builder"]
    assert re.findall("--install (.*)", builder) == ([emulated] if emulated else [])


WORD = "[A-Za-z0-9_-]+"
# Every atom that an expression may hold; operators and parentheses join them.
ATOMS = re.compile(
    rf"steps\.{WORD}\.(outcome|outputs\.{WORD})|needs\.{WORD}\.(result|outputs\.{WORD})|matrix\.(python|node)"
    rf"|github\.(event_name|ref_type|ref|sha|head_ref|repository|token|run_id|run_attempt)"
    r"|github\.event\.pull_request\.(number|head\.repo\.full_name)|inputs\.(environment|bump)|runner\.temp"
    rf"|secrets\.[A-Z0-9_]+|always\(\)|cancelled\(\)|join\(needs\.\*\.result, ' '\)"
    r"|hashFiles\(('\*\*/[a-z*.-]+'(, )?)+\)|'[A-Za-z0-9_/. -]*'"
)


def test_every_expression_is_made_of_the_closed_list(compiled_files: list[Path]) -> None:
    for file in compiled_files:
        for expression in re.findall(r"\$\{\{(.*?)\}\}", file.read_text()):
            assert re.fullmatch(r"[\s()!&|=]*", ATOMS.sub("", expression)), expression


def test_comments_are_ours_whatever_the_manifest_says(compiled_files: list[Path]) -> None:
    known = re.compile(
        r"A pull request from a branch of this repository was tested when the branch was pushed\."
        r"|The check that branch protection names\. It is never skipped: a skipped check counts as passed\."
        r"|Without this job, a run by hand that may publish nothing would be empty and green\."
        r"|It runs the repository's code, so it is given no credentials of AWS and restores no cache\."
        r"|Only what has the digest that it takes is published\."
        r"|A job of its own: the build runs the repository's code, which must not be able to sign\."
        r"|It runs nothing of the repository\."
        r" It compares the digest of what was built, then takes credentials, then moves it\."
        r"|On merge it waits until the environment before it is published\."
        r" Started by hand it publishes this one alone, at once\."
        r"|Written by `pipegen compile` from deploy\.yaml\. Do not edit: change that\."
        r"|pipegen [0-9a-f]{64}|check out the code|assume the role of [a-z0-9-]+"
        r"|read the tags|create the tag and the release"
        r"|publish as the trusted publisher of this package|store the provenance of the image"
        r"|sign the provenance as this workflow|v[0-9]+\.[0-9]+\.[0-9]+"
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
        for job in parsed(file.read_text())["jobs"].values():
            kept = [step["with"]["name"] for step in job["steps"] if "upload-artifact" in step.get("uses", "")]
            assert all(f"matrix.{axis}" in name for axis in _axes(job) for name in kept), kept


def _axes(job: dict[str, dict[str, dict[str, list[str]]]]) -> list[str]:
    return list(job.get("strategy", {}).get("matrix", {}))
