"""The script of the last job, with every combination of results that GitHub can hand it."""

from __future__ import annotations

import itertools
import os
import subprocess

import pytest

from cases import HERE, workflow
from judges.reading import workflow as parsed

STEP = parsed(workflow(HERE / "accepted/minimal.yaml"))["jobs"]["test"]["steps"][0]
RESULTS = ("success", "failure", "cancelled", "skipped")


def _check(results: str, pushed: str = "false") -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "RESULTS": results, "PUSHED": pushed}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEP["run"]]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("results", [" ".join(pair) for pair in itertools.product(RESULTS, repeat=2)])
def test_it_passes_only_when_every_needed_job_succeeded(results: str) -> None:
    run = _check(results)
    assert (run.returncode == 0) == (results == "success success")
    assert (f"::error title=Test::The test jobs ended with: {results}" in run.stdout) == (run.returncode != 0)


@pytest.mark.parametrize("results", ["", "succes", "success  success", "success\nfailure", "SUCCESS"])
def test_it_does_not_take_anything_else_for_success(results: str) -> None:
    assert _check(results).returncode != 0


def test_it_says_where_a_pull_request_from_a_branch_was_tested() -> None:
    run = _check("skipped", pushed="true")
    assert run.returncode == 0
    assert "Look for the check named Test on the same commit" in run.stdout
