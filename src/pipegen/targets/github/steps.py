"""The steps of a job that tests, from the checkout to the results.

Whatever the user chose reaches a script only through `env`, or is the user's own command. Ids of steps that are
named after something of the manifest carry a prefix, so that no name is reserved.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.pipeline import Artifact, Compose, Suite, TestJob, Version, VersionFile, Versions
from pipegen.targets.github import actions
from pipegen.targets.github.expressions import (
    ALWAYS,
    NODE_CACHE,
    NODE_FILES,
    PIP_CACHE,
    PIP_FILES,
    TEMPORARY,
    matrix,
    outcome,
    ready,
    shown,
    started,
)
from pipegen.targets.github.workflow import RunStep, Step, UsesStep

REPORT_SCRIPT = ".github/pipegen/test-report.py"
ARTIFACT_DAYS = 30

# Waits for as long as a stack takes to start, then gives up: some five minutes.
_WAIT = (
    "curl --fail --silent --show-error --output /dev/null --max-time 5 \\\n"
    '  --retry 100 --retry-delay 3 --retry-max-time 300 --retry-all-errors "$WAIT_FOR"'
)


def steps(job: TestJob, *, cached: bool) -> tuple[Step, ...]:
    """Everything that a test job does. A suite runs also where an earlier one failed, but not without its set-up.

    `cached` keeps dependencies between runs; never in a workflow that publishes, which another run could poison.
    """
    setup = tuple(_setup(job, cached))
    suites = tuple(_suite(suite, setup[-1].id) for suite in job.suites)
    compose = tuple(_stop(job.compose, job)) if job.compose else ()
    return (*setup, *suites, *compose, _results(job), *(_keep(artifact, job) for artifact in job.reports.artifacts))


def axes(job: TestJob) -> dict[str, tuple[str, ...]]:
    """The languages that are tested in more than one version: the axes of the matrix."""
    languages = {"python": job.python, "node": job.node}
    return {
        name: language.versions
        for name, language in languages.items()
        if isinstance(language, Versions) and len(language.versions) > 1
    }


def cell(job: TestJob) -> str:
    """The cell of the matrix as a person reads it, such as ``Python 3.12``; empty without a matrix."""
    return ", ".join(f"{axis.capitalize()} {matrix(axis)}" for axis in axes(job))


def checkout() -> Step:
    """Check out the code, without leaving the token behind."""
    with_ = {"persist-credentials": False}
    return UsesStep(name="Check out the code", id="checkout", uses=actions.CHECKOUT, with_=with_)


def set_up_python(version: Version, *, cached: bool = False) -> Step:
    """Set up Python: the version, or that of the matrix where there are several."""
    with_ = _version("python", version)
    if cached:
        with_ |= {"cache": PIP_CACHE, "cache-dependency-path": "\n".join(PIP_FILES)}
    return UsesStep(name="Set up Python", id="python", uses=actions.SETUP_PYTHON, with_=with_)


def set_up_node(version: Version, *, cached: bool = False) -> Step:
    """Set up Node. Unless it is told not to, the action looks for a cache by itself."""
    with_ = _version("node", version)
    if cached:
        with_ |= {"cache": NODE_CACHE, "cache-dependency-path": "\n".join(NODE_FILES)}
    with_ |= {"package-manager-cache": False}
    return UsesStep(name="Set up Node", id="node", uses=actions.SETUP_NODE, with_=with_)


def run_each(name: str, id: str, commands: tuple[str, ...], working_directory: str | None = None) -> Iterator[Step]:
    """A step for each command, so that none changes what the next one sees, and the first that fails is named."""
    for number, command in enumerate(commands, 1):
        several = len(commands) > 1
        yield RunStep(
            name=f"{name} ({number} of {len(commands)})" if several else name,
            id=f"{id}-{number}" if several else id,
            working_directory=working_directory,
            run=command,
        )


def _setup(job: TestJob, cached: bool) -> Iterator[Step]:
    yield checkout()
    if job.system_packages:
        install = f"sudo apt-get install --yes --no-install-recommends {' '.join(job.system_packages)}"
        run = f"sudo apt-get update\n{install}\n"
        yield RunStep(name="Install system packages", id="system-packages", run=run)
    if job.python:
        yield set_up_python(job.python, cached=cached)
    if job.node:
        yield set_up_node(job.node, cached=cached)
    if job.compose:
        yield _start(job.compose)
    yield from run_each("Set up the tests", "setup", job.setup, job.working_directory)


def _version(name: str, version: Version) -> dict[str, str | int | bool]:
    match version:
        case VersionFile(path):
            return {f"{name}-version-file": path}
        case Versions((only,)):
            return {f"{name}-version": only}
        case Versions():
            return {f"{name}-version": matrix(name)}


def _start(compose: Compose) -> Step:
    """Bring the stack up. Only without an address is it asked to wait, because a container that ends would fail it."""
    env = {"COMPOSE_FILE": compose.file}
    run = "docker compose up --detach --wait --wait-timeout 300"
    if compose.wait_for:
        env |= {"WAIT_FOR": compose.wait_for}
        run = f"docker compose up --detach\n{_WAIT}\n"
    return RunStep(name="Start the compose stack", id="compose", env=env, run=run)


def _stop(compose: Compose, job: TestJob) -> Iterator[Step]:
    """Keep what the stack said, and take it down; on a run that never started it there is nothing to do."""
    env = {"COMPOSE_FILE": compose.file}
    if_ = started("compose")
    log = "compose.log"
    yield RunStep(
        name="Read the logs of the compose stack",
        id="compose-logs",
        if_=if_,
        env=env,
        run=f'docker compose logs --no-color --timestamps > "$RUNNER_TEMP/{log}"',
    )
    yield _upload(
        "Keep the logs of the compose stack", "compose-keep-logs", if_, compose.logs, f"{TEMPORARY}/{log}", job
    )
    yield RunStep(
        name="Stop the compose stack",
        id="compose-down",
        if_=if_,
        env=env,
        run="docker compose down --volumes --remove-orphans",
    )


def _suite(suite: Suite, last_of_setup: str) -> Step:
    return RunStep(
        name=suite.title,
        id=f"suite-{suite.name}",
        if_=ready(last_of_setup),
        env=suite.env or None,
        working_directory=suite.working_directory,
        run=suite.run,
    )


def _results(job: TestJob) -> Step:
    """Show the results. The script is the repository's own file; the interpreter is the runner's, isolated (`-I`)."""
    env = {
        "PIPEGEN_TITLE": f"{job.title} ({cell(job)})" if axes(job) else job.title,
        "PIPEGEN_SUITES": "\n".join(f"{suite.name}={outcome(f'suite-{suite.name}')}" for suite in job.suites),
        "PIPEGEN_WAIVERS": "\n".join(f"{name}={reason}" for name, reason in job.waivers.items()),
        "PIPEGEN_JUNIT": "\n".join(job.reports.junit),
        "PIPEGEN_OPTIONAL_JUNIT": "\n".join(job.reports.optional_junit),
        "PIPEGEN_PAGES": "\n".join(job.reports.summary),
    }
    stated = {name: value for name, value in env.items() if value}
    return RunStep(
        name="Show the results",
        id="results",
        if_=shown("checkout"),
        env=stated,
        run=f"/usr/bin/python3 -I {REPORT_SCRIPT}",
    )


def _keep(artifact: Artifact, job: TestJob) -> Step:
    return _upload(f"Keep {artifact.id}", f"keep-{artifact.id}", ALWAYS, artifact.name, artifact.path, job)


def _upload(title: str, id: str, if_: str, name: str, path: str, job: TestJob) -> Step:
    """Keep a file or folder with the run, under a name that no other job and no other cell uses."""
    with_: dict[str, str | int | bool] = {
        "name": ".".join([name, *(f"{axis}-{matrix(axis)}" for axis in axes(job))]),
        "path": path,
        "if-no-files-found": "ignore",
        "retention-days": ARTIFACT_DAYS,
        "overwrite": True,  # a second attempt of the run replaces what the first one kept
    }
    if any(segment.startswith(".") for segment in path.split("/")):
        with_["include-hidden-files"] = True
    return UsesStep(name=title, id=id, if_=if_, uses=actions.UPLOAD_ARTIFACT, with_=with_)
