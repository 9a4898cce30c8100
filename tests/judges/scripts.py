"""shellcheck on the scripts of workflows, called as actionlint calls it but for the number of its processes."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

import yaml

from .programs import JudgeError, installed, output
from .reading import workflow
from .verdict import Verdict

# As in https://github.com/rhysd/actionlint/blob/main/docs/checks.md#check-shellcheck-integ: without what a script of a
# workflow cannot help, and with the options that GitHub starts bash with. A test compares them with actionlint's calls.
OPTIONS = ("--norc", "-x", "--shell", "bash", "-e", "SC1091,SC2194,SC2050,SC2153,SC2154,SC2157,SC2043")
CALLED = "set -eo pipefail\n{}\n"


def shellcheck(paths: Sequence[Path]) -> Verdict:
    """Lint the scripts; `read` counts the files all of whose scripts the report names.

    A script that stands in several steps, byte by byte the same, is linted once, and what is found is found in each.
    That one is for another shell than bash is a finding here, and an expression in one is a finding of the house.
    """
    findings: list[str] = []
    scripts: dict[str, list[str]] = {}
    of_files: dict[Path, set[str]] = {}
    for path in paths:
        try:
            of_files[path] = set()
            for place, shell, script in scripts_of(path):
                if shell != "bash":
                    findings.append(f"{path}: shell: {place}: {shell} is not bash")
                scripts.setdefault(script, []).append(f"{path}: {{}}: {place}: {{}}")
                of_files[path].add(script)
        except (TypeError, yaml.YAMLError) as error:
            findings.append(f"{path}: unreadable: {' '.join(str(error).split())}")
    read, said = _linted(list(scripts))
    findings += [place.format(code, text) for script, code, text in said for place in scripts[script]]
    return Verdict(tuple(findings), sum(bool(found) and found <= read for found in of_files.values()))


def scripts_of(path: Path) -> Iterator[tuple[str, str, str]]:
    """Where each script stands, its shell, and the script."""
    data = workflow(path.read_text(encoding="utf-8"))
    for name, job in data.get("jobs", {}).items():
        shells = [block.get("defaults", {}).get("run", {}).get("shell") for block in (job, data)]
        for number, step in enumerate(job.get("steps", []), start=1):
            if "run" in step:
                shell = next(filter(None, (step.get("shell"), *shells)), "none")
                yield f"{name}, step {number}", shell, step["run"]


def _linted(scripts: Sequence[str]) -> tuple[set[str], list[tuple[str, str, str]]]:
    """The scripts that the report names, and of what it says the script, the code and the words."""
    with tempfile.TemporaryDirectory() as folder:
        files = {str(Path(folder, str(number))): script for number, script in enumerate(scripts)}
        for file, script in files.items():
            Path(file).write_text(CALLED.format(script), encoding="utf-8")
        run = output(installed("shellcheck"), "--format=checkstyle", *OPTIONS, *files)
    if run.returncode not in (0, 1):
        raise JudgeError(run.stderr)
    report = [(files[file.attrib["name"]], file) for file in ElementTree.fromstring(run.stdout)]
    said = [
        (script, error.attrib["source"].removeprefix("ShellCheck."), error.attrib["message"])
        for script, file in report
        for error in file
    ]
    return {script for script, _ in report}, said
