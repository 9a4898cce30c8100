"""What a manifest means: what is tested and where it may go, with nothing left to default.

This is where kinds and targets meet. A kind lowers a manifest to it and knows nothing of targets; a target emits
it and knows nothing of kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pipegen.frozen import Frozen
from pipegen.route import Route


class Versions(Frozen):
    """Versions of a language, each of which is tested."""

    versions: tuple[str, ...]


class VersionFile(Frozen):
    """A file of the repository that names the version of a language."""

    path: str


Version = Versions | VersionFile
"""Which version of a language is set up."""


class TestService(Frozen):
    """A container beside the tests, by digest."""

    name: str
    image: str
    port: int | None
    env: Mapping[str, str]
    health: str | None


class Compose(Frozen):
    """A compose stack beside the tests. `wait_for` is the address that answers when it is ready, and `logs` the name
    of the artefact that keeps what it said."""

    file: str
    wait_for: str | None
    logs: str


class Suite(Frozen):
    """A command whose failure fails the job. `title` is its name as a person reads it."""

    name: str
    title: str
    run: str
    working_directory: str | None
    env: Mapping[str, str]


class Artifact(Frozen):
    """Something that is kept with the run. `name` is unique in a workflow but for the cells of a matrix."""

    id: str
    name: str
    path: str


class Reports(Frozen):
    """What is shown on the run: patterns of JUnit files and of markdown files, and what is kept.

    A pattern of `optional_junit` may match nothing, because another job may be the one that writes the file.
    """

    junit: tuple[str, ...]
    optional_junit: tuple[str, ...]
    summary: tuple[str, ...]
    artifacts: tuple[Artifact, ...]


class TestJob(Frozen):
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
    services: tuple[TestService, ...]
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


class Repository(Frozen):
    """The repository on GitHub, `OWNER/NAME`, and the numbers that outlive its name, where they are known."""

    name: str
    id: int | None
    owner_id: int | None


class Platform(Frozen):
    """What the organisation owns in an environment, by name."""

    vpc: str
    subnets: tuple[str, ...]
    security_groups: tuple[str, ...]
    cluster: str
    load_balancer: str
    boundary: str | None


class Slack(Frozen):
    """A channel of Slack, by the ids of the workspace and the channel, and the name of what tells it in AWS."""

    name: str
    workspace: str
    channel: str


class Environment(Frozen):
    """Where code is published to, with its overrides applied. `trigger` is None where nobody has said.

    `role` is the name of the role that publishes, or of the user where access keys are kept as secrets. Deployments are
    told to a channel of Slack, or to a topic of the organisation's by its name.
    """

    name: str
    account: str
    region: str
    credentials: str
    role: str
    trigger: Trigger | None
    after: str | None
    reviewers: tuple[str, ...]
    platform: Platform
    told: Slack | str | None


class Known(StrEnum):
    """What is known when an image is built."""

    COMMIT = "commit"
    TIME = "time"


class Image(Frozen):
    """A container image that is built once. A build argument is a text, or something that is known at the build."""

    dockerfile: str
    context: str
    target: str | None
    build_args: Mapping[str, str | Known]
    before: tuple[str, ...]
    platforms: tuple[str, ...]
    attest: bool


class Package(Frozen):
    """Code that is uploaded as a zip: `output`, which `build` writes, or else all of the folder `source`."""

    id: str
    source: str
    build: str | None
    output: str | None


class FileSet(Frozen):
    """Files that are synchronised to a bucket. `build` makes them, for each environment on its own."""

    id: str
    source: str
    build: str | None


class ImageRepository(Frozen):
    """Where an image goes: a repository of the account's own registry, or of the public one."""

    public: bool
    name: str
    moving_tag: str | None


class Secret(Frozen):
    """A secret of a GitHub environment, by name."""

    name: str


class FileTarget(Frozen):
    """Where the files of a set go: a bucket by name or by the secret that holds it, and a folder of it."""

    fileset: str
    bucket: str | Secret
    prefix: str
    delete: bool
    exclude: tuple[str, ...]


class Function(Frozen):
    """A function that is given code, by its name in AWS."""

    name: str
    optional: bool


class PackageTarget(Frozen):
    """Where packages go, and the functions that AWS gives each of them."""

    bucket: str
    prefix: str
    functions: Mapping[str, tuple[Function, ...]]


class Container(Frozen):
    """How AWS runs an image. `cpu` is in units of which 1024 are one processor, `memory` in MiB."""

    name: str
    family: str
    cpu: int
    memory: int
    arm: bool
    command: tuple[str, ...] | None
    variables: Mapping[str, str]
    secrets: tuple[str, ...]


class HealthCheck(Frozen):
    """How a load balancer finds out whether a container can answer. Times are in seconds."""

    path: str
    interval: int
    timeout: int
    healthy: int
    unhealthy: int
    grace: int
    codes: str


class Count(Frozen):
    """How many containers run, and the average use of their processors that this is kept to, in percent."""

    minimum: int
    maximum: int
    cpu_target: int


class Domain(Frozen):
    """Which requests are for a service; every host's where `host` is None."""

    host: str | None
    paths: tuple[str, ...]


class Web(Frozen):
    """What only a service has that requests come to. `keep_old` is in minutes; `traffic` is a word of the language."""

    port: int
    health_check: HealthCheck
    domain: Domain
    traffic: str
    keep_old: int
    alarms: tuple[str, ...]


class Service(Frozen):
    """Containers that always run. `web` is None for a worker, and `patience` is in minutes where it is stated."""

    container: Container
    count: Count
    patience: int | None
    web: Web | None


class Task(Frozen):
    """Containers that run when something starts them. `families` are others' families that use the image too."""

    container: Container
    families: tuple[str, ...]


class Publication(Frozen):
    """What is moved to one environment, and what AWS then does with it: in words, the `consequence`.

    `name` is the component's in AWS, and `functions` are those that are given the image.
    """

    environment: Environment
    name: str
    image: ImageRepository | None
    packages: PackageTarget | None
    files: tuple[FileTarget, ...]
    service: Service | None
    task: Task | None
    functions: tuple[Function, ...]
    consequence: str


class Component(Frozen):
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


class Release(Frozen):
    """A new version of a library: a tag, and what is made public with it."""

    tag_prefix: str
    github_release: bool
    python_package: bool
    npm_package: bool
    python: Version | None


class Pipeline(Frozen):
    """Everything that happens to a repository's code.

    `tested_by_publish` says that publishing runs every one of the tests whenever `branch` moves.
    """

    repository: Repository
    branch: str
    tested_by_publish: bool
    runner: str
    tests: tuple[TestJob, ...]
    environments: tuple[Environment, ...]
    components: tuple[Component, ...]
    release: Release | None
