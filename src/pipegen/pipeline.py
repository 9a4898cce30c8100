"""What a manifest means: what is tested and where it may go, with nothing left to default.

This is where kinds and targets meet. A kind lowers a manifest to it and knows nothing of targets; a target emits
it and knows nothing of kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipegen.route import Route


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions of a language, each of which is tested."""

    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionFile:
    """A file of the repository that names the version of a language."""

    path: str


@dataclass(frozen=True, slots=True)
class Cache:
    """A package manager's downloads, kept between runs. `paths` are the files whose change makes them stale."""

    manager: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """A language that is set up for the tests. There is no cache where the repository lacks what one needs."""

    version: Versions | VersionFile
    cache: Cache | None


@dataclass(frozen=True, slots=True)
class Service:
    """A container beside the tests, by digest."""

    name: str
    image: str
    port: int | None
    env: Mapping[str, str]
    health: str | None


@dataclass(frozen=True, slots=True)
class Compose:
    """A compose stack beside the tests. `wait_for` is the address that answers when it is ready, and `logs` the name
    of the artefact that keeps what it said."""

    file: str
    wait_for: str | None
    logs: str


@dataclass(frozen=True, slots=True)
class Suite:
    """A command whose failure fails the job. `title` is its name as a person reads it."""

    name: str
    title: str
    run: str
    working_directory: str | None
    env: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Artifact:
    """Something that is kept with the run. `name` is unique in a workflow but for the cells of a matrix."""

    id: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Reports:
    """What is shown on the run: patterns of JUnit files and of markdown files, and what is kept.

    A pattern of `optional_junit` may match nothing, because another job may be the one that writes the file.
    """

    junit: tuple[str, ...]
    optional_junit: tuple[str, ...]
    summary: tuple[str, ...]
    artifacts: tuple[Artifact, ...]


@dataclass(frozen=True, slots=True)
class TestJob:
    """One job that tests, in as many cells as its languages have versions.

    `source` is the route of what it was compiled from in the manifest, and `timeout` is in minutes.
    """

    source: Route
    id: str
    title: str
    python: Language | None
    node: Language | None
    system_packages: tuple[str, ...]
    env: Mapping[str, str]
    services: tuple[Service, ...]
    compose: Compose | None
    setup: tuple[str, ...]
    suites: tuple[Suite, ...]
    reports: Reports
    waivers: Mapping[str, str]
    timeout: int
    working_directory: str | None


class Trigger(StrEnum):
    """What publishes to an environment."""

    ON_MERGE = "on-merge"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Environment:
    """Where code is published to, with its overrides applied. `trigger` is None where nobody has said."""

    name: str
    account: str
    region: str
    credentials: str
    trigger: Trigger | None
    after: str | None
    reviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Everything that happens to a repository's code.

    `published_on_push` says that a push to `branch` publishes, and so runs the tests there.
    """

    branch: str
    published_on_push: bool
    runner: str
    tests: tuple[TestJob, ...]
    environments: tuple[Environment, ...]
