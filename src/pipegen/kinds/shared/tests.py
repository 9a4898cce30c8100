"""The section `test`, as jobs: one for all suites, or one for each where they run in parallel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pipegen.manifest import test as manifest
from pipegen.pipeline import (
    Artifact,
    Compose,
    Reports,
    Suite,
    TestJob,
    TestService,
    Version,
    VersionFile,
    Versions,
)
from pipegen.route import Route

T = TypeVar("T")

_TITLES = {"lint": "Lint", "unit": "Unit tests", "integration": "Integration tests", "acceptance": "Acceptance tests"}


def lower_tests(test: manifest.Test, component: str = "", *, alone: bool = True) -> tuple[TestJob, ...]:
    """The jobs of a `test` section, for the component named or for the whole repository.

    `alone` says that the workflow has no other test jobs, so that an artefact of the only job needs no suffix.
    """
    of = f" of {component}" if component else ""
    suites = tuple(_suite(name, suite, test) for name, suite in test.suites.items())
    if not test.parallel:
        name = component or "suites"
        source: Route = ("components", component) if component else ("test",)
        return (_job(test, suites, source, name=name, title=f"Tests{of}", suffix="" if alone else name),)
    jobs = []
    for suite in suites:
        name = f"{component}-{suite.name}" if component else suite.name
        source = (*(("components", component) if component else ()), "test", "suites", suite.name)
        jobs.append(_job(test, (suite,), source, name=name, title=f"Suite {suite.name}{of}", suffix=name))
    # What is waived is said once for a run, not once for a job. There is none where no suite could be read.
    return (*jobs[:1], *(job.but(waivers={}) for job in jobs[1:]))


def _job(
    test: manifest.Test, suites: tuple[Suite, ...], source: Route, *, name: str, title: str, suffix: str
) -> TestJob:
    """A job that runs these suites of the section. `suffix` tells its artefacts from those of other jobs."""
    return TestJob(
        source=source,
        id=f"test-{name}",
        title=title,
        python=python_version(test),
        node=Versions(test.node) if test.node else None,
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


def _service(name: str, service: manifest.TestService) -> TestService:
    return TestService(name, service.image, service.port, _by_key(service.env), service.health)


def _suite(name: str, suite: manifest.Suite, test: manifest.Test) -> Suite:
    folder = suite.working_directory or test.working_directory
    return Suite(name, _suite_title(name), suite.run, folder, _by_key(suite.env))


def _suite_title(name: str) -> str:
    """A suite as a person reads it: ``Unit tests``, ``Accessibility``."""
    return _TITLES.get(name, name.replace("-", " ").capitalize())


def _compose(compose: manifest.Compose | None, suffix: str) -> Compose | None:
    return Compose(compose.file, compose.wait_for, _artifact_name("compose_logs", suffix)) if compose else None


def _reports(test: manifest.Test, suites: tuple[Suite, ...], suffix: str) -> Reports:
    """What a job shows. Of suites in parallel, no job knows which of the shared patterns its own suite writes."""
    own = tuple(dict.fromkeys(pattern for suite in suites for pattern in test.suites[suite.name].report))
    shared = tuple(pattern for pattern in test.reports.junit if pattern not in own)
    artifacts = _by_key(test.reports.artifacts).items()
    return Reports(
        junit=own if test.parallel else (*shared, *own),
        optional_junit=shared if test.parallel else (),
        summary=test.reports.summary,
        artifacts=tuple(Artifact(id, _artifact_name(id, suffix), path) for id, path in artifacts),
    )


def _artifact_name(id: str, suffix: str) -> str:
    """A name that no other job uses: the manifest's own have neither dots nor underscores."""
    return f"{id}.{suffix}" if suffix else id


def python_version(test: manifest.Test) -> Version | None:
    """Which Python is set up, if any."""
    if test.python:
        return Versions(test.python)
    return VersionFile(test.python_version_file) if test.python_version_file else None


def newest(version: Version | None) -> Version | None:
    """The version that builds are given: the last of those that are tested."""
    return Versions(version.versions[-1:]) if isinstance(version, Versions) else version
