"""The manifest as a whole: one model for each kind of repository, and one for a repository of components."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pipegen.manifest.environment import Environment, Settings
from pipegen.manifest.section import Items, Limits, Section
from pipegen.manifest.strings import Branch, ComponentName, EnvironmentName, Glob, Line, Name, RepositoryName
from pipegen.manifest.test import Test


class Repository(Section):
    """The repository on GitHub."""

    shorthand: ClassVar[str | None] = "name"

    name: RepositoryName
    """`OWNER/NAME`."""
    id: Annotated[int, Limits(1, 2**53)] | None = None
    """The repository's number, which stays when it is renamed: `gh api repos/OWNER/NAME --jq .id`."""
    owner_id: Annotated[int, Limits(1, 2**53)] | None = None
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

    later: ClassVar[frozenset[str]] = frozenset({"notifications", "platform"})

    environments: Annotated[Mapping[EnvironmentName, Environment], Items(1, 32)]
    """Where the code is published to, by the name of the environment."""


class Application(Published):
    """A service that runs for ever: a website, an API, a worker."""

    later: ClassVar[frozenset[str]] = Published.later | {"image", "service"}

    kind: Literal["application"]
    """What this repository is."""
    name: Name
    """Name in AWS, where everything is called `<environment>-<name>`."""
    test: Test
    """How the code is tested."""


class DataTask(Published):
    """A program that a scheduler runs: a container, lambda functions, Airflow DAGs."""

    later: ClassVar[frozenset[str]] = Published.later | {"image", "task", "lambda", "files"}

    kind: Literal["data-task"]
    """What this repository is."""
    name: Name
    """Name in AWS, where everything is called `<environment>-<name>`."""
    test: Test
    """How the code is tested."""


class Library(Manifest):
    """A package that others depend on."""

    later: ClassVar[frozenset[str]] = frozenset({"release"})

    kind: Literal["library"]
    """What this repository is."""
    name: Name
    """Name of the package."""
    test: Test
    """How the code is tested."""


class Component(Section):
    """One of several things that a repository holds."""

    later: ClassVar[frozenset[str]] = frozenset({"image", "service", "task", "lambda", "files"})

    kind: Literal["application", "data-task"]
    """What this component is."""
    name: Name
    """Name in AWS, where everything is called `<environment>-<name>`."""
    paths: Annotated[tuple[Glob, ...], Items(1, 50)] | None = None
    """Paths whose changes publish this component; every push to the branch otherwise. Tests always run."""
    test: Test | None = None
    """How this component is tested, instead of the shared `test`."""


class Components(Published):
    """A repository that holds several applications and data tasks."""

    test: Test | None = None
    """How every component is tested that has no `test` of its own."""
    components: Annotated[Mapping[ComponentName, Component], Items(1, 20)]
    """What the repository holds, by an identifier."""


AnyManifest = Application | DataTask | Library | Components

MODELS: dict[str, type[Application | DataTask | Library]] = {
    "application": Application,
    "data-task": DataTask,
    "library": Library,
}
"""The model of a repository that is one thing, by its `kind`."""

ROOTS: tuple[type[AnyManifest], ...] = (*MODELS.values(), Components)
"""Every model that a manifest can be of."""
