"""The section `test`: what is tested, where, and how the results are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pipegen.frozen import fields
from pipegen.manifest.section import Items, Limits, OneOrMore, Section
from pipegen.manifest.strings import (
    ArtifactName,
    Command,
    Folder,
    Glob,
    HealthCommand,
    Image,
    Line,
    NodeVersion,
    PackageName,
    Path,
    PythonVersion,
    ServiceName,
    SuiteName,
    Url,
    Value,
    VariableName,
)


class TestService(Section):
    """A container that runs beside the tests."""

    image: Image
    """The image, pinned by digest: `postgres:16@sha256:…`."""
    port: Annotated[int, Limits(1, 65535)] | None = None
    """Port of the container, reachable at the same port of `localhost`."""
    env: Annotated[Mapping[VariableName, Value], Items(0, 50)] = {}
    """Environment variables of the container; plain values only."""
    health: HealthCommand | None = None
    """Command that succeeds inside the container once it is ready, such as `pg_isready`; the tests wait for it."""


class Compose(Section):
    """A compose stack that runs beside the tests."""

    shorthand: ClassVar[str | None] = "file"

    file: Path
    """The compose file."""
    wait_for: Url | None = None
    """Address that answers once the stack is ready; without it the stack's own health checks are waited for."""


class Suite(Section):
    """A suite of tests: a command, and where and with what it runs."""

    shorthand: ClassVar[str | None] = "run"

    run: Command
    """The command; the suite fails when it does."""
    working_directory: Folder | None = None
    """Where the command runs; `test.working-directory` otherwise."""
    env: Annotated[Mapping[VariableName, Value], Items(0, 50)] = {}
    """Environment variables of this suite, over those of `test.env`."""
    report: Annotated[tuple[Glob, ...], OneOrMore(), Items(0, 10, unique=True)] = ()
    """Where this suite writes its JUnit report, added to `reports.junit`."""


class Reports(Section):
    """What is shown on the run, whether the suites pass or fail."""

    junit: Annotated[tuple[Glob, ...], OneOrMore(), Items(0, 20, unique=True)] = ()
    """JUnit files: each failure is annotated at its line, and all are summed up in the job summary."""
    summary: Annotated[tuple[Glob, ...], OneOrMore(), Items(0, 20, unique=True)] = ()
    """Markdown files that are appended to the job summary."""
    artifacts: Annotated[Mapping[ArtifactName, Path], Items(0, 20)] = {}
    """Files and folders that are kept with the run for 30 days, by name."""


class Waivers(Section):
    """Why an expected suite does not exist. The reason is shown on every run."""

    lint: Line | None = None
    """Why there is no linter."""
    unit: Line | None = None
    """Why there are no unit tests."""
    integration: Line | None = None
    """Why there are no integration tests."""
    acceptance: Line | None = None
    """Why there are no acceptance tests."""


class Test(Section):
    """How the code is tested. No test job ever sees a secret, a role or a permission to write."""

    parallel: bool = False
    """Whether each suite gets a job of its own, with the set-up repeated, instead of one job for all."""
    python: Annotated[tuple[PythonVersion, ...], OneOrMore(), Items(1, 12, unique=True)] | None = None
    """Version of Python, or a list of versions that are each tested."""
    python_version_file: Path | None = None
    """File that names the version of Python instead, such as `.python-version`."""
    node: Annotated[tuple[NodeVersion, ...], OneOrMore(), Items(1, 12, unique=True)] | None = None
    """Version of Node, or a list of versions that are each tested."""
    system_packages: Annotated[tuple[PackageName, ...], Items(0, 50, unique=True)] = ()
    """Debian packages that the tests need."""
    env: Annotated[Mapping[VariableName, Value], Items(0, 50)] = {}
    """Environment variables of the set-up and every suite; plain values only."""
    services: Annotated[Mapping[ServiceName, TestService], Items(0, 10)] = {}
    """Containers that run beside the tests."""
    compose: Compose | None = None
    """A compose stack that runs beside the tests."""
    setup: Annotated[tuple[Command, ...], OneOrMore(), Items(0, 50)] = ()
    """Commands that make the tests ready to run; no suite runs when one of them fails."""
    suites: Annotated[Mapping[SuiteName, Suite], Items(1, 30)]
    """The suites, run in this order. `lint`, `unit`, `integration` and `acceptance` are expected."""
    reports: Reports = Reports()
    """What is shown on the run."""
    waivers: Waivers = Waivers()
    """Reasons for the expected suites that do not exist."""
    timeout: Annotated[int, Limits(1, 360)] = 30
    """Minutes after which a test job is stopped."""
    working_directory: Folder | None = None
    """Where the set-up and the suites run; the root of the repository otherwise."""


EXPECTED_SUITES = fields(Waivers)
"""The suites that the strategy asks for; each may be waived."""
