"""The manifest as a whole: one model for each kind of repository, and one for a repository of components."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pipegen.manifest.environment import ApplicationEnvironment, DataTaskEnvironment, Settings, SharedEnvironment
from pipegen.manifest.filesets import FileSet
from pipegen.manifest.functions import Lambda
from pipegen.manifest.image import Image
from pipegen.manifest.release import Release
from pipegen.manifest.section import Items, Limits, Meanings, OneOrMore, Section
from pipegen.manifest.service import Service
from pipegen.manifest.strings import Branch, ComponentName, EnvironmentName, Line, Name, PathFilter, RepositoryName
from pipegen.manifest.task import Task
from pipegen.manifest.test import Test


class Repository(Section):
    """The repository on GitHub."""

    shorthand: ClassVar[str | None] = "name"

    name: RepositoryName
    """`OWNER/NAME`."""
    id: Annotated[int, Limits(1, 2**53 - 1)] | None = None
    """The repository's number, which stays when it is renamed: `gh api repos/OWNER/NAME --jq .id`."""
    owner_id: Annotated[int, Limits(1, 2**53 - 1)] | None = None
    """The owner's number: `gh api repos/OWNER/NAME --jq .owner.id`."""


class Manifest(Section):
    """What every repository states."""

    version: Annotated[int, Limits(1, 1)]
    """Version of this language."""
    description: Line | None = None
    """What this is, in one line."""
    repository: Repository
    """The repository on GitHub, `OWNER/NAME`."""
    branch: Branch = "main"
    """The publishing branch."""
    runner: Literal["ubuntu-24.04", "ubuntu-22.04", "ubuntu-24.04-arm", "ubuntu-22.04-arm"] = "ubuntu-24.04"
    """GitHub's runner for every job."""


class Published(Manifest, Settings):
    """What a repository states that publishes to environments."""


class Application(Published):
    """A service that runs for ever: a website, an API, a worker."""

    kind: Literal["application"]
    """What this repository is."""
    name: Name
    """Name in AWS, where everything is called `<environment>-<name>`."""
    test: Test
    """How the code is tested."""
    image: Image = Image()
    """The container image."""
    service: Service | None = None
    """How AWS runs it; without this section, what deploys the image is somebody else's."""
    environments: Annotated[Mapping[EnvironmentName, ApplicationEnvironment], Items(1, 32)]
    """Where the code is published to, by the name of the environment."""


class DataTask(Published):
    """A program that a scheduler runs: a container, functions, files such as Airflow DAGs."""

    kind: Literal["data-task"]
    """What this repository is."""
    name: Name
    """Name in AWS, where everything is called `<environment>-<name>`."""
    test: Test
    """How the code is tested."""
    image: Image | None = None
    """The container image."""
    task: Task | None = None
    """How AWS runs the image; without this section, its task definitions are somebody else's."""
    lambda_: Lambda | None = None
    """Functions that run for a moment."""
    files: Annotated[tuple[FileSet, ...], OneOrMore(), Items(1, 10)] | None = None
    """Files that are synchronised to a bucket."""
    environments: Annotated[Mapping[EnvironmentName, DataTaskEnvironment], Items(1, 32)]
    """Where the code is published to, by the name of the environment."""


class Library(Manifest):
    """A package that others depend on."""

    kind: Literal["library"]
    """What this repository is."""
    name: Name
    """Name of the package."""
    test: Test
    """How the code is tested."""
    release: Release = Release()
    """How a new version comes to be."""


class Component(Section):
    """One of several things that a repository holds."""

    kind: Annotated[
        Literal["application", "data-task"],
        Meanings(("a service that runs for ever", "a program that a scheduler runs")),
    ]
    """What this component is."""
    name: Name
    """Name in AWS, where everything is called `<environment>-<name>`."""
    paths: Annotated[tuple[PathFilter, ...], Items(1, 50)] | None = None
    """Paths whose changes publish this component; every push to the branch otherwise. Tests always run."""
    test: Test | None = None
    """How this component is tested, instead of the shared `test`."""
    image: Image | None = None
    """The container image."""
    service: Service | None = None
    """How AWS runs it; of an application only."""
    task: Task | None = None
    """How AWS runs the image; of a data task only."""
    lambda_: Lambda | None = None
    """Functions that run for a moment; of a data task only."""
    files: Annotated[tuple[FileSet, ...], OneOrMore(), Items(1, 10)] | None = None
    """Files that are synchronised to a bucket; of a data task only."""


class Components(Published):
    """A repository that holds several applications and data tasks."""

    test: Test | None = None
    """How every component is tested that has no `test` of its own."""
    components: Annotated[Mapping[ComponentName, Component], Items(1, 50)]
    """What the repository holds, by an identifier."""
    environments: Annotated[Mapping[EnvironmentName, SharedEnvironment], Items(1, 32)]
    """Where the code is published to, by the name of the environment."""


AnyManifest = Application | DataTask | Library | Components

MODELS: dict[str, type[Application | DataTask | Library]] = {
    "application": Application,
    "data-task": DataTask,
    "library": Library,
}
"""The model of a repository that is one thing, by its `kind`."""

ROOTS: tuple[type[AnyManifest], ...] = (*MODELS.values(), Components)
"""Every model that a manifest can be of."""
