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


Version = Versions | VersionFile
"""Which version of a language is set up."""


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
    python: Version | None
    node: Version | None
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


class Known(StrEnum):
    """What is known when an image is built."""

    COMMIT = "commit"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Image:
    """A container image that is built once. A build argument is a text, or something that is known at the build."""

    dockerfile: str
    context: str
    target: str | None
    build_args: Mapping[str, str | Known]
    before: tuple[str, ...]
    platforms: tuple[str, ...]
    attest: bool


@dataclass(frozen=True, slots=True)
class Package:
    """Code that is uploaded as a zip: `output`, which `build` writes, or else all of the folder `source`."""

    id: str
    source: str
    build: str | None
    output: str | None


@dataclass(frozen=True, slots=True)
class FileSet:
    """Files that are synchronised to a bucket. `build` makes them, for each environment on its own."""

    id: str
    source: str
    build: str | None


@dataclass(frozen=True, slots=True)
class ImageRepository:
    """Where an image goes: a repository of the account's own registry, or of the public one."""

    public: bool
    name: str
    moving_tag: str | None


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret of a GitHub environment, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class FileTarget:
    """Where the files of a set go: a bucket by name or by the secret that holds it, and a folder of it."""

    fileset: str
    bucket: str | Secret
    prefix: str
    delete: bool
    exclude: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackageTarget:
    """Where packages go, and the names of the functions that AWS gives each of them."""

    bucket: str
    prefix: str
    functions: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Publication:
    """What is moved to one environment. `consequence` is what AWS does with it then, in words."""

    environment: Environment
    role: str
    image: ImageRepository | None
    packages: PackageTarget | None
    files: tuple[FileTarget, ...]
    consequence: str


@dataclass(frozen=True, slots=True)
class Component:
    """Something that is built once for a run and moved to environments.

    `id` is empty where the repository is one component. `tests` are the ids of the jobs that must pass first, and
    `python` and `node` are the versions that builds are given.
    """

    id: str
    name: str
    paths: tuple[str, ...]
    tests: tuple[str, ...]
    python: Version | None
    node: Version | None
    image: Image | None
    packages: tuple[Package, ...]
    files: tuple[FileSet, ...]
    publications: tuple[Publication, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A new version of a library: a tag, and what is made public with it."""

    tag_prefix: str
    github_release: bool
    python_package: bool
    npm_package: bool
    python: Version | None


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Everything that happens to a repository's code.

    `tested_by_publish` says that publishing runs every one of the tests whenever `branch` moves.
    """

    branch: str
    tested_by_publish: bool
    runner: str
    tests: tuple[TestJob, ...]
    environments: tuple[Environment, ...]
    components: tuple[Component, ...]
    release: Release | None
