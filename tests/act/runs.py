"""Really running a workflow."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from judges.reading import workflow as read

from .actions import replacements
from .events import Event, Payload, default
from .invocation import Record, job_results, run_act

# Neither the user's settings nor, should a hook have started the tests, the variables that name another repository.
_GIT = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
    "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
}


class StepResult(NamedTuple):
    """A step of a job that ran: `success`, `failure` (whatever continue-on-error makes of it) or `skipped`."""

    job: str
    step: str
    result: str


@dataclass(frozen=True)
class Run:
    """What a run left behind."""

    jobs: Mapping[str, str]
    """By id, of the jobs that ran: `success` or `failure`."""
    steps: Sequence[StepResult]
    """Of the jobs that ran, in the workflow's order, by name; of a matrix job once for each cell."""
    log: str
    """What the steps printed, workflow commands such as `::error::` included, each line after its job's id."""
    summaries: Mapping[str, str]
    """By job id, what its steps wrote to GITHUB_STEP_SUMMARY."""
    artifacts: Mapping[str, Mapping[str, bytes]]
    """By artefact, its files' contents by path."""


def execute(
    repo: Path,
    workflow: str,
    event: str,
    payload: Payload | None = None,
    matrix: Mapping[str, str] | None = None,
    *,
    python: Path = Path(sys.executable),
) -> Run:
    """Run a workflow of a copy of the directory, of which everything is one commit.

    `matrix` chooses the cells with these values. `python` is the interpreter that the stand-in for setup-python gives.
    Services have no effect, and a job in a container is refused (ValueError), as are actions without a stand-in.
    """
    data = read((repo / workflow).read_text(encoding="utf-8"))
    for name, job in data["jobs"].items():
        if "container" in job:
            raise ValueError(f"{name} runs in a container")
    whole = default(event) if payload is None else Event(event, payload)
    with tempfile.TemporaryDirectory() as folder:
        copy, home, artifacts = (Path(folder, name) for name in ("repository", "home", "artifacts"))
        for created in (home, artifacts):
            created.mkdir()
        records = run_act(
            home=home,
            repository=copy,
            workflow=copy / workflow,
            event=whole,
            commit=_commit(repo, copy),
            options=[
                *replacements(data),
                *(f"--matrix={key}:{value}" for key, value in (matrix or {}).items()),
            ],
            environment={
                "PIPEGEN_ACT_REPOSITORY": str(copy),
                "PIPEGEN_ACT_ARTIFACTS": str(artifacts),
                "PIPEGEN_ACT_PYTHON": str(python),
                "PIPEGEN_ACT_NODE": shutil.which("node") or "",
            },
        )
        return Run(
            jobs=job_results(records),
            steps=tuple(_steps(data, records)),
            log="".join(_log(records)),
            summaries=_summaries(records),
            artifacts={store.name: _files(store) for store in sorted(artifacts.iterdir())},
        )


def _commit(source: Path, target: Path) -> str:
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns(".git"))
    _git(target, "init", "--quiet", "--initial-branch=main")
    _git(target, "add", "--all")
    _git(target, "commit", "--quiet", "--allow-empty", "--message=All")
    return _git(target, "rev-parse", "HEAD")


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.com", *arguments]
    return subprocess.run(command, cwd=folder, env=_GIT, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def _steps(workflow: Mapping[str, Any], records: Sequence[Record]) -> Iterator[StepResult]:
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for record in records:
        if "jobID" in record:
            results = cells.setdefault((record["jobID"], record["job"]), {})
            if _is_own(record) and record["stage"] == "Main" and "stepResult" in record:
                results[record["stepID"][0]] = record["stepResult"]
    order = list(workflow["jobs"])
    for (job, _), results in sorted(cells.items(), key=lambda cell: order.index(cell[0][0])):
        for index, step in enumerate(workflow["jobs"][job]["steps"]):
            identity = step.get("id", str(index))  # act numbers the steps without one
            yield StepResult(job, step.get("name", identity), results.get(identity, "skipped"))


def _is_own(record: Record) -> bool:
    """Whether it is about a step of the workflow itself; those within an action have a longer path of ids."""
    return len(record.get("stepID", ())) == 1


def _log(records: Sequence[Record]) -> Iterator[str]:
    for record in records:
        if record.get("raw_output") or "raw" in record:
            yield f"{record['jobID']}: {str(record.get('raw') or record['msg']).rstrip()}\n"


def _summaries(records: Sequence[Record]) -> dict[str, str]:
    summaries: dict[str, str] = {}
    for record in records:
        if record.get("command") == "summary" and _is_own(record):
            summaries[record["jobID"]] = summaries.get(record["jobID"], "") + record["content"]
    return summaries


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
