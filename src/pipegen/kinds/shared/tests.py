"""The section `test`, as jobs: one for all suites, or one for each where they run in parallel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from pipegen.files import Files
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
from pipegen.route import Route

T = TypeVar("T")

# Files in which dependencies are stated, by the package manager that caches what they name.
_PIP_FILES = ("requirements.txt", "requirements-dev.txt", "dev-requirements.txt", "pyproject.toml", "setup.py")
_NODE_FILES = {"npm": "package-lock.json", "yarn": "yarn.lock"}

_TITLES = {"lint": "Lint", "unit": "Unit tests", "integration": "Integration tests", "acceptance": "Acceptance tests"}


def lower_tests(test: manifest.Test, files: Files, component: str = "", *, alone: bool = True) -> tuple[TestJob, ...]:
    """The jobs of a `test` section, for the component named or for the whole repository.

    `alone` says that the workflow has no other test jobs, so that an artefact of the only job needs no suffix.
    """
    of = f" of {component}" if component else ""
    suites = tuple(_suite(name, suite, test) for name, suite in test.suites.items())
    if not test.parallel:
        name = component or "suites"
        source: Route = ("components", component) if component else ("test",)
        return (_job(test, files, suites, source, name=name, title=f"Tests{of}", suffix="" if alone else name),)
    jobs = []
    for suite in suites:
        name = f"{component}-{suite.name}" if component else suite.name
        source = (*(("components", component) if component else ()), "test", "suites", suite.name)
        jobs.append(_job(test, files, (suite,), source, name=name, title=f"{suite.title}{of}", suffix=name))
    # What is waived is said once for a run, not once for a job.
    return (jobs[0], *(replace(job, waivers={}) for job in jobs[1:]))


def _job(
    test: manifest.Test, files: Files, suites: tuple[Suite, ...], source: Route, *, name: str, title: str, suffix: str
) -> TestJob:
    """A job that runs these suites of the section. `suffix` tells its artefacts from those of other jobs."""
    return TestJob(
        source=source,
        id=f"test-{name}",
        title=title,
        python=_python(test, files),
        node=_node(test, files),
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


def _python(test: manifest.Test, files: Files) -> Language | None:
    version: Versions | VersionFile
    if test.python:
        version = Versions(test.python)
    elif test.python_version_file:
        version = VersionFile(test.python_version_file)
    else:
        return None
    stated = tuple(path for path in _below(test, _PIP_FILES) if files.holds(path))
    return Language(version, Cache("pip", stated) if stated else None)


def _node(test: manifest.Test, files: Files) -> Language | None:
    if not test.node:
        return None
    for manager, file in _NODE_FILES.items():
        stated = tuple(path for path in _below(test, (file,)) if files.holds(path))
        if stated:
            return Language(Versions(test.node), Cache(manager, stated))
    return Language(Versions(test.node), None)


def _below(test: manifest.Test, names: tuple[str, ...]) -> list[str]:
    """Paths of files of these names, at the root and in every folder that something of the tests runs in."""
    suites = [suite.working_directory for suite in test.suites.values()]
    folders = dict.fromkeys([".", test.working_directory or ".", *(folder or "." for folder in suites)])
    return [name if folder == "." else f"{folder.rstrip('/')}/{name}" for folder in folders for name in names]
