"""The README, followed to the letter in a folder that holds a Dockerfile: what it shows is what comes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from cases import EXAMPLES, PROJECT

README = (PROJECT / "README.md").read_text()


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_every_command_prints_what_the_readme_shows(tmp_path: Path) -> None:
    (manifest,) = _blocks("yaml")
    (tmp_path / "deploy.yaml").write_text(manifest)
    (tmp_path / "Dockerfile").write_text("FROM scratch\n")  # what every application is built from
    environment = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "NO_COLOR": "1"}
    commands = 0
    for block in _blocks("console"):
        for command, _, shown in (part.partition("\n") for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]):
            run = subprocess.run(
                ["bash", "-c", command],
                cwd=tmp_path,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            assert run.stdout == shown, command
            commands += 1
    assert commands >= 4


def test_the_commands_of_the_table_are_those_of_the_program() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("pipegen"), "--help"], capture_output=True, text=True, check=True
    )
    listed = set(re.findall(r"^ +([a-z]+) {2,}[A-Z]", run.stdout, re.MULTILINE))
    assert listed
    assert set(re.findall(r"^\| `pipegen ([a-z]+)", README, re.MULTILINE)) == listed


def test_the_table_of_examples_counts_every_line() -> None:
    rows = re.findall(r"^\| \[([a-z-]+)\]\(examples/\1\) \|.*\| (\d+) lines \| (\d+) lines \|$", README, re.MULTILINE)
    said = {name: (int(manifest), int(workflows)) for name, manifest, workflows in rows}
    counted = {
        example.name: (
            len((example / "deploy.yaml").read_text().splitlines()),
            sum(len(file.read_text().splitlines()) for file in (example / ".github/workflows").glob("*.yml")),
        )
        for example in EXAMPLES
    }
    assert said == counted


def test_links_lead_somewhere() -> None:
    for page in [
        PROJECT / "README.md",
        PROJECT / "CONTRIBUTING.md",
        PROJECT / "CHANGELOG.md",
        *PROJECT.glob("docs/*.md"),
    ]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_targets_of_make_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    for page in [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", PROJECT / "docs/design.md"]:
        assert set(re.findall(r"(?:`|^)make ([a-z]+)", page.read_text(), re.MULTILINE)) <= targets


def test_the_versions_of_tools_in_the_examples_are_those_that_the_tests_run_with() -> None:
    """The examples' suites run offline, with what is installed for the project."""
    lock = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (PROJECT / "requirements.lock").read_text(), re.MULTILINE))
    for requirements in PROJECT.glob("examples/*/requirements*.txt"):
        for name, version, marker in re.findall(
            r"^([a-z0-9-]+)==([^\s;]+)(.*)$", requirements.read_text(), re.MULTILINE
        ):
            if "<" not in marker and "==" not in marker:
                assert lock[name] == version, requirements
