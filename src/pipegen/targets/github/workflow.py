"""A workflow as GitHub's documentation names its parts, holding only the keys that pipegen writes.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax. The order of the fields is the
order of the keys; an absent key is None. Comments are data, in the places where a reviewer is told why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Noted:
    """A scalar with a comment behind it: the tag of a pinned action, the reason of a permission."""

    value: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which branches and changed paths an event is heard for."""

    branches: tuple[str, ...] | None = None
    branches_ignore: tuple[str, ...] | None = None
    paths: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Something that is chosen when a run is started by hand."""

    description: str
    type: str = "choice"
    required: bool = True
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The start of a run by hand."""

    inputs: Mapping[str, Input]


Triggers = Mapping[str, Filter | Dispatch | None]
"""What starts a workflow, by event."""


@dataclass(frozen=True, slots=True)
class Concurrency:
    """Runs of one group wait for one another, or the newer cancels the older."""

    group: str
    cancel_in_progress: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Defaults of every step that runs commands."""

    shell: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """Defaults of every step."""

    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStep:
    """A step that runs commands."""

    name: str
    id: str
    if_: str | None = None
    env: Mapping[str, str] | None = None
    working_directory: str | None = None
    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UsesStep:
    """A step that runs an action."""

    name: str
    id: str
    if_: str | None = None
    uses: Noted
    with_: Mapping[str, str | int | bool] | None = None


Step = RunStep | UsesStep


@dataclass(frozen=True, slots=True)
class Strategy:
    """A job in several cells, each of which runs to its end."""

    fail_fast: bool
    matrix: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Service:
    """A container beside a job."""

    image: str
    ports: tuple[str, ...] | None = None
    env: Mapping[str, str] | None = None
    options: str | None = None


@dataclass(frozen=True, slots=True)
class Environment:
    """The GitHub environment of a job: its secrets, and who must approve."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job. `comment` stands above it."""

    comment: str | None = None
    name: str
    needs: tuple[str, ...] | None = None
    if_: str | None = None
    strategy: Strategy | None = None
    runs_on: str
    timeout_minutes: int
    environment: Environment | None = None
    concurrency: Concurrency | None = None
    permissions: Mapping[str, Noted]
    outputs: Mapping[str, str] | None = None
    env: Mapping[str, str] | None = None
    services: Mapping[str, Service] | None = None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A workflow file. No job has a permission but those that it states."""

    name: str
    run_name: str | None = None
    on: Triggers
    permissions: Mapping[str, Noted] = field(default_factory=dict)
    concurrency: Concurrency
    defaults: Defaults = Defaults(Run("bash"))
    jobs: Mapping[str, Job]
