"""Which jobs run for an event."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from judges.reading import workflow as read

from .events import Event, Payload, default
from .filters import starts
from .invocation import job_results, run_act

_COMMIT = "1" * 40


def jobs_run(
    workflow: str,
    event: str,
    payload: Payload | None = None,
    inputs: Mapping[str, str] | None = None,
    *,
    fail: frozenset[str] = frozenset(),
    keep: frozenset[str] = frozenset(),
) -> dict[str, str]:
    """The result (`success` or `failure`) of every job that runs; a job that is skipped is absent.

    The steps of every job are replaced by one that does nothing, or that fails for the jobs in `fail`; those in `keep`
    run their own, which can be scripts only. The filters under `on` have no effect: `jobs_started` reads them.
    """
    data = read(workflow)
    if strange := (fail | keep) - data["jobs"].keys():
        raise ValueError(f"no such jobs: {sorted(strange)}")
    whole = _with_inputs(data, default(event) if payload is None else Event(event, payload), inputs or {})
    for name, job in data["jobs"].items():
        _strip(job, kept=name in keep, fails=name in fail)
    with tempfile.TemporaryDirectory() as folder:
        repository, home = Path(folder, "repository"), Path(folder, "home")
        repository.mkdir()
        home.mkdir()
        file = repository / "workflow.yml"
        file.write_text(yaml.safe_dump(data, sort_keys=False))
        records = run_act(home=home, repository=repository, workflow=file, event=whole, commit=_COMMIT)
    return job_results(records)


def jobs_started(
    workflow: str, event: Event, *, fail: frozenset[str] = frozenset(), keep: frozenset[str] = frozenset()
) -> dict[str, str]:
    """What `jobs_run` says, or nothing at all for an event that does not start the workflow."""
    if not starts(read(workflow)["on"], event):
        return {}
    return jobs_run(workflow, event.name, event.payload, fail=fail, keep=keep)


def _with_inputs(data: Mapping[str, Any], event: Event, inputs: Mapping[str, str]) -> Event:
    """The event with all its inputs, refusing what GitHub would: a name not declared, a choice not offered."""
    if event.name not in data["on"]:
        raise ValueError(f"the workflow does not name the event {event.name}")
    given = {**event.payload.get("inputs", {}), **inputs}
    declared = (data["on"][event.name] or {}).get("inputs", {}) if given else {}
    for name, value in given.items():
        if name not in declared:
            raise ValueError(f"the workflow declares no input {name}")
        if value not in declared[name].get("options", [value]):
            raise ValueError(f"{value} is no option of the input {name}")
    return event._replace(payload={**event.payload, "inputs": given}) if given else event


def _strip(job: dict[str, Any], *, kept: bool, fails: bool) -> None:
    for part in ("container", "services"):
        job.pop(part, None)
    if not kept:
        job["steps"] = [{"run": "exit 1" if fails else "exit 0"}]
    elif any("uses" in step for step in job["steps"]):
        raise ValueError("only a job of scripts can keep its steps")
