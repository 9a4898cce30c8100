"""The section `test`, as jobs: one for all suites, or one for each where they run in parallel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from pipegen.manifest import test as manifest
from pipegen.pipeline import (
    Artifact,
    Cache,
    Compose,
    Language,
    Reports,
    Service,
    Suite,
    TestJob,
    VersionFile,
    Versions,
)
from pipegen.repository import Repository

T = TypeVar("T")
Route = tuple[str | int, ...]

# Files in which dependencies are stated, by the package manager that caches what they name.
_PIP_FILES = ("requirements.txt", "requirements-dev.txt", "dev-requirements.txt", "pyproject.toml", "setup.py")
_NODE_FILES = {"npm": "package-lock.json", "yarn": "yarn.lock"}

_TITLES = {"lint": "Lint", "unit": "Unit tests", "integration": "Integration tests", "acceptance": "Acceptance tests"}


def lower_tests(
    test: manifest.Test, repository: Repository, component: str = "", *, alone: bool = True
) -> tuple[TestJob, ...]:
    """The jobs of a `test` section, for the component named or for the whole repository.

    `alone` says that the workflow has no other test jobs, so that an artefact of the only job needs no suffix.
    """
    source: Route = ("components", component, "test") if component else ("test",)
    of = f" of {component}" if component else ""
    suites = tuple(_suite(name, suite, test) for name, suite in test.suites.items())
    if not test.parallel:
        suffix = "" if alone else component or "suites"
        return (_job(test, repository, source[:2], f"test-{component or 'suites'}", f"Tests{of}", suffix, suites),)
    jobs = []
    for suite in suites:
        name = "-".join(filter(None, [component, suite.name]))
        jobs.append(
            _job(
                test, repository, (*source, "suites", suite.name), f"test-{name}", f"{suite.title}{of}", name, (suite,)
            )
        )
    # What is waived is said once for a run, not once for a job.
    return (jobs[0], *(replace(job, waivers={}) for job in jobs[1:]))


def _job(
    test: manifest.Test,
    repository: Repository,
    source: Route,
    id: str,
    title: str,
    suffix: str,
    suites: tuple[Suite, ...],
) -> TestJob:
    return TestJob(
        source=source,
        id=id,
        title=title,
        python=_python(test, repository),
        node=_node(test, repository),
        system_packages=test.system_packages,
        env=_by_key(test.env),
        services=tuple(_service(name, service) for name, service in _by_key(test.services).items()),
        compose=_compose(test.compose, suffix),
        setup=test.setup,
        suites=suites,
        reports=_reports(test, suites, suffix),
        waivers={name: reason for name in manifest.EXPECTED_SUITES if (reason := getattr(test.waivers, name))},
        timeout=test.timeout,
        working_directory=test.working_directory,
    )


def _by_key(mapping: Mapping[str, T]) -> Mapping[str, T]:
    """The mapping in the order of its keys, because the order of the manifest's keys never changes the output."""
    return dict(sorted(mapping.items()))


def _service(name: str, service: manifest.Service) -> Service:
    return Service(name, service.image, service.port, _by_key(service.env), service.health)


def _suite(name: str, suite: manifest.Suite, test: manifest.Test) -> Suite:
    folder = suite.working_directory or test.working_directory
    return Suite(name, _suite_title(name), suite.run, folder, _by_key(suite.env))


def _suite_title(name: str) -> str:
    """A suite as a person reads it: ``Unit tests``, ``Accessibility``."""
    return _TITLES.get(name, name.replace("-", " ").capitalize())


def _compose(compose: manifest.Compose | None, suffix: str) -> Compose | None:
    return Compose(compose.file, compose.wait_for, _artifact_name("compose_logs", suffix)) if compose else None


def _reports(test: manifest.Test, suites: tuple[Suite, ...], suffix: str) -> Reports:
    own = [pattern for suite in suites for pattern in test.suites[suite.name].report]
    artifacts = _by_key(test.reports.artifacts).items()
    return Reports(
        junit=tuple(dict.fromkeys([*test.reports.junit, *own])),
        summary=test.reports.summary,
        artifacts=tuple(Artifact(id, _artifact_name(id, suffix), path) for id, path in artifacts),
    )


def _artifact_name(id: str, suffix: str) -> str:
    """A name that no other job uses: the manifest's own have neither dots nor underscores."""
    return f"{id}.{suffix}" if suffix else id


def _python(test: manifest.Test, repository: Repository) -> Language | None:
    version = VersionFile(test.python_version_file) if test.python_version_file else None
    if test.python:
        version_or_file: Versions | VersionFile | None = Versions(test.python)
    else:
        version_or_file = version
    if version_or_file is None:
        return None
    files = tuple(path for path in _below(test, _PIP_FILES) if repository.holds(path))
    return Language(version_or_file, Cache("pip", files) if files else None)


def _node(test: manifest.Test, repository: Repository) -> Language | None:
    if not test.node:
        return None
    for manager, file in _NODE_FILES.items():
        files = tuple(path for path in _below(test, (file,)) if repository.holds(path))
        if files:
            return Language(Versions(test.node), Cache(manager, files))
    return Language(Versions(test.node), None)


def _below(test: manifest.Test, files: tuple[str, ...]) -> list[str]:
    """The files at the root and in every folder that something of the tests runs in."""
    suites = [suite.working_directory for suite in test.suites.values()]
    folders = dict.fromkeys([None, test.working_directory, *suites])
    return [f"{folder}/{file}" if folder else file for folder in folders for file in files]
