"""Really running a workflow."""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from judges.reading import workflow as read

from . import rights
from .actions import replacements
from .events import Event, Payload, default
from .invocation import Record, job_results, run_act
from .repositories import cloned, copied


class StepResult(NamedTuple):
    """A step of a job that ran: `success`, `failure` (whatever continue-on-error makes of it) or `skipped`."""

    job: str
    step: str
    result: str


class ActionInputs(NamedTuple):
    """What an action was given, the defaults included; what is a secret reads `***`."""

    job: str
    step: str
    inputs: Mapping[str, str]


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
    inputs: Sequence[ActionInputs]
    """Of the actions that ran."""


def execute(
    repo: Path,
    workflow: str,
    event: str,
    payload: Payload | None = None,
    matrix: Mapping[str, str] | None = None,
    *,
    python: Path = Path(sys.executable),
    secrets: rights.Secrets | None = None,
    left_out: rights.Outputs | None = None,
    attempt: int = 1,
    remote: Path | None = None,
    tampering: Mapping[str, str] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run a workflow of a copy of the directory, of which everything is one commit.

    `matrix` chooses the cells with these values. `python` is the interpreter that the stand-in for setup-python gives.
    `secrets` are by environment (see `rights`). The jobs `left_out` do nothing, and succeed with these outputs, as
    those that a second attempt does not run again. With `remote`, a bare repository, the code is its branch main, not a
    copy of the directory. `tampering` is for each artefact a script that changes the files, in their directory, on
    their way from job to job. `environment` are more variables that every step has. Services have no effect, and a job
    in a container is refused (ValueError), as are actions without a stand-in.
    """
    data = rights.without_steps(read((repo / workflow).read_text(encoding="utf-8")), left_out or {})
    for name, job in data["jobs"].items():
        if "container" in job:
            raise ValueError(f"{name} runs in a container")
    whole = default(event) if payload is None else Event(event, payload)
    with tempfile.TemporaryDirectory() as folder:
        copy, home, artifacts = (Path(folder, name) for name in ("repository", "home", "artifacts"))
        for created in (home, artifacts / "files", artifacts / "ids"):
            created.mkdir(parents=True)
        commit = copied(repo, copy) if remote is None else cloned(remote, copy)
        rewritten, secret_file = Path(folder, Path(workflow).name), Path(folder, "secrets")
        rewritten.write_text(yaml.safe_dump(rights.apply(data, whole, secrets or {}), sort_keys=False))
        secret_file.write_text(rights.secret_file(secrets or {}))
        records = run_act(
            home=home,
            repository=copy,
            workflow=rewritten,
            event=whole,
            commit=commit,
            options=[
                *replacements(data),
                f"--secret-file={secret_file}",
                f"--env=GITHUB_RUN_ATTEMPT={attempt}",
                *(f"--matrix={key}:{value}" for key, value in (matrix or {}).items()),
            ],
            environment={
                "PIPEGEN_ACT_REPOSITORY": str(remote or copy),
                "PIPEGEN_ACT_ARTIFACTS": str(artifacts),
                "PIPEGEN_ACT_TAMPERING": json.dumps(tampering or {}),
                "PIPEGEN_ACT_PYTHON": str(python),
                "PIPEGEN_ACT_NODE": shutil.which("node") or "",
                **(environment or {}),
            },
        )
        return Run(
            jobs=job_results(records),
            steps=tuple(_steps(data, records)),
            log="".join(_log(records)),
            summaries=_summaries(records),
            artifacts={store.name: _files(store) for store in sorted((artifacts / "files").iterdir())},
            inputs=tuple(_inputs(data, records)),
        )


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


def _inputs(workflow: Mapping[str, Any], records: Sequence[Record]) -> Iterator[ActionInputs]:
    for record in records:
        text = str(record.get("msg", ""))
        if record.get("raw_output") and len(record.get("stepID", ())) > 1 and text.startswith("inputs: "):
            job, identity = record["jobID"], record["stepID"][0]
            for index, step in enumerate(workflow["jobs"][job]["steps"]):
                if step.get("id", str(index)) == identity:
                    yield ActionInputs(job, step.get("name", identity), json.loads(text.removeprefix("inputs: ")))


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
